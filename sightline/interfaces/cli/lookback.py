"""The command `sightline lookback`: what was known of a child when, what was owed, and when somebody first acted."""

import json
import sys
from datetime import UTC, datetime

import click

from sightline.domain.duties.calendar_file import CalendarRefused
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import UnknownNation
from sightline.domain.lookback.history import History
from sightline.domain.lookback.looking_back import LookBack, look_back
from sightline.domain.signs.editions import OF_THEN, TODAYS
from sightline.interfaces.cli.clock import read_where
from sightline.interfaces.cli.lookback_answer import document, lines
from sightline.interfaces.cli.signs import InstantOrDay
from sightline.interfaces.cli.timeline_file import TimelineFile, read_timeline

EDITIONS = {"today": TODAYS, "then": OF_THEN}


@click.command()
@click.argument("timeline")
@click.option("--at", type=InstantOrDay(), help="Look back from this instant, or from the end of this day; else now.")
@click.option("--rules", type=click.Choice(list(EDITIONS)), default="today", show_default=True,
              help="Read every day with the rules of today, or with those in force on that day.")
@click.option("--nation", help="Whose law: england, wales, scotland or northern-ireland; else as the timeline tells.")
@click.option("--calendar", help="The school's terms and closures, JSON or CSV.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def lookback(
    *, timeline: str, at: datetime | None, rules: str, nation: str | None, calendar: str | None, as_json: bool,
) -> None:
    """Look back on the child of TIMELINE, a file of JSON Lines: day by day, what could be seen and what was owed."""
    try:
        where = read_where(nation or "england", calendar)
    except (UnknownNation, CalendarRefused, CalendarEnds) as wrong:
        raise click.UsageError(str(wrong)) from None
    file = read_timeline(timeline)
    back = look_back(
        History.of(file.life.child, file.life), until=at or datetime.now(UTC), calendars=where.calendars,
        editions=EDITIONS[rules], nation=where.nation if nation else None)
    _answer(file, back, rules=rules, as_json=as_json)
    sys.exit(0 if file.is_whole else 1)


def _answer(file: TimelineFile, back: LookBack, *, rules: str, as_json: bool) -> None:
    if as_json:
        refused = {} if file.refused is None else {"refused": file.refused}
        click.echo(json.dumps(document(back, rules=rules) | refused | file.document(), indent=1))
        return
    if file.refused is None:
        click.echo("\n".join(lines(back, rules=rules)))
    told = [*filter(None, [file.refused]), *file.words()]
    click.echo("\n".join(told), err=True, nl=bool(told))

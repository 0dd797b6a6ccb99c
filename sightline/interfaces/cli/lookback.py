"""The command `sightline lookback`: what was known of a child when, what was owed, and when somebody first acted."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import click

from sightline.domain.duties.calendar_file import CalendarRefused
from sightline.domain.duties.clocks import Where
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import UnknownNation
from sightline.domain.lookback.history import History
from sightline.domain.lookback.knowing import Reached
from sightline.domain.lookback.looking_back import LookBack, look_back
from sightline.domain.signs.editions import OF_THEN, TODAYS
from sightline.interfaces.cli.bar import bar
from sightline.interfaces.cli.clock import read_where
from sightline.interfaces.cli.lookback_answer import document, lines
from sightline.interfaces.cli.signs import InstantOrDay
from sightline.interfaces.cli.timeline_file import TimelineFile, read_timeline

EDITIONS = {"today": TODAYS, "then": OF_THEN}


@click.command()
@click.argument("timeline", required=False)
@click.option("--child", "person", type=click.UUID, help="Look back on this child of the database, instead of a file.")
@click.option("--as", "email", envvar="SIGHTLINE_AS", metavar="EMAIL", help="With --child: the officer who acts.")
@click.option("--purpose", envvar="SIGHTLINE_PURPOSE", help="With --child: why you look: protect, assess, ...")
@click.option("--because", default="", help="With --child: why, in a sentence, where the purpose asks for it.")
@click.option("--agency", help="With --child: for which agency, where the officer works for several.")
@click.option("--at", type=InstantOrDay(), help="Look back from this instant, or from the end of this day; else now.")
@click.option("--rules", type=click.Choice(list(EDITIONS)), default="today", show_default=True,
              help="Read every day with the rules of today, or with those in force on that day.")
@click.option("--nation", help="Whose law: england, wales, scotland or northern-ireland; else as the timeline tells.")
@click.option("--calendar", help="The school's terms and closures, JSON or CSV.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def lookback(
    *, timeline: str | None, person: UUID | None, email: str | None, purpose: str | None, because: str,
    agency: str | None, at: datetime | None, rules: str, nation: str | None, calendar: str | None, as_json: bool,
) -> None:
    """Look back on a child, day by day: what could be seen, by whom, what was owed, and who first acted.

    TIMELINE is a file of JSON Lines, one entry a line, all of one child; or name a child of the database by --child.
    """
    if (timeline is None) is (person is None):
        raise click.UsageError("Give either a timeline file or --child.")
    try:
        where = read_where(nation or "england", calendar)
    except (UnknownNation, CalendarRefused, CalendarEnds) as wrong:
        raise click.UsageError(str(wrong)) from None
    asked = _Asked(at or datetime.now(UTC), rules, where, by_nation=nation is not None)
    if person is not None:
        if not email or not purpose:
            raise click.UsageError("With --child say who looks and why: --as EMAIL --purpose PURPOSE.")
        back = _of_database(asked, person, (email, purpose, because, agency), as_json=as_json)
        click.echo(json.dumps(document(back, rules=rules)) if as_json else "\n".join(lines(back, rules=rules)))
        return
    file = read_timeline(str(timeline))
    _answer(file, asked.look_back(History.of(file.life.child, file.life)), rules=rules, as_json=as_json)
    sys.exit(0 if file.is_whole else 1)


class _Asked:
    """Hold what was asked, beside the child."""

    def __init__(self, until: datetime, rules: str, where: Where, *, by_nation: bool) -> None:
        self.until, self.rules, self.where, self.by_nation = until, rules, where, by_nation

    def look_back(self, history: History, reached: Sequence[Reached] = ()) -> LookBack:
        with _progress(history) as progress:
            return look_back(
                history, until=self.until, calendars=self.where.calendars, editions=EDITIONS[self.rules],
                nation=self.where.nation if self.by_nation else None, progress=progress, reached=reached)


@contextmanager
def _progress(history: History) -> Iterator[Callable[[datetime], None]]:
    """Show on a terminal how many tellings have been replayed."""
    with bar("Looking back") as shown:
        yield lambda instant: shown(history.count_at(instant), len(history.arrivals))


def _of_database(
    asked: _Asked, person: UUID, who: tuple[str, str, str, str | None], *, as_json: bool
) -> LookBack:
    from sightline.interfaces.cli.at_hand import acting_on_command, database_at_hand
    from sightline.interfaces.cli.child import looking

    email, purpose, because, agency = who
    with database_at_hand(role="web", as_json=as_json), acting_on_command(
            email, purpose=purpose, because=because, agency=agency) as acting, looking(acting, person, "lookback"):
        from sightline.apps.lookback.queries import history_of

        seen = history_of(person)
    return asked.look_back(seen.history, seen.reached)


def _answer(file: TimelineFile, back: LookBack, *, rules: str, as_json: bool) -> None:
    if as_json:
        refused = {} if file.refused is None else {"refused": file.refused}
        click.echo(json.dumps(document(back, rules=rules) | refused | file.document(), indent=1))
        return
    if file.refused is None:
        click.echo("\n".join(lines(back, rules=rules)))
    told = [*filter(None, [file.refused]), *file.words()]
    click.echo("\n".join(told), err=True, nl=bool(told))

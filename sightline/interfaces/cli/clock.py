"""The command `sightline clock`: when something is due by one of the seven clocks."""

import json
from pathlib import Path

import click

from sightline.domain.duties.calendar_file import CalendarRefused, read_calendar
from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clock import Clock, UnknownClock, read_clock
from sightline.domain.duties.clocks import Where, limit
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import UnknownNation, read_nation
from sightline.domain.duties.saying import say
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_moment, write_moment

LARGEST_CALENDAR_BYTES = 1_000_000


@click.command()
@click.argument("spec")
@click.option("--from", "start", required=True, help="When it started: an instant with its offset, or a day.")
@click.option("--nation", default="england", show_default=True, help="england, wales, scotland or northern-ireland.")
@click.option("--calendar", help="The school's terms and closures, JSON or CSV.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def clock(spec: str, start: str, nation: str, calendar: str | None, *, as_json: bool) -> None:
    """Say when something is due by a clock.

    SPEC is H24 (hours), WD15 (working days), SD10 (school days), CB3 (days beginning with the event day), CD30 (days),
    M3 (months), ND (without delay) or PRE (before the next school day opens). SD6 is the sixth-day rule of exclusions,
    which counts the first school day as day 1.
    """
    try:
        counted, moment, where = read_clock(spec), read_moment(start), read_where(nation, calendar)
        answer = _answer(counted, moment, where)
    except (UnknownClock, UnreadableMoment, UnknownNation, CalendarRefused) as wrong:
        raise click.UsageError(str(wrong)) from None
    except CalendarEnds as refusal:
        answer = {"due_at": None, "legal": False, "local_target_at": None, "refused": True, "explanation": str(refusal)}
    click.echo(json.dumps(answer) if as_json else answer["explanation"], err="refused" in answer and not as_json)
    if "refused" in answer:
        raise click.exceptions.Exit(1)


def read_where(nation: str, calendar: str | None) -> Where:
    """Read the nation and the calendar file that a command was given.

    Raises UnknownNation, CalendarRefused, CalendarEnds.
    """
    known = read_nation(nation)
    if calendar is None:
        return Where(known, Calendars())
    return Where(known, Calendars(other_schools=read_calendar(_text_of(Path(calendar)), nation=known)))


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_CALENDAR_BYTES + 1)
    except (OSError, ValueError):
        raise CalendarRefused("The calendar file cannot be opened. Check its name and that you may read it.") from None
    if len(content) > LARGEST_CALENDAR_BYTES:
        raise CalendarRefused("The calendar file is larger than 1 MB: this is no school's calendar.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise CalendarRefused("The calendar file is not text in UTF-8. Save it as UTF-8.") from None


def _answer(counted: Clock, start: Moment, where: Where) -> dict[str, object]:
    due = limit(counted, start, where=where)
    target = None if counted.local_target is None else limit(counted.local_target, start, where=where)
    local = f" Local target, ours and not the law's: {say(target.at)}." if target and target.at else ""
    return {
        "due_at": None if due.at is None else write_moment(due.at),
        "legal": due.at is not None,
        "local_target_at": None if target is None or target.at is None else write_moment(target.at),
        "estimated": due.estimated or (target is not None and target.estimated),
        "explanation": due.explanation + local,
    }

"""The command `sightline duties`: what is owed for the child of a timeline file, and how each duty stands."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from sightline.domain.duties.calendar_file import CalendarRefused
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import UnknownNation
from sightline.domain.duties.owed import Owed, owed_and_refused
from sightline.domain.duties.saying import say_end
from sightline.domain.signs.reading import read
from sightline.domain.vocabulary.duty import Duty, DutyState
from sightline.domain.vocabulary.moment import UnreadableMoment, last_instant, read_moment, write_moment
from sightline.interfaces.cli.clock import read_where
from sightline.interfaces.cli.timeline_file import TimelineFile, read_timeline

SHOWN_FIRST = (DutyState.LATE, DutyState.OPEN, DutyState.MISSED, DutyState.MET)


@click.command()
@click.argument("timeline")
@click.option("--at", help="As known at this instant (with its offset) or at the end of this day; now if not given.")
@click.option("--nation", default="england", show_default=True, help="england, wales, scotland or northern-ireland.")
@click.option("--calendar", help="The school's terms and closures, JSON or CSV.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
def duties(timeline: str, at: str | None, nation: str, calendar: str | None, *, as_json: bool) -> None:
    """Say what is owed for a child, by whom, to whom and by when.

    TIMELINE is a file of JSON Lines, one entry a line, all of one child.
    """
    try:
        instant, where = _instant(at), read_where(nation, calendar)
    except (UnknownNation, CalendarRefused, UnreadableMoment, CalendarEnds) as wrong:
        raise click.UsageError(str(wrong)) from None
    file = read_timeline(timeline)
    answer = owed_and_refused(
        file.life, at=instant, nation=where.nation, calendars=where.calendars, reading=read(file.life, at=instant))
    if as_json:
        _print_json(file, answer, instant)
    else:
        _print_words(file, answer)
    if not file.is_whole or answer.refused:
        raise click.exceptions.Exit(1)


def _instant(at: str | None) -> datetime:
    if at is None:
        return datetime.now(UTC)
    moment = read_moment(at)
    if isinstance(moment, datetime):
        return moment
    try:
        return last_instant(moment) - timedelta(microseconds=1)
    except OverflowError:
        raise UnreadableMoment from None


def _print_json(file: TimelineFile, answer: Owed, at: datetime) -> None:
    told = file.document()
    if file.refused is not None:
        told["faults"] = [{"row": 0, "column": "file", "value": "", "fault": file.refused}, *told["faults"]]
    click.echo(json.dumps({
        "child": file.life.child or None,
        "at": write_moment(at),
        "duties": [_row(duty) for duty in answer.duties],
        "refused": [asdict(refused) for refused in answer.refused],
        **told,
    }))


def _row(duty: Duty) -> dict[str, Any]:
    row = asdict(duty)
    return {key: write_moment(value) if isinstance(value, date) else value for key, value in row.items()}


def _print_words(file: TimelineFile, answer: Owed) -> None:
    for line in (*filter(None, [file.refused]), *file.words()):
        click.echo(line, err=True)
    for refused in answer.refused:
        click.echo(f"{refused.code}, started by {refused.started_by}: {refused.because}", err=True)
    if not answer.duties and file.refused is None:
        click.echo("Nothing is owed by these entries.")
    for duty in sorted(answer.duties, key=_by_state_and_clock):
        until = duty.local_target_at if duty.due_at is None else duty.due_at
        due = "no date yet" if until is None else f"due by {say_end(until)}"
        click.echo(f"{duty.state.upper():6}  {duty.code}  {due}")
        click.echo(f"        {duty.owed_by} owes {duty.owed_to}: {duty.what}")
        verified = "" if duty.verified else " Not verified."
        click.echo(f"        {duty.explanation} {duty.authority}.{verified}")


def _by_state_and_clock(duty: Duty) -> tuple[int, datetime, str]:
    until = duty.local_target_at if duty.due_at is None else duty.due_at
    last = datetime.max.replace(tzinfo=UTC)
    return SHOWN_FIRST.index(duty.state), last if until is None else last_instant(until), duty.code

"""Attendance, sent weekly by schools: possible, attended and unauthorised sessions of a period."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from sightline.domain.intake.columns import NeededDay, Number, column
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, future
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.pupil import (
    PUPIL_NEEDS,
    SCHOOL_NEEDS,
    SENT_BY,
    PupilRow,
    identity_of,
    pupil_problems,
    pupil_told,
    school_of,
    told_by,
)
from sightline.domain.intake.row import Sender, SortedRow, Told
from sightline.domain.intake.shapes import Shape, Telling, sort_rows

SESSIONS_A_DAY = 2


class AttendanceRow(PupilRow):
    """Hold the attendance of one pupil over one period."""

    period_from: NeededDay = column("First day of the period", becomes="the day of school.attendance")
    period_to: NeededDay = column("Last day of the period", becomes="until")
    possible: Number = column("Possible sessions (half days)", becomes="the fact possible")
    attended: Number = column("Attended sessions", becomes="the fact attended")
    unauthorised: Number = column("Sessions of unauthorised absence", becomes="the fact unauthorised")


def _problems(row: AttendanceRow, on: date | None) -> Iterator[Problem]:
    yield from future("period_to", row.period_to, on)
    yield from before("period_to", row.period_to, "period_from", row.period_from)
    if row.possible is not None:
        for name in ("attended", "unauthorised"):
            part = getattr(row, name)
            if part is not None and part > row.possible:
                yield Problem(name, "This is more than the possible sessions.")
        if (
            row.attended is not None
            and row.unauthorised is not None
            and (max(row.attended, row.unauthorised) <= row.possible < row.attended + row.unauthorised)
        ):
            yield Problem("unauthorised", "Attended and unauthorised together are more than the possible sessions.")
        if row.period_from is not None and row.period_to is not None:
            days = (row.period_to - row.period_from).days + 1
            if 0 < days * SESSIONS_A_DAY < row.possible:
                yield Problem("possible", "These are more sessions than the days of the period have.")
    yield from pupil_problems(row, row.period_from, on)


def _tell(row: AttendanceRow, sender: Sender, on: date | None) -> Telling:
    school, by, start = school_of(row), told_by(row, sender), row.period_from
    facts = told_facts(
        {"possible": row.possible, "attended": row.attended, "unauthorised": row.unauthorised, "school": school}
    )
    told = Told("school.attendance", start, f"attendance/{school}/{start}", facts, until=row.period_to, by=by)
    return Telling(identity_of(row), (told, *pupil_told(row, start, by)))


SHAPE = Shape(
    name="attendance",
    title="One row a pupil and period",
    model=AttendanceRow,
    needs=(
        SCHOOL_NEEDS,
        PUPIL_NEEDS,
        (("period_from",),),
        (("period_to",),),
        (("possible",),),
        (("attended",), ("unauthorised",)),
    ),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "xlsx")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of attendance."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="attendance",
    title="Attendance, weekly",
    about="Sessions of each pupil over a period, a week or whatever the school sends. A period that is sent again with "
    "the same first day corrects the earlier one.",
    sent_by=SENT_BY,
    formats=FORMATS,
    tables=(SHAPE.table(),),
    source="A format of our own.",
    sort=sort,
)

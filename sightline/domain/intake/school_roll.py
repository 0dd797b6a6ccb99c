"""Changes of a school's roll, sent by schools as they owe them to the council: who joined and who left."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from sightline.domain.intake.columns import NeededDay, NeededText, Text, column
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import future
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

EVENTS = {
    "joined": "joined",
    "join": "joined",
    "new": "joined",
    "newpupil": "joined",
    "added": "joined",
    "admitted": "joined",
    "left": "left",
    "leaver": "left",
    "deleted": "left",
    "deletion": "left",
    "removed": "left",
    "offrolled": "left",
}


class RollRow(PupilRow):
    """Hold one change of a roll."""

    event: NeededText = column("What happened", form="joined or left", becomes="school.joined or school.left")
    on: NeededDay = column("Day from which the pupil is on the roll, or is no longer", becomes="its day")
    reason: Text = column("Why", becomes="the fact reason")
    destination: Text = column("School or place that the pupil goes on to", becomes="the fact destination")


def event_of(text: str | None) -> str | None:
    """Give joined or left, or None for other words."""
    return None if text is None else EVENTS.get(plain(text))


def _problems(row: RollRow, on: date | None) -> Iterator[Problem]:
    if row.event is not None and event_of(row.event) is None:
        yield Problem("event", "This is not known. Write joined or left.")
    yield from future("on", row.on, on, announced=True)
    yield from pupil_problems(row, row.on, on)


def _tell(row: RollRow, sender: Sender, on: date | None) -> Telling:
    school, by, event = school_of(row), told_by(row, sender), event_of(row.event)
    facts = told_facts({"school": school, "reason": row.reason, "destination": row.destination})
    told = Told(f"school.{event}", row.on, f"roll/{school}/{event}/{row.on}", facts, by=by)
    return Telling(identity_of(row), (told, *pupil_told(row, row.on, by)))


SHAPE = Shape(
    name="school-roll",
    title="One row a change",
    model=RollRow,
    needs=(SCHOOL_NEEDS, PUPIL_NEEDS, (("event",),), (("on",),)),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "xlsx")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of changes of a roll."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="school-roll",
    title="Changes of a school's roll",
    about="New-pupil and deletion returns: every pupil who joins or leaves, when, why and where to.",
    sent_by=SENT_BY,
    formats=FORMATS,
    tables=(SHAPE.table(),),
    source="A format of our own, after the returns that schools in England owe the council (regulation 13, School "
    "Attendance (Pupil Registration) Regulations 2024; from memory).",
    sort=sort,
)

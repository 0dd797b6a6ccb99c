"""Exclusions and suspensions, sent daily by schools: the census comes a term too late to warn."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from sightline.domain.intake.columns import Day, NeededDay, NeededText, Number, Text, YesNo, column
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, future
from sightline.domain.intake.person import key_part
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
from sightline.domain.intake.row import Sender, SortedRow, Told, Withdrawn
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.reference.codes import exclusion_reasons

CATEGORIES = {
    "perm": "PERM",
    "permanent": "PERM",
    "permanentexclusion": "PERM",
    "permanentlyexcluded": "PERM",
    "pex": "PERM",
    "susp": "SUSP",
    "suspension": "SUSP",
    "suspended": "SUSP",
    "fixd": "SUSP",
    "fixed": "SUSP",
    "fixedterm": "SUSP",
    "fixedperiod": "SUSP",
    "fixedtermexclusion": "SUSP",
    "fixedperiodexclusion": "SUSP",
    "fte": "SUSP",
    "fpe": "SUSP",
    "lnch": "LNCH",
    "lunch": "LNCH",
    "lunchtime": "LNCH",
    "lunchtimeexclusion": "LNCH",
    "lunchtimesuspension": "LNCH",
}
MOST_SESSIONS_A_YEAR = 90
"""A pupil may be suspended for at most 45 school days in a school year (from memory)."""


class ExclusionRow(PupilRow):
    """Hold one exclusion or suspension."""

    category: NeededText = column(
        "What it is",
        form="PERM (permanent), SUSP or FIXD (suspension), LNCH (lunchtime), or these words",
        becomes="the fact category of school.exclusion",
    )
    start_date: NeededDay = column("First day", becomes="the day of school.exclusion")
    end_date: Day = column("Last day of a suspension", becomes="until")
    sessions: Number = column("Sessions (half days) of a suspension", becomes="the fact sessions")
    reason1: Text = column("Reason", form="Department for Education code, such as OW", becomes="the fact reasons")
    reason2: Text = column("Second reason", form="code", becomes="the fact reasons")
    reason3: Text = column("Third reason", form="code", becomes="the fact reasons")
    looked_after_by: Text = column(
        "Council that looks after the child, as the school knows it",
        becomes="care.looked-after with the fact authority, told by the school for the first day",
    )
    social_worker: Text = column(
        "The child's social worker, as the school knows it", becomes="care.worker, told by the school for the first day"
    )
    reference: Text = column(
        "The school's own reference of this exclusion; with it a later row corrects every detail of an earlier one"
    )
    cancelled: YesNo = column(
        "Whether the exclusion was cancelled or set aside", becomes="yes withdraws what was told of this exclusion"
    )


def category_of(text: str | None) -> str | None:
    """Give PERM, SUSP or LNCH, or None for other words."""
    return None if text is None else CATEGORIES.get(plain(text))


def reasons_of(*codes: str | None) -> tuple[str, ...]:
    """Give the codes that were told, each once, in their order."""
    return tuple(dict.fromkeys(code.upper() for code in codes if code))


def reason_problems(columns: dict[str, str | None]) -> tuple[Problem, ...]:
    """Note reasons that are no code of the national list: they are kept as told."""
    known = exclusion_reasons()
    return tuple(
        Problem(name, "This is no reason code of the national list; it was kept as told.", turns_back=False)
        for name, code in columns.items()
        if code is not None and code.upper() not in known
    )


def _problems(row: ExclusionRow, on: date | None) -> Iterator[Problem]:
    if row.category is not None and category_of(row.category) is None:
        yield Problem("category", "This is not known. Write PERM, SUSP or LNCH.")
    yield from future("start_date", row.start_date, on, announced=True)
    yield from before("end_date", row.end_date, "start_date", row.start_date)
    if row.sessions is not None and row.sessions > MOST_SESSIONS_A_YEAR:
        yield Problem("sessions", "More than 90 sessions are more than a school year allows.", turns_back=False)
    yield from reason_problems({"reason1": row.reason1, "reason2": row.reason2, "reason3": row.reason3})
    yield from pupil_problems(row, row.start_date, on)


def _key(row: ExclusionRow, school: str | None, category: str | None) -> str:
    if row.reference:
        return f"exclusion/ref/{key_part(row.reference)}"
    return f"exclusion/day/{key_part(school)}/{row.start_date}/{category}"


def _tell(row: ExclusionRow, sender: Sender, on: date | None) -> Telling:
    identity, school, by = identity_of(row), school_of(row), told_by(row, sender)
    category = category_of(row.category)
    start = row.start_date
    key = _key(row, school, category)
    if row.cancelled:
        return Telling(identity, withdrawn=(Withdrawn(key, "The school cancelled it."),))
    facts = told_facts(
        {
            "category": category,
            "reasons": reasons_of(row.reason1, row.reason2, row.reason3),
            "sessions": row.sessions,
            "school": school,
        }
    )
    told = [Told("school.exclusion", start, key, facts, until=row.end_date, by=by)]
    if row.looked_after_by:
        told.append(Told("care.looked-after", start, f"{key}/looked-after", {"authority": row.looked_after_by}, by=by))
    if row.social_worker:
        told.append(Told("care.worker", start, f"{key}/worker", {"worker": row.social_worker}, by=by))
    return Telling(identity, (*told, *pupil_told(row, start, by)))


SHAPE = Shape(
    name="exclusions",
    title="One row an exclusion or suspension",
    model=ExclusionRow,
    needs=(SCHOOL_NEEDS, PUPIL_NEEDS, (("category",),), (("start_date",),)),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "xlsx")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of exclusions."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="exclusions",
    title="Exclusions and suspensions, daily",
    about="Every exclusion and suspension, whatever its reason, on the day it is decided. A row that is sent again "
    "changes nothing; with the same reference and other details it corrects; with cancelled = yes it withdraws.",
    sent_by=SENT_BY,
    formats=FORMATS,
    tables=(SHAPE.table(),),
    source="A format of our own; reasons are the codes of the School Census.",
    sort=sort,
)

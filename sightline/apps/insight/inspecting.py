"""Open an inspection and draw its cases, grade them, settle what two auditors see differently, and end it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.insight.inspection_queries import (
    NOBODY,
    CaseFacts,
    Framed,
    InspectionFacts,
    disagreements,
    grades_of,
    sampling_frame,
)
from sightline.apps.insight.models import Adjudication, CaseHandedOn, DrawnCase, Grade, Inspection
from sightline.domain.insight.frameworks import Framework
from sightline.domain.insight.inspecting import LONGEST_OPEN_DAYS, MOST_DRAWN, Reading, Strata, joined, parted, readers
from sightline.domain.insight.sampling import SampleRefused, draw

MOST_SEED = 2**53 - 1
"""The greatest seed: each program that reads the export can hold it."""


class InspectionRefused(ValueError):
    """What was asked of an inspection cannot be done; the message says what to do instead, in words."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Say what is drawn: from which snapshot, parted by what, how many cases, and by which seed."""

    snapshot: UUID
    strata: Strata
    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class Readers:
    """Say who reads: the first auditors in turn, and who reads a fifth again."""

    first: Sequence[UUID]
    second: UUID


@transaction.atomic
def open_inspection(
    *, acting: Acting, title: str, framework: Framework, drawing: Draw, reading: Readers, because: str,
    open_days: int, at: datetime
) -> UUID:
    """Open an inspection, draw its cases and say who reads each; gives its id. Raises InspectionRefused.

    After `open_days` days the records of the drawn children close by themselves.
    """
    if drawing.size > MOST_DRAWN:
        raise InspectionRefused(f"An inspection reads at most {MOST_DRAWN} cases. Draw fewer.")
    if not 1 <= open_days <= LONGEST_OPEN_DAYS:
        raise InspectionRefused(f"Its records are open for 1 to {LONGEST_OPEN_DAYS} days. Choose so many.")
    framed = sampling_frame(drawing.snapshot)
    try:
        strata = joined(parted(_stands_in(framed, drawing.strata)), size=drawing.size)
        drawn = draw(strata, size=drawing.size, seed=drawing.seed)
        reads = readers(drawn, first=[str(one) for one in reading.first], second=str(reading.second))
    except (SampleRefused, ValueError) as refused:
        raise InspectionRefused(str(refused)) from None
    measured = _measured(framed)
    try:
        with transaction.atomic():
            made = Inspection.objects.create(
                title=title, framework=framework.code, topics=[topic.code for topic in framework.topics],
                grades=list(framework.grades), snapshot_id=drawing.snapshot, agency_id=acting.agency,
                strata=drawing.strata.value, size=len(drawn), seed=drawing.seed, because=because,
                frame={stratum: len(cases) for stratum, cases in strata.items()}, opened_by_id=acting.officer,
                opened_at=at, closes_at=at + timedelta(days=open_days))
            DrawnCase.objects.bulk_create([
                DrawnCase(inspection=made, place=place, person_id=one.case, stratum=one.stratum,
                          measured=measured[one.case], first_id=first, second_id=second)
                for place, (one, (first, second)) in enumerate(zip(drawn, reads, strict=True), 1)])
    except (IntegrityError, ProgrammingError):
        raise InspectionRefused("Only inspectors of your inspectorate read its cases. Choose others.") from None
    return UUID(str(made.pk))


@transaction.atomic
def grade(*, acting: Acting, case: CaseFacts, said: Mapping[str, tuple[str, str]], at: datetime) -> int:
    """Keep the grade and the reasons for each topic that is new or has changed; gives how many. Raises
    InspectionRefused.
    """
    kept = {one.topic: (one.grade, one.reasons) for one in grades_of(case.id)
            if one.auditor == acting.officer and one.newest}
    new = {topic: told for topic, told in said.items() if kept.get(topic) != told}
    try:
        with transaction.atomic():
            for topic, (given, reasons) in new.items():
                Grade.objects.create(drawn_id=case.id, topic=topic, auditor_id=acting.officer, grade=given,
                                     reasons=reasons, at=at)
    except ProgrammingError:
        raise InspectionRefused("This case is not open to your grades: you do not read it, both who read it have "
                                "graded all of it, or the inspection has ended.") from None
    return len(new)


@transaction.atomic
def settle(
    *, acting: Acting, found: InspectionFacts, case: UUID, topic: str, given: str, reasons: str, at: datetime
) -> None:
    """Say which grade stands where two auditors gave different ones, and why. Raises InspectionRefused."""
    if not any((one.case, one.topic) == (case, topic) for one in disagreements(found.id)):
        raise InspectionRefused("The two who read this case do not differ about this topic.")
    try:
        with transaction.atomic():
            Adjudication.objects.create(drawn_id=case, topic=topic, grade=given, reasons=reasons,
                                        officer_id=acting.officer, at=at)
    except ProgrammingError:
        raise InspectionRefused("This inspection has ended. What it found stands.") from None


@transaction.atomic
def hand_on(
    *, acting: Acting, case: CaseFacts, reading: Reading, to: UUID, because: str, at: datetime
) -> None:
    """Let another inspector of the inspectorate read a case from now on, anew. Raises InspectionRefused."""
    reads_now = case.first if reading is Reading.FIRST else case.second
    if reads_now is None:
        raise InspectionRefused("This case is not read twice. Hand on its first reading.")
    try:
        with transaction.atomic():
            CaseHandedOn.objects.create(drawn_id=case.id, reading=reading.value, from_auditor_id=reads_now,
                                        to_auditor_id=to, because=because, officer_id=acting.officer, at=at)
    except (IntegrityError, ProgrammingError):
        raise InspectionRefused(
            "This reading cannot be handed on to this person: who reads it has graded every topic, or has handed it on "
            "already, or the person has read this case before or is no inspector here, or the inspection has ended."
        ) from None


def end(*, acting: Acting, inspection: UUID, at: datetime) -> None:
    """End an inspection: from now on its children's records are closed to it. Raises InspectionRefused."""
    if not Inspection.objects.filter(pk=inspection, ended_at=None).update(ended_at=at, ended_by_id=acting.officer):
        raise InspectionRefused("This inspection has ended already.")


def _stands_in(framed: Sequence[Framed], strata: Strata) -> dict[str, set[str]]:
    """Say of each child in which strata it stands."""
    found: dict[str, set[str]] = {}
    for one in framed:
        agency = NOBODY if one.agency is None else str(one.agency)
        found.setdefault(str(one.person), set()).add(agency if strata is Strata.AGENCY else one.measure)
    return found


def _measured(framed: Sequence[Framed]) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for one in sorted(framed, key=lambda one: (len(one.measure), one.measure, one.part, one.about)):
        found.setdefault(str(one.person), []).append((one.measure, one.part, str(one.about)))
    return found

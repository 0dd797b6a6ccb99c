"""Ask which steps of the custody path were taken, and which duties of the law keep a record open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.apps.custody.models import CustodyRecord, PathStep
from sightline.apps.duties.models import OwedDuty
from sightline.domain.custody.path import LAW_CODES

SAID = ("officer", "appropriate_adult", "relation", "to", "council", "answer", "answered_by", "court", "received_by",
        "outcome", "decision", "reason", "reasons")
"""The facts of an entry that say in words what was done; in this order."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """Hold one step that was taken; `missing` are codes of what was not there, `told` that no officer took it here."""

    code: str
    at: datetime
    officer: str | None
    agency: str | None
    told: bool
    missing: tuple[str, ...]
    reason: str
    words: str
    council: str


@dataclass(frozen=True, slots=True)
class LawOwed:
    """Hold one open duty of the law about a custody."""

    id: UUID
    code: str
    act_by: datetime | None


def path_steps(event: UUID) -> list[StepTaken]:
    """List the steps that were taken, in order; the words of an entry only where the viewer may read it."""
    rows = PathStep.objects.filter(record_id=event).select_related("officer", "agency", "entry").order_by("at", "id")
    found = []
    for row in rows:
        facts = row.entry.facts if row.entry is not None else {}
        words = ", ".join(str(facts[key]) for key in SAID if facts.get(key) and isinstance(facts[key], str))
        found.append(StepTaken(
            row.code, row.at, row.officer.name if row.officer else None, row.agency.name if row.agency else None,
            row.officer_id is None, tuple(row.missing), row.reason, words, str(facts.get("council") or "")))
    return found


def law_owed(event: UUID) -> list[LawOwed]:
    """List the open duties of the law that the force has about a custody, the nearest first."""
    record = CustodyRecord.objects.filter(pk=event).values_list("event__person_id", "agency_id", "arrested_at").first()
    if record is None:
        return []
    person, agency, arrested_at = record
    rows = OwedDuty.objects.filter(person_id=person, owed_by_id=agency, state__in=("open", "late"),
                                   started_at__gte=arrested_at, code__in=LAW_CODES)
    return [LawOwed(d.pk, d.code, d.act_by) for d in rows.order_by("stands_at", "id")]

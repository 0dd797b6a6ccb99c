"""Ask which steps of the custody path were taken, and which duties of the law keep a custody record open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.apps.custody.models import CustodyRecord, PathStep
from sightline.apps.duties.queries import DutyFacts, open_since
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


def law_owed(event: UUID) -> list[DutyFacts]:
    """List the open duties of the law that the force has about a custody, the nearest first."""
    record = CustodyRecord.objects.filter(pk=event).values_list("event__person_id", "agency_id", "arrested_at").first()
    if record is None:
        return []
    person, agency, arrested_at = record
    return open_since(person, owed_by=agency, since=arrested_at, codes=LAW_CODES)

"""Ask what a reviewer must know: a doubt with what each comparison weighed, and why each record is a child's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.apps.people.models import Doubt, Joining
from sightline.apps.people.queries import DoubtFacts, Said, doubt, said_of
from sightline.domain.linkage.weighing import Part


@dataclass(frozen=True, slots=True)
class Review:
    """Hold one doubt with who answered it."""

    doubt: DoubtFacts
    answered_by: str | None
    answered_at: datetime | None

    @property
    def joined(self) -> bool:
        """Tell whether both records stand in one child's record now."""
        return self.doubt.one.person == self.doubt.other.person


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Hold one record of a child and why it is this child's; `how` is "" where the child was first known by it."""

    said: Said
    how: str
    because: tuple[str, ...]
    at: datetime | None
    officer: str | None
    bits: float | None
    parts: tuple[Part, ...]
    model: str


def review_of(doubt_id: UUID) -> Review | None:
    """Give one doubt for review, or None where one of its sides is not to be seen."""
    found = doubt(doubt_id)
    row = Doubt.objects.select_related("officer").filter(pk=doubt_id).first()
    if found is None or row is None:
        return None
    return Review(found, row.officer.name if row.officer else None, row.answered_at)


def records_with_reasons(person: UUID) -> list[RecordFacts]:
    """List the records of a child that may be seen, each with how it became this child's; the first known first."""
    said = said_of([person]).get(person, [])
    joined: dict[UUID, Joining] = {}
    for row in Joining.objects.select_related("officer").filter(
            to_person_id=person, identity_id__in=[one.identity for one in said]).order_by("at", "id"):
        joined[row.identity_id] = row
    found = [_record(one, joined.get(one.identity)) for one in said]
    return sorted(found, key=lambda one: (one.at is not None, one.at or one.said.told_at, str(one.said.identity)))


def _record(said: Said, row: Joining | None) -> RecordFacts:
    if row is None:
        return RecordFacts(said, "", (), None, None, None, (), "")
    return RecordFacts(said, row.how, tuple(row.because), row.at, row.officer.name if row.officer else None, row.bits,
                       tuple(Part(**part) for part in row.parts), row.model)

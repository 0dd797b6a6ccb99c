"""Ask what a reviewer must know: a doubt with what each comparison weighed, and why each record is a child's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.apps.people.models import Doubt, Joining
from sightline.apps.people.queries import DoubtFacts, Said, doubt, said_of


@dataclass(frozen=True, slots=True)
class Weight:
    """Hold what one comparison added to the weight, in bits: for one child above nought, against it below."""

    comparison: str
    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Review:
    """Hold one doubt with its weight and what it is made of; `bits` is None where nothing was weighed."""

    doubt: DoubtFacts
    bits: float | None
    weights: tuple[Weight, ...]
    model: str
    within: UUID | None
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
    weights: tuple[Weight, ...]
    model: str


def review_of(doubt_id: UUID) -> Review | None:
    """Give one doubt for review, or None where one of its sides is not to be seen."""
    found = doubt(doubt_id)
    row = Doubt.objects.select_related("officer").filter(pk=doubt_id).first()
    if found is None or row is None:
        return None
    return Review(found, row.bits, _weights(row.parts), row.model, row.within_id,
                  row.officer.name if row.officer else None, row.answered_at)


def records_of(person: UUID) -> list[RecordFacts]:
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
                       _weights(row.parts), row.model)


def _weights(parts: Sequence[Mapping[str, Any]]) -> tuple[Weight, ...]:
    return tuple(Weight(str(one["comparison"]), str(one["words"]), float(one["bits"])) for one in parts)

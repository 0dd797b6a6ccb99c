"""Ask how the referrals of a child stand: what people answered, who and when, and what was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from sightline.apps.slavery.models import Answer, Referral


@dataclass(frozen=True, slots=True)
class Typed:
    """Hold one answer that somebody typed."""

    value: str
    number: int
    crossed: bool
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """Hold one referral; `typed` gives for each field the answers in order, the last of which holds.

    `answers` is what was sent: name to value, told, by, because.
    """

    id: UUID
    person: UUID
    agency_id: int
    agency: str
    begun_by: str
    begun_at: datetime
    state: str
    reference: str
    sent_at: datetime | None
    sent_by: str | None
    answers: dict[str, dict[str, Any]]
    typed: dict[str, tuple[Typed, ...]]

    @property
    def holding(self) -> dict[str, str]:
        """Give the answer that holds, by field."""
        return {name: versions[-1].value for name, versions in self.typed.items()}

    @property
    def crossed(self) -> tuple[str, ...]:
        """Name the fields that two people answered without having seen each other's."""
        return tuple(name for name, versions in self.typed.items() if versions[-1].crossed)


def referrals_of(person: UUID) -> list[ReferralFacts]:
    """List the referrals of a child that the viewer may see: drafts first, then the newest."""
    rows = Referral.objects.select_related("agency", "identity", "begun_by", "sent_by").prefetch_related(
        Prefetch("typed", Answer.objects.select_related("officer").order_by("field", "number"))).filter(
        identity__person_id=person).order_by("state", "-begun_at")
    return [_facts(row) for row in rows]


def _facts(row: Referral) -> ReferralFacts:
    typed: dict[str, list[Typed]] = {}
    for one in row.typed.all():
        typed.setdefault(one.field, []).append(Typed(one.value, one.number, one.crossed, one.officer.name, one.at))
    return ReferralFacts(
        row.pk, row.identity.person_id, row.agency_id, row.agency.name, row.begun_by.name, row.begun_at, row.state,
        row.reference, row.sent_at, row.sent_by.name if row.sent_by else None, row.answers,
        {name: tuple(versions) for name, versions in typed.items()})

"""Ask how the referrals of a child stand: what people answered, who and when, and what was sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.slavery.models import VictimReferral


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
    def sent(self) -> bool:
        """Tell whether somebody says that it was submitted."""
        return self.state == VictimReferral.SENT

    @property
    def holding(self) -> dict[str, str]:
        """Give the answer that holds, by field."""
        return {name: versions[-1].value for name, versions in self.typed.items()}

    @property
    def crossed(self) -> tuple[str, ...]:
        """Name the fields that two people answered without having seen each other's."""
        return tuple(name for name, versions in self.typed.items() if versions[-1].crossed)


REFERRALS = """
select r.id, i.person_id, r.agency_id, a.name, b.name, r.begun_at, r.state, r.reference, r.sent_at, s.name, r.answers,
  (select json_agg(json_build_array(t.field, t.value, t.number, t.crossed, o.name, t.at) order by t.field, t.number)
    from slavery_referralanswer t join access_officer o on o.id = t.officer_id where t.referral_id = r.id)
from slavery_victimreferral r join people_identity i on i.id = r.identity_id join access_agency a on a.id = r.agency_id
  join access_officer b on b.id = r.begun_by_id left join access_officer s on s.id = r.sent_by_id
where i.person_id = %s order by r.state, r.begun_at desc
"""


def referrals_of(person: UUID) -> list[ReferralFacts]:
    """List the referrals of a child that the viewer may see: drafts first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(REFERRALS, [person])
        return [_facts(row) for row in cursor.fetchall()]


def _facts(row: Any) -> ReferralFacts:
    typed: dict[str, list[Typed]] = {}
    for field, value, number, crossed, officer, at in _read(row[11]) or ():
        typed.setdefault(field, []).append(Typed(value, number, crossed, officer, datetime.fromisoformat(at)))
    facts = (*row[:10], _read(row[10]), {name: tuple(versions) for name, versions in typed.items()})
    return ReferralFacts(*facts)


def _read(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept

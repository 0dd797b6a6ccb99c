"""Ask how the referral of an arrest stands, to whom it went and what came back, and how soon arrests led to one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from sightline.apps.custody.models import Referral
from sightline.apps.custody.referred import notice_key
from sightline.apps.duties.queries import NoticeFacts, notices_keyed
from sightline.domain.custody.referral import ReferralState, Section


@dataclass(frozen=True, slots=True)
class ToFacts:
    """Hold one council that a referral goes to, why, and how far its notice has come."""

    name: str
    agency_id: int | None
    because: str
    sent_at: datetime | None
    notice: NoticeFacts | None


@dataclass(frozen=True, slots=True)
class AdditionFacts:
    """Hold what one officer added."""

    at: datetime
    officer: str
    words: str


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """Hold one referral as people read it."""

    id: UUID
    arrest: UUID
    person: UUID
    agency_id: int
    agency: str
    event: UUID | None
    state: ReferralState
    arrested_at: datetime
    known_at: datetime
    rule: str
    words: tuple[Section, ...]
    sends_at: datetime | None
    sent_at: datetime | None
    sent_by: str | None
    entry: UUID | None
    ended_at: datetime | None
    ended_because: str
    referred_at: datetime | None
    to: tuple[ToFacts, ...] = ()
    additions: tuple[AdditionFacts, ...] = ()

    @property
    def reached(self) -> bool:
        """Tell whether any council that it goes to works here."""
        return any(one.agency_id is not None for one in self.to)


@dataclass(frozen=True, slots=True)
class ReferralCount:
    """Count the arrests of children of one force, and the minutes to their referrals (median and 90th percentile)."""

    agency: str
    arrests: int
    late: int
    sent: int
    by_officer: int
    ended: int
    waiting: int
    overdue: int
    within_30: int
    within_60: int
    within_240: int
    later: int
    from_arrest: float | None
    from_arrest_90: float | None
    from_known: float | None
    from_known_90: float | None


def referral_of(named: UUID) -> ReferralFacts | None:
    """Give the newest referral of a safety event, of an arrest, or by its own id; None where none is to be seen."""
    found = _referrals().filter(Q(event_id=named) | Q(arrest_id=named) | Q(pk=named)).prefetch_related(
        "to", "additions__officer").order_by("-arrested_at").first()
    if found is None:
        return None
    councils = sorted(found.to.all(), key=lambda one: one.pk)
    notices = notices_keyed([notice_key(found.pk, "sent", one.agency_id) for one in councils if one.agency_id])
    return _facts(
        found,
        to=tuple(ToFacts(one.name, one.agency_id, one.because, one.sent_at,
                         notices.get(notice_key(found.pk, "sent", one.agency_id or 0))) for one in councils),
        additions=tuple(AdditionFacts(one.at, one.officer.name, one.words)
                        for one in sorted(found.additions.all(), key=lambda one: one.pk)))


def referral_clock(event: UUID) -> ReferralFacts | None:
    """Give how the newest referral of a safety event stands, for the pages that lead to it."""
    found = _referrals().filter(event_id=event).order_by("-arrested_at").first()
    return None if found is None else _facts(found)


def not_sent(*, at: datetime, most: int) -> list[ReferralFacts]:
    """List the referrals whose time has come and that have not gone, the oldest first: somebody must ring."""
    rows = _referrals().filter(state=ReferralState.DRAFTED.value, sends_at__lt=at).prefetch_related("to")
    return [_facts(row, to=tuple(ToFacts(one.name, one.agency_id, one.because, one.sent_at, None)
                                 for one in row.to.all())) for row in rows.order_by("sends_at")[:most]]


def referral_counts(*, since: datetime, at: datetime) -> list[ReferralCount]:
    """Count arrests of children and their referrals: of the viewer's force, or of every force for the inspectorate."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_referral_counts(%s, %s)", [since, at])
        return [ReferralCount(*row) for row in cursor.fetchall()]


def _referrals() -> "QuerySet[Referral]":
    return Referral.objects.select_related("agency", "sent_by")


def _facts(
    r: Any, *, to: tuple[ToFacts, ...] = (), additions: tuple[AdditionFacts, ...] = ()
) -> ReferralFacts:
    return ReferralFacts(
        r.pk, r.arrest_id, r.person_id, r.agency_id, r.agency.name, r.event_id, ReferralState(r.state), r.arrested_at,
        r.known_at, r.rule, tuple(Section(one["title"], tuple(one["lines"])) for one in r.words), r.sends_at,
        r.sent_at, r.sent_by.name if r.sent_by else None, r.entry_id, r.ended_at, r.ended_because, r.referred_at,
        to, additions)

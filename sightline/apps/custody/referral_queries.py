"""Ask how the referral of an arrest stands, to whom it went and what came back, and how soon arrests led to one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from sightline.apps.custody.models import Referral, ReferralAddition, ReferralTo
from sightline.domain.custody.referral import ReferralState, Section


@dataclass(frozen=True, slots=True)
class ToFacts:
    """Hold one council that a referral goes to, why, and how far its notice has come."""

    name: str
    agency_id: int | None
    because: str
    sent_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    acknowledged_at: datetime | None


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
    additions = Prefetch("additions", ReferralAddition.objects.select_related("officer").order_by("id"))
    found = _referrals().filter(Q(event_id=named) | Q(arrest_id=named) | Q(pk=named)).prefetch_related(
        COUNCILS, additions).order_by("-arrested_at").first()
    return None if found is None else _facts(
        found, to=_councils(found),
        additions=tuple(AdditionFacts(one.at, one.officer.name, one.words) for one in found.additions.all()))


def not_sent(*, at: datetime, most: int) -> list[ReferralFacts]:
    """List the referrals whose time has come and that have not gone, the oldest first: somebody must ring."""
    rows = _referrals().filter(state=ReferralState.DRAFTED.value, sends_at__lt=at).prefetch_related(COUNCILS)
    return [_facts(row, to=_councils(row)) for row in rows.order_by("sends_at")[:most]]


def referral_counts(*, since: datetime, at: datetime) -> list[ReferralCount]:
    """Count arrests of children and their referrals: of the viewer's force, or of every force for the inspectorate."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_referral_counts(%s, %s)", [since, at])
        return [ReferralCount(*row) for row in cursor.fetchall()]


# How far the notice to each council has come, in the one query that reads the councils.
REACHED = """(select jsonb_build_array(n.delivered_at, n.opened_at, n.acknowledged_at) from duties_notice n
  where n.key = 'referral:' || custody_referralto.referral_id || ':sent:' || custody_referralto.agency_id)"""
COUNCILS = Prefetch("to", ReferralTo.objects.annotate(
    reached=RawSQL(REACHED, [], JSONField())).order_by("id"))  # nosec B611: constants only


def _councils(found: Any) -> tuple[ToFacts, ...]:
    return tuple(ToFacts(one.name, one.agency_id, one.because, one.sent_at, *(
        None if told is None else datetime.fromisoformat(told) for told in one.reached or (None, None, None)))
        for one in found.to.all())


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

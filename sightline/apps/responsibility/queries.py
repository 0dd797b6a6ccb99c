"""Ask who protects a child now, since when and by which rule, and what is offered between agencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from sightline.apps.responsibility.models import OwnerChange, SafetyEvent, Transfer
from sightline.domain.responsibility.opening import Happening


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Hold one safety event as people read it; `owner_words` is who owns by the rule, `watched` that it is not us."""

    id: UUID
    person: UUID
    opened_by: UUID
    opened_at: datetime
    happening: Happening
    ground: UUID
    ground_at: datetime
    owner_agency_id: int
    owner_agency: str
    owner_contact: str
    owner_job: str
    owner_phone: str
    owner_words: str
    watched: bool
    owner_since: datetime
    accepted: bool
    rule: str
    authority: str
    verified: bool
    because: str
    tell: tuple[str, ...]
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """Hold one transfer as both sides read it."""

    id: UUID
    event: UUID
    person: UUID
    happening: Happening
    from_agency_id: int
    from_agency: str
    to_agency_id: int
    to_agency: str
    to_contact: str
    offered_by: str
    offered_at: datetime
    answer_by: datetime
    words: str
    state: str
    answered_at: datetime | None
    answered_by: str | None
    reason: str
    whose: str
    by_rule: str
    event_closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owned:
    """Hold who owned an event from an instant on, and by which rule or transfer."""

    at: datetime
    agency: str
    contact: str
    rule: str
    by_transfer: bool


def protecting(people: Sequence[UUID]) -> Mapping[UUID, list[int]]:
    """Give for each person the agencies that own an open safety event."""
    found: dict[UUID, list[int]] = {person: [] for person in people}
    with connection.cursor() as cursor:
        cursor.execute("select person_id, owner_agency_id from responsibility_safetyevent"
                       " where person_id = any(%s) and closed_at is null", [list(people)])
        for person, agency in cursor.fetchall():
            found[person].append(agency)
    return found


def open_event_of(person: UUID) -> EventFacts | None:
    """Give a child's open safety event, as far as the viewer may see it."""
    event = _events().filter(person_id=person, closed_at=None).first()
    return None if event is None else _facts(event)


def event(event_id: UUID) -> EventFacts | None:
    """Give one safety event."""
    found = _events().filter(pk=event_id).first()
    return None if found is None else _facts(found)


def owned_by(agency: int, *, most: int) -> list[EventFacts]:
    """List the open events that an agency owns, the longest owned first."""
    return [_facts(e) for e in _events().filter(owner_agency_id=agency, closed_at=None).order_by("owner_since")[:most]]


def owners_of(event_id: UUID) -> list[Owned]:
    """List every owner that an event had, in order."""
    return [Owned(c.at, c.agency.name, c.contact.name, c.rule, c.transfer_id is not None)
            for c in OwnerChange.objects.filter(event_id=event_id).select_related("agency", "contact").order_by("id")]


def offered_to(agency: int, *, most: int) -> list[TransferFacts]:
    """List what is offered to an agency and not answered, the most urgent first."""
    rows = _transfers().filter(to_agency_id=agency, state="offered")
    return [_transfer(t) for t in rows.order_by("answer_by")[:most]]


def transfers_of(event_id: UUID, *, most: int) -> list[TransferFacts]:
    """List the transfers of an event, the newest first."""
    return [_transfer(t) for t in _transfers().filter(event_id=event_id).order_by("-offered_at")[:most]]


def transfer(transfer_id: UUID) -> TransferFacts | None:
    """Give one transfer."""
    found = _transfers().filter(pk=transfer_id).first()
    return None if found is None else _transfer(found)


@dataclass(frozen=True, slots=True)
class OfferedChild:
    """Hold as much of a child as who is offered the child's safety must know before accepting."""

    name: str | None
    age: int | None


def offered_child(transfer_id: UUID) -> OfferedChild | None:
    """Give name and age in years of the child whose safety is offered to the viewer's agency, or whom it may see."""
    with connection.cursor() as cursor:
        cursor.execute("select name, age from sightline_offered_child(%s)", [transfer_id])
        row = cursor.fetchone()
    return None if row is None else OfferedChild(*row)


def handed_over_by(agency: int, *, since: datetime, most: int) -> list[TransferFacts]:
    """List what an agency handed over, with how the event goes on and nothing else of the child."""
    rows = _transfers().filter(from_agency_id=agency, state="accepted", answered_at__gte=since)
    return [_transfer(t) for t in rows.order_by("-answered_at")[:most]]


def _events() -> "QuerySet[SafetyEvent]":
    return SafetyEvent.objects.select_related("owner_agency", "owner_contact")


def _transfers() -> "QuerySet[Transfer]":
    return Transfer.objects.select_related(
        "event", "from_agency", "to_agency", "to_contact", "offered_by", "answered_by")


def _facts(e: SafetyEvent) -> EventFacts:
    return EventFacts(
        e.pk, e.person_id, e.opened_by_id, e.opened_at, Happening[e.happening], e.ground_id, e.ground_at,
        e.owner_agency_id, e.owner_agency.name, e.owner_contact.name, e.owner_contact.job, e.owner_contact.phone,
        e.owner_words, e.watched, e.owner_since, e.by_transfer_id is not None, e.rule, e.authority, e.verified,
        e.because, tuple(e.tell), e.closed_at)


def _transfer(t: Transfer) -> TransferFacts:
    return TransferFacts(
        t.pk, t.event_id, t.person_id, Happening[t.event.happening], t.from_agency_id, t.from_agency.name,
        t.to_agency_id, t.to_agency.name, t.to_contact.name, t.offered_by.name, t.offered_at, t.answer_by, t.words,
        t.state, t.answered_at, t.answered_by.name if t.answered_by else None, t.reason, t.whose, t.by_rule,
        t.event.closed_at)

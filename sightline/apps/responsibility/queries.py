"""Ask who protects a child now, since when and by which rule, and what is offered between agencies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import capwords
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from sightline.apps.responsibility.models import (
    OwnerChange,
    Pack,
    PackContent,
    PlanConference,
    RoadLeg,
    SafetyEvent,
    Transfer,
)
from sightline.domain.responsibility.opening import Happening
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind
from sightline.domain.vocabulary.moment import LONDON, Moment


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
    """Hold one transfer as both sides read it; `event` and `happening` are None where no safety event is handed over.

    `conference` is how the receiver's conference answered a plan. `answered_by` names who answered, with the collar
    number where it was given, and `how`.
    """

    id: UUID
    kind: HandoverKind
    event: UUID | None
    person: UUID
    happening: Happening | None
    from_agency_id: int
    from_agency: str
    to_agency_id: int
    to_agency: str
    to_contact: str
    offered_by: str
    offered_at: datetime
    answer_by: datetime | None
    words: str
    state: str
    answered_at: datetime | None
    answered_by: str | None
    how: str
    seen_version: int | None
    reason: str
    whose: str
    by_rule: str
    event_closed_at: datetime | None
    conference: "ConferenceFacts | None"

    @property
    def what(self) -> str:
        """Say what is handed over: what happens to the child, or which file or plan."""
        return self.happening.value if self.happening else KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    """Hold what the receiver's conference decided last on a plan, and when it was held: the outcome for both sides."""

    held_at: Moment
    accepted: bool


@dataclass(frozen=True, slots=True)
class LegFacts:
    """Hold the particulars of a handover on the road, with its transfer."""

    transfer: TransferFacts
    place: str
    met_at: datetime
    giver: str
    giver_number: str
    seen_and_spoken_to: bool
    fed: bool
    injuries: str
    said: str


@dataclass(frozen=True, slots=True)
class LegByCode:
    """Hold what an officer who opens a leg by its code is shown: the child by age and sex, and no name."""

    transfer: UUID
    person: UUID
    from_agency: str
    to_agency: str
    state: str
    answerer: str
    answered_at: datetime | None
    place: str
    met_at: datetime
    giver: str
    giver_number: str
    seen_and_spoken_to: bool
    fed: bool
    injuries: str
    age: int | None
    sex: str | None


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Hold one version of a pack; `sections` is None for who may see only what will come."""

    number: int
    digest: str
    made_at: datetime
    entries: int
    newest_entry_at: datetime | None
    preview: Mapping[str, Any]
    withheld: Sequence[Mapping[str, Any]]
    sections: Sequence[Mapping[str, Any]] | None


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


def time_without_owner(event_id: UUID) -> timedelta | None:
    """Count the time in which nobody owned an event: from its first owner on, as the changes of owner tell.

    Each change ends the owner before it. None where the event is not to be seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_OWNER, [event_id])
        found: timedelta | None = cursor.fetchone()[0]
        return found


# An owner's time runs to the next change. The last one runs on, as long as the event names the same owner; if it did
# not, the time since would be nobody's. A change that was missing from the history would show as time, too.
WITHOUT_OWNER = """
with owned as (
  select c.at as began, lead(c.at) over (order by c.id) as ended, lag(c.at) over (order by c.id) as before,
    (c.agency_id, c.contact_id) = (e.owner_agency_id, e.owner_contact_id) as still, e.closed_at
  from responsibility_ownerchange c join responsibility_safetyevent e on e.id = c.event_id where c.event_id = %s)
select case when exists (select 1 from owned) then coalesce(sum(
  case when ended is null and not still then coalesce(closed_at, now()) - began
    when ended < began then began - ended else interval '0' end), interval '0') end from owned
"""


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


def handovers_of(person: UUID, *, most: int) -> list[TransferFacts]:
    """List what was handed over of a child beside safety events, the newest first."""
    rows = _transfers().filter(person_id=person, event=None).order_by("-offered_at")
    return [_transfer(t) for t in rows[:most]]


def handed_to(people: Sequence[UUID]) -> Mapping[UUID, set[int]]:
    """Give for each person the agencies that received a file or plan of the child."""
    found: dict[UUID, set[int]] = {person: set() for person in people}
    rows = Transfer.objects.filter(person_id__in=people, event=None, state="accepted")
    for person, agency in rows.values_list("person_id", "to_agency_id"):
        found[person].add(agency)
    return found


def legs_of(event_id: UUID, *, most: int) -> list[LegFacts]:
    """List the legs of an event on the road, in order."""
    rows = RoadLeg.objects.filter(transfer__event_id=event_id).select_related(
        *(f"transfer__{name}" for name in WITH_A_TRANSFER), "transfer")
    return [_leg(one) for one in rows.order_by("met_at", "transfer__offered_at")[:most]]


def leg(transfer_id: UUID) -> LegFacts | None:
    """Give the particulars of one leg, or None where the transfer is none of the road or not to be seen."""
    found = RoadLeg.objects.filter(pk=transfer_id).select_related(
        *(f"transfer__{name}" for name in WITH_A_TRANSFER), "transfer").first()
    return None if found is None else _leg(found)


def leg_by_code(digest: str, *, at: datetime) -> LegByCode | None:
    """Give the leg that a code opens, for who is not signed in; None where no offer stands under it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_leg_by_code(%s, %s)", [digest, at])
        row = cursor.fetchone()
    return None if row is None else LegByCode(*row)


def packs_of(transfer_id: UUID, *, most: int) -> list[PackFacts]:
    """List the versions of a handover's pack, the newest first, with their sections for who may see those."""
    packs = list(Pack.objects.filter(transfer_id=transfer_id).order_by("-number")[:most])
    content = PackContent.objects.in_bulk([pack.pk for pack in packs]) if packs else {}
    return [PackFacts(p.number, p.digest, p.made_at, p.entries, p.newest_entry_at, p.preview, p.withheld,
                      content[p.pk].sections if p.pk in content else None) for p in packs]


@dataclass(frozen=True, slots=True)
class OfferedChild:
    """Hold as much of a child as who is offered the child must know before accepting.

    The name is None before that, but for an agency with a part in the child's life already.
    """

    name: str | None
    age: int | None
    sex: str | None


def offered_child(transfer_id: UUID) -> OfferedChild | None:
    """Give who the child is that is offered to the viewer's agency, as far as it may know, or whom it may see."""
    with connection.cursor() as cursor:
        cursor.execute("select name, age, sex from sightline_offered_child(%s)", [transfer_id])
        row = cursor.fetchone()
    return None if row is None else OfferedChild(_spelt(row[0]), row[1], row[2])


def protected_names(events: Sequence[UUID]) -> Mapping[UUID, str]:
    """Give the names of the children whom the viewer's agency protects in these events, as they were told last."""
    with connection.cursor() as cursor:
        cursor.execute("select e.id, n.name from unnest(%s::uuid[]) e(id), sightline_protected_name(e.id) n(name)"
                       " where n.name is not null", [list(events)])
        return {event: _spelt(name) or name for event, name in cursor.fetchall()}


def _spelt(name: str | None) -> str | None:
    """Write a name that was told in capitals only as names are."""
    return capwords(name) if name and name.isupper() else name


def handed_over_by(agency: int, *, since: datetime, most: int) -> list[TransferFacts]:
    """List what an agency handed over, with how the event goes on and nothing else of the child."""
    rows = _transfers().filter(from_agency_id=agency, state="accepted", answered_at__gte=since)
    return [_transfer(t) for t in rows.order_by("-answered_at")[:most]]


def _events() -> "QuerySet[SafetyEvent]":
    return SafetyEvent.objects.select_related("owner_agency", "owner_contact")


WITH_A_TRANSFER = ("event", "from_agency", "to_agency", "to_contact", "offered_by", "answered_by")


def _transfers() -> "QuerySet[Transfer]":
    answered = PlanConference.objects.filter(transfer=OuterRef("pk"), ended_at=None).order_by("-held_at", "-pk")
    return Transfer.objects.select_related(*WITH_A_TRANSFER).annotate(
        conference_at=Subquery(answered.values("held_at")[:1]), conference_day=Subquery(answered.values("by_day")[:1]),
        conference_accepted=Subquery(answered.values("accepted")[:1]))


def _facts(e: SafetyEvent) -> EventFacts:
    return EventFacts(
        e.pk, e.person_id, e.opened_by_id, e.opened_at, Happening[e.happening], e.ground_id, e.ground_at,
        e.owner_agency_id, e.owner_agency.name, e.owner_contact.name, e.owner_contact.job, e.owner_contact.phone,
        e.owner_words, e.watched, e.owner_since, e.by_transfer_id is not None, e.rule, e.authority, e.verified,
        e.because, tuple(e.tell), e.closed_at)


def _transfer(t: Transfer) -> TransferFacts:
    return TransferFacts(
        t.pk, HandoverKind(t.kind), t.event_id, t.person_id, Happening[t.event.happening] if t.event else None,
        t.from_agency_id, t.from_agency.name, t.to_agency_id, t.to_agency.name, t.to_contact.name, t.offered_by.name,
        t.offered_at, t.answer_by, t.words, t.state, t.answered_at, _answerer(t), t.answered_how, t.seen_version,
        t.reason, t.whose, t.by_rule, t.event.closed_at if t.event else None, _conference(t))


def _conference(t: Transfer) -> ConferenceFacts | None:
    """Give how a plan was answered; of a leg, which is of no plan, nothing was asked."""
    at: datetime | None = getattr(t, "conference_at", None)
    if at is None:
        return None
    held = at.astimezone(LONDON).date() if getattr(t, "conference_day", False) else at
    return ConferenceFacts(held, bool(getattr(t, "conference_accepted", False)))


def _answerer(t: Transfer) -> str | None:
    if t.answered_by is not None:
        return t.answered_by.name
    return f"{t.answerer} ({t.answerer_number})" if t.answerer else None


def _leg(one: RoadLeg) -> LegFacts:
    return LegFacts(_transfer(one.transfer), one.place, one.met_at, one.giver, one.giver_number,
                    one.seen_and_spoken_to, one.fed, one.injuries, one.said)

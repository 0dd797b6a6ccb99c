"""Keep safety events as the timelines tell them: open with an owner and a notice, move on, close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook
from sightline.apps.access.rota import rota_at
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.responsibility.keeping import keeper_of
from sightline.domain.responsibility.opening import SafetyEvent
from sightline.domain.vocabulary.moment import first_instant

BACKLOAD = timedelta(days=90)
"""An event whose newest word is older than this when we first hear of it opens nothing: history is loaded to be read
(our own choice, as for duties)."""

RELIEVED = "Something newer was told of a child whom you protected: {owner} protects the child now."
AT_A_STATION = "{owner} protects a child at a station in your area. Ring it, and see what it offers you."
OUR_OFFER_ENDED = "Your offer to hand over a child's safety has ended, unanswered."
THEIR_OFFER_ENDED = "The offer to hand over a child's safety to you has ended. You need do nothing."

EVENT_COLUMNS = (
    ("person_id", "uuid"), ("opened_by_id", "uuid"), ("opened_at", "timestamptz"), ("happening", "text"),
    ("ground_id", "uuid"), ("ground_at", "timestamptz"), ("owner_agency_id", "int"), ("owner_contact_id", "bigint"),
    ("owner_words", "text"), ("watched", "boolean"), ("owner_since", "timestamptz"), ("rule", "text"),
    ("authority", "text"), ("verified", "boolean"), ("because", "text"), ("tell", "jsonb"),
)
MOVED_COLUMNS = (("id", "uuid"), *EVENT_COLUMNS[3:])


@dataclass(frozen=True, slots=True)
class _Held:
    id: UUID
    person: UUID
    happening: str
    ground: str
    owner_agency: int
    owner_contact: int
    owner_words: str
    rule: str
    owner_since: datetime
    by_transfer: UUID | None
    closed_at: datetime | None


def keep(
    events: Mapping[UUID, Sequence[SafetyEvent]], *, book: AgencyBook, told: Mapping[UUID, Iterable[int]], at: datetime
) -> None:
    """Open the events that are new, move on those of which something newer is told, and close those that ended.

    `told` gives the agencies that told something of each person. An event is written with its owner, and the notice to
    the owner, in the caller's transaction. What an accepted transfer settled stands until something newer is told.
    """
    wanted = {UUID(event.opened_by): (person, event) for person, known in events.items() for event in known}
    held = _rerooted(_held(list(events), list(wanted)), wanted)
    ended = [(row, *_ending(wanted.get(key), at)) for key, row in held.items()
             if row.closed_at is None and _has_ended(wanted.get(key), row, events)]
    _close(ended, at=at)
    _rehang([(row, wanted[key][0]) for key, row in held.items()
             if key in wanted and wanted[key][0] != row.person])
    moved = [(row, *wanted[key]) for key, row in held.items()
             if key in wanted and wanted[key][1].closed_by is None and _is_moved(row, wanted[key][1])]
    _move(moved, book=book, told=told, at=at)
    new = [(person, event) for key, (person, event) in wanted.items()
           if key not in held and event.closed_by is None and at - first_instant(event.ground_at) <= BACKLOAD]
    _open(new, book=book, told=told, at=at)


def _held(people: list[UUID], opened_by: list[UUID]) -> dict[UUID, _Held]:
    """Give what is kept for these persons, and under these openings for whichever person; nobody moves it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select opened_by_id, id, person_id, happening, ground_id::text, owner_agency_id, owner_contact_id,"
            " owner_words, rule, owner_since, by_transfer_id, closed_at from responsibility_safetyevent"
            " where person_id = any(%s) or opened_by_id = any(%s) order by id for no key update", [people, opened_by])
        return {row[0]: _Held(*row[1:]) for row in cursor.fetchall()}


def _rerooted(held: dict[UUID, _Held], wanted: Mapping[UUID, tuple[UUID, SafetyEvent]]) -> dict[UUID, _Held]:
    """Keep one event one where something earlier is told late, or its first entry is withdrawn: it begins elsewhere."""
    lost = {row.person: key for key, row in held.items() if key not in wanted and row.closed_at is None}
    again = {lost[person]: (key, event) for key, (person, event) in wanted.items()
             if event.closed_by is None and key not in held and person in lost}
    if again:
        with connection.cursor() as cursor:
            cursor.execute(
                "update responsibility_safetyevent e set opened_by_id = w.opened_by, opened_at = w.opened_at"
                " from unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) as w(id, opened_by, opened_at)"
                " where e.id = w.id",
                [[held[old].id for old in again], [key for key, _ in again.values()],
                 [first_instant(event.opened_at) for _, event in again.values()]])
    return {again[key][0] if key in again else key: row for key, row in held.items()}


def _has_ended(
    wanted: tuple[UUID, SafetyEvent] | None, row: _Held, events: Mapping[UUID, Sequence[SafetyEvent]]
) -> bool:
    """Tell whether an open event ended: by an entry, or because its ground is gone (and the person was read)."""
    return row.person in events if wanted is None else wanted[1].closed_by is not None


def _ending(wanted: tuple[UUID, SafetyEvent] | None, at: datetime) -> tuple[UUID | None, datetime]:
    if wanted is None or wanted[1].closed_by is None or wanted[1].closed_at is None:
        return None, at
    return UUID(wanted[1].closed_by), first_instant(wanted[1].closed_at)


def _close(ended: Sequence[tuple[_Held, UUID | None, datetime]], *, at: datetime) -> None:
    if not ended:
        return
    ids = [row.id for row, _, _ in ended]
    with connection.cursor() as cursor:
        _end_offers(ids, because="The event has ended.", at=at)
        cursor.execute(
            "update responsibility_safetyevent e set closed_by_id = w.closed_by, closed_at = w.closed_at"
            " from unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) as w(id, closed_by, closed_at) where e.id = w.id",
            [ids, [by for _, by, _ in ended], [when for _, _, when in ended]])


def _rehang(rows: Sequence[tuple[_Held, UUID]]) -> None:
    """Hang events on the person whose they are by now, with their transfers and disputes."""
    if not rows:
        return
    ids, people = [row.id for row, _ in rows], [person for _, person in rows]
    with connection.cursor() as cursor:
        for table, key in (("responsibility_safetyevent", "id"), ("responsibility_transfer", "event_id"),
                           ("responsibility_dispute", "event_id")):
            cursor.execute(
                f"update {table} t set person_id = w.person"  # nosec B608: constants only
                f" from unnest(%s::uuid[], %s::uuid[]) as w(id, person) where t.{key} = w.id", [ids, people])


def _is_moved(row: _Held, event: SafetyEvent) -> bool:
    """Tell whether the owner is asked anew: something newer is told, or no transfer settled it and the rule differs.

    An event that was closed and is open again (its ending was withdrawn) is asked anew too.
    """
    if row.closed_at is not None or row.ground != event.ground:
        return True
    now = (event.happening.name, event.answer.rule, event.answer.owner_now[:200])
    return row.by_transfer is None and now != (row.happening, row.rule, row.owner_words)


def _move(
    moved: Sequence[tuple[_Held, UUID, SafetyEvent]], *, book: AgencyBook, told: Mapping[UUID, Iterable[int]],
    at: datetime
) -> None:
    if not moved:
        return
    rows = [(row.id, *_row(person, event, book=book, told=told[person], at=max(at, row.owner_since))[3:])
            for row, person, event in moved]
    _end_offers([row.id for row, _, _ in moved], because="Something newer was told of where the child is.", at=at)
    assigned = ", ".join(f"{name} = told.{name}" for name, _ in MOVED_COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            f"update responsibility_safetyevent e set {assigned}, by_transfer_id = null, closed_by_id = null,"  # nosec B608
            f" closed_at = null from {told_rows(MOVED_COLUMNS)} where e.id = told.id"
            " returning e.id, e.person_id, e.owner_agency_id, e.owner_contact_id, e.ground_id",
            [document(MOVED_COLUMNS, rows)])
        now = cursor.fetchall()
    _tell(now, at=at)
    _tell_beside(now, {person: event for _, person, event in moved}, book=book, at=at)
    _relieve({row.id: row for row, _, _ in moved}, now, book=book, at=at)


def _relieve(
    before: Mapping[UUID, _Held], now: Iterable[tuple[UUID, UUID, int, int, UUID]], *, book: AgencyBook, at: datetime
) -> None:
    """Tell who owned until now that somebody else does, and who: nobody must go on as if the child were theirs."""
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"relieved:{event}:{ground}:{agency}", person, None, agency, before[event].owner_agency,
         before[event].owner_contact, RELIEVED.format(owner=book.by_id[agency].name), at, 0, at)
        for event, person, agency, _, ground in now
        if before[event].owner_agency != agency and before[event].closed_at is None
    ], ending="on conflict (key) do nothing")


def _end_offers(events: Sequence[UUID], *, because: str, at: datetime) -> None:
    """Withdraw what is offered and settle what is disputed of these events: the ground for both is gone.

    Both sides of an offer are told.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update responsibility_transfer t set state = 'withdrawn', answered_at = %s, reason = %s"
            " from responsibility_safetyevent e where e.id = t.event_id and t.event_id = any(%s)"
            " and t.state = 'offered' returning t.id, t.person_id, t.from_agency_id, e.owner_contact_id,"
            " t.to_agency_id, t.to_contact_id", [at, because, list(events)])
        ended = cursor.fetchall()
        cursor.execute(
            "update responsibility_dispute set settled_at = %s, next_step_at = null"
            " where event_id = any(%s) and settled_at is null", [at, list(events)])
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"transfer:{id_}:{key}", person, None, None, agency, contact, f"{words} {because}", at, 0, at)
        for id_, person, giver, owner, receiver, asked in ended
        for key, agency, contact, words in (("ended", giver, owner, OUR_OFFER_ENDED),
                                            ("withdrawn", receiver, asked, THEIR_OFFER_ENDED))
    ], ending="on conflict (key) do nothing")


def _open(
    new: Sequence[tuple[UUID, SafetyEvent]], *, book: AgencyBook, told: Mapping[UUID, Iterable[int]], at: datetime
) -> None:
    rows = [_row(person, event, book=book, told=told[person], at=at) for person, event in new]
    opened = insert("responsibility_safetyevent", EVENT_COLUMNS, rows,
                    ending="returning id, person_id, owner_agency_id, owner_contact_id, ground_id")
    _tell(opened, at=at)
    _tell_beside(opened, {person: event for person, event in new if event.closed_by is None}, book=book, at=at)


def _row(
    person: UUID, event: SafetyEvent, *, book: AgencyBook, told: Iterable[int], at: datetime
) -> tuple[object, ...]:
    given = event.answer
    keeper = keeper_of(given, told=told, book=book)
    return (
        person, UUID(event.opened_by), first_instant(event.opened_at), event.happening.name, UUID(event.ground),
        first_instant(event.ground_at), keeper.agency.id, keeper.contact.id, given.owner_now[:200], keeper.watches, at,
        given.rule, "; ".join(given.authority), given.verified, " ".join(given.because), list(given.tell))


def _tell_beside(
    rows: Iterable[tuple[UUID, UUID, int, int, UUID]], events: Mapping[UUID, SafetyEvent], *, book: AgencyBook,
    at: datetime,
) -> None:
    """Tell the council of the station that transport police protect a child there: by R21 it stands beside them."""
    beside = [(row, book.council(given.enquires)) for row in rows
              if row[1] in events and (given := events[row[1]].answer).rule == "R21" and given.enquires]
    if not beside:
        return
    rota = rota_at(at, book=book)
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"railway:{event}:{ground}:{council.id}", person, None, None, council.id, rota.on_duty(council.id).contact.id,
         AT_A_STATION.format(owner=book.by_id[agency].name), at, 0, at)
        for (event, person, agency, _, ground), council in beside
        if council is not None and council.id != agency and book.contacts_of(council.id)
    ], ending="on conflict (key) do nothing")


def _tell(rows: Iterable[tuple[UUID, UUID, int, int, UUID]], *, at: datetime) -> None:
    """Write the notice to the owner: one for each ground and owner."""
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"safety:{event}:{ground}:{agency}", person, None, None, agency, contact,
         "You protect a child now. See what has happened, and take the child over or hand over.", at, 0, at)
        for event, person, agency, contact, ground in rows
    ], ending="on conflict (key) do nothing")

"""Append what was told. Nothing that was told is ever changed: a correction is the next telling of the same event."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.domain.intake.row import Told, Withdrawn
from sightline.domain.vocabulary.moment import Moment, first_instant, is_day, write_moment

WITHDRAWN = "record.withdrawn"
APPEND_LOCK = 7_203
READ_LOCK = 7_204

ENTRY_COLUMNS = (
    ("identity_id", "uuid"), ("told_by_id", "int"), ("by", "text"), ("source_key", "text"), ("revision", "int"),
    ("event_id", "uuid"), ("digest", "bytea"), ("kind", "text"), ("at", "timestamptz"), ("on_day", "date"),
    ("starts", "timestamptz"), ("until_at", "timestamptz"), ("until_day", "date"), ("facts", "jsonb"),
    ("postcode", "text"), ("council", "text"), ("force", "text"), ("lat", "double precision"),
    ("lon", "double precision"), ("people", "jsonb"), ("things", "jsonb"), ("grade", "text"),
    ("recorded_at", "timestamptz"), ("officer_id", "uuid"), ("submission_id", "bigint"), ("row", "int"),
)
REVISION = [name for name, _ in ENTRY_COLUMNS].index("revision")
EVENT = [name for name, _ in ENTRY_COLUMNS].index("event_id")
# Made once: json.dumps would make an encoder for each telling.
_WRITE = json.JSONEncoder(sort_keys=True, default=str).encode


@dataclass(frozen=True, slots=True)
class Telling:
    """Hold one thing to append: row `number` of a file tells it about an identity."""

    number: int
    identity: UUID
    told: Told | Withdrawn


@dataclass(frozen=True, slots=True)
class Origin:
    """Say where tellings come from: the agency, its name, the officer and the submission where there are any."""

    agency: int
    agency_name: str
    officer: UUID | None = None
    submission: int | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """Hold the numbers of the rows that told something new, of which identities, and the id of each event that began.

    Events are named by (identity, key).
    """

    rows: frozenset[int]
    identities: frozenset[UUID]
    begun: Mapping[tuple[UUID, str], UUID]


@dataclass(slots=True)
class _Current:
    """Follow the newest telling of an event while a batch is appended; `event` is None until the first has its id."""

    event: UUID | None
    revision: int
    digest: bytes
    kind: str
    submission: int | None

    @property
    def state(self) -> tuple[str, bytes]:
        """Give how the event stands: one withdrawal is like another, a telling is known by its digest."""
        return (self.kind, b"") if self.kind == WITHDRAWN else (self.kind, self.digest)


@dataclass(frozen=True, slots=True)
class _Made:
    """Hold a row to append, with the event it tells of and the number of the file's row."""

    place: tuple[UUID, str]
    number: int
    row: tuple[Any, ...]


def append(tellings: Sequence[Telling], *, origin: Origin, at: datetime) -> Appended:
    """Append tellings and give which rows told something new, and the events that began.

    A telling that says what already holds is passed over; another about the same event corrects it. What a batch tells
    of an event and takes back again leaves nothing where that is how it stood before. A row whose telling this very
    submission has appended before (it was killed half-way and begun again) counts as new again. Writes the news that
    the identities' persons must be read again, in the same transaction.
    """
    identities = sorted({t.identity for t in tellings})
    _lock(identities)
    current = _current(tellings)
    before = {place: held.state for place, held in current.items()}
    new_rows: set[int] = set()
    made: list[_Made] = []
    for telling in tellings:
        rows, again = _next(telling, current, origin=origin, at=at)
        made += rows
        if again:
            new_rows.add(telling.number)
    kept = [m for m in made if current[m.place].state != before.get(m.place)]
    begun = _insert(kept)
    changed = frozenset(m.place[0] for m in kept)
    note_news_of(changed, at=at)
    return Appended(frozenset(new_rows | {m.number for m in kept}), changed, begun)


def _insert(kept: Sequence[_Made]) -> dict[tuple[UUID, str], UUID]:
    """Insert first tellings, then those that correct them, which name the first; give the events that began."""
    first = [m for m in kept if m.row[REVISION] == 1]
    events = {(row[0], row[1]): row[2] for row in insert(
        "record_entry", ENTRY_COLUMNS, [m.row for m in first], ending="returning identity_id, source_key, id")}
    insert("record_entry", ENTRY_COLUMNS, [
        m.row if m.row[EVENT] else (*m.row[:EVENT], events[m.place], *m.row[EVENT + 1:])
        for m in kept if m.row[REVISION] > 1])
    return events


def note_news(people: Iterable[UUID], *, at: datetime) -> None:
    """Write that these persons must be read again."""
    insert("record_news", (("person_id", "uuid"), ("at", "timestamptz")), [(person, at) for person in people])


def note_news_of(identities: Iterable[UUID], *, at: datetime) -> None:
    """Write that the persons to whom these identities belong must be read again."""
    wanted = list(identities)
    if not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute("insert into record_news (person_id, at) select distinct person_id, %s::timestamptz"
                       " from people_identity where id = any(%s::uuid[])", [at, array(wanted)])


TAKE_NEWS = """
with oldest as (select distinct person_id from (
  select person_id from record_news where person_id <> all(%s::uuid[]) order by id limit %s
    for update skip locked) as news),
taken as (delete from record_news where id in (
  select id from record_news where person_id in (select person_id from oldest) for update skip locked)
  returning person_id, at)
select person_id, min(at) from taken group by person_id
"""


def take_news(*, most: int, besides: Collection[UUID] = ()) -> dict[UUID, datetime]:
    """Take the oldest news, with all other news of the same persons; give the persons to read, and since when.

    Nobody of `besides` is taken.

    Others that take at the same time get others. The news is gone only when the caller's transaction, in which the
    persons are read, is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NEWS, [array(besides), most])
        return dict(cursor.fetchall())


def hold(people: Sequence[UUID]) -> None:
    """Let one reader at a time read a person, for the rest of the transaction, always in one order.

    Two who read a child at once would both keep the same sign; and he who had seen less might have the last word.
    """
    _lock_each(READ_LOCK, people)


def _lock(identities: Sequence[UUID]) -> None:
    """Let one writer at a time append about a child, always in one order."""
    _lock_each(APPEND_LOCK, identities)


def _lock_each(lock: int, ids: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(%s, h) from ("
            "  select distinct hashtext(id::text) as h from unnest(%s::uuid[]) as t(id) order by 1) as ordered",
            [lock, array(ids)])


# Each event's newest telling is looked up by the index alone: a join would read the whole table while it is young.
CURRENT = """
select e.* from unnest(%s::uuid[], %s::text[]) as told(identity, key) cross join lateral (
  select identity_id, source_key, coalesce(event_id, id), revision, digest, kind, submission_id
  from record_entry where identity_id = told.identity and source_key = told.key order by revision desc limit 1) as e
union all
(select distinct on (identity_id, source_key) identity_id, source_key, coalesce(event_id, id), revision, digest, kind,
  submission_id
from record_entry where identity_id = any(%s::uuid[]) order by identity_id, source_key, revision desc)
"""


def _current(tellings: Sequence[Telling]) -> dict[tuple[UUID, str], _Current]:
    """Give how the events stand of which is told; where something is taken back, all that was told of the child."""
    taken_back = {t.identity for t in tellings if isinstance(t.told, Withdrawn)}
    events = list({(t.identity, t.told.key) for t in tellings if t.identity not in taken_back})
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [array(i for i, _ in events), [key for _, key in events], array(taken_back)])
        return {(r[0], r[1]): _Current(r[2], r[3], bytes(r[4]), r[5], r[6]) for r in cursor.fetchall()}


def _next(
    telling: Telling, current: dict[tuple[UUID, str], _Current], *, origin: Origin, at: datetime
) -> tuple[list[_Made], bool]:
    """Give the rows to append, and whether this submission had appended the telling before."""
    if isinstance(telling.told, Withdrawn):
        return _withdraw(telling, telling.told, current, origin=origin, at=at)
    place = (telling.identity, telling.told.key)
    held, digest = current.get(place), digest_of(telling.told)
    if held is not None and held.digest == digest and held.kind != WITHDRAWN:
        return [], held.submission is not None and held.submission == origin.submission
    revision = held.revision + 1 if held else 1
    current[place] = new = _Current(
        held.event if held else None, revision, digest, telling.told.kind, origin.submission)
    row = _row(telling, telling.told, new, origin=origin, at=at)
    return [_Made(place, telling.number, row)], False


def _withdraw(
    telling: Telling, withdrawn: Withdrawn, current: dict[tuple[UUID, str], _Current], *, origin: Origin, at: datetime
) -> tuple[list[_Made], bool]:
    """Append a withdrawal for every event that the key covers and that still holds."""
    rows, again = [], False
    for (identity, key), held in list(current.items()):
        if identity != telling.identity or not _covers(withdrawn.key, key):
            continue
        if held.kind == WITHDRAWN:
            again = again or (held.submission is not None and held.submission == origin.submission)
            continue
        facts = {"withdraws": [str(held.event)] if held.event else [], "reason": withdrawn.reason}
        told = Told(kind=WITHDRAWN, at=at, key=key, facts=facts)
        new = _Current(held.event, held.revision + 1, digest_of(told), WITHDRAWN, origin.submission)
        current[(identity, key)] = new
        row = _row(telling, told, new, origin=origin, at=at)
        rows.append(_Made((identity, key), telling.number, row))
    return rows, again


def _covers(withdrawn: str, key: str) -> bool:
    return withdrawn in ("", key) or key.startswith(f"{withdrawn}/")


def digest_of(told: Told) -> bytes:
    """Give the digest of what is told, by which the same words told again are known."""
    words = [told.kind, write_moment(told.at), told.until and write_moment(told.until), dict(told.facts),
             told.place and told.place.postcode, told.place and told.place.council,
             [(p.id, p.role, p.age) for p in told.people], [(t.kind, t.id) for t in told.things], told.grade, told.by]
    return blake2b(_WRITE(words).encode(), digest_size=16).digest()


def _row(telling: Telling, told: Told, new: _Current, *, origin: Origin, at: datetime) -> tuple[Any, ...]:
    place = told.place
    return (
        telling.identity, origin.agency, told.by or origin.agency_name, told.key, new.revision,
        new.event, new.digest, told.kind,
        *_instant_or_day(told.at), first_instant(told.at), *_instant_or_day(told.until),
        dict(told.facts), place and place.postcode, place and place.council,
        place and place.force, place and place.lat, place and place.lon,
        [{"id": p.id, "role": p.role, "age": p.age} for p in told.people],
        [{"kind": t.kind, "id": t.id} for t in told.things], told.grade, at, origin.officer,
        origin.submission, telling.number or None)


def _instant_or_day(moment: Moment | None) -> tuple[Any, Any]:
    if moment is None:
        return None, None
    return (None, moment) if is_day(moment) else (moment, None)

"""Attribute what agencies say to persons: join, keep apart, or ask a human. Every joining is kept with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from django.db import connection
from pydantic_core import to_json

from sightline.apps.access.bulk import array, document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.people.candidates import (
    Known,
    Near,
    candidates,
    descriptions,
    kept_apart,
    known_by_key,
    said_before,
)
from sightline.apps.people.queries import best_named, said_of
from sightline.domain.people.compare import Described
from sightline.domain.people.decide import Candidate, Choice, decide
from sightline.domain.people.describe import described
from sightline.domain.people.keys import keyed_by_child, probe_keys, stored_keys
from sightline.domain.vocabulary.identity import Identity as Told

ATTRIBUTION_LOCK = 7_201
"""One attribution at a time: two arrivals of one child cannot both make a person."""

DESCRIPTION_COLUMNS = (
    ("identity_id", "uuid"), ("digest", "bytea"), ("given", "text"), ("family", "text"),
    ("also_known_as", "varchar[]"), ("born_on", "date"), ("sex", "text"), ("ethnicity", "text"),
    ("identifiers", "jsonb"), ("postcode", "text"), ("address", "text"), ("told_at", "timestamptz"),
    ("submission_id", "bigint"),
)
JOINING_COLUMNS = (
    ("identity_id", "uuid"), ("from_person_id", "uuid"), ("to_person_id", "uuid"), ("how", "text"),
    ("because", "jsonb"), ("officer_id", "uuid"), ("at", "timestamptz"),
)
DOUBT_COLUMNS = (("one_id", "uuid"), ("other_id", "uuid"), ("because", "jsonb"), ("opened_at", "timestamptz"),
                 ("answer", "text"), ("reason", "text"))


Name = tuple[str, str]
"""Scheme and key."""
Saying = tuple[str, str, bytes]
"""Scheme, key, and the digest of what is said."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Hold the identity that each (scheme, key) has, which tellings said something new, and whom it moved."""

    identities: Mapping[tuple[str, str], UUID]
    newly_said: frozenset[tuple[str, str]]
    moved: frozenset[UUID]
    """Persons known before that gave up or took an identity: they must be read again."""


def attribute(told: Sequence[Told], *, agency: int, submission: int | None, at: datetime) -> Attributed:
    """Keep what an agency says of children, and give the identity of each.

    An identity that is new, or of which something new is said, is compared with everybody known who shares a key with
    it, and joined, left alone, or put to a human. Saying the same again changes nothing; said again by the submission
    that said it first (it was killed half-way and begun again), it counts as new again.
    """
    sayings = {(t.scheme, t.key, digest_of(t)): t for t in told}
    names = list(dict.fromkeys(saying[:2] for saying in sayings))
    known = known_by_key(agency, names)
    before = said_before([k.id for k in known.values()])
    moved: frozenset[UUID] = frozenset()
    fresh = _unsaid(sayings, known, before)
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ATTRIBUTION_LOCK])
        # Asked again: whoever held the lock before may just have said the very same.
        known = known_by_key(agency, names)
        before = said_before([k.id for k in known.values()])
        fresh = _unsaid(fresh, known, before)
    if fresh:
        words = {saying: described(t) for saying, t in fresh.items()}
        keys = _keys(words)
        made = _make(agency, {name: keys[name] for name in names if name not in known}, at)
        _add_keys({k.id: keys[name] for name, k in known.items() if name in keys})
        known = {**known, **made}
        _say(fresh, known, submission=submission, at=at)
        newly = {known[saying[:2]].id: said for saying, said in words.items()}
        moved = _settle(newly, known, at=at) - {k.person for k in made.values()}
    again = {saying[:2] for saying in sayings
             if submission is not None and before.get((known[saying[:2]].id, saying[2])) == submission}
    return Attributed({name: k.id for name, k in known.items()},
                      frozenset({saying[:2] for saying in fresh} | again), moved)


def _unsaid(
    sayings: Mapping[Saying, Told], known: Mapping[Name, Known], before: Mapping[tuple[UUID, bytes], int | None]
) -> dict[Saying, Told]:
    """Give what was not said before of an identity, or of one that is new."""
    return {saying: t for saying, t in sayings.items()
            if (k := known.get(saying[:2])) is None or (k.id, saying[2]) not in before}


def digest_of(told: Told) -> bytes:
    """Give the digest of what is said, by which the same words said again are known."""
    words = [told.given, told.family, list(told.also_known_as), str(told.born_on), told.sex, told.ethnicity,
             sorted(told.identifiers.items()), told.postcode, told.address]
    return blake2b(to_json(words), digest_size=16).digest()


def _keys(words: Mapping[Saying, Described]) -> dict[Name, set[int]]:
    """Give the keys to find each identity by, of all that is said of it."""
    keys: dict[Name, set[int]] = {}
    for saying, said in words.items():
        keys.setdefault(saying[:2], set()).update(stored_keys(said))
    return keys


def _make(agency: int, keys: Mapping[Name, set[int]], at: datetime) -> dict[Name, Known]:
    """Make an identity for each name, with its keys and each with a person of its own until it is settled."""
    made: dict[Name, Known] = {}
    people = [row[0] for row in insert("people_person", (("made_at", "timestamptz"),), [(at,)] * len(keys),
                                       ending="returning id")]
    rows: list[tuple[object, ...]] = [
        (agency, scheme, key, person, sorted(own))
        for ((scheme, key), own), person in zip(keys.items(), people, strict=True)]
    for id_, scheme, key, person in insert(
            "people_identity", (("agency_id", "int"), ("scheme", "text"), ("key", "text"), ("person_id", "uuid"),
                                ("keys", "bigint[]")), rows, ending="returning id, scheme, key, person_id"):
        made[(scheme, key)] = Known(id_, person, agency, scheme, key)
    return made


def _add_keys(keys: Mapping[UUID, set[int]]) -> None:
    """Add keys to identities that are known already; where none is new nothing is written."""
    pairs = [(id_, key) for id_, own in keys.items() for key in own]
    if pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                "update people_identity i set keys = (select array_agg(distinct k) from unnest(i.keys || w.keys) k)"
                " from (select id, array_agg(key) as keys from unnest(%s::uuid[], %s::bigint[]) as t(id, key)"
                " group by id) w"
                " where i.id = w.id and not i.keys @> w.keys",
                [array(id_ for id_, _ in pairs), array(key for _, key in pairs)])


def _say(fresh: Mapping[Saying, Told], known: Mapping[Name, Known], *, submission: int | None, at: datetime) -> None:
    """Keep the new descriptions."""
    insert("people_description", DESCRIPTION_COLUMNS, [
        (known[saying[:2]].id, saying[2], told.given, told.family, told.also_known_as, told.born_on, told.sex,
         told.ethnicity, dict(told.identifiers), told.postcode, told.address, at, submission)
        for saying, told in fresh.items()], ending="on conflict (identity_id, digest) do nothing")


def _settle(
    newly: Mapping[UUID, Described], known: Mapping[tuple[str, str], Known], *, at: datetime
) -> frozenset[UUID]:
    """Choose a person for every identity of which something new was said, in one order, each seeing those before it.

    Gives the persons that lost or gained an identity.
    """
    mine = {k.id: k for k in known.values() if k.id in newly}
    order = sorted(newly, key=str)
    probes = {n: probe_keys(newly[id_]) for n, id_ in enumerate(order)}
    near: dict[int, list[Near]] = {}
    for found in candidates(probes):
        near.setdefault(found.n, []).append(found)
    words = descriptions({f.known.id for group in near.values() for f in group})
    apart = kept_apart(order)
    persons = _Persons(near)
    joinings: list[tuple[object, ...]] = []
    doubts: dict[tuple[UUID, UUID], tuple[object, ...]] = {}
    for n, id_ in enumerate(order):
        choice = _choose(mine[id_], newly[id_], near.get(n, []), persons=persons, words=words,
                         apart=apart.get(id_, set()))
        person, target = persons.of(id_, mine[id_].person), choice.person
        if target is not None and UUID(target) != person:
            if persons.size(person) == 1:
                joinings.append((id_, person, UUID(target), "comparison", choice.because, None, at))
                persons.move(id_, UUID(target))
            else:
                fits = persons.one_of(UUID(target))
                doubts[_pair(id_, fits)] = (*_pair(id_, fits), choice.because, at, "open", "")
        for asked in choice.doubts:
            pair = _pair(id_, UUID(asked.identity))
            doubts[pair] = (*pair, asked.because, at, "open", "")
    _join(joinings)
    _ask([row for pair, row in doubts.items() if not persons.one_person(*pair)])
    _forget_settled([joining[2] for joining in joinings])
    return frozenset(person for joining in joinings for person in (joining[1], joining[2]) if isinstance(person, UUID))


class _Persons:
    """Follow which identity belongs to which person while a batch is settled."""

    def __init__(self, near: Mapping[int, Sequence[Near]]) -> None:
        self._person: dict[UUID, UUID] = {}
        self._made: dict[UUID, float] = {}
        for group in near.values():
            for found in group:
                self._person[found.known.id] = found.known.person
                self._made[found.known.person] = found.made
        self._members: dict[UUID, set[UUID]] = {}
        for identity, person in self._person.items():
            self._members.setdefault(person, set()).add(identity)

    def of(self, identity: UUID, otherwise: UUID) -> UUID:
        return self._person.get(identity, otherwise)

    def size(self, person: UUID) -> int:
        return len(self._members.get(person, ())) or 1

    def one_of(self, person: UUID) -> UUID:
        return min(self._members[person], key=str)

    def made(self, person: UUID) -> float:
        return self._made.get(person, 0.0)

    def one_person(self, one: UUID, other: UUID) -> bool:
        return one in self._person and self._person.get(one) == self._person.get(other)

    def move(self, identity: UUID, person: UUID) -> None:
        self._members.get(self._person.get(identity, identity), set()).discard(identity)
        self._person[identity] = person
        self._members.setdefault(person, set()).add(identity)


def _choose(
    own: Known, said: Described, near: Sequence[Near], *, persons: _Persons, words: Mapping[UUID, Sequence[Described]],
    apart: set[UUID],
) -> Choice:
    """Ask the domain, with everybody near as they stand now; the identity's own person is not a candidate."""
    here = persons.of(own.id, own.person)
    asked = []
    for found in near:
        person = persons.of(found.known.id, found.known.person)
        if found.known.id == own.id or person == here:
            continue
        listed = keyed_by_child(own.scheme) and (found.known.agency, found.known.scheme) == (own.agency, own.scheme)
        asked += [Candidate(str(found.known.id), str(person), round(persons.made(person)), one, listed)
                  for one in words.get(found.known.id, ())]
    return decide(said, asked, kept_apart=frozenset(str(identity) for identity in apart))


def _join(joinings: Sequence[tuple[object, ...]]) -> None:
    """Move identities to their persons, let emptied persons resolve to them, and keep why."""
    if not joinings:
        return
    with connection.cursor() as cursor:
        ids, targets = [j[0] for j in joinings], [j[2] for j in joinings]
        cursor.execute(
            "update people_identity i set person_id = w.person from unnest(%s::uuid[], %s::uuid[]) as w(id, person)"
            " where i.id = w.id", [ids, targets])
        cursor.execute(
            "update people_person p set merged_into_id = w.target"
            " from unnest(%s::uuid[], %s::uuid[]) as w(source, target)"
            " where p.id = w.source and not exists (select 1 from people_identity i where i.person_id = p.id)",
            [[j[1] for j in joinings], targets])
    insert("people_joining", JOINING_COLUMNS, joinings)


ASK = """
with asked as (
  select distinct on (least(a.person_id, b.person_id), greatest(a.person_id, b.person_id))
    told.*, a.person_id as one_person, b.person_id as other_person
  from {told} join people_identity a on a.id = told.one_id join people_identity b on b.id = told.other_id
  order by least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), told.one_id, told.other_id)
insert into people_doubt (one_id, other_id, because, opened_at, answer, reason)
select one_id, other_id, because, opened_at, answer, reason from asked
where not exists (
  select 1 from people_doubt d join people_identity a on a.id = d.one_id join people_identity b on b.id = d.other_id
  where a.person_id in (one_person, other_person) and b.person_id in (one_person, other_person)
    and a.person_id <> b.person_id)
on conflict (one_id, other_id) do nothing
"""


def _ask(doubts: Sequence[tuple[object, ...]]) -> None:
    """Ask once about two persons, whichever of their records made us ask, and never again what a human answered."""
    if doubts:
        with connection.cursor() as cursor:
            cursor.execute(ASK.format(told=told_rows(DOUBT_COLUMNS)), [document(DOUBT_COLUMNS, doubts)])


def _forget_settled(people: Sequence[object]) -> None:
    """Forget doubts that nobody answered and that have settled themselves: both sides belong to one person by now."""
    if people:
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from people_doubt d using people_identity a, people_identity b where d.answer = 'open'"
                " and a.id = d.one_id and b.id = d.other_id and a.person_id = b.person_id"
                " and a.person_id = any(%s::uuid[])", [list(people)])


def _pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)


def own_identity(*, person: UUID, agency: int, at: datetime) -> UUID:
    """Give the identity under which an agency tells of a child on our pages, made where there is none yet.

    It belongs to the person by definition, so nothing is compared. It keeps the name, birthday and sex under which the
    agency sees the child: with whom an entry is shared must be able to read of whom it tells.
    """
    said = said_of([person]).get(person, [])
    named = best_named(said)
    told = Told("", "", given=named.given if named else None, family=named.family if named else None,
                born_on=next((s.born_on for s in said if s.born_on), None),
                sex=next((s.sex for s in said if s.sex), None))
    with connection.cursor() as cursor:
        cursor.execute("select sightline_own_identity(%s, %s, %s, %s, %s, %s, %s, %s)", [
            person, agency, told.given, told.family, told.born_on, told.sex, digest_of(told), at])
        identity: UUID = cursor.fetchone()[0]
        return identity

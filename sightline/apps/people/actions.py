"""Keep what agencies say of children and give the identity of each; who is whom is settled in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from django.db import connection
from pydantic_core import to_json

from sightline.apps.access.bulk import array, document, insert, often
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.people.candidates import Known, known_by_key
from sightline.apps.people.locking import FEW, hold_everything, hold_keys
from sightline.apps.people.queries import best_named, said_of
from sightline.apps.people.settling import settle
from sightline.domain.linkage.described import Described, as_one, described
from sightline.domain.linkage.keys import probe_keys, stored_keys
from sightline.domain.vocabulary.identity import Identity as Told

NEW_COLUMNS = (("scheme", "text"), ("key", "text"), ("keys", "bigint[]"))
WORD_COLUMNS = (
    ("digest", "bytea"), ("given", "text"), ("family", "text"), ("also_known_as", "varchar[]"), ("born_on", "date"),
    ("sex", "text"), ("ethnicity", "text"), ("identifiers", "jsonb"), ("postcode", "text"), ("address", "text"),
    ("school", "text"), ("carers", "varchar[]"), ("phones", "varchar[]"), ("told_at", "timestamptz"),
    ("submission_id", "bigint"),
)
DESCRIPTION_COLUMNS = (("identity_id", "uuid"), *WORD_COLUMNS)
SAID_COLUMNS = (("place", "int"), ("scheme", "text"), ("key", "text"), *WORD_COLUMNS)
WORDS = ", ".join(name for name, _ in WORD_COLUMNS)
# An identity each with a person of its own and with what is said of it, the last said last.
MAKE = f"""
with new as materialized (
  select gen_random_uuid() as id, gen_random_uuid() as person_id, told.* from {told_rows(NEW_COLUMNS)}),
persons as (insert into people_person (id, made_at) select person_id, %s from new),
identities as (
  insert into people_identity (id, agency_id, scheme, key, person_id, keys)
  select id, %s, scheme, key, person_id, keys from new),
said as (
  insert into people_description (identity_id, {WORDS})
  select new.id, {WORDS.replace("digest", "decode(told.digest, 'hex')")} from {told_rows(SAID_COLUMNS)}
  join new on new.scheme = told.scheme and new.key = told.key order by told.place)
select id, person_id, %s::int, scheme, key from new
"""  # nosec B608: constants only
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
    digests = {saying[2] for saying in sayings}
    known: dict[Name, Known] = {}
    before: dict[tuple[UUID, bytes], int | None] = {}
    moved: frozenset[UUID] = frozenset()
    fresh: Mapping[Saying, Told] = sayings
    if len(sayings) > FEW:
        # A file often says again what was said before; then nobody need wait for it.
        known, before = known_by_key(agency, names, digests)
        fresh = _unsaid(sayings, known, before)
    if fresh:
        words = {saying: described(t) for saying, t in fresh.items()}
        alone = len(fresh) > FEW
        if alone:
            hold_everything()
        else:
            hold_keys({key for said in words.values() for key in probe_keys(said)}
                      | {_name_key(agency, saying) for saying in fresh})
        # Asked now, again for a file: whoever held the lock before may just have said the very same.
        known, before = known_by_key(agency, names, digests)
        fresh = _unsaid(fresh, known, before)
    if fresh:
        keys = _keys({saying: words[saying] for saying in fresh})
        said = {saying: _words(t, saying[2], submission, at) for saying, t in fresh.items()}
        made = _make(agency, {name: keys[name] for name in names if name not in known}, said, at)
        _add_keys({k.id: keys[name] for name, k in known.items() if name in keys})
        insert("people_description", DESCRIPTION_COLUMNS, [
            (known[saying[:2]].id, *words) for saying, words in said.items() if saying[:2] in known],
            ending="on conflict (identity_id, digest) do nothing")
        known = {**known, **made}
        newly = {known[saying[:2]].id: known[saying[:2]] for saying in fresh}
        moved = settle(newly, _whole(made, words, fresh), alone=alone, at=at) - {k.person for k in made.values()}
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


def _name_key(agency: int, saying: Saying) -> int:
    """Give the key under which an agency's own name for a child is held, so that one name becomes one identity."""
    return int.from_bytes(blake2b(to_json([agency, saying[0], saying[1]]), digest_size=4).digest(), "big")


def digest_of(told: Told) -> bytes:
    """Give the digest of what is said, by which the same words said again are known."""
    words = [told.given, told.family, list(told.also_known_as), str(told.born_on), told.sex, told.ethnicity,
             sorted(told.identifiers.items()), told.postcode, told.address, told.school, list(told.carers),
             list(told.phones)]
    return blake2b(to_json(words), digest_size=16).digest()


def _keys(words: Mapping[Saying, Described]) -> dict[Name, set[int]]:
    """Give the keys to find each identity by, of all that is said of it."""
    keys: dict[Name, set[int]] = {}
    for saying, said in words.items():
        keys.setdefault(saying[:2], set()).update(stored_keys(said))
    return keys


def _whole(
    made: Mapping[Name, Known], words: Mapping[Saying, Described], fresh: Iterable[Saying]
) -> dict[UUID, Described]:
    """Give all that is told of each identity made just now as one record, the newest words first."""
    told: dict[UUID, list[Described]] = {}
    for saying in fresh:
        if (k := made.get(saying[:2])) is not None:
            told.setdefault(k.id, []).insert(0, words[saying])
    return {id_: as_one(said) for id_, said in told.items()}


def _words(told: Told, digest: bytes, submission: int | None, at: datetime) -> tuple[object, ...]:
    """Give the words of a telling as WORD_COLUMNS name them."""
    return (digest, told.given, told.family, told.also_known_as, told.born_on, told.sex, told.ethnicity,
            dict(told.identifiers), told.postcode, told.address, told.school, told.carers, told.phones, at, submission)


def _make(
    agency: int, keys: Mapping[Name, set[int]], said: Mapping[Saying, tuple[object, ...]], at: datetime
) -> dict[Name, Known]:
    """Make an identity for each name, with its keys, its words and a person of its own until it is settled."""
    if not keys:
        return {}
    rows = [(scheme, key, sorted(own)) for (scheme, key), own in keys.items()]
    words = [(place, *saying[:2], *words) for place, (saying, words) in enumerate(said.items()) if saying[:2] in keys]
    made = often(MAKE, [document(NEW_COLUMNS, rows), at, agency, document(SAID_COLUMNS, words), agency])
    return {(row[3], row[4]): Known(*row) for row in made}


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


def own_identity(*, person: UUID, agency: int, at: datetime, known_as: str = "") -> UUID:
    """Give the identity under which an agency tells of a child on our pages, made where there is none yet.

    It belongs to the person by definition, so nothing is compared. It keeps the name, birthday and sex under which the
    agency sees the child: with whom an entry is shared must be able to read of whom it tells. An agency that sees
    no words yet keeps the name under which the child was handed to it, `known_as`.
    """
    said = said_of([person]).get(person, [])
    named = best_named(said)
    given, _, family = known_as.rpartition(" ")
    told = Told("", "", given=named.given if named else given or None, family=named.family if named else family or None,
                born_on=next((s.born_on for s in said if s.born_on), None),
                sex=next((s.sex for s in said if s.sex), None))
    with connection.cursor() as cursor:
        cursor.execute("select sightline_own_identity(%s, %s, %s, %s, %s, %s, %s, %s)", [
            person, agency, told.given, told.family, told.born_on, told.sex, digest_of(told), at])
        identity: UUID = cursor.fetchone()[0]
        return identity

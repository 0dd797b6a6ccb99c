"""Find the identities that are known by a key, and those that may be the same child, for many at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import from_json

from sightline.apps.access.bulk import array, often
from sightline.apps.people.weights import BYTES_A_RECORD, InUse, fitted
from sightline.domain.linkage.described import Described, as_one, described
from sightline.domain.linkage.keys import Probe
from sightline.domain.vocabulary.identity import Identity as Told

MOST_A_KEY = 20
"""So many identities under one key are looked at: a key with more stands for a placeholder, not for a child."""
MOST_A_PERSON = 60
"""So many records of one person are compared: whoever has more has them of the same few agencies."""
MOST_TOLD = 20
"""So many tellings of one record are read, the newest: a value that was true for so long ago is told by others."""


@dataclass(frozen=True, slots=True)
class Known:
    """Hold an identity that is kept, with its person."""

    id: UUID
    person: UUID
    agency: int
    scheme: str
    key: str


KNOWN = """
select n.id, n.person_id, n.agency_id, n.scheme, n.key, d.digest, d.submission_id
from unnest(%s::text[], %s::text[]) as w(scheme, key)
join people_identity n on n.agency_id = %s and n.scheme = w.scheme and n.key = w.key
left join people_description d on d.identity_id = n.id and d.digest = any(%s::bytea[])
"""


def known_by_key(
    agency: int, names: Sequence[tuple[str, str]], digests: Iterable[bytes]
) -> tuple[dict[tuple[str, str], Known], dict[tuple[UUID, bytes], int | None]]:
    """Find an agency's identities by (scheme, key), and which of the digests were said of them before.

    The latter as (identity, digest), with the submission that said it first.
    """
    rows = often(KNOWN, [[scheme for scheme, _ in names], [key for _, key in names], agency, list(digests)])
    return ({(row[3], row[4]): Known(*row[:5]) for row in rows},
            {(row[0], bytes(row[5])): row[6] for row in rows if row[5] is not None})


class Near(NamedTuple):
    """Hold an identity found near the n-th one asked for, its person, and when that was made, in seconds.

    Ids are text here: a file's batch brings thousands of them, of which few are ever written.
    """

    n: int
    id: str
    person: str
    agency: int
    scheme: str
    made: float


@dataclass(frozen=True, slots=True)
class Around:
    """Hold what stands around arrivals: who is near, what was told of them, who is kept apart, and what weighs them.

    `apart` holds for an identity those of which a human said that they are not the same child.
    """

    near: Sequence[Near]
    records: Mapping[str, Described]
    apart: Mapping[str, set[str]]
    used: InUse


AROUND = """
select sightline_around(%s::int[], %s::bigint[], %s::bigint[], %s::int[], %s, %s, %s, %s::uuid[], %s::uuid[],
  %s::uuid[], %s, %s)
"""


def around(
    arrived: Sequence[str], asked: Sequence[Iterable[Probe]], *, theirs: Iterable[UUID], made: Iterable[UUID],
    hold: bool,
) -> Around:
    """Find all identities of the persons whom the probes of each arrived one find, with all it takes to decide.

    `theirs` are the persons of the arrived, `made` those of them that this transaction made: nobody else sees them.
    With `hold` all others are held until the transaction ends; who gave up or took a record before is read anew.
    """
    rows = [(n, probe) for n, probes in enumerate(asked) for probe in probes]
    ((answer,),) = often(AROUND, [
        array(n for n, _ in rows), array(probe.keys[0] for _, probe in rows),
        array(probe.keys[-1] for _, probe in rows), array(probe.few for _, probe in rows), MOST_A_KEY, MOST_A_PERSON,
        MOST_TOLD, array(arrived), array(theirs), array(made), hold, BYTES_A_RECORD])
    found = from_json(answer, cache_strings="all")
    apart: dict[str, set[str]] = {}
    for one, other in found["apart"] or ():
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    tellings = ((identity, given, family, known_as, date.fromisoformat(born_on) if born_on else None, *rest)
                for identity, given, family, known_as, born_on, *rest in found["told"] or ())
    return Around([Near(*row) for row in found["near"] or ()], _as_records(tellings), apart, fitted(*found["used"]))


TELLINGS = f"""
select w.id, d.given, d.family, d.also_known_as, d.born_on, d.sex, d.identifiers, d.postcode, d.school, d.carers,
  d.phones
from unnest(%s::uuid[]) as w(id) cross join lateral (
  select * from people_description d where d.identity_id = w.id order by d.id desc limit {MOST_TOLD}) d
order by w.id, d.id desc
"""  # nosec B608: a number only


def records_of(identities: Iterable[UUID]) -> dict[UUID, Described]:
    """Give all that was told of each identity as one record, ready to compare."""
    return _as_records((*row[:6], json.loads(row[6]), *row[7:]) for row in often(TELLINGS, [array(identities)]))


def _as_records(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Described]:
    """Give the record of each identity of rows as TELLINGS names them, with what identifiers hold read."""
    tellings: dict[Any, list[Described]] = {}
    for id_, given, family, known_as, born_on, sex, identifiers, postcode, school, carers, phones in rows:
        tellings.setdefault(id_, []).append(described(Told(
            "", "", given=given, family=family, also_known_as=tuple(known_as), born_on=born_on, sex=sex,
            identifiers=identifiers, postcode=postcode, school=school, carers=tuple(carers), phones=tuple(phones))))
    return {id_: as_one(told) for id_, told in tellings.items()}

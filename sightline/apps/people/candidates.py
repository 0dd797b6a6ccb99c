"""Find the identities that are known by a key, and those that may be the same child, for many at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.apps.access.bulk import array, often
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


@dataclass(frozen=True, slots=True)
class Near:
    """Hold an identity found near the n-th one asked for; `made` is when its person was made, in seconds."""

    n: int
    known: Known
    made: float


NEAR = "select * from sightline_near(%s::int[], %s::bigint[], %s::bigint[], %s::int[], %s, %s)"


def candidates(asked: Mapping[int, Iterable[Probe]]) -> list[Near]:
    """Find for each number all identities of the persons whom one of its probes finds."""
    rows = [(n, probe) for n, probes in asked.items() for probe in probes]
    if not rows:
        return []
    found = often(NEAR, [
        array(n for n, _ in rows), array(probe.keys[0] for _, probe in rows),
        array(probe.keys[-1] for _, probe in rows), array(probe.few for _, probe in rows), MOST_A_KEY, MOST_A_PERSON])
    return [Near(row[0], Known(*row[1:6]), row[6]) for row in found]


TELLINGS = f"""
select w.id, d.given, d.family, d.also_known_as, d.born_on, d.sex, d.identifiers, d.postcode
from unnest(%s::uuid[]) as w(id) cross join lateral (
  select * from people_description d where d.identity_id = w.id order by d.id desc limit {MOST_TOLD}) d
order by w.id, d.id desc
"""  # nosec B608: a number only


def records_of(identities: Iterable[UUID]) -> dict[UUID, Described]:
    """Give all that was told of each identity as one record, ready to compare."""
    tellings: dict[UUID, list[Described]] = {}
    for id_, given, family, known_as, born_on, sex, identifiers, postcode in often(TELLINGS, [array(identities)]):
        tellings.setdefault(id_, []).append(described(Told(
            "", "", given=given, family=family, also_known_as=tuple(known_as), born_on=born_on, sex=sex,
            identifiers=json.loads(identifiers), postcode=postcode)))
    return {id_: as_one(told) for id_, told in tellings.items()}


APART = """
select one_id, other_id from people_doubt
where answer = 'not-same' and (one_id = any(%s::uuid[]) or other_id = any(%s::uuid[]))
"""


def kept_apart(identities: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Give for each identity those of which a human said that they are not the same child."""
    wanted = array(identities)
    apart: dict[UUID, set[UUID]] = {}
    for one, other in often(APART, [wanted, wanted]):
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return apart

"""Hashes by which identities that may be one child are found: few, exact, and computed once when something is said.

Each key is 64 bits of BLAKE2b. `stored` are kept with the identity, `probes` add what errors would have made of them,
so that tolerance costs no extra index.
"""

from datetime import date
from hashlib import blake2b

from sightline.domain.people.compare import Described
from sightline.domain.people.names import plain

KEYED_BY_RECORD = frozenset({"police-record", "police-custody"})
"""Schemes in which each record has a key of its own: two keys in them do not speak for two children."""


def keyed_by_child(scheme: str) -> bool:
    """Tell whether a scheme gives each child one key, so that two keys in it speak for two children."""
    return scheme not in KEYED_BY_RECORD


def stored_keys(described: Described) -> frozenset[int]:
    """Give the keys under which the identity is kept."""
    return frozenset(_keys(described, described.born_on))


def probe_keys(described: Described) -> frozenset[int]:
    """Give the keys to look under: the stored ones, and those of a birthday with day and month swapped."""
    keys = set(_keys(described, described.born_on))
    born = described.born_on
    if born is not None and born.day <= 12 and born.day != born.month:
        keys |= set(_keys(described, date(born.year, born.day, born.month)))
    return frozenset(keys)


def identifier_keys(described: Described) -> frozenset[int]:
    """Give the keys of the identifiers, each of which names one child."""
    return frozenset(_hash(kind, value) for kind, value in described.identifiers.items())


def birth_keys(described: Described, born: date) -> tuple[frozenset[int], int]:
    """Give the keys of who was born on a day with names that begin like these, and of these names in full in that year.

    Both names must be told.
    """
    given, family = plain(described.given or ""), plain(described.family or "")
    alike = {_hash("born-family", born.isoformat(), part[:3]) for part in family}
    alike |= {_hash("born-given", born.isoformat(), given[0][:3])} if given else set()
    full = _hash("named-year", given[0] if given else "", "".join(family), str(born.year))
    return frozenset(alike), full


def _keys(described: Described, born: date | None) -> list[int]:
    given, family = plain(described.given or ""), plain(described.family or "")
    keys = [_hash(kind, value) for kind, value in described.identifiers.items()]
    if born is not None:
        keys += [_hash("born-family", born.isoformat(), part[:3]) for part in family]
        if given:
            keys.append(_hash("born-given", born.isoformat(), given[0][:3]))
        if described.postcode:
            keys.append(_hash("born-home", born.isoformat(), described.postcode))
    if given and family:
        if born is not None:
            keys.append(_hash("named-year", given[0], "".join(family), str(born.year)))
        if described.postcode:
            keys.append(_hash("named-home", given[0][:3], described.postcode))
    return keys


def _hash(*parts: str) -> int:
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big", signed=True)

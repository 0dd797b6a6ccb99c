"""Hashes by which records that may be of one child are found: few, exact, and computed once when something is told.

Each key is 64 bits of BLAKE2b. `stored` are kept with the identity, `probes` add what errors would have made of them,
so that tolerance costs no extra index. Names are keyed by how they sound, and first name and surname alike, so that a
name in another order or spelling finds the child.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from sightline.domain.linkage.births import nearly
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.names import borne, called, skeleton

KEYED_BY_RECORD = frozenset({"police-record", "police-custody"})
"""Schemes in which each record has a key of its own: two keys in them do not speak for two children."""


def keyed_by_child(scheme: str) -> bool:
    """Tell whether a scheme gives each child one key, so that two keys in it speak for two children."""
    return scheme not in KEYED_BY_RECORD


def stored_keys(described: Described) -> frozenset[int]:
    """Give the keys under which the record is kept."""
    return frozenset({*identifier_keys(described), *_homes(described),
                      *(key for born in described.born for key in _births(described, born))})


def probe_keys(described: Described) -> frozenset[int]:
    """Give the keys to look under: the stored ones, and those of a birthday with day and month swapped."""
    keys = set(stored_keys(described))
    for born in described.born:
        if (other := swapped(born)) is not None:
            keys.update(_births(described, other))
    return frozenset(keys)


def search_keys(described: Described) -> frozenset[int]:
    """Give the keys to look under for whom a person seeks: the birthday may be half right, and the names, too."""
    return probe_keys(described).union(
        key for born in described.born for day in nearly(born) for key in _births(described, day))


def identifier_keys(described: Described) -> frozenset[int]:
    """Give the keys of the identifiers, each of which names one child."""
    return frozenset(_hash(kind, value) for kind, values in described.identifiers.items() for value in values)


def birth_keys(described: Described, born: date) -> tuple[frozenset[int], int]:
    """Give the keys of who was born on a day with names that begin like these, and of these names in full in that year.

    Both names must be told; the newest of each are taken.
    """
    given, family = called(described.given or ""), borne(described.family or "")
    alike = {_hash("born-name", born.isoformat(), _sound(part)) for part in (*given[:1], *family)}
    return frozenset(alike), _in_full(given, family, born)


def swapped(day: date) -> date | None:
    """Give the day with day and month in each other's place, where there is such a day."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _births(described: Described, born: date) -> Iterator[int]:
    day = born.isoformat()
    givens, families = [called(name) for name in described.givens], [borne(name) for name in described.families]
    for parts in (*givens, *families):
        yield from (_hash("born-name", day, _sound(part)) for part in parts)
    yield from (_hash("born-home", day, home) for home in described.homes)
    for given in givens:
        for family in families:
            if given and family:
                yield _in_full(given, family, born)


def _homes(described: Described) -> Iterator[int]:
    for home in described.homes:
        for given in (called(name) for name in described.givens):
            if given:
                yield _hash("named-home", _sound(given[0]), home)
                yield _hash("initial-home", given[0][0], home)


def _in_full(given: tuple[str, ...], family: tuple[str, ...], born: date) -> int:
    return _hash("named-year", given[0] if given else "", "".join(family), str(born.year))


def _sound(part: str) -> str:
    return skeleton(part)[:3]


def _hash(*parts: str) -> int:
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big", signed=True)

"""Hashes by which records that may be of one child are found: few, exact, and computed once when something is told.

Each key is 64 bits of BLAKE2b. `stored` are kept with the identity, `probes` add what errors would have made of them,
so that tolerance costs no extra index. Names are keyed by how they sound, and first name and surname alike, so that a
name in another order or spelling finds the child.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from sightline.domain.linkage.births import nearly
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.names import borne, called, skeleton

KEYED_BY_RECORD = frozenset({"police-record", "police-custody"})
"""Schemes in which each record has a key of its own: two keys in them do not speak for two children."""

FEW = 3
"""Of a key that more persons share, a second must be shared: where so many strangers share a thing, it weighs about as
much as a stranger is likelier than the child before anything is compared, whatever the number of records."""
FEW_A_NUMBER = 10
"""So many persons who share an identifier are all looked at: a human must hear of it."""
MOST_SOUNDS = 6
"""So many parts of all names of a record are paired; more would look under ever more keys."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Hold the one or two keys that a record must have to be found, and how many persons may have them at most."""

    keys: tuple[int, ...]
    few: int


def keyed_by_child(scheme: str) -> bool:
    """Tell whether a scheme gives each child one key, so that two keys in it speak for two children."""
    return scheme not in KEYED_BY_RECORD


def stored_keys(described: Described) -> frozenset[int]:
    """Give the keys under which the record is kept."""
    return frozenset({*identifier_keys(described), *_homes(described), *_initial_homes(described),
                      *_little_told_homes(described),
                      *(key for born in described.born for key in _births(described, born))})


def probe_keys(described: Described) -> frozenset[int]:
    """Give all keys under which somebody might look for the record or for whom it tells of: they are held together.

    They are the stored ones, those of a birthday with day and month swapped, and those of records that tell little.
    """
    keys = {*stored_keys(described), *_little_told_homes(described, whoever=True)}
    for born in described.born:
        if (other := swapped(born)) is not None:
            keys.update(_births(described, other))
    return frozenset(keys)


def probes(described: Described) -> list[Probe]:
    """Give what to look under for those who may be the same child: each key that may suffice by itself, and pairs.

    A birthday with day and month swapped needs both names or the home; an initial at one home needs a record that tells
    no birthday or no whole first name, for else another key finds the child.
    """
    alone = {*_homes(described), *_little_told_homes(described, whoever=True),
             *(key for born in described.born for key in _births(described, born))}
    if _tells_little(described):
        alone.update(_initial_homes(described))
    pairs: set[tuple[int, ...]] = set()
    for born in described.born:
        pairs.update(_names_born(described, born))
        if (other := swapped(born)) is not None:
            pairs.update(_names_born(described, other))
            alone.update(_homes_born(described, other))
    return [*(Probe((key,), FEW_A_NUMBER) for key in sorted(identifier_keys(described))),
            *(Probe((key,), FEW) for key in sorted(alone)), *(Probe(keys, FEW_A_NUMBER) for keys in sorted(pairs))]


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
    yield from _parts_born(described, born)
    yield from _homes_born(described, born)
    families = [borne(name) for name in described.families]
    for given in (called(name) for name in described.givens):
        for family in families:
            if given and family:
                yield _in_full(given, family, born)


def _parts_born(described: Described, born: date) -> list[int]:
    parts = [part for name in described.givens for part in called(name)]
    parts += [part for name in described.families for part in borne(name)]
    day = born.isoformat()
    return [_hash("born-name", day, sound) for sound in dict.fromkeys(_sound(part) for part in parts)]


def _homes_born(described: Described, born: date) -> Iterator[int]:
    day = born.isoformat()
    return (_hash("born-home", day, home) for home in described.homes)


def _names_born(described: Described, born: date) -> Iterable[tuple[int, ...]]:
    return combinations(sorted(_parts_born(described, born)[:MOST_SOUNDS]), 2)


def _homes(described: Described) -> Iterator[int]:
    for home in described.homes:
        for given in (called(name) for name in described.givens):
            if given:
                yield _hash("named-home", _sound(given[0]), home)


def _initial_homes(described: Described, kind: str = "initial-home") -> Iterator[int]:
    for home in described.homes:
        for given in (called(name) for name in described.givens):
            if given:
                yield _hash(kind, given[0][0], home)


def _little_told_homes(described: Described, *, whoever: bool = False) -> Iterator[int]:
    """Give the keys of a record that tells no birthday or no whole first name, or would give if it did: `whoever`."""
    return _initial_homes(described, "little-told-home") if whoever or _tells_little(described) else iter(())


def _tells_little(described: Described) -> bool:
    return not described.born or any(len(given[0]) == 1 for given in map(called, described.givens) if given)


def _in_full(given: tuple[str, ...], family: tuple[str, ...], born: date) -> int:
    return _hash("named-year", given[0] if given else "", "".join(family), str(born.year))


def _sound(part: str) -> str:
    return skeleton(part)[:3]


@lru_cache(maxsize=20_000)  # the keys of a file's batch are kept, looked under and held: asked for three times
def _hash(*parts: str) -> int:
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big", signed=True)

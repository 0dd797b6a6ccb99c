"""Pairs of invented records: those that the keys find, and pairs drawn at random, with how they compare."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from random import Random

from sightline.domain.linkage.comparing import compare
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import probe_keys, stored_keys
from sightline.domain.linkage.training import Pairs

LARGEST_BLOCK = 400
"""Keys that more records share are placeholder values: they find nobody."""
SAMPLED = 1_500_000

Pair = tuple[int, int]


def by_keys(described: Sequence[Described]) -> set[Pair]:
    """Give all pairs that a stored key of one and a key to look under of the other find, lower place first."""
    stored: defaultdict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(described):
        for key in stored_keys(one):
            stored[key].append(place)
    found: set[Pair] = set()
    for place, one in enumerate(described):
        for key in probe_keys(one):
            there = stored.get(key, ())
            if len(there) <= LARGEST_BLOCK:
                found.update((place, other) if place < other else (other, place) for other in there if other != place)
    return found


def at_one_home(described: Sequence[Described]) -> set[Pair]:
    """Give all pairs that share a postcode, relatives among them: keys find few of those who differ in all else."""
    living: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(described):
        for home in one.homes:
            living[home].append(place)
    return {(one, other) for there in living.values() if len(there) <= LARGEST_BLOCK
            for at, one in enumerate(there) for other in there[at + 1:]}


def pairs_to_train_on(described: Sequence[Described], *, seed: int, sampled: int = SAMPLED) -> Pairs:
    """Compare what keys and homes find, and a sample of all other pairs."""
    found = by_keys(described) | at_one_home(described)
    rng = Random(seed)
    drawn: set[Pair] = set()
    while len(drawn) < min(sampled, len(described) * (len(described) - 1) // 4):
        one, other = rng.randrange(len(described)), rng.randrange(len(described))
        if one < other and (one, other) not in found:
            drawn.add((one, other))
    return Pairs(_patterns(described, found), _patterns(described, drawn), len(described))


def _patterns(described: Sequence[Described], pairs: Iterable[Pair]) -> Counter[tuple[int, ...]]:
    return Counter(compare(described[one], described[other]).levels for one, other in pairs)

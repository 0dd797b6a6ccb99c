"""Pairs of records to learn weights from: those that keys find or that share a home, and pairs drawn at random."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

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


def pairs_to_train_on(
    described: Sequence[Described], *, found: set[Pair], draw: Callable[[int], int], sampled: int = SAMPLED,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Pairs:
    """Compare the pairs that were `found` by keys and homes, and a sample of all others.

    `draw(n)` gives a number from 0 to n - 1 by chance; `told` is called with how many pairs are compared, and of how
    many.
    """
    most = len(described) * (len(described) - 1) // 2
    wanted = min(sampled, most // 2, most - len(found))
    drawn: set[Pair] = set()
    while len(drawn) < wanted:
        one, other = draw(len(described)), draw(len(described))
        if one < other and (one, other) not in found:
            drawn.add((one, other))
    of = len(found) + len(drawn)
    return Pairs(_patterns(described, found, lambda done: told(done, of)),
                 _patterns(described, drawn, lambda done: told(len(found) + done, of)), len(described))


A_STEP = 10_000


def _patterns(
    described: Sequence[Described], pairs: Iterable[Pair], told: Callable[[int], None]
) -> Counter[tuple[int, ...]]:
    counted: Counter[tuple[int, ...]] = Counter()
    for done, (one, other) in enumerate(pairs, start=1):
        counted[compare(described[one], described[other]).levels] += 1
        if done % A_STEP == 0:
            told(done)
    return counted

"""Make whole persons of weighed pairs: never by a chain of single weak links, never against a person's own number.

A component of links is one person if every link is strong, or it is small. Otherwise links are taken from the strongest
to the weakest, and a join of two groups is refused where the whole would hold two different valid numbers of a kind of
which a person has one, where one weak link alone bridges two groups, or where the whole would be larger than a person's
records can be. What was refused is counted and said.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRONG = 8.0
"""So many bits above the threshold, one link alone may join two groups of two and more."""
LARGEST = 200
"""More records than this are no person but a value that stands for many: they are left apart."""
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Hold for each record its cluster (the lowest place in it), and how many joins were refused for which reason."""

    of: Places
    two_numbers: int
    bridges: int
    too_large: int


def clusters(
    of: Places, left: Places, right: Places, bits: NDArray[np.float64], *, threshold: float,
    numbers: Mapping[int, frozenset[str]], weight: Places,
) -> Clusters:
    """Join records by the links `left`, `right` of `bits`, all at or above `threshold`, whose components are `of`.

    `numbers` gives the valid numbers of records, as "kind number", at least where a component may hold two of a kind;
    `weight` how many records each stands for.
    """
    size = len(of)
    members = np.bincount(of, minlength=size)
    records = np.bincount(of, weights=weight, minlength=size)
    weak = np.zeros(size, dtype=bool)
    weak[of[left[bits < threshold + STRONG]]] = True
    doubtful = (weak & (members >= 4)) | (records > LARGEST) | _with_two_numbers(of, numbers, size)
    chosen = doubtful[of[left]]
    order = np.argsort(-bits[chosen], kind="stable")
    groups = _Groups(numbers, weight)
    for one, other, strength in zip(left[chosen][order].tolist(), right[chosen][order].tolist(),
                                    bits[chosen][order].tolist(), strict=True):
        groups.link(one, other, strong=strength >= threshold + STRONG)
    groups.bridge()
    apart = np.flatnonzero(doubtful[of])
    joined = of.copy()
    joined[apart] = [groups.root(place) for place in apart.tolist()]
    lowest = np.full(size, size, dtype=np.int64)
    np.minimum.at(lowest, joined, np.arange(size))
    return Clusters(lowest[joined], groups.two_numbers, groups.bridges, groups.too_large)


def components(left: Places, right: Places, size: int) -> Places:
    """Give for each of `size` places the lowest place that links reach from it."""
    of = np.arange(size)
    while True:
        least = np.minimum(of[left], of[right])
        lower = of.copy()
        np.minimum.at(lower, of[left], least)
        np.minimum.at(lower, of[right], least)
        while True:
            further = lower[lower]
            if np.array_equal(further, lower):
                break
            lower = further
        if np.array_equal(lower, of):
            return of
        of = lower


def _with_two_numbers(of: Places, numbers: Mapping[int, frozenset[str]], size: int) -> NDArray[np.bool_]:
    found: dict[int, set[str]] = defaultdict(set)
    marked = np.zeros(size, dtype=bool)
    for place, told in numbers.items():
        cluster = int(of[place])
        found[cluster] |= told
        marked[cluster] |= _clash(found[cluster])
    return marked


def _clash(numbers: set[str]) -> bool:
    kinds = [one.partition(" ")[0] for one in numbers]
    return len(kinds) > len(set(kinds))


class _Groups:
    """Groups that grow link by link, from the strongest link to the weakest."""

    def __init__(self, numbers: Mapping[int, frozenset[str]], weight: Places) -> None:
        self._above: dict[int, int] = {}
        self._members: dict[int, int] = defaultdict(lambda: 1)
        self._records: dict[int, int] = {}
        self._numbers: dict[int, set[str]] = {}
        self._told, self._weight = numbers, weight
        self._waiting: list[tuple[int, int]] = []
        self.two_numbers = self.bridges = self.too_large = 0

    def root(self, place: int) -> int:
        """Give the group of a place."""
        while (above := self._above.get(place, place)) != place:
            self._above[place] = place = self._above.get(above, above)
        return place

    def link(self, one: int, other: int, *, strong: bool) -> None:
        """Join two groups by a link; a weak one between groups of two and more waits for another."""
        a, b = self.root(one), self.root(other)
        if not strong and a != b and min(self._members[a], self._members[b]) > 1:
            self._waiting.append((one, other))
        else:
            self._join(a, b)

    def bridge(self) -> None:
        """Join groups between which more than one weak link waits; what one alone bridges stays apart."""
        while True:
            between: dict[tuple[int, int], int] = defaultdict(int)
            for one, other in self._waiting:
                a, b = sorted((self.root(one), self.root(other)))
                if a != b:
                    between[a, b] += 1
            joined = [self._join(*groups) for groups, links in sorted(between.items()) if links > 1]
            if not any(joined):
                self.bridges = sum(links == 1 for links in between.values())
                return

    def _join(self, one: int, other: int) -> bool:
        """Make two groups one, unless they are or the whole could not be one person."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return False
        numbers = self._of(a) | self._of(b)
        records = self._weighing(a) + self._weighing(b)
        if _clash(numbers):
            self.two_numbers += 1
            return False
        if records > LARGEST:
            self.too_large += 1
            return False
        self._above[b] = a
        self._members[a] += self._members[b]
        self._records[a], self._numbers[a] = records, numbers
        return True

    def _of(self, group: int) -> set[str]:
        return self._numbers.get(group) or set(self._told.get(group, ()))

    def _weighing(self, group: int) -> int:
        return self._records.get(group, int(self._weight[group]))

"""Draw cases for inspectors to read: by chance within each stratum, the same from the same cases and seed.

What stands in the sample does not depend on the order in which cases are listed, and a case keeps its place when others
come or go, as far as its stratum's number allows: each case draws its own lot from its id and the seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import ceil, sqrt

from sightline.domain.signs.precision import Z

FEWEST = 2
"""So many cases of each stratum are drawn, where there are so many: from one alone no error can be told."""
READ_TWICE = 0.2
"""So great a share of the drawn cases is read by a second auditor, who does not see what the first one said."""


class SampleRefused(ValueError):
    """Say why no sample can be drawn; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a case that was drawn, its stratum, and whether a second auditor reads it too."""

    case: str
    stratum: str
    twice: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """Hold how many of a stratum's cases were graded, how many of these count, and how many cases there are."""

    hits: int
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Weighted:
    """Hold the share of all cases that would count, with its 95 % interval, and from how many read cases."""

    share: float
    low: float
    high: float
    n: int


def draw(strata: Mapping[str, Sequence[str]], *, size: int, seed: int) -> tuple[Drawn, ...]:
    """Draw `size` cases, from each stratum by its share of all cases but at least two, in the order to be read.

    Raises SampleRefused where there are no cases, or fewer are wanted than two of each stratum.
    """
    cases = {stratum: sorted(set(ids), key=lambda case: _lot(seed, case)) for stratum, ids in strata.items() if ids}
    numbers = shares_out({stratum: len(ids) for stratum, ids in cases.items()}, size=size)
    drawn = []
    for stratum in sorted(cases):
        chosen = cases[stratum][:numbers[stratum]]
        twice = set(sorted(chosen, key=lambda case: _lot(seed, case, "twice"))[:ceil(READ_TWICE * len(chosen))])
        drawn += [Drawn(case, stratum, case in twice) for case in chosen]
    return tuple(sorted(drawn, key=lambda one: _lot(seed, one.case, "order")))


def shares_out(cases: Mapping[str, int], *, size: int) -> dict[str, int]:
    """Say how many cases each stratum gives: as its share of all, by largest remainders, never more than it has."""
    if not sum(cases.values()):
        raise SampleRefused("There are no cases to draw from. Choose another period, or another kind of case.")
    least = {stratum: min(FEWEST, number) for stratum, number in cases.items()}
    if size < sum(least.values()):
        raise SampleRefused(f"{size} cases are too few: at least {FEWEST} of each stratum are read, "
                            f"{sum(least.values())} in all. Draw more cases, or join strata.")
    size, given = min(size, sum(cases.values())), dict[str, int]()
    while small := [stratum for stratum, part in _parts(cases, given, size).items() if part < least[stratum]]:
        given |= {stratum: least[stratum] for stratum in small}
    exact = _parts(cases, given, size)
    over = sorted(exact, key=lambda stratum: (int(exact[stratum]) - exact[stratum], stratum))
    missing = size - sum(given.values()) - sum(int(part) for part in exact.values())
    return given | {stratum: int(part) + (stratum in over[:missing]) for stratum, part in exact.items()}


def _parts(cases: Mapping[str, int], given: Mapping[str, int], size: int) -> dict[str, float]:
    """Give the parts of the strata that were given no number yet, in what is left."""
    rest = {stratum: number for stratum, number in cases.items() if stratum not in given}
    left = size - sum(given.values())
    return {stratum: left * number / sum(rest.values()) for stratum, number in rest.items()}


def weighted(strata: Sequence[Graded]) -> Weighted | None:
    """Give the share of all cases that count, each stratum weighing as many cases as it has; None where none is read.

    The interval is Wilson's at the number of cases that a simple sample would need for the same error, corrected for
    how great a part of all was read (Korn and Graubard 1998). A stratum of which nothing was read is left out.
    """
    read = [one for one in strata if one.n]
    everything = sum(one.of for one in read)
    if not everything:
        return None
    share = sum(one.of * one.hits / one.n for one in read) / everything
    error = sum((one.of / everything) ** 2 * (1 - one.n / one.of) * _spread(one) for one in read)
    n = sum(one.n for one in read)
    effective = share * (1 - share) / error if error and 0 < share < 1 else float(n)
    low, high = _wilson(share, effective)
    return Weighted(share, low, high, n)


def _spread(one: Graded) -> float:
    """Give the variance of a stratum's share; one case alone tells of none, so the greatest there is is taken."""
    share = one.hits / one.n
    return share * (1 - share) / (one.n - 1) if one.n > 1 else 0.25


def _wilson(share: float, n: float) -> tuple[float, float]:
    z2 = Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def _lot(seed: int, case: str, what: str = "draw") -> bytes:
    return blake2b(f"{seed}\x1f{what}\x1f{case}".encode(), digest_size=16).digest()

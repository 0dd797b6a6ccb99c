"""How far two auditors agree beyond chance on the cases that both read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from sightline.domain.signs.precision import Z


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hold Cohen's kappa with its 95 % interval, the plain share of equal grades, and from how many cases.

    Kappa is None where both gave one grade to all: then chance alone would agree everywhere.
    """

    kappa: float | None
    low: float | None
    high: float | None
    equal: float
    n: int


def agreement(grades: Sequence[tuple[str, str]]) -> Agreement | None:
    """Give how far two auditors agree, from pairs of their grades; None where no case was read twice.

    The interval is the asymptotic one of Fleiss, Cohen and Everitt (1969): with few cases it is a rough guide.
    """
    n = len(grades)
    if not n:
        return None
    both = {pair: number / n for pair, number in Counter(grades).items()}
    first = {grade: number / n for grade, number in Counter(one for one, _ in grades).items()}
    second = {grade: number / n for grade, number in Counter(other for _, other in grades).items()}
    equal = sum(part for (one, other), part in both.items() if one == other)
    chance = sum(part * second.get(grade, 0.0) for grade, part in first.items())
    if chance >= 1 - 1e-12:
        return Agreement(None, None, None, equal, n)
    kappa = (equal - chance) / (1 - chance)
    agreeing = sum(part * (1 - (first[one] + second[one]) * (1 - kappa)) ** 2
                   for (one, other), part in both.items() if one == other)
    differing = (1 - kappa) ** 2 * sum(part * (second.get(one, 0.0) + first.get(other, 0.0)) ** 2
                                       for (one, other), part in both.items() if one != other)
    spread = agreeing + differing - (kappa - chance * (1 - kappa)) ** 2
    error = sqrt(max(spread, 0.0) / n) / (1 - chance)
    return Agreement(kappa, max(-1.0, kappa - Z * error), min(1.0, kappa + Z * error), equal, n)

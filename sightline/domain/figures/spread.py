"""Says how far councils differ: bands, quartiles and the limits of a funnel plot. Nobody is ranked.

The limits are those between which a council would lie if it recorded at the rate of the whole and differed by chance
alone, by the square root transformation, which holds for small numbers too (Spiegelhalter, Funnel plots for comparing
institutional performance, Statistics in Medicine 2005; the transformation is Anscombe's).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import quantiles

from sightline.domain.figures.recording import FOR_EACH

Z_WIDE = 3.090232
"""Of 99.8 % limits: of 500 councils that differ by chance alone, one lies outside."""
BANDS = (5.0, 10.0, 15.0, 20.0, 30.0)
"""The upper ends of the bands in which councils are counted, in episodes for 10,000 children; the last is open."""


@dataclass(frozen=True, slots=True)
class Band:
    """Count the councils whose rate is at least `low` and below `high`; nought stands alone, `high` None is open."""

    low: float
    high: float | None
    councils: int


def bands(rates: Sequence[float]) -> tuple[Band, ...]:
    """Count councils by their rate: those with nought first, then band by band."""
    counted = [Band(0.0, 0.0, sum(one == 0 for one in rates))]
    low = 0.0
    for high in (*BANDS, None):
        inside = sum(one > 0 and one >= low and (high is None or one < high) for one in rates)
        counted.append(Band(low, high, inside))
        low = high or low
    return tuple(counted)


def quartiles(rates: Sequence[float]) -> tuple[float, float, float]:
    """Give the rates below which a quarter, half and three quarters of the councils lie; raises for fewer than two."""
    low, middle, high = quantiles(rates, n=4)
    return low, middle, high


def limits(children: int, rate: float) -> tuple[float, float]:
    """Give the 99.8 % limits, for 10,000 children, of a council with so many children at the rate of the whole.

    Raises ValueError where there are no children or the rate is negative.
    """
    if children <= 0 or rate < 0:
        raise ValueError("limits need children, and a rate that is not negative")
    number = rate * children / FOR_EACH
    low = max(0.0, sqrt(number) - Z_WIDE / 2)
    return low * low / children * FOR_EACH, (sqrt(number) + Z_WIDE / 2) ** 2 / children * FOR_EACH


def outside(children: int, found: float, rate: float) -> bool:
    """Tell whether a rate lies outside the limits of a council with so many children."""
    low, high = limits(children, rate)
    return not low <= found <= high

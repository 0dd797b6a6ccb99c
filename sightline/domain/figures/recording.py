"""Says of a published figure that is nought how many councils have it, and how likely it is of so many children.

A factor is found where an assessment looked for it and somebody ticked it. A council that records none for thousands of
children shows how it records, not that nobody exploits its children.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from sightline.reference.figures.factors import Factor, YearOfFactors

FOR_EACH = 10_000
"""Rates are for so many children, as the publisher gives them."""
UNLIKELY = 0.01
"""A nought that chance would bring in fewer than one council of a hundred is said to be recording. Our own choice."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Count the councils of one year: how many there were, gave a number, gave nought, and whose was not published."""

    year: int
    councils: int
    numbers: int
    noughts: int
    not_published: int


def recorded(rows: Sequence[YearOfFactors], factor: Factor) -> Recorded:
    """Count how the councils of one year recorded a factor; raises ValueError for no rows or several years."""
    (year,) = {row.year for row in rows}
    values = [row.of(factor).value for row in rows]
    missing = sum(value is None for value in values)
    return Recorded(year=year, councils=len(rows), numbers=len(rows) - missing,
                    noughts=sum(value == 0 for value in values), not_published=missing)


def rate(row: YearOfFactors, factor: Factor) -> float | None:
    """Give the episodes for 10,000 children, or None where the number or the children are not published."""
    number, children = row.of(factor).value, row.children.value
    return None if number is None or not children else number / children * FOR_EACH


def expected(row: YearOfFactors, whole: YearOfFactors, factor: Factor) -> float | None:
    """Give the episodes that so many children would have at the rate of the whole, or None where it has no rate."""
    of_whole = rate(whole, factor)
    return None if of_whole is None or not row.children.value else of_whole * row.children.value / FOR_EACH


def chance_of_none(number: float) -> float:
    """Give the chance that nothing is counted where `number` is expected, if episodes came singly (Poisson).

    Several episodes of one child or family come together, so that the true chance is somewhat larger.
    """
    return exp(-number)

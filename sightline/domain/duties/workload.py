"""Who has too much: how much is open with each person of an agency, beside what is usual there.

It counts what lies with officers, so that work can be given over. It says nothing of how well anybody works.
"""

from collections.abc import Sequence
from statistics import median

TIMES_THE_MEDIAN = 2
LEAST_ABOVE = 5
"""Somebody has too much with twice the median and at least so many above it (our own choice: small teams have small
numbers, of which twice is nothing to speak of)."""


def usual(loads: Sequence[int]) -> float:
    """Give the median of what is open with each person; 0 where there is nobody."""
    return float(median(loads)) if loads else 0.0


def has_too_much(load: int, loads: Sequence[int]) -> bool:
    """Tell whether one of the loads is far above what is usual among them."""
    middle = usual(loads)
    return load >= middle * TIMES_THE_MEDIAN and load - middle >= LEAST_ABOVE

"""How alike two dates of birth are."""

from datetime import date
from enum import StrEnum

UNKNOWN_DAY = 15
"""Councils record an unknown day of birth as the 15th (Standard Safeguarding Dataset, section 7.2 of the rules)."""


class BirthLikeness(StrEnum):
    """Say how two dates of birth compare, in words."""

    UNKNOWN = "date of birth not told by both"
    DIFFERENT = "dates of birth differ"
    NEAR = "dates of birth nearly the same"
    SWAPPED = "day and month of birth swapped"
    SAME = "same date of birth"


def births(one: date | None, other: date | None) -> BirthLikeness:
    """Compare two dates of birth: the same, day and month swapped, one digit or an unknown day apart, or different."""
    if one is None or other is None:
        return BirthLikeness.UNKNOWN
    if one == other:
        return BirthLikeness.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return BirthLikeness.SWAPPED
    same_month = (one.year, one.month) == (other.year, other.month)
    if same_month and UNKNOWN_DAY in (one.day, other.day):
        return BirthLikeness.NEAR
    digits = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    return BirthLikeness.NEAR if digits == 1 else BirthLikeness.DIFFERENT

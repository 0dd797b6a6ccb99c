"""How alike two dates of birth are."""

from datetime import date
from enum import StrEnum

STAND_IN_DAYS = (1, 15)
"""Councils record an unknown day of birth as the 15th (Standard Safeguarding Dataset, section 7.2 of the rules), and
some systems as the 1st."""


class BirthLevel(StrEnum):
    """Say how two dates of birth compare, the most agreeing first."""

    SAME = "same date of birth"
    SWAPPED = "day and month of birth swapped"
    UNKNOWN_DAY = "same month of birth, and one day that stands for an unknown one"
    ONE_DIGIT = "dates of birth one digit apart"
    DIFFERENT = "dates of birth differ"


def births(one: date, other: date) -> BirthLevel:
    """Compare two dates of birth: the same, day and month swapped, one digit or an unknown day apart, or different."""
    if one == other:
        return BirthLevel.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return BirthLevel.SWAPPED
    same_month = (one.year, one.month) == (other.year, other.month)
    if same_month and (one.day in STAND_IN_DAYS or other.day in STAND_IN_DAYS):
        return BirthLevel.UNKNOWN_DAY
    digits = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    return BirthLevel.ONE_DIGIT if digits == 1 else BirthLevel.DIFFERENT

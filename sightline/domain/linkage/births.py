"""How alike two dates of birth are."""

from collections.abc import Iterator
from contextlib import suppress
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


MOST_YEARS_OFF = 19
"""A year that a slip of one digit makes a child of another generation of is not looked for."""


def nearly(day: date) -> frozenset[date]:
    """Give the other days of birth that do not compare as different from this one, some fifty."""
    written = day.isoformat()
    near = set(_days(day.year, day.day, day.month))
    for place in (2, 3, 5, 6, 8, 9):  # 20yy-mm-dd
        for digit in "0123456789":
            near.update(_days(*map(int, f"{written[:place]}{digit}{written[place + 1:]}".split("-"))))
    for other in range(1, 32) if day.day in STAND_IN_DAYS else STAND_IN_DAYS:
        near.update(_days(day.year, day.month, other))
    return frozenset(other for other in near if other != day and abs(other.year - day.year) <= MOST_YEARS_OFF)


def _days(year: int, month: int, day: int) -> Iterator[date]:
    with suppress(ValueError):
        yield date(year, month, day)

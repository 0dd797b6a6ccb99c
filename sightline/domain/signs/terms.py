"""School terms by date, for a school whose own calendar is not known.

The law counts suspension by term, and for schools with more than three terms names three by date (from memory, not
verified): the spring term ends at Easter Monday, the summer term at 31 July, the autumn term at 31 December. Those
three are used for every school. A school's own dates differ by a few days, in which children are on holiday.
"""

from datetime import date, timedelta
from functools import lru_cache

NAMES = ("spring", "summer", "autumn")


@lru_cache(maxsize=4096)
def term_of(day: date) -> int:
    """Give the number of the term in which the day lies; the term before has the number before."""
    if day > date(day.year, 7, 31):
        return day.year * len(NAMES) + 2
    return day.year * len(NAMES) + (day > easter_monday(day.year))


def term_name(term: int) -> str:
    """Name a term in words."""
    return f"{NAMES[term % len(NAMES)]} term {term // len(NAMES)}"


def easter_monday(year: int) -> date:
    """Give Easter Monday of a year in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, (century, short) = year % 19, divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (short // 4) - moon - short % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1) + timedelta(days=1)

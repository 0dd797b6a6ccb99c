"""School days, terms and half terms, as most schools in England have them: close enough for invented children."""

from datetime import date, timedelta
from functools import lru_cache
from random import Random

SATURDAY = 5
SCHOOL_YEAR_STARTS = (9, 1)
FIRST_SECONDARY_YEAR, LAST_SECONDARY_YEAR = 7, 11


@lru_cache(maxsize=16_384)
def is_school_day(day: date) -> bool:
    """Tell whether schools are open: not at weekends, in the summer, at Christmas, around Easter, or at half term."""
    if day.weekday() >= SATURDAY:
        return False
    month_day = (day.month, day.day)
    if (7, 22) < month_day < (9, 3) or month_day > (12, 19) or month_day < (1, 5):
        return False
    easter = easter_sunday(day.year)
    if easter - timedelta(days=9) < day < easter + timedelta(days=8):
        return False
    return not any(start <= day < start + timedelta(days=7) for start in _half_terms(day.year))


@lru_cache(maxsize=64)
def easter_sunday(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def _half_terms(year: int) -> tuple[date, ...]:
    """Give the Mondays of the weeks off in February, at the end of May, and at the end of October."""
    return tuple(_monday(date(year, month, day)) for month, day in ((2, 18), (5, 29), (10, 28)))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def school_day_on_or_before(day: date) -> date:
    """Give the day itself or the last school day before it."""
    while not is_school_day(day):
        day -= timedelta(days=1)
    return day


def school_day_between(first: date, last: date, rng: Random) -> date:
    """Draw a school day, both ends included; where there is none, the last one before."""
    for _ in range(40):
        day = first + timedelta(days=rng.randrange((last - first).days + 1))
        if is_school_day(day):
            return day
    return school_day_on_or_before(last)


def school_days_after(day: date, count: int) -> date:
    """Go forward so many school days from a day."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_school_day(day):
            day += timedelta(days=1)
    return day


def school_days_before(day: date, count: int) -> date:
    """Go back so many school days from a day."""
    for _ in range(count):
        day = school_day_on_or_before(day - timedelta(days=1))
    return day


def year_group(born_on: date, on: date) -> int:
    """Give the school year that a child is in: 7 is the first of secondary school, 0 reception."""
    started = on.year if (on.month, on.day) >= SCHOOL_YEAR_STARTS else on.year - 1
    age_at_start = started - born_on.year - ((born_on.month, born_on.day) >= SCHOOL_YEAR_STARTS)
    return age_at_start - 4


@lru_cache(maxsize=64)
def half_terms_before(today: date, count: int) -> tuple[tuple[date, date, int], ...]:
    """Give the last half terms that were over before today, oldest first: first day, last day, and school days."""
    found: list[tuple[date, date, int]] = []
    last = school_day_on_or_before(today - timedelta(days=1))
    if is_school_day(today):
        last = _start_of_half_term(last) - timedelta(days=1)
    while len(found) < count:
        last = school_day_on_or_before(last)
        first = _start_of_half_term(last)
        days = sum(is_school_day(first + timedelta(days=i)) for i in range((last - first).days + 1))
        found.append((first, last, days))
        last = first - timedelta(days=1)
    return tuple(reversed(found))


def _start_of_half_term(day: date) -> date:
    """Go back to the first school day after at least a week without school."""
    first = day
    while True:
        before = school_day_on_or_before(first - timedelta(days=1))
        if (first - before).days > 5:
            return first
        first = before

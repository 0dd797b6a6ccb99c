"""How often an agency's feed tells something, and when it has been silent for too long.

A feed is silent when, since it last told something, more time has passed than three times its usual gap, and more than
two days: `TIMES` and `LEAST`, our own defaults. Weekends and bank holidays do not count: a school that sends each
school day is not late on a Monday. Where the calendar of bank holidays ends, weekends alone are left out.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from sightline.domain.duties.days import CalendarEnds, Days, working_days
from sightline.domain.duties.nations import Nation
from sightline.domain.vocabulary.moment import LONDON, day_of

TIMES = 3
LEAST = timedelta(days=2)
FEWEST_DAYS = 3
"""A feed that told something on fewer days than these has no rhythm yet."""
LATEST_DAYS = 30
LONGEST = timedelta(days=3 * 366)
FRIDAY = 4


def usual_gap(arrivals: Iterable[datetime], *, nation: Nation = Nation.ENGLAND) -> timedelta | None:
    """Give the median of the open time between the last days on which something came; None where they are too few."""
    days = _last_of_each_day(arrivals)
    if len(days) < FEWEST_DAYS:
        return None
    calendar = working_days(nation)
    return timedelta(seconds=median(open_time(one, next_, calendar).total_seconds() for one, next_ in pairwise(days)))


def silent_from(arrivals: Iterable[datetime], *, nation: Nation = Nation.ENGLAND) -> datetime | None:
    """Give the instant from which a feed is silent if nothing more comes; None where it has no rhythm yet."""
    told = list(arrivals)
    usual = usual_gap(told, nation=nation)
    if usual is None:
        return None
    left = min(max(TIMES * usual, LEAST), LONGEST)
    calendar, at = working_days(nation), max(told).astimezone(UTC)
    while True:
        ends = _end_of_day(at)
        if _open(at, calendar):
            if ends - at >= left:
                return at + left
            left -= ends - at
        at = ends


def open_time(begins: datetime, ends: datetime, calendar: Days) -> timedelta:
    """Give how much of the time between two instants lies on days that count; counted in UTC, day by day."""
    total, at = timedelta(), begins.astimezone(UTC)
    while at < ends:
        until = min(_end_of_day(at), ends.astimezone(UTC))
        total += until - at if _open(at, calendar) else timedelta()
        at = until
    return total


def _last_of_each_day(arrivals: Iterable[datetime]) -> list[datetime]:
    last: dict[date, datetime] = {}
    for at in sorted(arrivals):
        last[day_of(at)] = at
    return list(last.values())[-LATEST_DAYS:]


def _end_of_day(at: datetime) -> datetime:
    return datetime.combine(day_of(at) + timedelta(days=1), time.min, LONDON).astimezone(UTC)


def _open(at: datetime, calendar: Days) -> bool:
    day = day_of(at)
    try:
        return calendar.beginning_with(day, 1) == day
    except CalendarEnds:
        return day.weekday() <= FRIDAY

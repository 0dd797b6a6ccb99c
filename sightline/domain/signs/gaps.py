"""How far apart two moments are, where only the day of one may be known.

A day is not midnight. A rule that says "within 90 days" must not miss a child because somebody wrote a day instead of
an instant, so windows are measured by the least time that can lie between, and lengths by the most that can. Two days
are compared as days, so that a clock change adds and takes nothing; two instants are compared as instants.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from sightline.domain.vocabulary.moment import Moment, first_instant, last_instant

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


def earliest(moment: Moment) -> datetime:
    """Give the first instant, in UTC, that the moment can mean."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return _begins(moment)


def latest(moment: Moment) -> datetime:
    """Give the last instant, in UTC, that the moment can mean: for a day, its last microsecond."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return _ends(moment)


@lru_cache(maxsize=8192)
def _begins(day: date) -> datetime:
    """Give the first instant of a day; a school tells of the same days for all its pupils."""
    return first_instant(day).astimezone(UTC)


@lru_cache(maxsize=8192)
def _ends(day: date) -> datetime:
    try:
        return last_instant(day).astimezone(UTC) - TICK
    except OverflowError:
        return END_OF_TIME


def later_by(moment: Moment, wait: timedelta) -> datetime:
    """Give the instant at which a wait is over for certain: of a day, counted from its end."""
    try:
        return (latest(moment) if isinstance(moment, datetime) else latest(moment) + TICK) + wait
    except OverflowError:
        return END_OF_TIME


def earlier_by(instant: datetime, gap: timedelta) -> datetime:
    """Give the instant so much earlier, never before the calendar begins."""
    try:
        return instant - gap
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def least_gap(earlier: Moment, later: Moment) -> timedelta:
    """Give the least time that can lie between; negative where the second can be before the first.

    Python subtracts two datetimes of one zone by their clock faces, which is wrong over a clock change: those of a
    zone that has such changes are taken to UTC first.
    """
    if isinstance(earlier, datetime):
        if isinstance(later, datetime):
            if later.tzinfo is earlier.tzinfo and not isinstance(later.tzinfo, timezone):
                return later.astimezone(UTC) - earlier.astimezone(UTC)
            return later - earlier
    elif not isinstance(later, datetime):
        return later - earlier
    return earliest(later) - latest(earlier)


def most_gap(earlier: Moment, later: Moment) -> timedelta:
    """Give the most time that can lie between: one and the same day can hold nearly, never fully, a day."""
    if not isinstance(earlier, datetime) and not isinstance(later, datetime):
        return later - earlier + ONE_DAY - TICK
    return latest(later) - earliest(earlier)


def may_follow(later: Moment, earlier: Moment) -> bool:
    """Tell whether the first moment can be at or after the second."""
    return latest(later) >= earliest(earlier)


def after_days(moment: Moment, days: int) -> datetime:
    """Give the instant so many days after: for a day, the end of the day that lies so many days later."""
    try:
        if isinstance(moment, datetime):
            return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)) + timedelta(days=days)
        return latest(moment + timedelta(days=days)) + TICK
    except OverflowError:
        return END_OF_TIME

"""When something was: an instant, or a whole day where only the day was told.

A day is not midnight. Where a rule needs an instant from a day, it must say which end of the day it means.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Moment = datetime | date

LONDON = ZoneInfo("Europe/London")


class UnreadableMoment(ValueError):
    """This is neither an instant with its offset (2026-05-10T23:15:00+01:00) nor a day (2026-05-10)."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def is_day(moment: Moment) -> bool:
    """Tell whether only the day is known."""
    return not isinstance(moment, datetime)


def first_instant(moment: Moment) -> datetime:
    """Give the earliest instant that the moment can mean."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time.min, LONDON)


def last_instant(moment: Moment) -> datetime:
    """Give the latest instant that the moment can mean: for a day, the first instant of the next day."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment + timedelta(days=1), time.min, LONDON)


def day_of(moment: Moment) -> date:
    """Give the day in the United Kingdom on which the moment lies."""
    if isinstance(moment, datetime):
        return moment.astimezone(LONDON).date()
    return moment


def read_moment(text: str) -> Moment:
    """Read an instant with its offset, or a day; an instant without an offset is refused.

    Raises UnreadableMoment.
    """
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        raise UnreadableMoment from None
    if instant.tzinfo is None:
        raise UnreadableMoment
    try:
        instant.astimezone(LONDON)
    except OverflowError:
        raise UnreadableMoment from None
    return instant


def read_instant(text: str) -> datetime:
    """Read an instant with its offset; a bare day is refused.

    Raises UnreadableMoment.
    """
    moment = read_moment(text)
    if not isinstance(moment, datetime):
        raise UnreadableMoment
    return moment


def write_moment(moment: Moment) -> str:
    """Write an instant with offset or a day in ISO 8601."""
    return moment.isoformat()

"""Say days and instants in the words in which people read them."""

from datetime import date, datetime
from functools import lru_cache

from sightline.domain.vocabulary.moment import LONDON, Moment

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def say_day(day: date) -> str:
    """Say a day: 3 June 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def say(moment: Moment) -> str:
    """Say a day (3 June 2026) or an instant in the time of the United Kingdom (3 June 2026, 08:30)."""
    if not isinstance(moment, datetime):
        return say_day(moment)
    local = moment.astimezone(LONDON)
    return f"{say_day(local)}, {local.hour:02}:{local.minute:02}"


def say_end(moment: Moment) -> str:
    """Say a limit: a day means its end."""
    return say(moment) if isinstance(moment, datetime) else f"the end of {say_day(moment)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Say a number of things: 1 hour, 2 hours."""
    return f"{number} {one if number == 1 else many or one + 's'}"

"""Silence after a release: nobody has heard of the offender, neither by a notice nor a visit nor in any other way."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sightline.domain.duties.clock import days_beginning_with
from sightline.domain.duties.saying import count, say_day
from sightline.domain.offenders.rule import counted
from sightline.domain.offenders.staying import ONE_DAY

# Our own choice, no rule of law: as long as the offender has to tell the police of the release.
SILENT_AFTER_DAYS = 3


class SilenceDaysRefused(ValueError):
    """Silence can be an alarm after 1 to 366 days: give a whole number of them."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Silence(NamedTuple):
    """Hold the alarm of a silence: from which day, when it ended (None while it lasts), and why."""

    alarm_from: date
    ended_on: date | None
    because: str


def silence_after_release(released_on: date, heard_on: Iterable[date], *, on: date,
                          after_days: int = SILENT_AFTER_DAYS) -> Silence | None:
    """Give the alarm where nothing was heard by the end of some days that begin with the release, else None.

    `heard_on` are the days of notices, visits on which the offender was seen, and anything else that tells where the
    offender is, such as another arrest. What was heard before the release, or is told for a later day, counts nothing.

    Raises SilenceDaysRefused.
    """
    if not 1 <= after_days <= 366:
        raise SilenceDaysRefused
    last = counted(days_beginning_with(after_days), released_on)
    heard = min((day for day in heard_on if released_on <= day <= on), default=None)
    if last is None or on <= last or (heard is not None and heard <= last):
        return None
    because = (f"Released on {say_day(released_on)}, and nothing was heard within {count(after_days, 'day')} beginning "
               "with that day.")
    return Silence(last + ONE_DAY, heard, because)

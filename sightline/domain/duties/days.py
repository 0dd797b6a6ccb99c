"""Days that are open, as far as they are known: past the end of a calendar no date is guessed."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sightline.domain.duties.nations import BANK_HOLIDAY_DIVISIONS, NATION_WORDS, Nation
from sightline.domain.duties.saying import say_day
from sightline.reference.calendars.bank_holidays import bank_holidays

SATURDAY = 5


class CalendarEnds(ValueError):
    """No date is given, because the calendar that it rests on does not reach so far."""


@dataclass(frozen=True, slots=True)
class Days:
    """Hold the days in order on which something is open, known from `first` to `last`.

    `what` names them in words, `advice` says what to do where they end.
    """

    what: str
    advice: str
    first: date
    last: date
    open: tuple[date, ...]

    def after(self, day: date, number: int) -> date:
        """Give the number-th open day after the day, which is day 0.

        Raises CalendarEnds.
        """
        self.require_known(day)
        return self._at(bisect_right(self.open, day) + number - 1)

    def beginning_with(self, day: date, number: int) -> date:
        """Give the number-th open day, the day itself being the first if it is open.

        Raises CalendarEnds.
        """
        self.require_known(day)
        return self._at(bisect_left(self.open, day) + number - 1)

    def require_known(self, day: date) -> None:
        """Raise CalendarEnds where the day lies outside of what is known."""
        if not self.first <= day <= self.last:
            raise self._ends()

    def _at(self, index: int) -> date:
        if index >= len(self.open):
            raise self._ends()
        return self.open[index]

    def _ends(self) -> CalendarEnds:
        return CalendarEnds(
            f"No date can be given: {self.what} are known from {say_day(self.first)} to {say_day(self.last)} only. "
            f"{self.advice}"
        )


@cache
def working_days(nation: Nation) -> Days:
    """Give the working days of a nation: neither Saturday, Sunday nor bank holiday. Source: GOV.UK bank holidays."""
    holidays = bank_holidays(BANK_HOLIDAY_DIVISIONS[nation])
    what, advice = f"the bank holidays of {NATION_WORDS[nation]}", "Sightline needs a newer list of bank holidays."
    known = open_days(holidays.first, holidays.last, closed=holidays.days)
    return Days(what, advice, holidays.first, holidays.last, known)


def open_days(first: date, last: date, *, closed: frozenset[date]) -> tuple[date, ...]:
    """Give the days from first to last that are neither Saturday, Sunday nor closed."""
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in span if day.weekday() < SATURDAY and day not in closed)


def bank_holidays_between(first: date, last: date, *, nation: Nation) -> tuple[date, ...]:
    """Give the bank holidays of a nation from the first to the last day, in order.

    Raises CalendarEnds where they are not known for the whole of it.
    """
    known = working_days(nation)
    known.require_known(first)
    known.require_known(last)
    holidays = bank_holidays(BANK_HOLIDAY_DIVISIONS[nation]).days
    return tuple(sorted(day for day in holidays if first <= day <= last))

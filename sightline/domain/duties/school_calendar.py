"""When a school is open: its terms, and the days within them on which it is closed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sightline.domain.duties.days import Days, open_days
from sightline.domain.vocabulary.moment import LONDON, Moment, day_of, last_instant

# Our own choice, not a rule: schools differ. A notice "before the start of the next school day" is due by then.
SCHOOL_OPENS_AT = time(8, 30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Name a term or a closure from its first to its last day."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Give every day of it."""
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Hold the terms of a school and the days on which it is closed within them (half-terms, training days).

    There is at least one term; terms are in order and do not overlap. Weekends are always closed; bank holidays must
    be among the closures (the calendar file adds them). `estimated` says that it is not this school's own calendar.
    """

    name: str
    terms: tuple[Stretch, ...]
    closures: tuple[Stretch, ...]
    estimated: bool = False
    opens_at: time = SCHOOL_OPENS_AT
    days: Days = field(init=False)

    def __post_init__(self) -> None:
        closed = frozenset(day for closure in self.closures for day in closure.days)
        days = tuple(day for term in self.terms for day in open_days(term.first, term.last, closed=closed))
        advice = "Give a calendar of the school that covers the time."
        known = Days(f"the school days of {self.name}", advice, self.terms[0].first, self.terms[-1].last, days)
        object.__setattr__(self, "days", known)

    def next_opening(self, moment: Moment) -> datetime:
        """Give the first instant after the moment at which the school opens; a day counts from its end.

        Raises CalendarEnds.
        """
        after = last_instant(moment)
        first = self.days.beginning_with(day_of(after), 1)
        opening = self._opening(first)
        return opening if opening > after else self._opening(self.days.after(first, 1))

    def term_of(self, day: date) -> Stretch:
        """Give the term in which a day lies; a day of holiday belongs to the term before it.

        Raises CalendarEnds.
        """
        self.days.require_known(day)
        return next(term for term in reversed(self.terms) if term.first <= day)

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, self.opens_at, LONDON)

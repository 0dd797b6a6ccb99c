"""When something is due by a clock: one function for each of the seven.

A day is not midnight: where only the day of the start is known, hours count from its end, so that nobody is called
late who may have been in time. A limit that is a day means its end; a limit in hours is an instant, counted in UTC,
so that a clock change neither adds nor loses an hour.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clock import NEXT_SCHOOL_DAY, Clock, ClockKind
from sightline.domain.duties.days import CalendarEnds, working_days
from sightline.domain.duties.nations import NATION_WORDS, Nation
from sightline.domain.duties.saying import count, say, say_end
from sightline.domain.vocabulary.moment import LONDON, Moment, day_of, is_day, last_instant

OUTSIDE = "No date can be given: it would lie outside of the years 1 to 9999."


@dataclass(frozen=True, slots=True)
class Where:
    """Hold what a clock needs besides its start: the nation, the calendars, and the school where one is known."""

    nation: Nation
    calendars: Calendars
    school: str | None = None


class Limit(NamedTuple):
    """Hold when something is due, a day meaning its end; None where there is no number, or no event yet to precede.

    `estimated` says that it rests on a calendar that is not the school's own, or that only the day of the start is
    known. `explanation` says in words how it was counted.
    """

    at: Moment | None
    estimated: bool
    explanation: str


def limit(clock: Clock, start: Moment, *, where: Where, event: Moment | None = None) -> Limit:
    """Say when what started is due by the clock; `event` is what a PRE clock must precede, None while unknown.

    Raises CalendarEnds where a calendar does not reach so far.
    """
    try:
        if clock.kind is ClockKind.BEFORE and clock.before != NEXT_SCHOOL_DAY:
            return _before(clock, event)
        return _COUNTED[clock.kind](clock, start, where)
    except OverflowError:
        raise CalendarEnds(OUTSIDE) from None


def hours_after(start: Moment, number: int) -> datetime:
    """Give the instant that many elapsed hours after a start, or after the end of its day; in the time of the country.

    Raises CalendarEnds.
    """
    try:
        return (last_instant(start).astimezone(UTC) + timedelta(hours=number)).astimezone(LONDON)
    except OverflowError:
        raise CalendarEnds(OUTSIDE) from None


def _hours(clock: Clock, start: Moment, _: Where) -> Limit:
    at = hours_after(start, clock.number)
    known = f"{say_end(start)}, because only the day is known" if is_day(start) else say(start)
    return Limit(at, is_day(start), f"{count(clock.number, 'hour')} after {known}: {say(at)}.")


def _working_days(clock: Clock, start: Moment, where: Where) -> Limit:
    at = working_days(where.nation).after(day_of(start), clock.number)
    words = f"{count(clock.number, 'working day')} after {say(day_of(start))} in {NATION_WORDS[where.nation]}"
    return Limit(at, False, f"{words}: {say_end(at)}.")


def _school_days(clock: Clock, start: Moment, where: Where) -> Limit:
    calendar, day = where.calendars.of_school(where.school, nation=where.nation), day_of(start)
    if clock.first_day_counts:
        at = calendar.days.beginning_with(day, clock.number)
        words = f"School day {clock.number}, counted from {say(day)} as day 1"
    else:
        at = calendar.days.after(day, clock.number)
        words = f"{count(clock.number, 'school day')} after {say(day)}"
    return Limit(at, calendar.estimated, f"{words}, by {calendar.name}: {say_end(at)}.{_guessed(calendar.estimated)}")


def _days_beginning_with(clock: Clock, start: Moment, _: Where) -> Limit:
    at = day_of(start) + timedelta(days=clock.number - 1)
    words = f"{count(clock.number, 'day')} beginning with {say(day_of(start))}"
    return Limit(at, False, f"{words}: {say_end(at)}.")


def _days(clock: Clock, start: Moment, _: Where) -> Limit:
    at = day_of(start) + timedelta(days=clock.number)
    return Limit(at, False, f"{count(clock.number, 'day')} after {say(day_of(start))}: {say_end(at)}.")


def _months(clock: Clock, start: Moment, _: Where) -> Limit:
    day = day_of(start)
    years, month = divmod(day.month - 1 + clock.number, 12)
    at = _same_date(day, year=day.year + years, month=month + 1)
    return Limit(at, False, f"{count(clock.number, 'month')} after {say(day)}: {say_end(at)}.")


def _same_date(day: date, *, year: int, month: int) -> date:
    if year > date.max.year:
        raise OverflowError
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _without_delay(_: Clock, start: Moment, __: Where) -> Limit:
    return Limit(None, False, f"Without delay after {say(start)}: the law gives no number.")


def _before_next_school_day(_: Clock, start: Moment, where: Where) -> Limit:
    calendar = where.calendars.of_school(where.school, nation=where.nation)
    opening = calendar.next_opening(start)
    words = f"Before school opens after {say(start)}, by {calendar.name}: {say(opening)}."
    return Limit(opening, calendar.estimated, words + _guessed(calendar.estimated))


def _before(clock: Clock, event: Moment | None) -> Limit:
    if event is None:
        return Limit(None, False, f"Before the {clock.before}, of which nothing has been told yet.")
    return Limit(event, False, f"Before the {clock.before}: {say(event)}.")


def _guessed(estimated: bool) -> str:
    return " Estimated: this is not the school's own calendar." if estimated else ""


_COUNTED: dict[ClockKind, Callable[[Clock, Moment, Where], Limit]] = {
    ClockKind.HOURS: _hours,
    ClockKind.WORKING_DAYS: _working_days,
    ClockKind.SCHOOL_DAYS: _school_days,
    ClockKind.DAYS_BEGINNING_WITH: _days_beginning_with,
    ClockKind.DAYS: _days,
    ClockKind.MONTHS: _months,
    ClockKind.WITHOUT_DELAY: _without_delay,
    ClockKind.BEFORE: _before_next_school_day,
}

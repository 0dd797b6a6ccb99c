"""One thing that is required by one day: how it stands, and why it is that day."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.duties.clock import Clock, ClockKind
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.saying import count, say_day
from sightline.domain.offenders.absence import Gone, count_on
from sightline.domain.offenders.facts import AwayKind
from sightline.domain.offenders.rule import Away, ClockRule, last_day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class State(StrEnum):
    """Say how a requirement stands."""

    STOPPED = "stopped"
    RUNNING = "running"
    MET = "met"
    MET_LATE = "met-late"
    MISSED = "missed"


# Bound once: to look a member up in its class costs more than to count a clock.
STOPPED, RUNNING, MET, MET_LATE, MISSED = State
COUNTED = Away.COUNTED

STATE_WORDS = {
    State.STOPPED: "the clock stands still",
    State.RUNNING: "running",
    State.MET: "met in time",
    State.MET_LATE: "met late",
    State.MISSED: "missed: the last day is over, and nothing was told or done",
}


class Requirement(NamedTuple):
    """Hold what is required, by when, and how it stands on the day asked.

    `began_on` is the day that the clock counts from. `last_day` means its end; None while the clock stands still, or
    where there is no number. `days` are those left until the last day, less than nothing where it is over; where it
    was met, those that were left then. `goes_on`: what ended while away goes on until three days from the return.
    """

    rule: ClockRule
    about: str
    began_on: date
    last_day: date | None
    met_on: date | None
    state: State
    days: int | None
    days_away: int = 0
    goes_on: bool = False
    waits: Gone | None = None

    @property
    def code(self) -> str:
        """Give the code of the rule."""
        return self.rule.code

    @property
    def because(self) -> str:
        """Say in one sentence why it is that day."""
        return _because(self)


def required(rule: ClockRule, began_on: date, about: str, met_on: date | None, *, gone: Sequence[Gone],
             on: date, nation: Nation = Nation.ENGLAND) -> Requirement:
    """Give how a requirement stands on a day, with the days away left out; `nation` is whose working days count.

    Raises CalendarEnds.
    """
    if not gone or rule.away is COUNTED:
        last, days_away, goes_on, waits = last_day(rule, began_on, nation), 0, False, None
    else:
        last, days_away, goes_on, waits = count_on(rule, began_on, gone)
    if met_on is not None:
        if last is None:
            state, left = MET, None
        else:
            left = (last - met_on).days
            state = MET if left >= 0 else MET_LATE
    elif last is None:
        state, left = STOPPED, None
    else:
        left = (last - on).days
        state = RUNNING if left >= 0 else MISSED
    return Requirement(rule, about, began_on, last, met_on, state, left, days_away, goes_on, waits)


def say_weekday(day: date) -> str:
    """Say a day with its weekday: Monday 1 June 2026."""
    return f"{WEEKDAYS[day.weekday()]} {say_day(day)}"


AWAY_WORDS = {AwayKind.CUSTODY: "in custody", AwayKind.HOSPITAL: "in hospital", AwayKind.ABROAD: "abroad"}


def _because(one: Requirement) -> str:
    began = one.rule.began.format(day=say_weekday(one.began_on))
    if one.last_day is None:
        if one.waits is None:
            return f"{began}: {one.rule.clock.words}."
        where, since = AWAY_WORDS[one.waits.kind], say_weekday(one.waits.from_on)
        return f"{began}: the clock stands still while {where}, since {since}."
    end = f"by the end of {say_weekday(one.last_day)}"
    if one.goes_on:
        over = _length(one.rule.clock)
        return f"{began}: {over} were over while away, so within 3 days beginning with the return, {end}."
    if one.rule.days_ahead:
        return f"{began}: at least {count(one.rule.days_ahead, 'day')} before, so {end}."
    away = f", {count(one.days_away, 'day')} away not counted" if one.days_away else ""
    return f"{began}: within {_length(one.rule.clock)}{away}, so {end}."


def _length(clock: Clock) -> str:
    return LENGTHS[clock.kind](clock.number)


LENGTHS: dict[ClockKind, Callable[[int], str]] = {
    ClockKind.DAYS_BEGINNING_WITH: lambda number: f"{count(number, 'day')} beginning with that day",
    ClockKind.DAYS: lambda number: f"{count(number, 'day')} after that day",
    ClockKind.MONTHS: lambda number: f"{count(number, 'month')} after that day",
    ClockKind.WORKING_DAYS: lambda number: f"{count(number, 'working day')} after that day",
}

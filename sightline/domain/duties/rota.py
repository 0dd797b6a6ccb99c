"""Who of an agency is on duty at an instant: hours of desks, rotas of named people, and never nobody.

Hours are times of the day in the United Kingdom, so a clock change moves no desk's opening. On a bank holiday of the
agency's nation only hours given for bank holidays count. Past the end of the known bank holidays only the weekday
counts, for somebody must be named all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sightline.domain.duties.days import SATURDAY, CalendarEnds, bank_holidays_between, working_days
from sightline.domain.duties.nations import Nation
from sightline.domain.vocabulary.moment import LONDON

BANK_HOLIDAY = 7
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Bank holidays")
MORNING = time(9)
"""When the night hands over to the day: rules.md D-EDT-2."""
SAFEGUARDING, OUT_OF_HOURS, MANAGER, DIRECTOR = "safeguarding", "out-of-hours", "manager", "director"
A_DAY = timedelta(days=1)


class HoursRefused(ValueError):
    """The hours cannot be kept; the message says what to write."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Hold when a desk is open on one kind of day (0 Monday to 6 Sunday, 7 bank holidays); midnight closes as 00:00."""

    day: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not 0 <= self.day <= BANK_HOLIDAY:
            raise HoursRefused("A day is one of Monday to Sunday, or bank holidays.")
        if self.closes <= self.opens and self.closes != time.min:
            raise HoursRefused("A desk closes after it opens, on the same day. Write hours over midnight as two days.")

    def holds(self, moment: time) -> bool:
        """Tell whether the desk is open at a time of such a day."""
        return self.opens <= moment and (moment < self.closes or self.closes == time.min)


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold one row of a desk's rota: who is on duty from an instant until another."""

    from_at: datetime
    until_at: datetime
    name: str
    phone: str = ""
    email: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Hold a desk with its hours (none means always open) and its rota."""

    contact: int
    desk: str
    spans: Sequence[Span] = ()
    turns: Sequence[Turn] = ()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Say which contact is on duty, the person of its rota where one is named, and why in words."""

    contact: int
    person: Turn | None
    because: str


def is_open(spans: Sequence[Span], at: datetime, *, nation: Nation) -> bool:
    """Tell whether a desk with these hours is open; a desk with none always is."""
    local = at.astimezone(LONDON)
    day = BANK_HOLIDAY if is_bank_holiday(local.date(), nation=nation) else local.weekday()
    return not spans or any(span.day == day and span.holds(local.time()) for span in spans)


@lru_cache(maxsize=4096)
def is_bank_holiday(day: date, *, nation: Nation) -> bool:
    """Tell whether a day is known to be a bank holiday of the nation."""
    try:
        return bool(bank_holidays_between(day, day, nation=nation))
    except CalendarEnds:
        return False


def on_duty(desks: Iterable[Desk], at: datetime, *, nation: Nation) -> OnDuty:
    """Give who is on duty: the safeguarding desk in its hours, else the out-of-hours desk, else a manager.

    An agency without either keeps its safeguarding desk on duty. Raises LookupError where it has no desk at all.
    """
    known = {desk.desk: desk for desk in desks}
    day = known.get(SAFEGUARDING)
    if day is not None and is_open(day.spans, at, nation=nation):
        return OnDuty(day.contact, person_on(day.turns, at), "the safeguarding desk is open")
    night = known.get(OUT_OF_HOURS)
    if night is not None and is_open(night.spans, at, nation=nation):
        return OnDuty(night.contact, person_on(night.turns, at), "outside its hours the out-of-hours desk is on duty")
    for name in (MANAGER, DIRECTOR):
        if name in known:
            because = f"outside its hours, and without an out-of-hours desk, the {name} is on duty"
            return OnDuty(known[name].contact, person_on(known[name].turns, at), because)
    last = day or night or next(iter(known.values()), None)
    if last is None:
        raise LookupError("This agency has no desk. Add one with sightline agency add.")
    return OnDuty(last.contact, person_on(last.turns, at), "nobody else is named, so the desk stays on duty")


def person_on(turns: Iterable[Turn], at: datetime) -> Turn | None:
    """Give the person of the rota at an instant; of two rows, the one that began last (a swap is entered later)."""
    now = [turn for turn in turns if turn.from_at <= at < turn.until_at]
    return max(now, key=lambda turn: turn.from_at, default=None)


def next_morning(at: datetime, *, nation: Nation) -> datetime:
    """Give the first 09:00 of a working day after an instant, at which nothing may be left with the night."""
    day = at.astimezone(LONDON).date()
    while True:
        morning = datetime.combine(day, MORNING, LONDON)
        if morning > at and _works(day, nation):
            return morning
        day += A_DAY


def closed_since(spans: Sequence[Span], at: datetime, *, nation: Nation) -> datetime | None:
    """Give when a desk that is closed closed last, at most a fortnight ago; None while it is open."""
    if is_open(spans, at, nation=nation):
        return None
    local = at.astimezone(LONDON).date()
    for back in range(15):
        day = local - back * A_DAY
        kind = BANK_HOLIDAY if is_bank_holiday(day, nation=nation) else day.weekday()
        ends = [_end(day, span) for span in spans if span.day == kind]
        past = [end for end in ends if end <= at]
        if past:
            return max(past)
    return at - 14 * A_DAY


def _end(day: date, span: Span) -> datetime:
    ends_on = day + A_DAY if span.closes == time.min else day
    return datetime.combine(ends_on, span.closes, LONDON)


def _works(day: date, nation: Nation) -> bool:
    try:
        return working_days(nation).after(day - A_DAY, 1) == day
    except CalendarEnds:
        return day.weekday() < SATURDAY

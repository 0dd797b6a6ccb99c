"""A clock by which a duty is due, as the catalogue and the command line write it: WD15, SD6, ND."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Local targets where the law says "without delay" and gives no number: our own choice, no rule of law.
WITHOUT_DELAY_HOURS = 4
WITHOUT_DELAY_IN_CUSTODY_HOURS = 1
WITHOUT_DELAY_AT_MOST_HOURS = 24

# The sixth-day rule of exclusions counts the first school day of the exclusion as day 1; limits of n school days
# after a notice count from the day after. "SD6" therefore means the sixth day, every other SDn the days after.
SIXTH_DAY = 6

NEXT_SCHOOL_DAY = "next school day"


class ClockKind(StrEnum):
    """Name the seven clocks."""

    HOURS = "H"
    WORKING_DAYS = "WD"
    SCHOOL_DAYS = "SD"
    DAYS_BEGINNING_WITH = "CB"
    DAYS = "CD"
    MONTHS = "M"
    WITHOUT_DELAY = "ND"
    BEFORE = "PRE"


UNIT_WORDS = {
    ClockKind.HOURS: ("hour", "hours"), ClockKind.WORKING_DAYS: ("working day", "working days"),
    ClockKind.SCHOOL_DAYS: ("school day", "school days"),
    ClockKind.DAYS_BEGINNING_WITH: ("day, beginning with the day of the event", "days, beginning with the day itself"),
    ClockKind.DAYS: ("day", "days"), ClockKind.MONTHS: ("month", "months"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """Hold one clock: its kind with its number, or for BEFORE the event in words.

    `first_day_counts` holds for school days only: the day of the event, if the school is open, is day 1.
    `target_hours` are the hours that we set ourselves where WITHOUT_DELAY gives no number.
    """

    kind: ClockKind
    number: int = 0
    before: str = ""
    first_day_counts: bool = False
    target_hours: int = WITHOUT_DELAY_HOURS

    @property
    def spec(self) -> str:
        """Write the clock as the catalogue does: WD(2), ND, PRE(next school day)."""
        if self.kind is ClockKind.WITHOUT_DELAY:
            return "ND"
        return f"{self.kind}({self.before or self.number})"

    @property
    def words(self) -> str:
        """Say the clock as people read it: 2 working days, without delay, before the next school day."""
        if self.kind is ClockKind.WITHOUT_DELAY:
            return f"without delay; local target {self.target_hours} {'hour' if self.target_hours == 1 else 'hours'}"
        if self.kind is ClockKind.BEFORE:
            return f"before the {self.before}"
        if self.first_day_counts:
            return f"by school day {self.number}, the first of them being day 1"
        one, many = UNIT_WORDS[self.kind]
        return f"{self.number} {one if self.number == 1 else many}"

    @property
    def of_school(self) -> bool:
        """Tell whether it counts by the calendar of a school."""
        return self.kind is ClockKind.SCHOOL_DAYS or self.before == NEXT_SCHOOL_DAY

    @property
    def local_target(self) -> "Clock | None":
        """Give the hours that we set ourselves where the law gives no number, else None."""
        return LOCAL_TARGETS[self.target_hours] if self.kind is ClockKind.WITHOUT_DELAY else None


def hours(number: int) -> Clock:
    """Give the clock of elapsed hours."""
    return Clock(ClockKind.HOURS, number)


def working(number: int) -> Clock:
    """Give the clock of working days after the event day, which is day 0."""
    return Clock(ClockKind.WORKING_DAYS, number)


def school_days(number: int) -> Clock:
    """Give the clock of school days after the event day, which is day 0."""
    return Clock(ClockKind.SCHOOL_DAYS, number)


def school_day(number: int) -> Clock:
    """Give the clock of the number-th school day, the event day being day 1 if the school is open."""
    return Clock(ClockKind.SCHOOL_DAYS, number, first_day_counts=True)


def days_beginning_with(number: int) -> Clock:
    """Give the clock of "within n days beginning with" the event day, which is day 1."""
    return Clock(ClockKind.DAYS_BEGINNING_WITH, number)


def days(number: int) -> Clock:
    """Give the clock of calendar days after the event day."""
    return Clock(ClockKind.DAYS, number)


def months(number: int) -> Clock:
    """Give the clock of calendar months after the event day: the same date, or the month's last where it has none."""
    return Clock(ClockKind.MONTHS, number)


def before(event: str) -> Clock:
    """Give the clock of what must precede an event, named in words."""
    return Clock(ClockKind.BEFORE, before=event)


WITHOUT_DELAY = Clock(ClockKind.WITHOUT_DELAY)
WITHOUT_DELAY_IN_CUSTODY = Clock(ClockKind.WITHOUT_DELAY, target_hours=WITHOUT_DELAY_IN_CUSTODY_HOURS)
WITHOUT_DELAY_WITHIN_A_DAY = Clock(ClockKind.WITHOUT_DELAY, target_hours=WITHOUT_DELAY_AT_MOST_HOURS)
LOCAL_TARGETS = {clock.target_hours: hours(clock.target_hours)
                 for clock in (WITHOUT_DELAY, WITHOUT_DELAY_IN_CUSTODY, WITHOUT_DELAY_WITHIN_A_DAY)}
BEFORE_NEXT_SCHOOL_DAY = before(NEXT_SCHOOL_DAY)


class UnknownClock(ValueError):
    """The clock must be one of H24, WD15, SD10, CB3, CD30, M3 (with any number from 1 to 9999), ND or PRE."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


SPEC = re.compile(r"(H|WD|SDB|SDA|SD|CB|CD|M)\(?([1-9][0-9]{0,3})\)?", re.ASCII)


def read_clock(text: str) -> Clock:
    """Read a clock: H24, WD15, SD10, CB3, CD30, M3, ND, ND(custody) or PRE (before the next school day).

    SD6 is the sixth-day rule, every other SDn counts the days after; SDBn and SDAn say which is meant ("beginning
    with", "after").

    Raises UnknownClock.
    """
    spec = "".join(text.split()).upper()
    if spec in ("ND", "ND(CUSTODY)"):
        return WITHOUT_DELAY if spec == "ND" else WITHOUT_DELAY_IN_CUSTODY
    if spec in ("PRE", "PRE(NEXTSCHOOLDAY)"):
        return BEFORE_NEXT_SCHOOL_DAY
    match = SPEC.fullmatch(spec)
    if match is None:
        raise UnknownClock
    kind, number = match[1], int(match[2])
    if kind.startswith("SD"):
        return school_day(number) if kind == "SDB" or (kind, number) == ("SD", SIXTH_DAY) else school_days(number)
    return Clock(ClockKind(kind), number)

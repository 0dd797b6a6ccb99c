"""One row of the law about managed offenders: what starts a clock, whom it binds, by which clock, and what meets it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.clock import Clock
from sightline.domain.duties.clocks import Where, limit
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import Basis
from sightline.domain.vocabulary.moment import day_of


class Matter(StrEnum):
    """Name what happens to a managed offender and is told to the police, or is told by itself."""

    FIRST = "first"
    NAME = "name"
    HOME = "home"
    RELEASE = "release"
    STAY = "stay"
    CHILD = "child"
    TRAVEL = "travel"
    BANK = "bank"
    IDENTITY = "identity"
    ABSENCE = "absence"
    YEAR = "year"
    WEEK = "week"
    NOT_HAPPENED = "not-happened"


class Binds(StrEnum):
    """Say who must do it."""

    OFFENDER = "the offender"
    POLICE = "the offender manager"
    AUTHORITY = "the responsible authority"


class Away(StrEnum):
    """Say what time in custody, in hospital or abroad does to a clock."""

    NOT_COUNTED = "days away are not counted"
    CONTINUED = "if it ends while away, it goes on for three days beginning with the return"
    COUNTED = "it makes no difference"


# Rows are compared by identity: hashing every field again for each offender cost more than the counting.
@dataclass(frozen=True, slots=True, eq=False)
class ClockRule:
    """Hold one clock: its code, whom it binds, what it counts from, by which clock, and where that was read.

    `began` says in words what it counts from, with {day} for the day, as its reason begins. `starts_with` is what
    happens, where that is told as an event; `met_by` are the notices that meet it. `days_ahead`: it is counted
    backwards, that many days before. `in_advance`: a notice that names the expected day may come before the event.
    `known_before`: what the police were told of once needs no notice again. `verified` tells whether text and number
    were read in the source; `doubt` what must still be checked. A row that is not `commenced` starts nothing.
    """

    code: str
    title: str
    what: str
    binds: Binds
    began: str
    clock: Clock
    basis: Basis
    authority: str
    sources: tuple[str, ...]
    nations: frozenset[Nation]
    in_force_from: date | None
    verified: bool
    edition: str
    away: Away = Away.COUNTED
    starts_with: Matter | None = None
    met_by: tuple[Matter, ...] = ()
    days_ahead: int = 0
    in_advance: bool = False
    known_before: bool = False
    in_force_until: date | None = None
    commenced: bool = True
    doubt: str = ""

    def in_force_on(self, day: date) -> bool:
        """Tell whether the rule holds for what was on the day."""
        return (self.commenced and (self.in_force_from is None or self.in_force_from <= day)
                and (self.in_force_until is None or day <= self.in_force_until))


@lru_cache(maxsize=65536)
def last_day(rule: ClockRule, began_on: date, nation: Nation = Nation.ENGLAND) -> date | None:
    """Give the last day of a rule's clock, nobody being away: its end is the limit; None where there is no number.

    Raises CalendarEnds where working days are not known so far.
    """
    if rule.days_ahead:
        return began_on - timedelta(days=rule.days_ahead)
    return counted(rule.clock, began_on, nation)


def counted(clock: Clock, began_on: date, nation: Nation = Nation.ENGLAND) -> date | None:
    """Give the last day by a clock.

    Raises CalendarEnds.
    """
    at = limit(clock, began_on, where=Where(nation, NO_SCHOOLS)).at
    return None if at is None else day_of(at)


NO_SCHOOLS = Calendars()

"""School terms by date, for a school whose own calendar is not known.

The law counts suspension by term, and for schools with more than three terms names three by date (from memory, not
verified): the spring term ends at Easter Monday, the summer term at 31 July, the autumn term at 31 December. Those
three are used for every school. A school's own dates differ by a few days, in which children are on holiday.
"""

from dataclasses import dataclass
from datetime import date, timedelta

NAMES = ("spring", "summer", "autumn")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Name a term by its calendar year and its place in that year: spring 0, summer 1, autumn 2."""

    year: int
    place: int

    @property
    def name(self) -> str:
        """Name the term in words."""
        return f"{NAMES[self.place]} term {self.year}"

    @property
    def before(self) -> "Term":
        """Give the term before this one."""
        return Term(self.year, self.place - 1) if self.place else Term(self.year - 1, len(NAMES) - 1)


def term_of(day: date) -> Term:
    """Give the term in which the day lies."""
    if day > date(day.year, 7, 31):
        return Term(day.year, 2)
    return Term(day.year, 1 if day > easter_monday(day.year) else 0)


def easter_monday(year: int) -> date:
    """Give Easter Monday of a year in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, (century, short) = year % 19, divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (short // 4) - moon - short % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1) + timedelta(days=1)

"""The calendars that clocks rest on: a school's own, else its council's, else what is usual in the nation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sightline.domain.duties.calendar_file import read_calendar
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import NATION_WORDS, Nation
from sightline.domain.duties.school_calendar import SchoolCalendar
from sightline.reference.calendars.school_terms import typical_terms


@cache
def usual_school_calendar(nation: Nation) -> SchoolCalendar:
    """Give the calendar to use where a school's own is not known; it is marked estimated.

    Raises CalendarEnds for a nation of which no terms are held.
    """
    text = typical_terms(nation)
    if text is None:
        raise CalendarEnds(
            f"No date can be given: no school terms of {NATION_WORDS[nation]} are held. Give the school's calendar."
        )
    return read_calendar(text, nation=nation)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Hold the calendars of schools by name, one for all other schools, and where to look when there is neither."""

    schools: Mapping[str, SchoolCalendar] = field(default_factory=dict)
    other_schools: SchoolCalendar | None = None
    usual: Callable[[Nation], SchoolCalendar] = usual_school_calendar

    def of_school(self, school: str | None, *, nation: Nation) -> SchoolCalendar:
        """Give the calendar of a school, else that of the council, else the usual one of the nation.

        Raises CalendarEnds.
        """
        own = self.schools.get(school) if school is not None else None
        return own or self.other_schools or self.usual(nation)

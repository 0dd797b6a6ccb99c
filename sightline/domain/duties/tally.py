"""How many school days a child was suspended: at once, in a term, in a school year.

A suspension counts its sessions (half days); a lunchtime counts half a day; where the sessions were not told it counts
half a day, the least that it can have been. Everything counts where it began.
"""

from datetime import date

from sightline.domain.duties.life import Life
from sightline.domain.vocabulary.entry import Entry

SESSIONS_A_DAY = 2
# More is a slip of the sender, and a number without end cannot be halved.
MOST_SESSIONS = 1_000_000
PERMANENT = "PERM"

# The school year of suspensions: 1 September to 31 August.
FIRST_MONTH = 9


def days_of(exclusion: Entry) -> float:
    """Give the school days of one suspension; a permanent exclusion has none."""
    if exclusion.facts.get("category") == PERMANENT:
        return 0.0
    sessions = exclusion.facts.get("sessions")
    told = min(sessions, MOST_SESSIONS) if isinstance(sessions, int | float) and sessions > 0 else 1
    return told / SESSIONS_A_DAY


def school_year_of(day: date) -> int:
    """Give the year in which the school year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def days_in_school_year(life: Life, exclusion: Entry) -> float:
    """Give the school days suspended in the school year, up to and with this one."""
    known = life.tallies.get(exclusion.id)
    if known is None:
        known = life.tallies[exclusion.id] = _days_in_school_year(life, exclusion)
    return known


def _days_in_school_year(life: Life, exclusion: Entry) -> float:
    year = school_year_of(life.on(exclusion))
    return sum(days_of(other) for other in _up_to(life, exclusion) if school_year_of(life.on(other)) == year)


def days_in_term(life: Life, exclusion: Entry, *, at_least: float = 0.0) -> float:
    """Give the school days suspended in the term, up to and with this one.

    Where the whole school year holds no more than `at_least`, that is given: the term need not be known.
    Raises CalendarEnds.
    """
    in_year = days_in_school_year(life, exclusion)
    if in_year <= at_least:
        return in_year
    calendar = life.where.calendars.of_school(life.school_of(exclusion), nation=life.where.nation)
    term = calendar.term_of(life.on(exclusion))
    return sum(days_of(other) for other in _up_to(life, exclusion) if term.first <= life.on(other))


def _up_to(life: Life, exclusion: Entry) -> list[Entry]:
    exclusions = life.by_kind.get("school.exclusion", [])
    return exclusions[: exclusions.index(exclusion) + 1]

"""Find where at least three pupils of one school showed their first signs within 60 days after an arrival.

What is found is a group at a place in a time. Who arrived is not part of it: an arrival opens the days that are looked
at, and is otherwise nobody's name. That one thing came after another does not say that it came from it.

Source: Both sides of the coin, HMICFRS 2020, as reported (an excluded boy drew in others at his new school); rules.md
row C25 for the 60 days. That three make a group is our own choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WITHIN_DAYS = 60
"""How long after an arrival first signs are looked at together (rules.md, C25: a default, editable)."""
AT_LEAST = 3
"""How many other pupils make a group (story S02; our own choice: two are a pair of friends in any school)."""
YEAR_DAYS = 365
WEEKS_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Pupil:
    """Hold one pupil's stay at the one school that is asked about, with the day of the first sign shown there."""

    person: str
    from_on: date
    until_on: date | None
    arrived: bool
    first_on: date | None

    @property
    def showed(self) -> bool:
        """Tell whether the first sign showed while the child was a pupil here."""
        return self.first_on is not None and self.from_on <= self.first_on and (
            self.until_on is None or self.first_on < self.until_on)


@dataclass(frozen=True, slots=True)
class Group:
    """Hold a group: from the arrival to 60 days after, who showed first signs, and how usual that is at this school.

    `arrivals` counts the pupils with known signs who joined in these days. `weeks` counts first signs of all pupils by
    weeks, from eight before the arrival on.
    """

    from_on: date
    until_on: date
    arrivals: int
    people: tuple[str, ...]
    year_before: int
    weeks: tuple[int, ...]


def groups(pupils: Iterable[Pupil]) -> tuple[Group, ...]:
    """Give the groups of one school, oldest first; a pupil belongs to one group at the most.

    A later arrival in the days of a group only makes a group of its own with pupils who are in none yet.
    """
    told = list(pupils)
    arrived = sorted({(one.from_on, one.person) for one in told if one.arrived})
    showing = {one.person: one.first_on for one in told if one.showed and one.first_on is not None}
    taken: set[str] = set()
    found: list[Group] = []
    for from_on in sorted({day for day, _ in arrived}):
        until_on = from_on + timedelta(days=WITHIN_DAYS)
        themselves = {person for day, person in arrived if day == from_on}
        people = sorted((day, person) for person, day in showing.items()
                        if from_on <= day <= until_on and person not in taken | themselves)
        if len(people) >= AT_LEAST:
            taken |= {person for _, person in people}
            found.append(Group(
                from_on, until_on, len({person for day, person in arrived if from_on <= day <= until_on}),
                tuple(person for _, person in people),
                sum(from_on - timedelta(days=YEAR_DAYS) <= day < from_on for day in showing.values()),
                _weeks(showing.values(), from_on)))
    return tuple(found)


def week_starts(from_on: date) -> tuple[date, ...]:
    """Give the first day of each week that is counted, from eight weeks before the arrival to the end of the days."""
    return tuple(from_on + timedelta(weeks=number) for number in range(-WEEKS_BEFORE, -(-(WITHIN_DAYS + 1) // 7)))


def _weeks(days: Iterable[date], from_on: date) -> tuple[int, ...]:
    starts, told = week_starts(from_on), list(days)
    last = from_on + timedelta(days=WITHIN_DAYS)
    return tuple(sum(start <= day < start + timedelta(weeks=1) and day <= last for day in told) for start in starts)


def usual(year_before: int) -> float:
    """Give how many first signs 60 days of the year before had on average."""
    return year_before * WITHIN_DAYS / YEAR_DAYS


def is_usual(people: Sequence[str], year_before: int) -> bool:
    """Tell whether so many are no more than twice what the year before had in as many days (our own choice)."""
    return len(people) <= 2 * usual(year_before)

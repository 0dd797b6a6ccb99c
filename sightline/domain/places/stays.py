"""When a child was a pupil of which school, and whether signs were known of the child on the day of joining."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sightline.domain.places.counted import is_counted
from sightline.domain.places.firsts import FirstSign
from sightline.domain.signs.attention import Shown
from sightline.domain.signs.gaps import after_days
from sightline.domain.signs.known import Known
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of

JOINED, LEFT = "school.joined", "school.left"
TELLS = (JOINED, LEFT, "school.exclusion", "school.attendance")
"""What tells that a child is a pupil of a school; the last two only from their day on."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Hold one time at one school, from a day until the day on which the child was a pupil no longer (None: still).

    `arrived` says that the child joined while signs were known. `first` is the child's first sign, where it showed
    during this stay.
    """

    school: str
    from_on: date
    until_on: date | None
    arrived: bool = False
    first: FirstSign | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the child was a pupil there on the day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def stays(
    known: Known, held: Sequence[Shown], *, first: FirstSign | None, named: Callable[[str], str] = str.strip
) -> tuple[Stay, ...]:
    """Give the times at schools that are known, oldest first; `named` gives one name to a school that has several.

    A telling without a school makes no stay. Who joins another school has left the one before; an exclusion or an
    attendance at another school has not: a pupil may be of two.
    """
    made = [stay for stay in _told(known.kinds(*TELLS), named) if stay.until_on is None or stay.until_on > stay.from_on]
    return tuple(replace(stay, arrived=stay.arrived and _shown_on(stay.from_on, held),
                         first=first if first is not None and stay.holds(first.on) else None)
                 for stay in sorted(made, key=lambda stay: (stay.from_on, stay.school)))


def _told(entries: Sequence[Entry], named: Callable[[str], str]) -> list[Stay]:
    """Give the stays as they are told, `arrived` where the joining was."""
    ended: list[Stay] = []
    open_: dict[str, Stay] = {}
    for entry in entries:
        school = _school(entry, named)
        if not school:
            continue
        if entry.kind == LEFT:
            if school in open_:
                ended.append(replace(open_.pop(school), until_on=entry.on))
            continue
        if entry.kind == JOINED:
            ended += [replace(open_.pop(other), until_on=entry.on) for other in list(open_) if other != school]
        open_.setdefault(school, Stay(school, entry.on, None, arrived=entry.kind == JOINED))
    return [*ended, *open_.values()]


def _school(entry: Entry, named: Callable[[str], str]) -> str:
    told = entry.facts.get("school")
    return named(told) if isinstance(told, str) and told.strip() else ""


def _shown_on(day: date, held: Sequence[Shown]) -> bool:
    """Tell whether a sign that counts here had begun before the day and was still shown on it."""
    return any(is_counted(one.rule) and day_of(one.finding.at) < day
               < day_of(after_days(one.newest, one.finding.shown_days or one.rule.shown_days)) for one in held)

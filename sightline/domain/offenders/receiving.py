"""The notices that the police received of one offender, in the order of their days."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.facts import EARLIEST, LATEST, Notice, Refused
from sightline.domain.offenders.rule import Matter
from sightline.domain.offenders.rules import BEGINS_ANEW


class Received(NamedTuple):
    """Hold the notices of each matter; the days of those that begin a new year; those that name a day to come."""

    by_matter: dict[Matter, list[Notice]]
    anew: list[date]
    ahead: list[Notice]

    def of_matter(self, matter: Matter) -> Sequence[Notice]:
        """Give the notices of a matter."""
        return self.by_matter.get(matter, ())

    @classmethod
    def of(cls, notices: Iterable[Notice], on: date, refused: list[Refused]) -> "Received":
        """Give what was received by the day; adds what is refused."""
        by_matter: dict[Matter, list[Notice]] = {}
        anew: list[date] = []
        ahead: list[Notice] = []
        for notice in sorted(notices, key=attrgetter("on")):
            matter, day, _, expected = notice
            if not EARLIEST <= day <= on or (expected is not None and not EARLIEST <= expected <= LATEST):
                refused.append(_refusal(notice, on))
                continue
            by_matter.setdefault(matter, []).append(notice)
            if matter in BEGINS_ANEW and (not anew or anew[-1] != day):
                anew.append(day)
            if expected is not None and expected > day:
                ahead.append(notice)
        return cls(by_matter, anew, ahead)


def _refusal(notice: Notice, on: date) -> Refused:
    told = f"A notice received on {say_day(notice.on)} is told"
    if on < notice.on <= LATEST:
        return Refused(notice, f"{told}, but that day has not come.")
    return Refused(notice, f"{told}: no such day can be counted.")

"""One thing that one agency told about one child."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sightline.domain.vocabulary.moment import Moment, day_of, first_instant, last_instant
from sightline.domain.vocabulary.place import Place


@dataclass(frozen=True, slots=True)
class Companion:
    """Name somebody who was there, by that person's id, with the role (found-with, co-arrested) and age in years."""

    id: str
    role: str | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """Name a phone, line, address or vehicle by its kind and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one telling: what kind, when it was, who told it, the facts, and when this system came to know.

    A fact that is absent is unknown, never "no". `recorded_at` None means: known as soon as it happened.
    """

    id: str
    child: str
    kind: str
    at: Moment
    by: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    until: Moment | None = None
    place: Place | None = None
    people: tuple[Companion, ...] = ()
    things: tuple[Thing, ...] = ()
    grade: str | None = None
    recorded_at: datetime | None = None

    @property
    def starts(self) -> datetime:
        """Give the earliest instant at which it can have been."""
        return first_instant(self.at)

    @property
    def ends(self) -> datetime:
        """Give the latest instant of `at`: the end of the day where only the day is known."""
        return last_instant(self.at)

    @property
    def on(self) -> date:
        """Give the day on which it was."""
        return day_of(self.at)

    @property
    def known_from(self) -> datetime:
        """Give the instant from which this system can know of it."""
        return self.starts if self.recorded_at is None else self.recorded_at

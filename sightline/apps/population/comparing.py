"""Read persons as everybody is read, and compare with what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sightline.apps.circle.keeping import circle_in, circles_of
from sightline.apps.offenders.joining import near_now
from sightline.apps.record.queries import timelines_of, with_news
from sightline.apps.signs.lives import lives_of
from sightline.apps.signs.ours import ours_of
from sightline.apps.signs.queries import kept_readings
from sightline.domain.signs.comparing import Shown, council_of_child, shown_in
from sightline.domain.signs.ours import NOTHING_OURS
from sightline.domain.signs.population import Life, read_partition
from sightline.domain.signs.rule import Rule


@dataclass(frozen=True, slots=True)
class Differs:
    """Hold one child of whom something else is kept than is read; `read_at` says when what is kept was read."""

    council: str
    before: frozenset[Shown]
    after: frozenset[Shown]
    read_at: datetime | None


@dataclass(slots=True)
class Compared:
    """Hold how many children and entries were read, how many children wait to be read anyway, and who differs."""

    children: int = 0
    entries: int = 0
    waiting: int = 0
    differing: dict[UUID, Differs] = field(default_factory=dict)

    def add(self, other: "Compared") -> None:
        """Add the numbers of others."""
        self.children, self.entries = self.children + other.children, self.entries + other.entries
        self.waiting += other.waiting


def compare(people: Sequence[UUID], *, at: datetime, rules: Sequence[Rule]) -> Compared:
    """Read persons at the instant under the rules, and compare with what is kept of them.

    A child of whom something new is held, or whose time to be looked at again has come, is left to that reading.
    """
    kept, news = kept_readings(people), with_news(people)
    lives = list(_lives(people, at=at).values())
    found = Compared(len(lives), sum(len(life.timeline) for life in lives))
    for person, life, reading in zip(people, lives, read_partition(lives, at=at, rules=rules), strict=True):
        held = kept.get(person)
        if person in news or (held is not None and held.look_again_at is not None and held.look_again_at <= at):
            found.waiting += 1
            continue
        before = held.shown if held is not None else frozenset[Shown]()
        after = shown_in(reading)
        if before != after or (held is not None and held.attention != (reading.attention, reading.families)):
            found.differing[person] = Differs(
                council_of_child(life.timeline), before, after, held.read_at if held is not None else None)
    return found


def _lives(people: Sequence[UUID], *, at: datetime) -> dict[UUID, Life]:
    ours, circles, near = ours_of(people, at=at), circles_of(people, at=at), near_now(people)
    return {person: life._replace(ours=ours.get(person, NOTHING_OURS), circle=circle_in(circles, person),
                                  near=near.get(person, ()))
            for person, life in lives_of(timelines_of(people), at=at).items()}

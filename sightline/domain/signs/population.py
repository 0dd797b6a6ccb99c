"""Read many children: a partition of lives in, their readings out, each by the same `read` as one child alone.

A partition holds nothing between two children, so it may be read by any process on any machine, and again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.reading import NOTHING_CLOSED, read
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline


class Life(NamedTuple):
    """Hold one child's timeline, and the entries on which a person closed each sign."""

    timeline: Timeline
    closed: Mapping[str, Set[str]] = NOTHING_CLOSED


def read_partition(lives: Iterable[Life], *, at: datetime, rules: Sequence[Rule] = RULES) -> Iterator[Reading]:
    """Read each child of a partition at the instant, in the order in which they come."""
    for life in lives:
        yield read(life.timeline, at=at, rules=rules, closed=life.closed)

"""Read many children: a partition of lives in, their readings out, each by the same `read` as one child alone.

A partition holds nothing between two children, so it may be read by any process on any machine, and again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from sightline.domain.circle.circle import NO_CIRCLE, Circle
from sightline.domain.offenders.joins import NearAdult
from sightline.domain.signs.catalogue import RULES
from sightline.domain.signs.kept import Said
from sightline.domain.signs.ours import NOTHING_OURS, Ours
from sightline.domain.signs.reading import NOTHING_CLOSED, NOTHING_SAID, Whole, read_whole
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline

CHILDREN_A_PARTITION = 500
"""What one transaction may read, and write where a new edition changes every child."""
IDS = 2**128


class Life(NamedTuple):
    """Hold all that a reading of one child rests on.

    `closed` names the entries on which people closed signs, `said` what else they decided of them, `local` are the
    rules that the child's area adds, `ours` is what waits in our own books, `circle` who else was met with the same,
    `near` the managed offenders who are near.
    """

    timeline: Timeline
    closed: Mapping[str, Set[str]] = NOTHING_CLOSED
    said: Said = NOTHING_SAID
    local: tuple[Rule, ...] = ()
    ours: Ours = NOTHING_OURS
    circle: Circle = NO_CIRCLE
    near: Sequence[NearAdult] = ()


def whole_of(life: Life, *, at: datetime, rules: Sequence[Rule] = RULES) -> Whole:
    """Read one child at the instant: the only way in which a life is read, alone or with everybody's."""
    return read_whole(life.timeline, at=at, rules=(*rules, *life.local), closed=life.closed, said=life.said,
                      ours=life.ours, circle=life.circle, near=life.near)


def read_partition(lives: Iterable[Life], *, at: datetime, rules: Sequence[Rule] = RULES) -> Iterator[Reading]:
    """Read each child of a partition at the instant, in the order in which they come."""
    for life in lives:
        yield whole_of(life, at=at, rules=rules).reading


def ids_of(number: int, of: int) -> tuple[int, int]:
    """Give the first and the last id of a partition, as numbers: equal shares of random ids hold equal numbers.

    Together the partitions hold every id once, whoever comes to be meanwhile, and none is named after a child.
    """
    return IDS * number // of, IDS * (number + 1) // of - 1


def partitions_for(children: int) -> int:
    """Say into how many partitions so many children are divided."""
    return max(1, -(-children // CHILDREN_A_PARTITION))

"""Whose turn it is: the one order of everything that waits, by the danger that the law names, then by the clock."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from sightline.domain.duties.danger import Danger, is_critical

NO_LIMIT = datetime(9999, 1, 1, tzinfo=UTC)
"""Where what has no limit at all stands: at the end of its class."""

OPEN_WITHIN = timedelta(hours=4)
"""By when a notice should be opened: as a duty "without delay" has four hours where the law gives no number."""

SETTLE_WITHIN = timedelta(days=7)
"""By when somebody should say whether two records are one child (our own choice: nobody waits for it to be safe)."""

PUT_OFF_UNTIL_BEFORE = timedelta(hours=1)
"""What was put off comes back at the latest this long before its limit."""


class Position(NamedTuple):
    """Say where something stands in the order: smaller comes first. The id alone decides between equals."""

    danger: Danger
    at: datetime
    id: str

    def written(self) -> str:
        """Write the place in the order as one short word, for an address: no detail of any child."""
        return f"{self.danger.value}.{round((self.at - _BEGIN) / timedelta(microseconds=1))}.{self.id}"


class Waiting(Protocol):
    """Describe what can stand in the order."""

    @property
    def position(self) -> Position:
        """Give the place in the order."""


W = TypeVar("W", bound=Waiting)


def read_position(text: str) -> Position | None:
    """Read a place in the order as it was written; None where it is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    try:
        return Position(Danger(int(found[1])), _BEGIN + timedelta(microseconds=int(found[2])), found[3])
    except (ValueError, OverflowError):
        return None


def in_order(lists: Iterable[Iterable[W]], *, most: int, backwards: bool = False) -> list[W]:
    """Give the first of several lists that each stand in order; `backwards` the last, each list the last first.

    The answer always stands in order.
    """
    found = list(islice(merge(*lists, key=lambda one: one.position, reverse=backwards), most))
    return found[::-1] if backwards else found


def latest_return(act_by: datetime | None, danger: Danger) -> datetime | None:
    """Give until when a duty may be put off at the most; None where it may not: it is critical, or has no limit."""
    return None if is_critical(danger) or act_by is None else act_by - PUT_OFF_UNTIL_BEFORE


_WRITTEN = re.compile(r"([0-9])\.(-?[0-9]{1,18})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)

"""The order of the custody desk: who has something late first, then by what is owed next in the order of the queue."""

from dataclasses import dataclass
from datetime import datetime

from sightline.domain.duties.position import NO_LIMIT


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold by what a child stands on the desk: nothing of it is about the child, all of it about what others owe.

    `danger` and `act_by` are those of what is owed next, None where nothing is or it has no limit; `since` is the
    arrest.
    """

    late: bool
    danger: int | None
    act_by: datetime | None
    since: datetime


def place(one: Standing) -> tuple[bool, bool, int, datetime, datetime]:
    """Give what to sort a desk by: late first, then by danger and clock, then who has been held longest."""
    return (not one.late, one.danger is None, one.danger or 0, one.act_by or NO_LIMIT, one.since)

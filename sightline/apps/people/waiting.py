"""Say which doubts wait for somebody, in their place in the queue: by seven days after they were opened."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import SETTLE_WITHIN, Position


@dataclass(frozen=True, slots=True)
class QueuedDoubt:
    """Hold a doubt in its place in the order."""

    position: Position
    id: UUID


WAITING = f"""
select 'doubt' as what, d.id, null::uuid as person_id, '' as happening, {Danger.REST.value} as danger,
  d.opened_at + interval '{SETTLE_WITHIN.total_seconds():.0f} seconds' as stands_at,
  null::int as contact_id, '' as desk, '' as name, '' as words
from sightline_doubts_in_line(%s, %s::uuid, %s, %s) d
"""  # nosec B608: constants only
"""The doubts of which the viewer may see both sides, in the shape in which a room above merges what waits.

The rule of who sees stands inside the function of the database: under the policies each row would be asked four times,
and thousands wait that are not the viewer's.
"""


def told_to_function(*, most: int, after: Position | None, backwards: bool) -> list[Any]:
    """Give what WAITING is told: the doubts behind a place, or before it, so many; all are of the last class."""
    if after is not None and after.danger is Danger.REST:
        return [after.at - SETTLE_WITHIN, after.id, backwards, most]
    return [None, None, backwards, 0 if after is not None and backwards else most]

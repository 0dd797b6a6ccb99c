"""The doubts that wait for somebody, in their place in the order of the queue."""

from dataclasses import dataclass
from uuid import UUID

from sightline.apps.people.queries import doubts_in_line
from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import SETTLE_WITHIN, Position


@dataclass(frozen=True, slots=True)
class QueuedDoubt:
    """Hold a doubt in its place in the order: by seven days after it was opened."""

    position: Position
    id: UUID


def queued_doubts(*, most: int, after: Position | None, backwards: bool) -> list[QueuedDoubt]:
    """List the doubts behind a place in the order, or before it (the last first); all are of the last class."""
    behind = None
    if after is not None and after.danger is Danger.REST:
        behind = (after.at - SETTLE_WITHIN, after.id)
    elif after is not None and backwards:
        return []
    return [QueuedDoubt(Position(Danger.REST, at + SETTLE_WITHIN, str(id_)), id_)
            for id_, at in doubts_in_line(most=most, behind=behind, backwards=backwards)]

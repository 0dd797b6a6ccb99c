"""Ask for a child's history as far as the viewer may see it, and for what reached which agency when."""

from dataclasses import dataclass
from uuid import UUID

from sightline.apps.duties.queries import told_by_notices
from sightline.apps.record.queries import shares_of, tellings_of
from sightline.domain.lookback.history import History
from sightline.domain.lookback.knowing import Reached, Way


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold a child's history as the viewer may see it, and what reached which agency."""

    history: History
    reached: tuple[Reached, ...]


def history_of(person: UUID) -> Seen:
    """Give every telling of a child that the viewer may see, and what shares and notices took to which agency.

    Entries count for the child to whom they belong now, whenever that was found out.
    """
    shared = (Reached(event, agency, at, Way.SHARED) for event, agency, at in shares_of(person))
    noticed = (Reached(event, agency, at, Way.NOTICE) for event, agency, at in told_by_notices(person))
    return Seen(History.of(str(person), tellings_of(person)), (*shared, *noticed))

"""What an officer of transport police tells of a child who was met on a train or at a station, as entries are sent.

It goes the way of every record: as the lines of a timeline file, so that the child is found or made, and an event is
opened, by the same steps as for a file of a force.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.domain.vocabulary.identity import Identity


class Next(StrEnum):
    """Say what the officer does with the child now."""

    TRAVELS = "travels"
    STAYS = "stays"
    PROTECTED = "protected"


NEXT_WORDS = {
    Next.TRAVELS: "I have no fear for the child. The child travels on",
    Next.STAYS: "I fear harm. The child stays with us until somebody takes over by name",
    Next.PROTECTED: "I take the child into police protection",
}
REASONS = {"welfare": "Worry about the child", "fare": "Ticket or fare", "search": "Search"}


@dataclass(frozen=True, slots=True)
class Met:
    """Hold what was told: who, at which station, in which council's area it lies, why, what was seen, and what next."""

    child: Identity
    at: datetime
    station: str
    council: str
    reason: str
    seen: str
    next: Next
    designated_officer: str = ""


def lines_of(met: Met, *, key: str, by: str) -> list[dict[str, object]]:
    """Give the lines of a timeline file under a key of the contact; what was not told is left out."""
    child = met.child
    identity = {"given": child.given, "family": child.family,
                "born_on": None if child.born_on is None else child.born_on.isoformat(), **child.identifiers}
    shared: dict[str, object] = {
        "child": key, "at": met.at.isoformat(), "by": by, "place": {"council": met.council},
        "identity": {name: value for name, value in identity.items() if value}}
    contact: dict[str, object] = {
        "id": f"{key}/met", "kind": "rail.contact", **shared,
        "facts": {"station": met.station, "reason": met.reason, "seen": met.seen,
                  "stays": met.next is not Next.TRAVELS}}
    if met.next is not Next.PROTECTED:
        return [contact]
    officer = {"designated_officer": met.designated_officer} if met.designated_officer else {}
    return [contact, {"id": f"{key}/protected", "kind": "police.protection", **shared, "facts": officer}]

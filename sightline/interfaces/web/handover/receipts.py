"""Put on the timeline that something was sent, and that it was received by name: by that duties are met or begin."""

from datetime import datetime
from uuid import UUID

from sightline.apps.access.acting import Acting
from sightline.apps.access.queries import agencies
from sightline.apps.responsibility.queries import TransferFacts, event, offered_child, transfer
from sightline.domain.intake.row import Told
from sightline.domain.responsibility.opening import Happening
from sightline.domain.responsibility.sections import DUTY_OF, HandoverKind
from sightline.interfaces.web.child.acts import record

FOUND_ELSEWHERE = "D-MIS-8"


def tell_of_sending(acting: Acting, made: UUID, *, at: datetime) -> None:
    """Put it on the timeline that it was sent; a school's file meets its duty by the receipt alone."""
    found = transfer(made)
    if found is not None:
        code = DUTY_OF[found.kind]
        facts = {"duty": f"sent:{code}" if found.kind is HandoverKind.SCHOOL_FILE else code, "to": found.to_agency}
        record(acting, found.person, Told("notice.sent", at, f"handover/{made}", facts), at=at)


def tell_of_receipt(acting: Acting, found: TransferFacts, *, at: datetime) -> None:
    """Put it on the timeline that it was received, by whom.

    The receipt meets the giver's duty, or starts the receiver's. A council that takes over a child who was found
    elsewhere has been told by it that the child was found.
    """
    duty = DUTY_OF.get(found.kind)
    if found.event is not None and found.happening is Happening.FOUND and _is_council(acting):
        on = event(found.event)
        duty = None if on is None else f"{FOUND_ELSEWHERE}:{on.ground}"
    if duty is not None:
        told = Told("notice.acknowledged", at, f"receipt/{found.id}", {"duty": duty, "to": found.to_agency})
        child = offered_child(found.id)
        record(acting, found.person, told, at=at, known_as=(child.name or "") if child else "")


def tell_of_knowing(acting: Acting, event_id: UUID, *, at: datetime) -> None:
    """Put it on the timeline that a council which protects a child who was found elsewhere acknowledged that."""
    on = event(event_id)
    ours = on is not None and on.owner_agency_id == acting.agency and _is_council(acting)
    if on is not None and on.happening is Happening.FOUND and ours:
        facts = {"duty": f"{FOUND_ELSEWHERE}:{on.ground}", "to": acting.agency_name}
        record(acting, on.person, Told("notice.acknowledged", at, f"known/{event_id}/{on.ground}", facts), at=at)


def _is_council(acting: Acting) -> bool:
    return any(one.id == acting.agency and one.kind == "council" for one in agencies())

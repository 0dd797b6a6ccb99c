"""Hand a child over on the road: a leg with place, time and the child's condition, answered by name and collar number.

The receiver answers signed in, as any offer is answered; or on a device of their own by a code; or on the giver's
device, handed across. The record says which. A form that is sent twice, as on a bad network, is one leg and one answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import Acting
from sightline.apps.responsibility.models import RoadLeg
from sightline.apps.responsibility.transfers import Refusal, TransferRefused, heard, offer
from sightline.domain.responsibility.handing_over import ROAD_ANSWER_WITHIN, TransferState, next_step_at


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold how the child is at a leg, in the words of the officer who gives; `injuries` says "none seen" where so."""

    seen_and_spoken_to: bool
    fed: bool
    injuries: str
    said: str


@dataclass(frozen=True, slots=True)
class Named:
    """Hold an officer by name and collar number, as given on the road."""

    name: str
    number: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.number.strip():
            raise TransferRefused("Give the officer's name and collar number.")


def hand_over_here(
    *, acting: Acting, event: UUID, to_contact: int, key: UUID, place: str, giver: Named, condition: Condition,
    digest_of: Callable[[UUID], str], at: datetime,
) -> UUID:
    """Offer the child to another force where both stand; gives the transfer. A second time by the same key the same.

    `digest_of` gives the digest of the code of a transfer. Raises TransferRefused.
    """
    made = RoadLeg.objects.filter(key=key, transfer__event_id=event).values_list("transfer_id", flat=True).first()
    if made is not None:
        return made
    if not place.strip() or not condition.injuries.strip():
        raise TransferRefused("Say where you are, and which injuries you see; none seen is an answer.")
    made = offer(acting=acting, event=event, to_contact=to_contact, words=f"Take the child over at {place}.",
                 answer_by=at + ROAD_ANSWER_WITHIN, at=at)
    RoadLeg.objects.create(
        transfer_id=made, key=key, place=place, met_at=at, giver=giver.name.strip(), giver_number=giver.number.strip(),
        seen_and_spoken_to=condition.seen_and_spoken_to, fed=condition.fed, injuries=condition.injuries,
        said=condition.said, code_digest=digest_of(made))
    return made


def answer_here(*, transfer: UUID, officer: Named, refusal: Refusal | None, at: datetime) -> None:
    """Take the answer of the receiving officer on the giver's device, by name and collar number.

    Raises TransferRefused.
    """
    _answer("select sightline_answer_here(%s, %s, %s, %s, %s, %s, %s, %s, %s)", transfer, officer, refusal, at=at)


def answer_by_code(*, digest: str, officer: Named, refusal: Refusal | None, at: datetime) -> None:
    """Take the answer of an officer who is not signed in, by the code that the giver showed.

    Raises TransferRefused.
    """
    _answer("select sightline_answer_by_code(%s, %s, %s, %s, %s, %s, %s, %s, %s)", digest, officer, refusal, at=at)


def _answer(statement: str, which: UUID | str, officer: Named, refusal: Refusal | None, *, at: datetime) -> None:
    answer = TransferState.ACCEPTED if refusal is None else TransferState.REFUSED
    given = (None, None, None) if refusal is None else (refusal.reason, refusal.whose, refusal.by_rule)
    with connection.cursor() as cursor:
        cursor.execute(statement, [which, answer.value, officer.name, officer.number, *given,
                                   next_step_at(at, taken=0), at])
        row = cursor.fetchone()
    heard(str(row[0]) if row else "not yours", answer)

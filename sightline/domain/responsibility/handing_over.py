"""How one organisation hands a child's safety to another: states, who may do what, and the clock of a dispute.

The giver stays the owner until a named person of the receiver has accepted. A refusal says whose the child is and by
which rule; it opens a dispute, which escalates by its own clock and never changes the owner.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class TransferState(StrEnum):
    """Say how a transfer stands; all but offered are final."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ANSWERS = frozenset({TransferState.ACCEPTED, TransferState.REFUSED})
"""What the receiver may answer; only the giver withdraws, and only the clock lets an offer expire."""

ANSWER_WITHIN = timedelta(minutes=60)
"""How long an offer stands where the giver sets no other time (our own choice; rules, section 4, mark it so)."""


@dataclass(frozen=True, slots=True)
class DisputeStep:
    """Say after how long a dispute goes to which desk of both sides."""

    after: timedelta
    desk: str


DISPUTE_STEPS = (
    DisputeStep(timedelta(minutes=30), "manager"),
    DisputeStep(timedelta(minutes=60), "director"),
    DisputeStep(timedelta(minutes=120), "director"),
)
"""Our own choice, as section 4 of the rules marks it; Concordat practice for disputes in custody is the same."""


def next_step_at(opened_at: datetime, *, taken: int) -> datetime | None:
    """Give when the next step of a dispute is due; None when all are taken."""
    return opened_at + DISPUTE_STEPS[taken].after if taken < len(DISPUTE_STEPS) else None

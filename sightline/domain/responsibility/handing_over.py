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


class AnsweredHow(StrEnum):
    """Say how somebody answered: the record shows it, because it is worth more or less as proof of who it was."""

    SIGNED_IN = "signed in"
    BY_CODE = "by the code, on a device of their own"
    GIVERS_DEVICE = "on the giver's device"


ANSWERS = frozenset({TransferState.ACCEPTED, TransferState.REFUSED})
"""What the receiver may answer; only the giver withdraws, and only the clock lets an offer expire."""

ANSWER_WITHIN = timedelta(minutes=60)
"""How long an offer stands where the giver sets no other time (our own choice; rules, section 4, mark it so)."""


ROAD_ANSWER_WITHIN = timedelta(minutes=30)
"""How long an offer on the road stands, and its code with it (our own choice: two cars stand side by side)."""

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a code is made of: no 0 or O, 1, I or L, and no U; a code has eight of them, some 39 bits."""

CODE_LENGTH = 8


def read_code(typed: str) -> str:
    """Give a code as it was meant: in capitals, without the spaces and hyphens by which people group it."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[:CODE_LENGTH + 1]


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

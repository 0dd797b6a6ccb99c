"""One shape for sharing and for refusing: what was weighed, what was decided, and what is wrong with a draft of it.

After section 16LA of the Children Act 2004 (may it help the recipient's function; would it harm the child more) and the
seven golden rules of the guidance of 2024. A refusal is kept in the same shape: it is the only way to see later what
was not shared, and why.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sightline.domain.disclosure.functions import NEED_TO_ACT_ONLY, can_be_told
from sightline.domain.disclosure.gateways import serves
from sightline.domain.vocabulary.agency import AgencyKind

LASTS = timedelta(days=180)
"""How long something is shared where nobody says otherwise (rules 5.3: flags expire by themselves; ours)."""
LONGEST = timedelta(days=366)
WARNED_BEFORE = timedelta(days=14)
"""How long before the end the recipient is told that it comes (our own choice)."""
ANSWER_A_REQUEST_WITHIN = timedelta(hours=24)
"""By when a request of another agency should be answered (our own target, no law)."""


DECIDED_BY_SHARING = frozenset({"D-EX-4", "D-PLC-5"})
"""Duties that a decision to share or not to share meets."""


class Outcome(StrEnum):
    """Name what was decided."""

    SHARE = "share"
    PART = "share part"
    REFUSE = "refuse"


OUTCOME_WORDS = {
    Outcome.SHARE: "Share it", Outcome.PART: "Share part of it, and keep the rest back",
    Outcome.REFUSE: "Do not share",
}


class ToldOf(StrEnum):
    """Name who of the family was told that something is shared."""

    CHILD = "child"
    FAMILY = "family"
    BOTH = "both"
    NOBODY = "nobody"


TOLD_WORDS = {
    ToldOf.CHILD: "The child", ToldOf.FAMILY: "A parent or carer", ToldOf.BOTH: "The child, and a parent or carer",
    ToldOf.NOBODY: "Nobody, because",
}


class Why(StrEnum):
    """Name why a disclosure ended."""

    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    WRONG_PERSON = "wrong person"
    WRONG_DATA = "wrong data"


WHY_WORDS = {
    Why.EXPIRED: "its time ran out", Why.REPLACED: "a newer decision stands in its place",
    Why.WITHDRAWN: "it is not needed any more", Why.WRONG_PERSON: "it was about another child",
    Why.WRONG_DATA: "what was told was wrong",
}
WITHDRAWALS = (Why.WITHDRAWN, Why.WRONG_PERSON, Why.WRONG_DATA)
MISTAKES = frozenset({Why.WRONG_PERSON, Why.WRONG_DATA})


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold a draft of a decision to share or not to share.

    `items` counts what is shared: entries, signs and a summary. `checked_on` is the day on which somebody made sure
    that it is still right; None: it goes as it was told. `until` is the instant at which the recipients' sight ends.
    """

    outcome: Outcome
    recipients: tuple[AgencyKind, ...]
    items: int
    purpose: str
    gateway: str
    facilitates: bool
    facilitates_because: str
    harms: bool
    harms_because: str
    told: ToldOf | None
    told_because: str
    checked_on: date | None
    leak_harms: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Flaw:
    """Say what is missing or cannot stand, beside which question."""

    question: str
    words: str


def flaws(draft: Weighed, *, at: datetime) -> list[Flaw]:
    """List what keeps the draft from being a decision; empty where it can be recorded."""
    found = _flaws_of_all(draft)
    return found if draft.outcome is Outcome.REFUSE else found + _flaws_of_sharing(draft, at=at)


def _flaws_of_all(draft: Weighed) -> list[Flaw]:
    found = []
    if not draft.recipients:
        found.append(Flaw("recipients", "Choose whom it is about telling"))
    if any(not can_be_told(kind) for kind in draft.recipients):
        found.append(Flaw("recipients", "An inspectorate is told nothing of a single child"))
    if not draft.purpose.strip():
        found.append(Flaw("purpose", "Say what they are to do with it"))
    if not draft.facilitates_because.strip():
        found.append(Flaw("facilitates_because", "Say how it helps them, or why it does not"))
    if not draft.harms_because.strip():
        found.append(Flaw("harms_because", "Say why it would harm the child more, or why it would not"))
    return found


def _flaws_of_sharing(draft: Weighed, *, at: datetime) -> list[Flaw]:
    found = []
    if not draft.items:
        found.append(Flaw("entries", "Choose what is shared, or write a summary"))
    if not draft.facilitates:
        found.append(Flaw("outcome", "What does not help them is not shared: decide not to share"))
    if draft.harms:
        found.append(Flaw("outcome", "What would harm the child more is not shared: decide not to share, or share only"
                                     " the part that does no harm and answer for that part"))
    if not draft.gateway:
        found.append(Flaw("gateway", "Choose by which law it may be shared"))
    elif not all(serves(draft.gateway, kind) for kind in draft.recipients):
        found.append(Flaw("gateway", "This law does not reach everybody whom you chose: choose another, or decide for "
                                     "each of them by itself"))
    if draft.told is None:
        found.append(Flaw("told", "Say whether the child or the family was told"))
    elif draft.told is ToldOf.NOBODY and not draft.told_because.strip():
        found.append(Flaw("told_because", "Say why nobody was told"))
    if not draft.leak_harms.strip():
        found.append(Flaw("leak_harms", "Say who could be harmed if it went further, or that nobody could"))
    if draft.until is None or not at < draft.until <= at + LONGEST:
        found.append(Flaw("lasts", "Choose until when it is shared: a year at most"))
    return found


def narrow(recipients: tuple[AgencyKind, ...]) -> bool:
    """Tell whether somebody among them is to get only a message on which to act."""
    return any(kind in NEED_TO_ACT_ONLY for kind in recipients)

"""What a person may say of a link in a child's circle, and what may follow on what."""

from enum import StrEnum


class Judged(StrEnum):
    """Name how a link stands: a hypothesis until somebody says otherwise."""

    HYPOTHESIS = "hypothesis"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


STATE_WORDS: dict[Judged, str] = {
    Judged.HYPOTHESIS: "A hypothesis",
    Judged.CONFIRMED: "Confirmed",
    Judged.DISMISSED: "Dismissed",
}
SAY_WORDS: dict[Judged, str] = {
    Judged.CONFIRMED: "Confirm it: I know that the child has to do with this",
    Judged.DISMISSED: "Dismiss it: it is wrong, or says nothing",
    Judged.HYPOTHESIS: "Make it a hypothesis again",
}
STEPS: frozenset[tuple[Judged, Judged]] = frozenset(
    (before, after) for before in Judged for after in Judged if before is not after)
"""(before, after): whatever was said may be taken back, and what was said before stays on record."""


def may_say(before: Judged) -> tuple[Judged, ...]:
    """Give what may be said of a link that stands so."""
    return tuple(after for after in (Judged.CONFIRMED, Judged.DISMISSED, Judged.HYPOTHESIS) if (before, after) in STEPS)

"""What a person may say of a hypothesis about a place, and what may follow on what."""

from enum import StrEnum


class Judged(StrEnum):
    """Name how a hypothesis stands: nobody has said anything, or what was said last."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


STATE_WORDS: dict[Judged, str] = {
    Judged.OPEN: "Waits for a person",
    Judged.CONFIRMED: "Confirmed",
    Judged.DISMISSED: "Dismissed",
}
SAY_WORDS: dict[Judged, str] = {
    Judged.CONFIRMED: "Confirm it: something at this school needs people to act together",
    Judged.DISMISSED: "Dismiss it: there is another explanation, or nothing in it",
    Judged.OPEN: "Open it again",
}
STEPS: frozenset[tuple[Judged, Judged]] = frozenset({
    (Judged.OPEN, Judged.CONFIRMED),
    (Judged.OPEN, Judged.DISMISSED),
    (Judged.CONFIRMED, Judged.OPEN),
    (Judged.DISMISSED, Judged.OPEN),
})
"""(before, after): the database refuses every other step."""


def may_say(before: Judged) -> tuple[Judged, ...]:
    """Give what may be said of a hypothesis that stands so."""
    return tuple(after for after in Judged if (before, after) in STEPS)

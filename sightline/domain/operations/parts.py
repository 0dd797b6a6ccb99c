"""The parts that a child has in police operations, as entries tell them, and what was done for the child since."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.domain.custody.plan import Mode
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

ARREST = "police.arrest"
JOINED = "police.operation"
DECISION = "decision.made"
CAN_JOIN = (ARREST, "police.protection", "police.stop", "rail.contact")
"""Kinds of entry that an officer may say were part of an operation."""

SCREEN = "D-ARR-4-SCREEN"
REFERRAL = "care.referral"
POLICE_SOURCE = "6"
LONGEST = 60
"""Letters of a reference."""


@dataclass(frozen=True, slots=True)
class Way:
    """Hold one way in which a child is safeguarded: its code, its words, and the claim about an entry."""

    code: str
    words: str
    counts_when: str
    told: Callable[[Entry], str | None]


def _protected(entry: Entry) -> str | None:
    return entry.by if entry.kind == "police.protection" else None


def _placed(entry: Entry) -> str | None:
    if entry.kind not in ("care.placement", "care.looked-after"):
        return None
    return str(entry.facts.get("authority") or entry.by)


def _received(entry: Entry) -> str | None:
    """Give who received the child: at the end of the journey, where there is one."""
    if entry.kind == "police.release" and (entry.facts.get("mode") == Mode.ALONE or entry.facts.get("arrival_due")):
        return None
    return str(entry.facts.get("received_by") or "") or None if entry.kind in RECEIVING else None


RECEIVING = ("police.release", "police.arrival")

WAYS: tuple[Way, ...] = (
    Way("protected", "In police protection", "a police force took the child into police protection", _protected),
    Way("placed", "Placed by a council", "a council placed the child, or began to look after the child", _placed),
    Way("received", "Received by a named adult or agency",
        "an adult or agency that is named received the child after custody; of a child who travels alone, or who is "
        "still on the way, nobody has", _received),
)
"""What counts as safeguarded, in this order. A referral alone is none: it has a column of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one child's part in one operation.

    `arrested` is False of a child who was met or protected in it without an arrest. `screened_at` is when the victim
    screen was decided, `referred_at` when police referred the child; None where nothing tells it. `way` is the first
    way in which the child was safeguarded since, by whom and when; empty or None where nothing tells one. `by_hand`
    says that only an officer's own word makes it a part, not the record of the arrest.
    """

    reference: str
    entry: str
    arrested: bool
    at: datetime
    screened_at: datetime | None = None
    referred_at: datetime | None = None
    way: str = ""
    way_by: str = ""
    way_at: datetime | None = None
    by_hand: bool = False


def reference_of(text: str) -> str:
    """Give a reference as it is compared: capitals, single spaces, at most 60 letters."""
    return " ".join(text.upper().split())[:LONGEST].strip()


def parts_told(timeline: Timeline) -> tuple[Part, ...]:
    """Give the parts that a child has in operations, one an operation; an arrest counts before a meeting.

    A part lasts until the child's next arrest: what is done after that is done for that. Where two agencies tell of one
    arrest, it is the part of the one that told it first.
    """
    entries = tuple(sorted(timeline, key=lambda entry: (entry.starts, entry.known_from, entry.id)))
    found: dict[str, tuple[Entry, bool]] = {}
    for reference, entry, by_hand in _named(entries):
        held = found.get(reference)
        if held is None or (entry.kind == ARREST, not by_hand) > (held[0].kind == ARREST, not held[1]):
            found[reference] = (entry, by_hand)
    return tuple(_part(reference, entry, by_hand, entries) for reference, (entry, by_hand) in found.items())


def _named(entries: tuple[Entry, ...]) -> Iterable[tuple[str, Entry, bool]]:
    """Give each reference with the entry that had a part in the operation; of a word by hand, the entry it names."""
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        reference = reference_of(str(entry.facts.get("operation") or ""))
        by_hand = entry.kind == JOINED
        about = by_id.get(str(entry.facts.get("about") or "")) if by_hand else entry
        if reference and about is not None:
            yield reference, about, by_hand


def _part(reference: str, entry: Entry, by_hand: bool, entries: tuple[Entry, ...]) -> Part:
    since = [one for one in entries if one.starts >= entry.starts]
    end = min((one.starts for one in since if one.kind == ARREST and one.starts > entry.starts), default=None)
    since = [one for one in since if end is None or one.starts < end]
    safe = next(((way, by, one) for one in since for way in WAYS if (by := way.told(one))), None)
    return Part(
        reference, entry.id, entry.kind == ARREST, entry.starts,
        screened_at=_first(since, _is_screen), referred_at=_first(since, _is_referral),
        way=safe[0].code if safe else "", way_by=safe[1] if safe else "", way_at=safe[2].starts if safe else None,
        by_hand=by_hand)


def _first(entries: Iterable[Entry], holds: Callable[[Entry], bool]) -> datetime | None:
    return min((one.starts for one in entries if holds(one)), default=None)


def _is_screen(entry: Entry) -> bool:
    return entry.kind == DECISION and str(entry.facts.get("about") or "").partition(":")[0] == SCREEN


def _is_referral(entry: Entry) -> bool:
    """Tell whether police referred the child: a source that is told and is not the police is somebody else's."""
    return entry.kind == REFERRAL and str(entry.facts.get("source") or POLICE_SOURCE) == POLICE_SOURCE

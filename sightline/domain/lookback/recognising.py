"""Which entries show that somebody in an agency recognised that the child may need protection."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.domain.duties.catalogue.looking import LOOK_NEXT_WORKING_DAY, LOOK_NOW
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import Moment

RECOGNISED_BY = ("care.referral", "care.strategy-discussion", "care.enquiry", "care.conference", "police.protection",
                 "slavery.referral")
"""Our own list: acts by which an agency says that a child may be harmed. Help that was offered for another reason, a
case that was closed, or a notice that an alarm wrote by itself are none."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Hold one recognition: the entry, when it was, from when this system knew, by whom, and what it was in words."""

    entry: str
    at: Moment
    known_at: datetime
    by: str
    words: str


def recognitions(entries: Iterable[Entry], *, told_at: Mapping[str, datetime]) -> tuple[Recognition, ...]:
    """Give the recognitions among the entries that hold, in the order in which they happened.

    `told_at` says by id when each entry was first told.
    """
    return tuple(Recognition(e.id, e.at, told_at.get(e.id, e.known_from), e.by, words)
                 for e in sorted(entries, key=lambda e: (e.starts, e.id)) for words in _words(e))


def _words(entry: Entry) -> Iterator[str]:
    if entry.kind in RECOGNISED_BY:
        yield KINDS[entry.kind].title
    elif entry.kind == "decision.made":
        about = str(entry.facts.get("about") or "").strip().partition(":")[0]
        if about in BY_CODE or about in (LOOK_NOW, LOOK_NEXT_WORKING_DAY):
            yield f"{KINDS[entry.kind].title} about {about}"

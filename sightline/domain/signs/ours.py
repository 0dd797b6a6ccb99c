"""What waits in our own books for a child, given to the rules beside the timeline: no agency tells it, we know it.

A handover that nobody accepted, a doubt that nobody answered, a duty that nobody holds: each is about an entry of the
timeline, which is the reason of the sign that it may become. Where nothing is given, nothing is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

REFERRAL_DUTIES = ("D-REF-1",)
"""The duties that tell a council of a referral."""


class Waits(StrEnum):
    """Name what can wait."""

    HANDOVER = "handover"
    UNHELD = "duty nobody holds"
    QUESTION = "question"
    DOUBT = "doubt"
    DUTY = "duty"
    REFERRAL = "unread referral"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Hold one thing that waits, or waited until `ended_at`; `whom` says in words for whom, or what it is.

    `about` is the entry that it is about. Where no entry is named, it is the newest of these `kinds` at the time.
    `due_at` is when it should have ended, where the thing itself says so.
    """

    what: Waits
    since: datetime
    whom: str
    about: str = ""
    kinds: tuple[str, ...] = ()
    due_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ours:
    """Hold what waits for one child, in the order in which it began."""

    waiting: tuple[Waiting, ...] = ()

    def of(self, what: Waits, *, at: datetime) -> Iterator[Waiting]:
        """Give what of this had begun by the instant, as it stood then."""
        for one in self.waiting:
            if one.what is what and one.since <= at:
                still = one.ended_at is not None and one.ended_at > at
                yield replace(one, ended_at=None) if still else one


NOTHING_OURS = Ours()

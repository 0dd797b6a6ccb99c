"""How far a notice must have come by when, and what happens where it has not: the next channel, then the next person.

The numbers are our own choice, but for the hour within which a duty outside office hours must be received (rules.md
D-EDT-1). Real time runs by night too; working time runs only while the desk that was told is open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rota import Span, is_open

A_STEP = timedelta(minutes=15)
"""Working time is counted in steps so long: hours of desks begin and end at quarters."""
LONGEST = timedelta(days=21)


class Urgency(StrEnum):
    """Say how soon a notice must be seen."""

    NOW = "now"
    SOON = "soon"


class Reached(StrEnum):
    """Name the states of a notice in their order; `acted` means that what it is about was taken on or done."""

    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    ACTED = "acted"


@dataclass(frozen=True, slots=True)
class Within:
    """Hold how long a state may take, in real time or in the working time of the desk, and since what.

    `afresh`: a new channel starts this clock anew.
    """

    time: timedelta
    working: bool
    afresh: bool


CLOCKS: Mapping[Urgency, Mapping[Reached, Within]] = {
    Urgency.NOW: {
        Reached.SENT: Within(timedelta(minutes=5), working=False, afresh=True),
        Reached.DELIVERED: Within(timedelta(minutes=15), working=False, afresh=True),
        Reached.OPENED: Within(timedelta(minutes=30), working=False, afresh=True),
        Reached.ACKNOWLEDGED: Within(timedelta(hours=1), working=False, afresh=False),
        Reached.ACTED: Within(timedelta(hours=4), working=False, afresh=False),
    },
    Urgency.SOON: {
        Reached.SENT: Within(timedelta(hours=1), working=True, afresh=True),
        Reached.DELIVERED: Within(timedelta(hours=2), working=True, afresh=True),
        Reached.OPENED: Within(timedelta(hours=4), working=True, afresh=True),
        Reached.ACKNOWLEDGED: Within(timedelta(hours=16), working=True, afresh=False),
    },
}
"""A notice that can wait has no clock for acting: its duty has one of its own, and the steps at half and at the end."""

TELLS_OF_DELIVERY = frozenset({"text", "notify-email", "webhook"})
"""The channels that say whether a message arrived; an e-mail server only says that it took it."""

CHANNEL_WORDS: Mapping[str, str] = {
    "e-mail": "an e-mail over the mail server of SIGHTLINE_SMTP_URL",
    "text": "a text message over GOV.UK Notify", "notify-email": "an e-mail over GOV.UK Notify",
    "webhook": "a signed call to a web address",
}

URGENT_KEYS = frozenset({"safety", "transfer", "dispute", "release", "referral", "known", "night", "morning",
                         "passed-on"})
URGENT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how far a notice has come, since when its present channel is tried, and whether it asks for an act."""

    urgency: Urgency
    made_at: datetime
    channel: str
    channel_since: datetime
    reached: Collection[Reached]
    asks: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Say which state a notice has not reached, and by when it should have."""

    state: Reached
    by: datetime


def urgency_of(kind: str, *, made_at: datetime, act_by: datetime | None) -> Urgency:
    """Say how soon a notice must be seen: by what it is about, and by when its duty must be met.

    A duty that was late already when its notice was written comes from older records that were sent late.
    """
    due_soon = act_by is not None and timedelta() <= act_by - made_at <= URGENT_WITHIN
    return Urgency.NOW if kind in URGENT_KEYS or due_soon else Urgency.SOON


def waiting_for(standing: Standing, *, spans: Sequence[Span], nation: Nation) -> Waiting | None:
    """Give the state whose clock runs out first, or None where nothing is waited for any more.

    Whoever reached a later state has passed those before it. Real time counts by the hour, working time by the desk's
    hours.
    """
    clocks = [Waiting(state, _by(within, standing, spans=spans, nation=nation))
              for state, within in CLOCKS[standing.urgency].items() if _is_open(state, standing)]
    return min(clocks, key=lambda clock: clock.by, default=None)


def _is_open(state: Reached, standing: Standing) -> bool:
    order = list(Reached)
    passed = max((order.index(reached) for reached in standing.reached), default=-1)
    if state is Reached.ACTED and not standing.asks:
        return False
    if state is Reached.DELIVERED and standing.channel not in TELLS_OF_DELIVERY:
        return False
    return order.index(state) > passed


def _by(within: Within, standing: Standing, *, spans: Sequence[Span], nation: Nation) -> datetime:
    start = standing.channel_since if within.afresh else standing.made_at
    if not within.working:
        return start + within.time
    return working_after(start, within.time, spans=tuple(spans), nation=nation)


@lru_cache(maxsize=4096)
def working_after(start: datetime, time: timedelta, *, spans: tuple[Span, ...], nation: Nation) -> datetime:
    """Give the instant at which so much of a desk's open time has gone; a desk without hours is always open.

    A desk that opens too seldom is not waited for longer than three weeks.
    """
    if not spans:
        return start + time
    at, left = start.astimezone(UTC), time
    while left > timedelta() and at - start < LONGEST:
        if is_open(spans, at, nation=nation):
            left -= A_STEP
        at += A_STEP
    return at


def ways_of(
    chosen: Sequence[str], *, email: bool, phone: str, webhook: bool, served: Collection[str]
) -> tuple[str, ...]:
    """Give the channels by which somebody is told, in order; the inbox always holds the notice as well.

    `chosen` is the contact's own order. Without one: an e-mail, then a text message to a mobile where texts are
    `served`. What needs an address that is not there falls out.
    """
    has = {"e-mail": email, "notify-email": email, "text": bool(phone), "webhook": webhook}
    mobile = phone.replace(" ", "").startswith(("07", "+447"))
    usual = ["webhook", "e-mail", *(["text"] if "text" in served and mobile else [])]
    return tuple(way for way in chosen or usual if has.get(way)) or ("inbox",)


def way_after(ways: Sequence[str], way: str) -> str | None:
    """Give the channel after one, or None where it was the last."""
    after = ways[ways.index(way) + 1:] if way in ways else ()
    return after[0] if after else None

"""Figures of events: shares with intervals, times of which some have not ended, limits for comparing areas.

An event that has not happened yet is neither a success nor a failure: times are Kaplan and Meier's, in which it counts
for as long as it has been waited for. Shares have Wilson's interval. What points at a child is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from scipy import stats

from sightline.domain.signs.precision import wilson

FEWEST_SHOWN = 5
"""One to four children are not told to who has no part in them: the number would point at a child."""
ROUNDED_TO = 5
NEVER = timedelta(days=30)
"""What has not happened by then is said never to have happened."""
BY_CHANCE = (0.95, 0.998)


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event that is measured: when its clock began, when it was done, and whether it counts.

    `done` None: not yet. `counts` None: nobody told.
    """

    began: datetime
    done: datetime | None = None
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Hold how many of `n` events count, with Wilson's 95 % interval, and of how many more nobody told."""

    hits: int
    n: int
    low: float
    high: float
    untold: int

    @property
    def share(self) -> float | None:
        """Give the share, or None where there are no events."""
        return self.hits / self.n if self.n else None

    @property
    def complete(self) -> float | None:
        """Give of how many events it was told whether they count, as a share."""
        return self.n / (self.n + self.untold) if self.n + self.untold else None


@dataclass(frozen=True, slots=True)
class Times:
    """Hold how long events took, those not yet done among them; None where so many have not been done.

    `within` is the share done within the standard; `never` the share not done after 30 days.
    """

    n: int
    waiting: int
    median: timedelta | None
    ninety: timedelta | None
    within: Share | None
    never: float | None


def share(events: Sequence[Event]) -> Share:
    """Count the events that count, among those of which it was told."""
    told = [event.counts for event in events if event.counts is not None]
    low, high = wilson(sum(told), len(told)) if told else (0.0, 1.0)
    return Share(sum(told), len(told), low, high, len(events) - len(told))


def times(events: Sequence[Event], *, until: datetime, standard: timedelta | None = None) -> Times:
    """Estimate how long events take until they are done, as known at `until` (Kaplan and Meier 1958).

    Intervals are of 95 %, on the log-log scale. What was done before its clock began took no time.
    """
    waited = [max((event.done or until) - event.began, timedelta()).total_seconds() for event in events]
    done = [event.done is not None and event.done <= until for event in events]
    within = None if standard is None else _within(events, until, standard)
    if not any(done):
        never = 1.0 if max(waited, default=0.0) >= NEVER.total_seconds() else None
        return Times(len(events), len(events) - sum(done), None, None, within, never)
    survival = stats.ecdf(stats.CensoredData(
        uncensored=[time for time, is_done in zip(waited, done, strict=True) if is_done],
        right=[time for time, is_done in zip(waited, done, strict=True) if not is_done])).sf
    return Times(len(events), len(events) - sum(done), _left(survival, 0.5), _left(survival, 0.1),
                 within,
                 float(survival.evaluate(NEVER.total_seconds())))


def _left(survival: Any, part: float) -> timedelta | None:
    """Give the time by which no more than this part of the events is not done, or None where it stays more."""
    reached = survival.quantiles[survival.probabilities <= part + 1e-12]
    return timedelta(seconds=float(reached[0])) if len(reached) else None


def _within(events: Sequence[Event], until: datetime, standard: timedelta) -> Share:
    """Count what was done within the standard, among those whose time is up or that are done."""
    return share([Event(event.began, counts=event.done is not None and event.done - event.began <= standard)
                  for event in events if event.began + standard <= until or event.done is not None])


def funnel(overall: float, n: int) -> tuple[tuple[float, float], ...]:
    """Give between which shares an area of `n` events lies by chance, of 95 and of 99.8 in 100 (Spiegelhalter 2005).

    Areas between the limits do not differ; they are never ranked.
    """
    return tuple((float(low) / n, float(high) / n) for low, high in (
        stats.binom.interval(part, n, overall) for part in BY_CHANCE))


def ratio(hits: int, n: int, other_hits: int, other_n: int) -> tuple[float, float, float] | None:
    """Give how many times likelier the first are to count than the others, with its 95 % interval.

    None where either has no events, or the others never count: then there is no ratio.
    """
    if not n or not other_n or not other_hits or not hits:
        return None
    found = stats.contingency.relative_risk(hits, n, other_hits, other_n)
    interval = found.confidence_interval(0.95)
    return float(found.relative_risk), float(interval.low), float(interval.high)


def shown(number: int, *, outside: bool) -> int | None:
    """Give a count as somebody may see it: outside the partnership none of 1 to 4, and others rounded to five."""
    if not outside:
        return number
    return None if 0 < number < FEWEST_SHOWN else round(number / ROUNDED_TO) * ROUNDED_TO

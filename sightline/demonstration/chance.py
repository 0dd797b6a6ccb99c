"""Draws that the random module has not: how often, which day, what time of night."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CERTAIN_AT_MOST = 0.97
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """Hold values with growing weights, ready to be drawn from."""

    values: tuple[T, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[T, float]) -> "Weighted[T]":
        """Take each value with its weight."""
        return cls(tuple(weights), tuple(accumulate(weights.values())))

    def draw(self, rng: Random) -> T:
        """Draw one value; a third of the time that random.choices takes."""
        return self.values[bisect(self.cumulative, rng.random() * self.cumulative[-1])]


def times(mean: float, rng: Random) -> int:
    """Draw how often something happens that happens `mean` times on average (Poisson)."""
    if mean <= 0:
        return 0
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def once(share: float, rng: Random) -> bool:
    """Draw whether something happens whose chance is `share`, of 97 % at most."""
    return rng.random() < min(share, CERTAIN_AT_MOST)


def day_between(first: date, last: date, rng: Random) -> date:
    """Draw a day, both ends included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def moment(day: date, hour: float) -> datetime:
    """Give the instant of a local hour such as 21.75 on a day; 25.5 is half past one in the night that follows."""
    whole, minutes = divmod(round(hour * 60), 60)
    days, hours = divmod(whole, 24)
    return datetime.combine(day + timedelta(days=days), time(hours, minutes), LONDON)


def later(instant: datetime, hours: float) -> datetime:
    """Give the instant so many elapsed hours later, also over a change of the clocks, to the minute."""
    moved = instant.timestamp() + round(hours * 60) * 60
    return datetime.fromtimestamp(moved, LONDON)

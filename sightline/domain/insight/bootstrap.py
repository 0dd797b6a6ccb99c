"""Give limits to an estimate that chose its own model, by doing the choice again on many drawn tables.

Each drawn table has the observed number of children, drawn with the observed shares of histories; the whole method,
its choice included, is repeated on it. Limits are the bias-corrected and accelerated ones (Efron 1987), with the
acceleration from leaving out each child once. A method that is repeated takes many tables at once and gives a total
each; infinity where it has none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from sightline.domain.insight.tables import Numbers, Table

Method = Callable[[Numbers], Numbers]

# Rows of tables that a method gets at a time, to hold little in memory.
AT_A_TIME = 1000
LEVEL = 0.95
PARTS_FOR_NOISE = 10


@dataclass(frozen=True)
class Limits:
    """Hold limits from drawn tables; a limit is None where the records give none.

    `noise` is how far each limit moves from one run of so many replicates to another (one standard deviation, None
    where it cannot be told); `without` counts the drawn tables that had no finite answer, each taken as above all.
    """

    lower: float | None
    upper: float | None
    replicates: int
    seed: int
    noise: tuple[float | None, float | None]
    without: int


def limits(
    table: Table, method: Method, *, estimate: float, replicates: int, seed: int, level: float = LEVEL
) -> Limits:
    """Give limits of nominal coverage `level` to `estimate`, which `method` gave for the table."""
    totals = repeated(table, method, replicates=replicates, seed=seed)
    acceleration = accelerated(table, method)
    lower, upper = corrected(totals, estimate=estimate, acceleration=acceleration, level=level)
    return Limits(_told(lower), _told(upper), replicates, seed,
                  _noise(totals, estimate, acceleration, level), int(np.isinf(totals).sum()))


def repeated(table: Table, method: Method, *, replicates: int, seed: int) -> Numbers:
    """Give the method's total for each of `replicates` drawn tables."""
    chance = np.random.default_rng(seed)
    shares = table.counts / table.counts.sum()
    drawn = chance.multinomial(round(table.observed), shares, size=replicates).astype(float)
    return np.concatenate([method(drawn[at:at + AT_A_TIME]) for at in range(0, replicates, AT_A_TIME)])


def accelerated(table: Table, method: Method) -> float:
    """Give the acceleration: how lopsided the total moves when each child in turn is left out.

    Children of one history move it alike. 0 where leaving out a child leaves no finite answer.
    """
    seen = np.flatnonzero(table.counts > 0)
    without = np.repeat(table.counts[None], len(seen), axis=0)
    without[np.arange(len(seen)), seen] -= np.minimum(1.0, table.counts[seen])
    totals, weights = method(without), table.counts[seen]
    if not np.isfinite(totals).all():
        return 0.0
    moved = np.average(totals, weights=weights) - totals
    square = float(weights @ moved**2)
    return float(weights @ moved**3) / (6 * square**1.5) if square > 0 else 0.0


def corrected(totals: Numbers, *, estimate: float, acceleration: float, level: float = LEVEL) -> tuple[float, float]:
    """Give the two quantiles of the totals that lie at the corrected places; infinity where one has no finite total."""
    below = np.clip((totals < estimate).mean(), 0.5 / len(totals), 1 - 0.5 / len(totals))
    bias = float(ndtri(below))
    places = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        shifted = bias + float(ndtri(share))
        places.append(float(ndtr(bias + shifted / (1 - acceleration * shifted))))
    return quantile(totals, places[0]), quantile(totals, places[1])


def quantile(totals: Numbers, place: float) -> float:
    """Give a quantile between neighbours in a line; infinity as soon as one of the two is."""
    ordered = np.sort(totals)
    at = place * (len(ordered) - 1)
    low, high = ordered[int(np.floor(at))], ordered[int(np.ceil(at))]
    return float(low if low == high else low + (at - np.floor(at)) * (high - low))


def _noise(totals: Numbers, estimate: float, acceleration: float, level: float) -> tuple[float | None, float | None]:
    """Tell from tenths of the replicates how far the limits of all of them may be from those of endless many."""
    if len(totals) < 10 * PARTS_FOR_NOISE:
        return None, None
    parts = np.array([corrected(part, estimate=estimate, acceleration=acceleration, level=level)
                      for part in np.array_split(totals, PARTS_FOR_NOISE)])
    spread = [float(side.std(ddof=1) / np.sqrt(PARTS_FOR_NOISE)) if np.isfinite(side).all() else None
              for side in parts.T]
    return spread[0], spread[1]


def _told(limit: float) -> float | None:
    return limit if np.isfinite(limit) else None

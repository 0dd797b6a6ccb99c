"""Estimate how often comparisons come out as they do in pairs of each class: one child, relatives, strangers.

Nobody tells which pair is of which class. Expectation maximisation finds the classes' shares and probabilities under
which the levels that were seen are likeliest, given that comparisons are independent within a class (Dempster, Laird
and Rubin 1977; Winkler 1988 for two classes). They are not quite independent: two children of one naming tradition
share surname and first name oftener than chance. What the fit makes of it is measured in benchmarks/linkage.py.

Pairs that keys found are no fair sample of all pairs. Give them with count 1 and a sample of the other pairs with
counts that make up for all that were not drawn: then shares are per pair of any two records.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Patterns = NDArray[np.integer]
Barred = NDArray[np.bool_]
"""One row a pattern, one column a class: true where a pattern is known not to be of the class."""

NOT_TOLD = -1
UNTIL = 1e-9
MOST_ROUNDS = 1000
SMOOTHING = 1.0


class Untrained(Exception):
    """No pair shows one of the levels: give pairs that do, hold its probabilities, or leave the level out."""

    def __init__(self, levels: Sequence[tuple[str, str]]) -> None:
        """Name every level, with its comparison, that no pair shows."""
        super().__init__("no pair shows " + ", ".join(f"{comparison} {level}" for comparison, level in levels)
                         + ": give pairs that do, or state these probabilities as assumed")
        self.levels = tuple(levels)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what is compared, its levels with the most agreeing first, and where the estimate starts.

    `start` is one row a class and one column a level, each row summing to 1. `held` says of each class whether its row
    stays as it is (measured elsewhere, or assumed).
    """

    name: str
    levels: tuple[str, ...]
    start: Numbers
    held: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold the share of each class and, for each comparison by name, one row a class and one column a level."""

    shares: Numbers
    probabilities: dict[str, Numbers]
    log_likelihood: float
    rounds: int
    settled: bool


def estimate(
    patterns: Patterns, counts: Numbers, *, comparisons: Sequence[Comparison], shares: Numbers,
    smoothing: float | Numbers = SMOOTHING, until: float = UNTIL, most_rounds: int = MOST_ROUNDS,
    barred: Barred | None = None,
) -> Estimate:
    """Estimate shares and probabilities of latent classes from patterns of levels.

    `patterns` has one row a pattern and one column a comparison: the level's place, or -1 where both did not tell.
    `counts` says how many pairs show each. `shares` is where the classes' shares start. `smoothing` pairs (one
    number, or one a class), spread as the start is, are added to each class, so that nothing becomes impossible.
    `barred` says which patterns are not of which class. Stops when a round changes the log-likelihood by less than
    `until` of itself; `settled` is False if `most_rounds` were not enough. Raises Untrained for levels that no pair
    shows, ValueError for a malformed start.
    """
    _require_start(patterns, comparisons, shares)
    _require_trained(patterns, counts, comparisons)
    current, rows = shares / shares.sum(), [comparison.start for comparison in comparisons]
    added = np.broadcast_to(np.asarray(smoothing, dtype=float), shares.shape)
    before, after, rounds, settled = -np.inf, -np.inf, 0, False
    while not settled and rounds < most_rounds:
        belonging, likelihood = _belonging(patterns, current, rows, barred)
        after = float(likelihood @ counts)
        settled = abs(after - before) <= until * abs(after)
        if not settled:
            weighed = belonging * counts[:, None]
            current = weighed.sum(axis=0) / weighed.sum()
            rows = [_reestimated(patterns[:, place], weighed, comparison, added)
                    for place, comparison in enumerate(comparisons)]
            before, rounds = after, rounds + 1
    named = {comparison.name: row for comparison, row in zip(comparisons, rows, strict=True)}
    return Estimate(current, named, after, rounds, settled)


def belonging(
    patterns: Patterns, *, comparisons: Sequence[Comparison], shares: Numbers, probabilities: dict[str, Numbers]
) -> Numbers:
    """Give the chance of each class for each pattern: one row a pattern, one column a class."""
    return _belonging(patterns, shares, [probabilities[comparison.name] for comparison in comparisons])[0]


def monotone(same: Numbers, relative: Numbers, stranger: Numbers) -> tuple[Numbers, Numbers]:
    """Give the nearest probabilities of `relative` and `stranger` under which more disagreement never raises a weight.

    Levels run from the most to the least agreeing. Afterwards same/relative and same/stranger never rise along them.
    Adjacent levels that violate it are pooled: they get one ratio, that of their sums, so both still sum to 1 (the
    likeliest probabilities under the constraint, given `same`). All values must be above 0.
    """
    if min(same.min(), relative.min(), stranger.min()) <= 0:
        raise ValueError("a level of probability 0 has no weight")
    return same / _falling(same, relative), same / _falling(same, stranger)


def _falling(above: Numbers, below: Numbers) -> Numbers:
    """Give above/below with adjacent violators pooled, so that it never rises."""
    pools: list[tuple[float, float, int]] = []
    for top, bottom in zip(above.tolist(), below.tolist(), strict=True):
        pool = (top, bottom, 1)
        while pools and pools[-1][0] * pool[1] <= pool[0] * pools[-1][1]:
            last = pools.pop()
            pool = (last[0] + pool[0], last[1] + pool[1], last[2] + pool[2])
        pools.append(pool)
    return np.repeat([top / bottom for top, bottom, _ in pools], [length for *_, length in pools])


def _belonging(
    patterns: Patterns, shares: Numbers, rows: Sequence[Numbers], barred: Barred | None = None
) -> tuple[Numbers, Numbers]:
    """Give the chance of each class for each pattern, and each pattern's log-likelihood."""
    with np.errstate(divide="ignore"):
        logs = np.tile(np.log(shares), (len(patterns), 1))
        for place, row in enumerate(rows):
            # A column of zeros after the last level stands for "not told": place -1 finds it.
            padded = np.vstack([np.log(row).T, np.zeros(len(shares))])
            logs += padded[patterns[:, place]]
    if barred is not None:
        logs[barred] = -np.inf
    highest = logs.max(axis=1, keepdims=True)
    parts = np.exp(logs - highest)
    totals = parts.sum(axis=1, keepdims=True)
    return parts / totals, (highest + np.log(totals))[:, 0]


def _reestimated(seen: Patterns, weighed: Numbers, comparison: Comparison, smoothing: Numbers) -> Numbers:
    told = seen >= 0
    found = comparison.start * smoothing[:, None]
    for place, held in enumerate(comparison.held):
        if held:
            found[place] = comparison.start[place]
        else:
            found[place] += np.bincount(seen[told], weights=weighed[told, place], minlength=len(comparison.levels))
    totals: Numbers = found.sum(axis=1, keepdims=True)
    return found / totals


def _require_start(patterns: Patterns, comparisons: Sequence[Comparison], shares: Numbers) -> None:
    if patterns.shape[1] != len(comparisons):
        raise ValueError(f"{patterns.shape[1]} columns of patterns for {len(comparisons)} comparisons")
    for comparison in comparisons:
        shape = (len(shares), len(comparison.levels))
        if comparison.start.shape != shape or len(comparison.held) != len(shares):
            raise ValueError(f"{comparison.name} must start with {shape[0]} classes of {shape[1]} levels")
        if comparison.start.min() <= 0 or not np.allclose(comparison.start.sum(axis=1), 1):
            raise ValueError(f"{comparison.name} must start with probabilities above 0 that sum to 1")


def _require_trained(patterns: Patterns, counts: Numbers, comparisons: Sequence[Comparison]) -> None:
    missing = []
    for place, comparison in enumerate(comparisons):
        seen = np.unique(patterns[counts > 0, place])
        if not seen.size or seen.min() < NOT_TOLD or seen.max() >= len(comparison.levels):
            raise ValueError(f"{comparison.name} has {len(comparison.levels)} levels and the patterns show others")
        if not all(comparison.held):
            missing += [(comparison.name, level) for at, level in enumerate(comparison.levels) if at not in seen]
    if missing:
        raise Untrained(missing)

"""Average over decomposable graphs of lists: the Bayesian cross-check (Madigan and York 1997).

A graph joins lists that depend on each other; it is decomposable if it has no ring of four or more without a chord, so
that lists can be taken off it one by one, each joined to all its neighbours that are left, which are all joined to each
other. The chance of a table is then a product: each list with its neighbours, over its neighbours alone. Each history's
chance has a Dirichlet prior of `delta` prior children, and the number of children has the prior 1/N. The answer hangs
on delta, above all in sparse tables: one prior child in all (2 ** -lists a history) is used; more hide everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from scipy.special import gammaln, logsumexp

from sightline.domain.insight.tables import Numbers, Table

MOST_LISTS = 6
# How many times the known children the unknown may be at most, and how many numbers of them are tried.
MOST_TIMES = 30
PLACES = 1000
AT_A_TIME = 500
LIMITS = (0.025, 0.5, 0.975)

# Lists taken off with their neighbours, and these neighbours alone; each set of lists numbered like a history.
Graph = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Averaged:
    """Hold the median and the 95 % limits of the number of children, the prior, and how many graphs were averaged."""

    median: float
    lower: float
    upper: float
    delta: float
    graphs: int


def average(table: Table, *, delta: float | None = None, unseen: Numbers | None = None) -> Averaged:
    """Average over the decomposable graphs of three to six lists, each as likely as any other beforehand.

    `unseen` are the numbers of unknown children to try, evenly spaced: up to 30 times the known where not given.
    """
    prior = 2.0 ** -len(table.lists) if delta is None else delta
    places = np.linspace(1, MOST_TIMES * table.observed, PLACES) if unseen is None else unseen
    sets, graphs = _sets(table, places, prior), graphs_of(len(table.lists))
    logs = np.full(len(places), -np.inf)
    for at in range(0, len(graphs), AT_A_TIME):
        part = graphs[at:at + AT_A_TIME]
        with_, without = (np.array([graph[side] for graph in part]) for side in (0, 1))
        logs = np.logaddexp(logs, logsumexp(sets[with_].sum(axis=1) - sets[without].sum(axis=1), axis=0))
    total = table.observed + places
    logs += gammaln(total + 1) - gammaln(places + 1) - np.log(total)
    reached = np.cumsum(np.exp(logs - logsumexp(logs)))
    lower, median, upper = (float(total[min(int(np.searchsorted(reached, share)), len(total) - 1)]) for share in LIMITS)
    return Averaged(median, lower, upper, prior, len(graphs))


@cache
def graphs_of(lists: int) -> tuple[Graph, ...]:
    """List the decomposable graphs of so many lists, the one that joins all included, as published."""
    pairs = list(combinations(range(lists), 2))
    found = []
    for number in range(2 ** len(pairs)):
        joined = [0] * lists
        for place, (one, other) in enumerate(pairs):
            if number >> place & 1:
                joined[one] |= 1 << other
                joined[other] |= 1 << one
        if graph := _taken_apart(joined):
            found.append(graph)
    return tuple(found)


def _taken_apart(joined: Sequence[int]) -> Graph | None:
    """Take off list after list whose neighbours are all joined to each other; None if some ring is left."""
    left, with_, without = set(range(len(joined))), list[int](), list[int]()
    remaining = (1 << len(joined)) - 1
    while left:
        for one in left:
            near = joined[one] & remaining
            if all(near & ~(joined[other] | 1 << other) == 0 for other in left if near >> other & 1):
                break
        else:
            return None
        with_.append(near | 1 << one)
        without.append(near)
        left.remove(one)
        remaining &= ~(1 << one)
    return tuple(with_), tuple(without)


def _sets(table: Table, places: Numbers, delta: float) -> Numbers:
    """Give the logarithm of the chance of each set of lists (row) for each number of unknown children (column)."""
    lists = len(table.lists)
    counts = np.append(0.0, table.counts)
    histories = np.arange(2**lists)
    rows = []
    for chosen in range(2**lists):
        lists_in = [place for place in range(lists) if chosen >> place & 1]
        cell = sum(((histories >> place & 1) << at for at, place in enumerate(lists_in)), np.zeros_like(histories))
        seen = np.bincount(cell, weights=counts, minlength=2 ** len(lists_in))
        prior = delta * 2.0 ** (lists - len(lists_in))
        rest = (gammaln(seen[1:] + prior) - gammaln(prior)).sum() - gammaln(prior) + gammaln(delta * 2**lists)
        rows.append(gammaln(seen[0] + places + prior) + rest
                    - gammaln(table.observed + places + delta * 2**lists))
    return np.array(rows)

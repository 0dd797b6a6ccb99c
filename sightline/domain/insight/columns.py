"""Columns of log-linear models: what each history says of each term, and which terms a table can say anything about.

A term is a set of lists, numbered like a history: its column is 1 where a child's history holds all lists of the set.
Term 0 is the intercept, whose exponential is the number expected on no list.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sightline.domain.insight.tables import Numbers, lists_of

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """Hold one row a history and one column a term, beside further columns that no set of lists makes.

    `terms` number the sets of lists; a further column has the number -1. The first is always the intercept and the
    next are the lists themselves, which every model holds.
    """

    lists: int
    terms: tuple[int, ...]
    values: Numbers

    @cached_property
    def products(self) -> Numbers:
        """Multiply every two columns: with it, normal equations of any number of tables are one matrix product."""
        rows, width = self.values.shape
        return (self.values[:, :, None] * self.values[:, None, :]).reshape(rows, width * width)

    @cached_property
    def under(self) -> Truths:
        """Say for each history (row) and term (column) whether the history holds all lists of the term."""
        found = (self.values > 0).copy()
        found[:, [place for place, term in enumerate(self.terms) if term < 0]] = False
        return found

    @cached_property
    def optional(self) -> tuple[int, ...]:
        """List the places of terms that a model may have or leave out: all but intercept and single lists."""
        return tuple(range(self.lists + 1, len(self.terms)))

    @cached_property
    def always(self) -> Truths:
        """Mark the terms that every model holds."""
        return np.arange(len(self.terms)) <= self.lists

    def with_terms(self, places: tuple[int, ...]) -> Truths:
        """Mark the terms of the model that holds these besides what every model holds."""
        used = self.always.copy()
        used[list(places)] = True
        return used


def columns_of(lists: int, *, order: int = 2, further: Numbers | None = None) -> Columns:
    """Give the columns of all terms of up to `order` lists, and after them `further` (one row a history)."""
    terms = [sum(1 << one for one in some) for size in range(order + 1) for some in combinations(range(lists), size)]
    histories = np.arange(1, 2**lists)
    values = ((histories[:, None] & np.array(terms)[None, :]) == np.array(terms)[None, :]).astype(float)
    if further is not None:
        values = np.hstack([values, further])
        terms += [-1] * further.shape[1]
    return Columns(lists, tuple(terms), values)


def appearances(lists: int) -> Numbers:
    """Count the lists of each history."""
    return np.asarray(lists_of(np.arange(1, 2**lists), lists).sum(axis=1), dtype=float)


def named(term: int, names: tuple[str, ...]) -> str:
    """Name a term by its lists, such as `LA:NG`."""
    return ":".join(name for place, name in enumerate(names) if term >> place & 1)


def reduced(columns: Columns, counts: Numbers, used: Truths) -> tuple[Truths, Truths]:
    """Take out the terms of which no child tells anything: which histories stay, and which terms stay to be fitted.

    A term whose lists share no child has minus infinity for its likeliest value, and no child is expected in any
    history that holds all its lists. `counts` has one row a table, `used` one row a model; one of them may have one
    row for all. Gives (rows x histories, rows x terms).
    """
    shared = counts @ columns.under
    gone = used & (shared == 0)
    gone[:, : columns.lists + 1] = False
    gone[:, [place for place, term in enumerate(columns.terms) if term < 0]] = False
    kept = ~((gone.astype(float) @ columns.under.T.astype(float)) > 0)
    return kept, used & ~gone

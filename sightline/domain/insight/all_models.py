"""Choose among all hierarchical models by BIC: the second reference method (Silverman, Chan and Vincent 2024).

A model is hierarchical if with a set of lists it holds every smaller set of these. BIC is minus twice the
log-likelihood plus the number of terms (those of minus infinity too) times the logarithm of the number of children. A
bootstrap that repeats the choice over all models is only feasible over the best few of the observed table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sightline.domain.insight.columns import Columns, Truths
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.loglinear import Fits, fit
from sightline.domain.insight.tables import Numbers, Table

MOST_MODELS = 40_000
AT_A_TIME = 20_000


class TooManyModels(Exception):
    """There are more hierarchical models of so many lists than can be fitted."""


@dataclass(frozen=True)
class Ranked:
    """Hold the models that have one finite answer, the best first, and how many were tried."""

    terms: Truths
    fits: Fits
    bic: Numbers
    total: Numbers
    tried: int


def hierarchical(columns: Columns, *, most: int = MOST_MODELS) -> Truths:
    """List every hierarchical model of the columns' terms, one row a model. Raises TooManyModels."""
    chosen = [columns.always]
    for place in columns.optional:
        term = columns.terms[place]
        needed = [columns.terms.index(part) for part in _parts(term) if part in columns.terms]
        chosen += [_with(model, place) for model in chosen if model[needed].all()]
        if len(chosen) > most:
            raise TooManyModels
    return np.array(chosen)


def rank(table: Table, *, existence: Existence, models: Truths) -> Ranked:
    """Fit every model to the table and order those that have one finite answer by BIC, the best first."""
    fits = fit(table.counts[None], columns=existence.columns, used=models)
    found = existence.admitted(table.counts[None], fits)
    bic = information(fits, models, table.observed)
    order = np.flatnonzero(found)[np.argsort(bic[found], kind="stable")]
    kept = fits.of(order)
    return Ranked(models[order], kept, bic[order], table.observed + kept.unseen, len(models))


def information(fits: Fits, models: Truths, children: float | Numbers) -> Numbers:
    """Give BIC: less is better."""
    return np.asarray(-2 * fits.log_likelihood + models.sum(axis=1) * np.log(children))


def best_total(counts: Numbers, *, existence: Existence, models: Truths) -> Numbers:
    """Give the total of the best of these models for each table; infinity where none has a finite answer.

    The best by BIC that has an answer: those that are better without one are passed over.
    """
    tables, many = len(counts), len(models)
    per = max(1, AT_A_TIME // many)
    found = [_best_total(counts[at:at + per], existence, models) for at in range(0, tables, per)]
    return np.concatenate(found)


def _best_total(counts: Numbers, existence: Existence, models: Truths) -> Numbers:
    tables, many = len(counts), len(models)
    each = np.repeat(counts, many, axis=0)
    fits = fit(each, columns=existence.columns, used=np.tile(models, (tables, 1)))
    bic = information(fits, np.tile(models, (tables, 1)), each.sum(axis=1)).reshape(tables, many)
    total = (each.sum(axis=1) + fits.unseen).reshape(tables, many)
    answer, order = np.full(tables, np.inf), np.argsort(bic, axis=1, kind="stable")
    going = np.arange(tables)
    for turn in range(many):
        rows = going * many + order[going, turn]
        admitted = existence.admitted(each[rows], fits.of(rows))
        done = going[admitted]
        answer[done] = total[done, order[done, turn]]
        going = going[~admitted]
        if not going.size:
            break
    return answer


def _parts(term: int) -> Iterator[int]:
    """Give the sets of one list fewer."""
    lists = [1 << place for place in range(term.bit_length()) if term >> place & 1]
    yield from (sum(some) for some in combinations(lists, len(lists) - 1))


def _with(model: Truths, place: int) -> Truths:
    larger = model.copy()
    larger[place] = True
    return larger

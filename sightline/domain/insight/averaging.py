"""Average over all models of the families by how well they hold: what the range is made of.

Each model that has one finite answer weighs by its prior and by how likely it made the table (laplace.py). Under each
model the logarithm of the unknown number is normal. Limits are quantiles of the mixture; nothing is drawn by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr

from sightline.domain.insight.columns import Truths
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.families import ALL_PAIRS_UNTIL, Family
from sightline.domain.insight.laplace import posterior
from sightline.domain.insight.stepwise import least_likely
from sightline.domain.insight.tables import Numbers, Table

LIMITS = (0.025, 0.5, 0.975)
# A search over sets of pairs follows so many of the best of each size, and adds the likeliest missing pairs to each.
FOLLOWED = {6: 60, 7: 40}
FOLLOWED_OF_MORE = 15
PAIRS_TRIED = 6
# Models of less than this share of the best one's weight move no limit.
OF_NO_WEIGHT = 1e-9


@dataclass(frozen=True)
class Averaged:
    """Hold the quantiles of the number of children and, best first, the models with weights and their own answers.

    `shaped` is the share of weight on models under which some children are seen more than others; `failed` counts the
    models of `tried` that have no finite answer.
    """

    lower: float
    median: float
    upper: float
    models: Truths
    kinds: NDArray[np.int64]
    weights: Numbers
    totals: Numbers
    spreads: Numbers
    shaped: float
    tried: int
    failed: int


class NoModelHolds(Exception):
    """No model of the family has one finite answer for the table."""


@dataclass(frozen=True)
class Candidates:
    """Hold models, which of them have one finite answer, the logarithms of their weights, and what each says.

    `kinds` numbers the combination of two kinds of children that a model supposes, -1 where it supposes none. `middle`
    and `spread` are of the logarithm of the number on no list; `fitted` is what the model expects of each history.
    """

    models: Truths
    admitted: Truths
    kinds: NDArray[np.int64]
    logs: Numbers
    middle: Numbers
    spread: Numbers
    fitted: Numbers


def average(table: Table, *, family: Family, existence: Existence) -> Averaged:
    """Average over the family's models. `existence` must be of the family's columns. Raises NoModelHolds.

    The model of the lists alone must have a finite answer for the table.
    """
    found = candidates(table, family=family, existence=existence)
    if not found.admitted.any():
        raise NoModelHolds
    weights = np.exp(found.logs - logsumexp(found.logs))
    order = np.argsort(-weights, kind="stable")[:int((weights > OF_NO_WEIGHT * weights.max()).sum())]
    middle = found.middle[order]
    # The children whom nobody knows are themselves a number drawn about what is expected.
    spread = np.sqrt(found.spread[order] ** 2 + np.exp(-np.maximum(middle, 0.0)))
    lower, median, upper = (table.observed + float(np.exp(quantile(middle, spread, weights[order], share)))
                            for share in LIMITS)
    shaped = found.models[:, family.shape_places].any(axis=1) | (found.kinds >= 0)
    return Averaged(lower, median, upper, found.models[order], found.kinds[order], weights[order],
                    table.observed + np.exp(middle), spread, float(weights[shaped].sum()),
                    len(weights), int((~found.admitted).sum()))


def quantile(middle: Numbers, spread: Numbers, weights: Numbers, share: float) -> float:
    """Give the quantile of a mixture of normal distributions, by halving."""
    low, high = float((middle - 9 * spread).min()), float((middle + 9 * spread).max())
    for _ in range(80):
        half = (low + high) / 2
        if weights @ ndtr((half - middle) / spread) < share * weights.sum():
            low = half
        else:
            high = half
    return (low + high) / 2


def candidates(table: Table, *, family: Family, existence: Existence) -> Candidates:
    """Weigh all models of the family, or those that a search finds where they are too many."""
    models = np.vstack([family.with_pairs(), family.with_shapes()])
    of_kinds = np.repeat(family.columns.always[None], len(family.kinds), axis=0)
    parts = [_weighed(table, family, existence, models), _weighed(table, family, existence, of_kinds, kinds=True)]
    if family.lists > ALL_PAIRS_UNTIL:
        parts += _searched(table, family, existence, parts[0])
    return _joined(parts)


def _weighed(
    table: Table, family: Family, existence: Existence, models: Truths, *, kinds: bool = False
) -> Candidates:
    """Weigh models of pairs and shapes, or those of two kinds of children; none that has no one finite answer."""
    counts, columns = table.counts[None], family.columns
    offset = family.kinds if kinds else None
    admitted = existence.admitted_models(counts, models)
    found = posterior(counts, columns=columns, used=models, widths=family.widths, offset=offset)
    prior = family.log_prior_of_kinds() if kinds else family.log_prior(models)
    numbers = np.arange(len(models)) if kinds else np.full(len(models), -1)
    return Candidates(models, admitted, numbers, np.where(admitted, found.evidence + prior, -np.inf),
                      found.middle, found.spread, found.fitted)


def _joined(parts: Sequence[Candidates]) -> Candidates:
    return Candidates(*(np.concatenate([getattr(part, name) for part in parts])
                        for name in Candidates.__dataclass_fields__))


def _searched(table: Table, family: Family, existence: Existence, start: Candidates) -> list[Candidates]:
    """Add pairs to the best sets of pairs, size by size, and give all that was tried."""
    parts, followed = [], (start.models[:1], start.fitted[:1])
    for _ in family.pairs:
        larger = _larger(table.counts[None], family, *followed)
        if not len(larger):
            break
        tried = _weighed(table, family, existence, larger)
        parts.append(tried)
        best = np.argsort(-tried.logs)[:FOLLOWED.get(family.lists, FOLLOWED_OF_MORE)]
        best = best[np.isfinite(tried.logs[best])]
        followed = tried.models[best], tried.fitted[best]
    return parts


def _larger(counts: Numbers, family: Family, models: Truths, fitted: Numbers) -> Truths:
    """Add to each model the pairs whose overlap is least likely under it; each model once."""
    if not len(models):
        return models
    pairs = np.array(family.pairs)
    shared = counts @ family.columns.values[:, pairs]
    expected = fitted @ family.columns.values[:, pairs]
    likely = least_likely(shared, expected)
    likely[models[:, pairs]] = np.inf
    found = []
    for row, model in enumerate(models):
        for place in np.argsort(likely[row])[:PAIRS_TRIED]:
            if np.isfinite(likely[row, place]):
                larger = model.copy()
                larger[pairs[place]] = True
                found.append(larger)
    return np.unique(np.array(found), axis=0) if found else models[:0]

"""Average over all models of the families by how well they hold: what the range is made of.

Each model that has one finite answer weighs by its prior and by its likelihood, less half the logarithm of the number
of shared children for each of its terms (BIC, with the children on two lists or more as the size of the sample: only
these tell anything of how lists hang together). Under each model the logarithm of the unknown number is normal about
its fit. The limits are quantiles of the mixture; nothing is drawn by chance.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm, poisson

from sightline.domain.insight.columns import Truths
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.families import ALL_PAIRS_UNTIL, Family
from sightline.domain.insight.loglinear import Fits, fit
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
    weights: Numbers
    totals: Numbers
    spreads: Numbers
    shaped: float
    tried: int
    failed: int


class NoModelHolds(Exception):
    """No model of the family has one finite answer for the table."""


def average(table: Table, *, family: Family, existence: Existence) -> Averaged:
    """Average over the family's models. `existence` must be of the family's columns. Raises NoModelHolds."""
    counts = table.counts[None]
    models, fits, admitted = _fitted(counts, family, existence)
    logs = np.where(admitted, _log_weights(table, family, models, fits), -np.inf)
    if not admitted.any():
        raise NoModelHolds
    weights = np.exp(logs - logsumexp(logs))
    order = np.argsort(-weights, kind="stable")[:int((weights > OF_NO_WEIGHT * weights.max()).sum())]
    middle = fits.coefficients[order, 0]
    # The children whom nobody knows are themselves a number drawn about what is expected.
    spread = np.sqrt(fits.spread[order] ** 2 + np.exp(-np.maximum(middle, 0.0)))
    lower, median, upper = (table.observed + np.exp(quantile(middle, spread, weights[order], share))
                            for share in LIMITS)
    shaped = float(weights[models[:, family.shape_places].any(axis=1)].sum())
    return Averaged(lower, median, upper, models[order], weights[order], table.observed + fits.unseen[order],
                    spread, shaped, len(models), int((~admitted).sum()))


def quantile(middle: Numbers, spread: Numbers, weights: Numbers, share: float) -> float:
    """Give the quantile of a mixture of normal distributions, by halving."""
    low, high = float((middle - 9 * spread).min()), float((middle + 9 * spread).max())
    for _ in range(80):
        half = (low + high) / 2
        if weights @ norm.cdf((half - middle) / spread) < share * weights.sum():
            low = half
        else:
            high = half
    return (low + high) / 2


def _log_weights(table: Table, family: Family, models: Truths, fits: Fits) -> Numbers:
    penalty = 0.5 * np.log(max(table.shared, 1.0)) * models.sum(axis=1)
    return np.asarray(fits.log_likelihood - penalty + family.log_prior(models))


def _fitted(counts: Numbers, family: Family, existence: Existence) -> tuple[Truths, Fits, Truths]:
    """Fit the family's models, those found by a search included, and say which have one finite answer."""
    models = np.vstack([family.with_pairs(), family.with_shapes()])
    fits = fit(counts, columns=family.columns, used=models)
    admitted = existence.admitted(counts, fits)
    if family.lists <= ALL_PAIRS_UNTIL:
        return models, fits, admitted
    table = Table(tuple("?" * family.lists), counts[0])
    return _searched(table, family, existence, (models, fits, admitted))


def _searched(
    table: Table, family: Family, existence: Existence, start: tuple[Truths, Fits, Truths]
) -> tuple[Truths, Fits, Truths]:
    """Add pairs to the best sets of pairs, size by size, and keep all that was tried."""
    counts, parts = table.counts[None], [start]
    followed = start[0][:1], start[1].of(np.arange(len(start[0])) < 1)
    for _ in family.pairs:
        larger = _larger(counts, family, *followed)
        if not len(larger):
            break
        fits = fit(counts, columns=family.columns, used=larger)
        admitted = existence.admitted(counts, fits)
        parts.append((larger, fits, admitted))
        logs = np.where(admitted, _log_weights(table, family, larger, fits), -np.inf)
        best = np.argsort(-logs)[:FOLLOWED.get(family.lists, FOLLOWED_OF_MORE)]
        best = best[np.isfinite(logs[best])]
        followed = larger[best], fits.of(best)
    models, admitted = (np.concatenate([part[at] for part in parts]) for at in (0, 2))
    joined = Fits(*(np.concatenate([getattr(part[1], name) for part in parts]) for name in Fits.__dataclass_fields__))
    return models, joined, admitted


def _larger(counts: Numbers, family: Family, models: Truths, fits: Fits) -> Truths:
    """Add to each model the pairs whose overlap is least likely under it; each model once."""
    if not len(models):
        return models
    pairs = np.array(family.pairs)
    shared = counts @ family.columns.values[:, pairs]
    expected = fits.fitted @ family.columns.values[:, pairs]
    likely = np.minimum(poisson.cdf(shared, expected), poisson.sf(shared - 1, expected))
    likely[models[:, pairs]] = np.inf
    found = []
    for row, model in enumerate(models):
        for place in np.argsort(likely[row])[:PAIRS_TRIED]:
            if np.isfinite(likely[row, place]):
                larger = model.copy()
                larger[pairs[place]] = True
                found.append(larger)
    return np.unique(np.array(found), axis=0) if found else models[:0]

"""Choose pairs of lists one by one, as published: the reference method (Chan, Silverman and Vincent 2021).

Start with the lists alone. For each pair that is not yet in the model, compare how many children the two lists share
with how many the model expects: the chance of so few, or of so many, if the expectation holds (Poisson, one-sided). The
pair of the lowest chance enters if that is below the threshold and the larger model has one finite answer; else the
next. Ends when none enters. Many tables go side by side, so that a bootstrap can repeat the choice.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import pdtr, pdtrc

from sightline.domain.insight.columns import Columns, Truths
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.loglinear import Fits, fit
from sightline.domain.insight.tables import Numbers

THRESHOLD = 0.02


@dataclass(frozen=True)
class Chosen:
    """Hold for each table the terms that were chosen (those of minus infinity included), the fit and its total.

    `total` is infinite where not even the model of the lists alone has a finite answer. `failed` counts the pairs that
    would have entered but for having no finite answer.
    """

    terms: Truths
    fits: Fits
    total: Numbers
    failed: Numbers


def choose(counts: Numbers, *, existence: Existence, threshold: float = THRESHOLD) -> Chosen:
    """Choose pairs for each table (row of `counts`) and give the models that came of it."""
    columns = existence.columns
    terms = np.broadcast_to(columns.always, (len(counts), len(columns.terms))).copy()
    fits = fit(counts, columns=columns, used=terms[:1])
    finite = existence.admitted(counts, fits)
    refused, failed = np.zeros_like(terms), np.zeros(len(counts))
    going = finite.copy()
    while going.any():
        entering, lowest = _next(counts[going], fits.of(going), terms[going] | refused[going], columns)
        going[np.flatnonzero(going)[lowest >= threshold]] = False
        entering = entering[lowest < threshold]
        if not entering.size:
            break
        larger = terms[going]
        larger[np.arange(len(entering)), entering] = True
        tried = fit(counts[going], columns=columns, used=larger)
        admitted = existence.admitted(counts[going], tried)
        rows = np.flatnonzero(going)
        refused[rows[~admitted], entering[~admitted]] = True
        failed[rows[~admitted]] += 1
        entered = np.zeros(len(counts), dtype=bool)
        entered[rows[admitted]] = True
        terms[entered], refused[entered] = larger[admitted], False
        fits = fits.replaced(entered, tried.of(admitted))
    total = np.where(finite, counts.sum(axis=1) + fits.unseen, np.inf)
    return Chosen(terms, fits, total, failed)


def least_likely(shared: Numbers, expected: Numbers) -> Numbers:
    """Give the chance of so few, or of so many, whichever is less, when so many are expected (Poisson)."""
    whole = np.floor(shared)
    more = np.where(whole >= 1, pdtrc(np.maximum(whole - 1, 0), expected), 1.0)
    return np.asarray(np.minimum(pdtr(whole, expected), more))


def _next(counts: Numbers, fits: Fits, not_these: Truths, columns: Columns) -> tuple[np.ndarray, Numbers]:
    """Give the pair whose overlap is least likely under the fit, and how likely it is."""
    pairs = np.array(columns.optional)
    shared = counts @ columns.values[:, pairs]
    expected = fits.fitted @ columns.values[:, pairs]
    likely = least_likely(shared, expected)
    likely[not_these[:, pairs]] = np.inf
    lowest = likely.argmin(axis=1)
    return pairs[lowest], likely[np.arange(len(lowest)), lowest]

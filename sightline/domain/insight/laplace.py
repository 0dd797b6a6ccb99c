"""Weigh models by how likely they make a table when their terms are not free, but drawn about nought beforehand.

Each term besides the lists themselves has a normal prior, the intercept and the lists have none. What a model says of
the number on no list, and how likely it made the table, both come from the top of the posterior and its curvature
(Laplace's approximation). A prior of known width tells what a weak table cannot: that odds of a million to one between
two agencies are not to be taken for serious. So no term runs off to infinity, and a model pays for a term by how much
of its prior the table rules out, not by a rule of thumb.
"""

from dataclasses import dataclass

import numpy as np

from sightline.domain.insight.columns import Columns, Truths
from sightline.domain.insight.loglinear import LONGEST_STEP, expected, fit, log_likelihood, normal_equations
from sightline.domain.insight.tables import Numbers

UNTIL = 1e-8
MOST_ROUNDS = 60
TWO_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Posterior:
    """Hold for each model (row) the middle and spread of the logarithm of the number expected on no list.

    `evidence` is the logarithm of how likely the model made the table; `fitted` what it expects of each history.
    """

    middle: Numbers
    spread: Numbers
    evidence: Numbers
    fitted: Numbers


def posterior(
    counts: Numbers, *, columns: Columns, used: Truths, widths: Numbers, offset: Numbers | None = None
) -> Posterior:
    """Weigh the models (rows of `used`) of one table (`counts`: one row).

    `widths` are the standard deviations of the columns' priors, infinite for those without one. `offset` is as in a
    fit. The model of the lists alone must have a finite answer for the table.
    """
    rows = len(used)
    shift = np.zeros((rows, counts.shape[1])) if offset is None else offset
    many, kept = np.broadcast_to(counts, shift.shape), np.ones(shift.shape, dtype=bool)
    tight = np.where(used, widths**-2.0, 0.0)
    plain = fit(counts, columns=columns, used=columns.always[None])
    coefficients = np.repeat(plain.coefficients, rows, axis=0)
    going = np.arange(rows)
    for _ in range(MOST_ROUNDS):
        mean = expected(coefficients[going], columns, kept[going], shift[going])
        slope = np.where(used[going], (many[going] - mean) @ columns.values, 0.0) - tight[going] * coefficients[going]
        step = np.linalg.solve(_curvature(mean, columns, used[going], tight[going]), slope[..., None])[..., 0]
        longest = np.abs(step).max(axis=1, keepdims=True)
        coefficients[going] += step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, LONGEST_STEP))
        going = going[longest[:, 0] > UNTIL]
        if not going.size:
            break
    mean = expected(coefficients, columns, kept, shift)
    curvature = _curvature(mean, columns, used, tight)
    spread = np.sqrt(np.linalg.inv(curvature)[:, 0, 0])
    evidence = log_likelihood(many, mean) + _of_prior(coefficients, tight) + _of_volume(curvature, used)
    return Posterior(coefficients[:, 0], spread, evidence, mean)


def _curvature(mean: Numbers, columns: Columns, used: Truths, tight: Numbers) -> Numbers:
    matrix = normal_equations(mean, columns, used)
    places = np.arange(matrix.shape[1])
    matrix[:, places, places] += tight
    return matrix


def _of_prior(coefficients: Numbers, tight: Numbers) -> Numbers:
    """Give the logarithm of the priors' density at the coefficients."""
    held = tight > 0
    logs = np.log(np.where(held, tight, 1.0))
    return np.asarray(np.where(held, logs - TWO_PI - tight * coefficients**2, 0.0).sum(axis=1) / 2)


def _of_volume(curvature: Numbers, used: Truths) -> Numbers:
    """Give the logarithm of the volume under a normal density of height one with this curvature."""
    return np.asarray((used.sum(axis=1) * TWO_PI - np.linalg.slogdet(curvature)[1]) / 2)

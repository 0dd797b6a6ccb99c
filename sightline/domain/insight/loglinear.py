"""Fit Poisson log-linear models to many tables, or many models to one table, all at once.

Newton's method on the likelihood (iteratively reweighted least squares). The normal equations of all tables and models
are one matrix product; terms that a model does not hold, and terms whose likeliest value is minus infinity, are fixed
and not solved for. Whether the likeliest values are finite at all is asked in existence.py: a fit never says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from sightline.domain.insight.columns import Columns, Truths, reduced
from sightline.domain.insight.tables import Numbers

UNTIL = 1e-10
MOST_ROUNDS = 40
LONGEST_STEP = 4.0
# Keeps every matrix invertible without moving where the steps lead to: it only shortens them.
RIDGE = 1e-11
# How many numbers of normal equations are held at a time.
AT_A_TIME = 4_000_000
FLOOR = -60.0


@dataclass(frozen=True)
class Fits:
    """Hold one fit a row: coefficients (0 where not fitted), fitted histories, and which were fitted and kept.

    `settled` says that the steps ended; `unseen` is the expected number on no list; `log_likelihood` that of the
    table; `spread` the standard deviation of the logarithm of `unseen`.
    """

    coefficients: Numbers
    fitted: Numbers
    kept: Truths
    used: Truths
    settled: Truths
    log_likelihood: Numbers
    spread: Numbers

    @property
    def unseen(self) -> Numbers:
        """Give the expected number on no list."""
        return np.asarray(np.exp(self.coefficients[:, 0]))

    def of(self, rows: NDArray[np.generic]) -> "Fits":
        """Give the fits of these rows alone."""
        return Fits(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def replaced(self, rows: Truths, by: "Fits") -> "Fits":
        """Give all fits with these rows replaced."""
        parts = []
        for name in self.__dataclass_fields__:
            part = getattr(self, name).copy()
            part[rows] = getattr(by, name)
            parts.append(part)
        return Fits(*parts)


def fit(counts: Numbers, *, columns: Columns, used: Truths, offset: Numbers | None = None) -> Fits:
    """Fit to each table (row of `counts`) the model that holds the terms marked in the same row of `used`.

    One of both may have a single row, meant for all. `offset` is added to the logarithm of what is expected, one row a
    table or one for all. Terms of no shared child are taken out first. Rows whose likeliest values are not finite do
    not settle, or settle at fitted histories of almost nothing.
    """
    rows = max(len(counts), len(used))
    counts = np.broadcast_to(counts, (rows, counts.shape[1]))
    used = np.broadcast_to(used, (rows, used.shape[1]))
    kept, solved = reduced(columns, counts, used)
    shift = np.zeros((1, counts.shape[1])) if offset is None else offset
    shift = np.broadcast_to(shift, counts.shape)
    length = max(1, AT_A_TIME // columns.products.shape[1])
    parts = [_fit(counts[at:at + length], columns, kept[at:at + length], solved[at:at + length], shift[at:at + length])
             for at in range(0, rows, length)]
    return joined(parts)


def joined(parts: Sequence[Fits]) -> Fits:
    """Give the fits of several parts as one."""
    if len(parts) == 1:
        return parts[0]
    return Fits(*(np.concatenate([getattr(part, name) for part in parts]) for name in Fits.__dataclass_fields__))


def _fit(counts: Numbers, columns: Columns, kept: Truths, solved: Truths, shift: Numbers) -> Fits:
    rows, width = solved.shape
    coefficients = _start(counts, columns, kept, solved, shift)
    settled = np.zeros(rows, dtype=bool)
    going = np.arange(rows)
    for _ in range(MOST_ROUNDS):
        mean = expected(coefficients[going], columns, kept[going], shift[going])
        step = _step(counts[going] - mean, mean, columns, solved[going])
        coefficients[going] += step
        settled[going] = np.abs(step).max(axis=1) < UNTIL
        going = going[~settled[going]]
        if not going.size:
            break
    mean = expected(coefficients, columns, kept, shift)
    inverse = normal_equations(mean, columns, solved)
    unit = np.zeros((rows, width, 1))
    unit[:, 0] = 1.0
    variance = np.linalg.solve(inverse, unit)[:, 0, 0]
    return Fits(coefficients, mean, kept, solved, settled, log_likelihood(counts, mean),
                np.sqrt(np.maximum(variance, 0.0)))


def _start(counts: Numbers, columns: Columns, kept: Truths, solved: Truths, shift: Numbers) -> Numbers:
    """Start where a least-squares line through the logarithms of the counts, a little raised, leads."""
    raised = np.where(kept, counts + 0.5, 0.0)
    target = np.where(kept, np.log(counts + 0.5) - shift, 0.0)
    right = np.where(solved, (raised * target) @ columns.values, 0.0)
    return np.asarray(np.linalg.solve(normal_equations(raised, columns, solved), right[..., None])[..., 0])


def expected(coefficients: Numbers, columns: Columns, kept: Truths, shift: Numbers) -> Numbers:
    """Give what is expected of each history, nothing where it is not kept."""
    logs = coefficients @ columns.values.T + shift
    return np.where(kept, np.exp(np.clip(logs, FLOOR, -FLOOR)), 0.0)


def _step(rest: Numbers, mean: Numbers, columns: Columns, solved: Truths) -> Numbers:
    gradient = np.where(solved, rest @ columns.values, 0.0)
    step = np.linalg.solve(normal_equations(mean, columns, solved), gradient[..., None])[..., 0]
    longest = np.abs(step).max(axis=1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, LONGEST_STEP)))


def normal_equations(weights: Numbers, columns: Columns, solved: Truths) -> Numbers:
    """Give the normal equations of each row, with ones on the diagonal for what is not solved for."""
    rows, width = solved.shape
    matrix = (weights @ columns.products).reshape(rows, width, width)
    matrix *= solved[:, :, None] & solved[:, None, :]
    diagonal = np.arange(width)
    largest = matrix[:, diagonal, diagonal].max(axis=1, keepdims=True)
    matrix[:, diagonal, diagonal] += np.where(solved, RIDGE * largest + 1e-300, 1.0)
    return matrix


def log_likelihood(counts: Numbers, mean: Numbers) -> Numbers:
    """Give the logarithm of the chance of each table under what is expected."""
    logs = np.log(np.where(mean > 0, mean, 1.0))
    return np.asarray((counts * logs - mean - gammaln(counts + 1)).sum(axis=1))

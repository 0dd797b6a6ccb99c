"""Limits under the model whose lists do not depend on each other, by how fast the likelihood falls on both sides."""

from collections.abc import Callable

import numpy as np

from sightline.domain.insight.columns import Columns
from sightline.domain.insight.loglinear import fit
from sightline.domain.insight.tables import Numbers

# Half of 3.84, which chi-squared of one degree exceeds in one of twenty cases.
ENOUGH = 1.9207294103470494
# How far the logarithm of the unknown number is followed to either side.
FARTHEST = 25.0


def profile_limits(counts: Numbers, columns: Columns) -> tuple[float, float, float]:
    """Give the likeliest number of children and its 95 % limits, from one table (`counts`: one row).

    The number expected on no list is held at one value after another, and the rest fitted anew; where the likelihood
    has fallen by 1.92 is a limit. The table must have a finite answer under independence.
    """
    known = float(counts.sum())
    plain = fit(counts, columns=columns, used=columns.always[None])
    middle, top = float(plain.coefficients[0, 0]), float(plain.log_likelihood[0])
    without = columns.always.copy()
    without[0] = False

    def not_fallen(log_unseen: float) -> float:
        held = np.full((1, counts.shape[1]), log_unseen)
        fits = fit(counts, columns=columns, used=without[None], offset=held)
        return ENOUGH - (top - float(fits.log_likelihood[0]))

    lower, upper = (known + _crossing(not_fallen, middle, side) for side in (-1, 1))
    return known + float(np.exp(middle)), lower, upper


def _crossing(not_fallen: Callable[[float], float], middle: float, side: int) -> float:
    """Give the unknown number at which the likelihood has fallen enough; 0 below if it never does."""
    step = 0.25
    while not_fallen(middle + side * step) > 0:
        step *= 2
        if step > FARTHEST:
            return 0.0 if side < 0 else float(np.exp(middle + FARTHEST))
    near, far = middle, middle + side * step
    while abs(far - near) > 1e-12 * max(1.0, abs(far)):
        half = (near + far) / 2
        near, far = (half, far) if not_fallen(half) > 0 else (near, half)
    return float(np.exp((near + far) / 2))

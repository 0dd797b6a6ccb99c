"""Tell whether a model has one finite answer for a table, before anybody believes its fit.

Two things can fail (Fienberg and Rinaldo 2012; Chan, Silverman and Vincent 2021). The terms may not be told apart by
the histories that are left: the matrix of columns has not full rank. Or the likeliest values lie at infinity, so that a
fit stops at some large number by accident: they are finite if and only if some table with every history above nothing
has the same sums as the observed one, which a linear programme decides. It depends on nothing but which histories were
seen, so each pattern is asked once. A fit that is itself such a table is proof enough.
"""

import numpy as np

from sightline.domain.insight.columns import Columns, Truths, reduced
from sightline.domain.insight.loglinear import Fits, fit
from sightline.domain.insight.tables import Numbers

# If there were no finite answer, the sums would miss by as much as the lowest fitted history, or nearly so.
MISSED_AT_MOST = 1e-4
CLEARLY = 1e-9
ABOVE_NOTHING = 1e-7


class Existence:
    """Answer, and remember, which models of one set of columns have one finite answer for which tables."""

    def __init__(self, columns: Columns) -> None:
        """Start with nothing remembered."""
        self.columns = columns
        self._told_apart: dict[bytes, bool] = {}
        self._finite: dict[bytes, bool] = {}

    def admitted(self, counts: Numbers, fits: Fits) -> Truths:
        """Say of each fit whether its model has one finite answer for its table (`counts`: one row each, or one)."""
        seen = np.broadcast_to(counts, fits.fitted.shape) > 0
        found = self._are_told_apart(fits.kept, fits.used)
        asked = np.flatnonzero(found & ~self._proved(counts, fits))
        further = [place for place, term in enumerate(self.columns.terms) if term < 0]
        keys = np.packbits(np.hstack([seen[asked], fits.kept[asked], fits.used[asked][:, further]]), axis=1)
        _, group = np.unique(keys, axis=0, return_inverse=True)
        for one in range(group.max() + 1 if group.size else 0):
            rows = asked[group.reshape(-1) == one]
            found[rows] = self._all_finite(seen[rows[0]], fits.kept[rows[0]], fits.used[rows])
        return found

    def admitted_models(self, counts: Numbers, models: Truths) -> Truths:
        """Say of each model (row) whether it has one finite answer for one table (`counts`: one row), without its fit.

        Models that leave the same histories are asked together: where the model of all their terms has a finite answer,
        each of them has.
        """
        kept, used = reduced(self.columns, counts, models)
        found = self._are_told_apart(kept, used)
        further = [place for place, term in enumerate(self.columns.terms) if term < 0]
        _, first, group = np.unique(np.packbits(np.hstack([kept, models[:, further]]), axis=1), axis=0,
                                    return_index=True, return_inverse=True)
        members = [found & (group.reshape(-1) == one) for one in range(len(first))]
        whole = fit(counts, columns=self.columns, used=np.array([models[rows].any(axis=0) for rows in members]))
        for rows, proved in zip(members, self._proved(counts, whole), strict=True):
            if not proved and rows.any():
                at = np.flatnonzero(rows)[0]
                found[rows] = self._all_finite(counts[0] > 0, kept[at], used[rows])
        return found

    def _all_finite(self, seen: Truths, kept: Truths, used: Truths) -> Truths:
        """Answer for several models of one table at once: where one has a finite answer, its parts have, too."""
        if self._is_finite(seen, kept, np.asarray(used.any(axis=0))):
            return np.ones(len(used), dtype=bool)
        if len(used) == 1 or (used == used[0]).all():
            return np.zeros(len(used), dtype=bool)
        has = used[:, np.abs(used.mean(axis=0) - 0.5).argmin()]
        found = np.empty(len(used), dtype=bool)
        for side in (has, ~has):
            found[side] = self._all_finite(seen, kept, used[side])
        return found

    def _proved(self, counts: Numbers, fits: Fits) -> Truths:
        """Say where the fit itself is a table of the same sums with every history clearly above nothing."""
        lowest = np.where(fits.kept, fits.fitted, np.inf).min(axis=1)
        rest = np.where(fits.used, (counts - fits.fitted) @ self.columns.values, 0.0)
        return np.asarray((lowest > CLEARLY) & (np.abs(rest).max(axis=1) < MISSED_AT_MOST * lowest))

    def _are_told_apart(self, kept: Truths, used: Truths) -> Truths:
        keys = np.packbits(np.hstack([kept, used]), axis=1)
        seen, first, of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        answers = np.array([self._is_told_apart(key.tobytes(), kept[row], used[row])
                            for key, row in zip(seen, first, strict=True)], dtype=bool)
        return np.asarray(answers[of.reshape(-1)])

    def _is_told_apart(self, key: bytes, kept: Truths, used: Truths) -> bool:
        if key not in self._told_apart:
            left = self.columns.values[np.ix_(kept, used)]
            self._told_apart[key] = left.shape[0] >= left.shape[1] and bool(
                np.linalg.matrix_rank(left) == left.shape[1])
        return self._told_apart[key]

    def _is_finite(self, seen: Truths, kept: Truths, used: Truths) -> bool:
        key = np.packbits(np.concatenate([seen & kept, kept, used])).tobytes()
        if key not in self._finite:
            self._finite[key] = _has_positive_table(self.columns.values[np.ix_(kept, used)], seen[kept])
        return self._finite[key]


def _has_positive_table(columns: Numbers, seen: Truths) -> bool:
    """Say whether a table with every history above nothing has the sums of the table of ones where seen."""
    # Loaded late, because it takes longer to load than most tables take to answer.
    from scipy.optimize import linprog

    histories = len(columns)
    sums = columns.T @ seen.astype(float)
    equal = np.hstack([columns.T, columns.sum(axis=0)[:, None]])
    # What is asked for is the table less its lowest history, and that lowest history, which is to be as high as can be.
    answer = linprog(np.append(np.zeros(histories), -1.0), A_eq=equal, b_eq=sums,
                     bounds=[(0, None)] * histories + [(0, 1)], method="highs")
    return bool(answer.status == 0 and -answer.fun > ABOVE_NOTHING)

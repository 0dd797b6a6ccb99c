"""What the patterns of a set of files weigh: three classes estimated from the files themselves, or read from a model.

Records of one person, of relatives at one address, and of strangers: brothers and sisters share surname, home and
sometimes birthday, and two classes alone would take them for one person (docs/explanation/weighing-records.md).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from sightline.config.refusal import Refusal
from sightline.domain.linkage.estimating import Comparison, estimate, monotone
from sightline.interfaces.linking.comparing import RELATIVE, SAME, STRANGER, Compared, Step
from sightline.interfaces.linking.headings import IDENTIFIERS

Numbers = NDArray[np.float64]
FORMAT = "sightline link model 1"
PERSON_HAS = 2.5
"""So many records of one person the estimate starts from; where it starts decides nothing that was measured."""
RELATIVES_A_PAIR = 2.0
UNTIL, MOST_ROUNDS = 1e-12, 400
"""The log-likelihood is that of all pairs, nearly all strangers: a million millionth of it is still a change."""
LEAST = 1e-9
PRIOR = 0.01
"""So many pairs for each record the start counts for: it keeps an estimate from a few records near what is usual."""
_NEARLY_NONE = 1e-15
SHARES_A_KEY = Comparison(
    "shares a key", ("YES", "NO", "NEITHER"),
    np.array([[0.5, _NEARLY_NONE, 0.5 - _NEARLY_NONE]] * 2 + [[0.5, 0.5 - _NEARLY_NONE, _NEARLY_NONE]]), (True,) * 3)
"""Pairs that share no key are strangers. Else what strangers share oftener than chance, of whom there are 10^11 pairs
in a million records, would become a class of its own and drive out the persons (seen: 1 million records, after 50
rounds). A pair that shares a key is judged by its comparisons alone: the first column is the same in each row.
"""


class ModelRefused(Refusal):
    """A model file cannot be used for these files."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold the classes' shares among all pairs and, by comparison, their chances: a row a class, a column a level."""

    shares: Numbers
    chances: dict[str, Numbers]
    levels: dict[str, tuple[str, ...]]
    rounds: int = 0
    settled: bool = True

    def written(self) -> str:
        """Give the model as JSON: no value of any record is in it."""
        return json.dumps({"format": FORMAT, "shares": self.shares.tolist(), "comparisons": {
            name: {"levels": self.levels[name], "same": rows[SAME].tolist(), "relative": rows[RELATIVE].tolist(),
                   "stranger": rows[STRANGER].tolist()} for name, rows in self.chances.items()}}, indent=1) + "\n"

    def bits(self, patterns: NDArray[np.int64], comparisons: Sequence[Compared]) -> tuple[Numbers, Numbers, Numbers]:
        """Give for each pattern the log2 chance that a pair is of one person, of relatives, or of strangers."""
        told = [np.full(len(patterns), log2(share)) for share in self.shares]
        for place, one in enumerate(comparisons):
            rows = np.log2(np.hstack([self.chances[one.name], np.ones((3, 1))]))
            for number in (SAME, RELATIVE, STRANGER):
                told[number] = told[number] + rows[number][patterns[:, place]]
        return told[SAME], told[RELATIVE], told[STRANGER]


def read_model(text: str, comparisons: Sequence[Compared]) -> Weights:
    """Read a model that was written before. Raises ModelRefused if it does not know a comparison or level."""
    try:
        model = json.loads(text)
        if model["format"] != FORMAT:
            raise ModelRefused(f"This is no model of sightline link: its format is not {FORMAT!r}.")
        told = model["comparisons"]
        chances = {name: np.array([one["same"], one["relative"], one["stranger"]]) for name, one in told.items()}
        levels = {name: tuple(one["levels"]) for name, one in told.items()}
        weights = Weights(np.array(model["shares"], dtype=float), chances, levels)
    except (KeyError, TypeError, ValueError):
        raise ModelRefused("This is no model of sightline link, or it is damaged.") from None
    for one in comparisons:
        if weights.levels.get(one.name) != tuple(step.name for step in one.steps):
            raise ModelRefused(f"This model was not trained on {one.name} with the levels of today. Train a new one.")
    malformed = any(rows.shape != (3, len(weights.levels[name])) or not (rows > 0).all()
                    for name, rows in chances.items())
    if malformed or weights.shares.shape != (3,) or not (weights.shares > 0).all():
        raise ModelRefused("This is no model of sightline link, or it is damaged.")
    return weights


def levels_in(patterns: NDArray[np.int64], comparisons: Sequence[Compared]) -> NDArray[np.int64]:
    """Give one row for each pattern and one column for each comparison: the level's place, -1 where not told."""
    columns, rest = [], patterns
    for one in comparisons:
        columns.append(rest % (len(one.steps) + 1) - 1)
        rest = rest // (len(one.steps) + 1)
    return np.stack(columns, axis=1) if columns else np.zeros((len(patterns), 0), dtype=np.int64)


def train(
    patterns: NDArray[np.int64], counts: Numbers, sampled: NDArray[np.bool_], comparisons: Sequence[Compared], *,
    records: int,
) -> Weights:
    """Estimate the three classes from patterns with their counts; `sampled` marks those of pairs that share no key.

    Their counts must already stand for all such pairs. A level that no pair shows weighs as much as the next one; where
    all pairs show the same, nothing can be learnt and nobody is joined.
    """
    seen = [np.unique(patterns[counts > 0, place]) for place in range(len(comparisons))]
    seen = [one[one >= 0] for one in seen]
    usable = [place for place, one in enumerate(seen) if len(one) > 1]
    recoded = np.full_like(patterns, -1)
    asked = []
    for place in usable:
        one = comparisons[place]
        table = np.full(len(one.steps) + 1, -1)
        table[seen[place]] = np.arange(len(seen[place]))
        recoded[:, place] = table[patterns[:, place]]
        asked.append(_start(one, [one.steps[at] for at in seen[place]], recoded[:, place], counts, sampled))
    levels = {one.name: tuple(step.name for step in one.steps) for one in comparisons}
    if not asked:
        even = {one.name: np.full((3, len(one.steps)), 1 / len(one.steps)) for one in comparisons}
        return Weights(np.array([LEAST, LEAST, 1.0]), even, levels)
    pairs = float(counts.sum())
    alike = max(records * (PERSON_HAS - 1) / 2, 1.0) / max(pairs, 1.0)
    shares = np.array([alike, alike * RELATIVES_A_PAIR, 1.0])
    found = estimate(
        np.column_stack([recoded[:, usable], sampled.astype(np.int64)]), counts, comparisons=[*asked, SHARES_A_KEY],
        shares=shares / shares.sum(), smoothing=max(1.0, PRIOR * records), until=UNTIL, most_rounds=MOST_ROUNDS)
    chances = {}
    for place, one in enumerate(comparisons):
        if place not in usable:
            chances[one.name] = np.full((3, len(one.steps)), 1 / len(one.steps))
            continue
        rows = np.maximum(found.probabilities[one.name], LEAST)
        relative, stranger = monotone(rows[SAME], rows[RELATIVE], rows[STRANGER])
        nearest = np.searchsorted(seen[place], np.arange(len(one.steps))).clip(max=len(seen[place]) - 1)
        chances[one.name] = np.stack([rows[SAME], relative, stranger])[:, nearest]
    return Weights(np.maximum(found.shares, 1e-15), chances, levels, found.rounds, found.settled)


def may_be_twins(patterns: NDArray[np.int64], comparisons: Sequence[Compared]) -> NDArray[np.bool_]:
    """Tell which patterns twins or siblings show: one surname, birthday and home, two first names, no number shared."""
    place = {one.name: number for number, one in enumerate(comparisons)}
    if not {"given", "family", "born"} <= set(place):
        return np.zeros(len(patterns), dtype=bool)
    two_names = patterns[:, place["given"]] == len(comparisons[place["given"]].steps) - 1
    one_birth = (patterns[:, place["family"]] == 0) & (patterns[:, place["born"]] == 0)
    told = [name for name in ("postcode", "street") if name in place]
    apart = np.any([patterns[:, place[name]] > 0 for name in told], axis=0) if told else False
    number = np.any([patterns[:, place[name]] == 0 for name in IDENTIFIERS if name in place] or [False], axis=0)
    return np.asarray(two_names & one_birth & ~apart & ~number)


def _start(
    one: Compared, steps: Sequence[Step], seen: NDArray[np.int64], counts: Numbers, sampled: NDArray[np.bool_]
) -> Comparison:
    """Say where the estimate of one comparison starts: strangers as the pairs that share no key, or as all pairs."""
    chosen = (seen >= 0) & (sampled if (sampled & (seen >= 0)).any() else np.ones_like(sampled))
    stranger = np.bincount(seen[chosen], weights=counts[chosen], minlength=len(steps)) + 0.5
    stranger /= stranger.sum()
    same = np.array([step.same for step in steps])
    relative = np.array([stranger[at] if step.relative is None else step.relative for at, step in enumerate(steps)])
    rows = np.stack([same / same.sum(), relative / relative.sum(), stranger])
    return Comparison(one.name, tuple(step.name for step in steps), rows, (False, one.held_of_relatives, False))



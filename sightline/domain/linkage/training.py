"""Make a model from how often pairs of records compare how: nobody need say which pairs are of one child.

Pairs come from two sources. Those that keys find are counted one by one: nearly all pairs of one child are among them.
Of all others, nearly all of strangers, a sample is drawn; it stands for the rest.

Strangers who share their names are estimated as a class of their own, because names go together: two children called
Mohamed Ali are commoner than chance. Without it they are taken for relatives, who then seem to share first names. The
model leaves the class out again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sightline.domain.linkage.comparing import LEVELS, NAMES
from sightline.domain.linkage.estimating import Comparison, Estimate, Numbers, Patterns, estimate, monotone
from sightline.domain.linkage.model import Chances, Model

CLASSES = ("same", "relative", "stranger")
NAMESAKE = {"first_name": 0.2, "surname": 0.2}
"""Where the class of namesakes starts: how often they share a name. In all else they are as strangers are."""
NAMESAKES_PER_RECORD = 1.0
UNTIL = 1e-12
"""Relative change of the log-likelihood at which a training ends: strangers make nearly all of it."""

NEARLY_NONE = 1e-9
HALF = 0.5
"""What is taken for the count of a level that no sampled pair of strangers showed."""

Counts = Mapping[tuple[int, ...], float]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Hold how many pairs show each pattern of levels (a place in LEVELS for each comparison, or -1).

    `found` are pairs that keys found, `sampled` some of all the others; `records` is how many records were compared.
    """

    found: Counts
    sampled: Counts
    records: int

    @property
    def each_stands_for(self) -> float:
        """Give for how many pairs one sampled pair stands."""
        left = self.records * (self.records - 1) / 2 - sum(self.found.values())
        return left / sum(self.sampled.values())


def train(
    pairs: Pairs, *, start: Mapping[str, Chances], assumed: frozenset[str], shares: tuple[float, float],
    number_of_another: float, frequencies: Mapping[str, Mapping[str, float]], rarest: Mapping[str, float],
    made_on: date, trained_on: str, namesakes_per_record: float = NAMESAKES_PER_RECORD,
) -> tuple[Model, Estimate]:
    """Train a model, and give it with the estimate that it was made from.

    `start` says where each comparison starts; those named in `assumed` stay there. `shares` are the starting shares of
    pairs of one child and of relatives; a class that starts at 0 stays out. Raises Untrained for a
    level that no pair shows.
    """
    patterns = np.array([*pairs.found, *pairs.sampled])
    scale = pairs.each_stands_for
    counts = np.array([*pairs.found.values(), *(count * scale for count in pairs.sampled.values())], dtype=float)
    comparisons = [_comparison(name, start[name], patterns[:, place], counts, held=name in assumed)
                   for place, name in enumerate(NAMES)]
    classes = np.array([*shares, namesakes_per_record / pairs.records, 1.0])
    found = estimate(patterns, counts, comparisons=comparisons, shares=classes,
                     smoothing=np.array([1.0, 1.0, 1.0, scale]), until=UNTIL)
    least = HALF / sum(pairs.sampled.values())
    chances = {name: start[name] if name in assumed else _chances(found.probabilities[name], least)
               for name in NAMES}
    same, relative = (float(share) * (pairs.records - 1) for share in found.shares[:2])
    return Model(
        made_on=made_on, trained_on=trained_on, records=pairs.records, same_per_record=round(same, 4),
        relative_per_record=max(round(relative, 4), NEARLY_NONE), number_of_another=number_of_another, chances=chances,
        frequencies=frequencies, rarest=rarest), found


def _comparison(name: str, start: Chances, seen: Patterns, counts: Numbers, *, held: bool) -> Comparison:
    """Give where a comparison starts: strangers as all pairs are, for nearly all pairs are of strangers."""
    same, relative, stranger = (np.array(getattr(start, kind)) for kind in CLASSES)
    if not held:
        told = seen >= 0
        stranger = stranger + np.bincount(seen[told], weights=counts[told], minlength=len(stranger))
        stranger /= stranger.sum()
    namesake = stranger
    if name in NAMESAKE:
        namesake = (1 - NAMESAKE[name]) * stranger
        namesake[0] += NAMESAKE[name]
    rows = np.array([same, relative, namesake, stranger])
    return Comparison(name, tuple(level.name for level in LEVELS[name]), rows / rows.sum(axis=1, keepdims=True),
                      (held, held, held or name not in NAMESAKE, held))


def _chances(rows: Numbers, least: float) -> Chances:
    stranger = np.maximum(rows[-1], least)
    same, relative = monotone(rows[0], rows[1], stranger / stranger.sum())
    return Chances(*(tuple(float(f"{value:.4g}") for value in row) for row in (same, relative, stranger)))

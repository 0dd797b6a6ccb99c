"""Make a model from how often pairs of records compare how: nobody need say which pairs are of one child.

Pairs come from two sources. Those that keys find are counted one by one: nearly all pairs of one child are among them.
Of all others, nearly all of strangers, a sample is drawn; it stands for the rest.

Names go together: two children called Mohamed Ali are commoner than chance, and who bears another's names in the other
order does so twice over. Strangers of these two kinds are estimated as classes of their own; else they are taken for
relatives, who then seem to share first names. In the model all of them are strangers. What relatives are is said and
not estimated: they share homes as start says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sightline.domain.linkage.comparing import LEVELS, NAMES
from sightline.domain.linkage.estimating import MOST_ROUNDS, Comparison, Estimate, Numbers, Patterns, estimate, monotone
from sightline.domain.linkage.model import Chances, Model

CLASSES = ("same", "relative", "stranger")
NAMES_OF_STRANGERS = {"namesakes": {"SAME": 0.2}, "crossed": {"SWAPPED": 0.98}}
"""Two kinds of strangers, and where the levels of their names start. In all else they are as other strangers are."""
NAMED = ("first_name", "surname")
STRANGE_PER_RECORD = 1.0
UNTIL = 1e-12
"""Relative change of the log-likelihood at which a training ends: strangers make nearly all of it."""
NEARLY_NONE = 1e-9
STEP = 1e-4
"""Levels that were pooled are kept so far apart, that rounding never puts the less agreeing one above the other."""
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
    made_on: date, trained_on: str, strange_per_record: float = STRANGE_PER_RECORD,
    most_rounds: int = MOST_ROUNDS, start_counts_for: float = 1.0, sample_strangers: bool = False,
) -> tuple[Model, Estimate]:
    """Train a model, and give it with the estimate that it was made from.

    `start` says where each comparison starts; those named in `assumed` stay there. `shares` are the starting shares of
    pairs of one child and of relatives; a class that starts at 0 stays out. `start_counts_for` so many pairs of each
    that were seen before. Where `sample_strangers`, every sampled pair is taken for one of strangers: the few others
    among them would stand for thousands each. Relatives who share no home are then counted by what is said of how often
    they share one. Raises Untrained for a level that no pair shows.
    """
    patterns = np.array([*pairs.found, *pairs.sampled])
    scale = pairs.each_stands_for
    counts = np.array([*pairs.found.values(), *(count * scale for count in pairs.sampled.values())], dtype=float)
    comparisons = [_comparison(name, start[name], patterns[:, place], counts, held=name in assumed)
                   for place, name in enumerate(NAMES)]
    classes = np.array([*shares, *[strange_per_record / pairs.records] * len(NAMES_OF_STRANGERS), 1.0])
    barred = np.zeros((len(patterns), len(classes)), dtype=bool)
    barred[len(pairs.found):, :2] = sample_strangers
    found = estimate(patterns, counts, comparisons=comparisons, shares=classes, until=UNTIL, most_rounds=most_rounds,
                     barred=barred, smoothing=np.array([start_counts_for, start_counts_for, 1.0, 1.0, scale]))
    least = HALF / sum(pairs.sampled.values())
    chances = {name: start[name] if name in assumed else _chances(found.probabilities[name], found.shares, least)
               for name in NAMES}
    same, relative = (float(share) * (pairs.records - 1) for share in found.shares[:2])
    relative /= start["home"].relative[0] if sample_strangers else 1.0
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
    rows = [same, relative]
    for levels in NAMES_OF_STRANGERS.values():
        more = np.array([levels.get(level.name, 0.0) if name in NAMED else 0.0 for level in LEVELS[name]])
        rows.append((1 - more.sum()) * stranger + more)
    every = np.array([*rows, stranger])
    return Comparison(name, tuple(level.name for level in LEVELS[name]), every / every.sum(axis=1, keepdims=True),
                      (held, held or name == "home", held or name not in NAMED, True, held))


def _chances(rows: Numbers, shares: Numbers, least: float) -> Chances:
    same, stranger = rows[0], np.maximum(shares[2:] @ rows[2:], least)
    falling = 1 + STEP * np.arange(len(same))
    apart = [falling * less for less in monotone(same, rows[1], stranger / stranger.sum())]
    relative, stranger = (less / less.sum() for less in apart)
    return Chances(*(tuple(float(f"{value:.6g}") for value in row) for row in (same, relative, stranger)))

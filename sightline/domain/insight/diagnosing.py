"""Print beside an estimate what it rests on: without these, nobody can tell whether to believe it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sightline.domain.insight.averaging import Averaged, NoModelHolds, average
from sightline.domain.insight.columns import Truths, named
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.families import KINDS, SHAPES, Family
from sightline.domain.insight.refusing import why_nothing
from sightline.domain.insight.tables import Table, among, folded

TOP_MODELS = 10
MOST_POINTS = 500
"""So many models are kept for the picture of all, those of most weight: on five lists 99.9 % of it and more."""
PAIRS, VISIBILITY, TWO_KINDS = PICTURES = ("pairs", "visibility", "two kinds")
# With more lists, leaving out each in turn takes minutes.
MOST_LISTS = 6


@dataclass(frozen=True, slots=True)
class ListSize:
    """Hold how many children a list has, and how many of them on it alone."""

    name: str
    children: float
    alone: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Hold how many children two lists share."""

    one: str
    other: str
    children: float


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """Hold one model's weight and its own answer, with its own 95 % limits as if it were known to hold."""

    terms: tuple[str, ...]
    weight: float
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class ModelPoint:
    """Hold what one model of many says, its weight, and which picture of dependence it is: see PICTURES."""

    estimate: float
    weight: float
    picture: str


@dataclass(frozen=True, slots=True)
class Tried:
    """Hold what comes of another table: one list left out, or the children of one list as the known truth."""

    name: str
    truth: float | None
    lower: float | None
    median: float | None
    upper: float | None
    refused: str | None


@dataclass(frozen=True)
class Diagnosis:
    """Hold all that is printed beside an estimate."""

    lists: tuple[ListSize, ...]
    overlaps: tuple[Overlap, ...]
    shared: float
    alone: float
    models: tuple[ModelAnswer, ...]
    points: tuple[ModelPoint, ...]
    tried: int
    failed: int
    shaped: float
    without_one: tuple[Tried, ...]
    consistency: tuple[Tried, ...]


class Averaging:
    """Average tables of any number of lists, remembering families and what was found of their models."""

    def __init__(self) -> None:
        """Start with nothing remembered."""
        self._families: dict[int, tuple[Family, Existence]] = {}

    def of(self, lists: int) -> tuple[Family, Existence]:
        """Give the family for so many lists, and what is known of its models' existence."""
        if lists not in self._families:
            family = Family(lists)
            self._families[lists] = family, Existence(family.columns)
        return self._families[lists]

    def average(self, table: Table) -> Averaged:
        """Average over the models of the table's lists. Raises NoModelHolds."""
        family, existence = self.of(len(table.lists))
        return average(table, family=family, existence=existence)

    def tried(self, table: Table, *, name: str, truth: float | None = None) -> Tried:
        """Average a table beside the one asked about, or say why it cannot be."""
        if len(table.lists) < 2 or not table.observed:
            return Tried(name, truth, None, None, None, "Too few lists are left.")
        if refused := why_nothing(table, self.of(len(table.lists))[1]):
            return Tried(name, truth, None, None, None, refused.why)
        try:
            found = self.average(table)
        except NoModelHolds:
            return Tried(name, truth, None, None, None, "No model has a finite answer.")
        return Tried(name, truth, found.lower, found.median, found.upper, None)


def diagnose(table: Table, averaged: Averaged | None, *, averaging: Averaging) -> Diagnosis:
    """Give what is printed beside an estimate; without an average, what the table alone shows."""
    once = table.appearances == 1
    few = averaged is not None and len(table.lists) <= MOST_LISTS
    return Diagnosis(
        lists=tuple(ListSize(name, float(size), float(table.counts[(1 << place) - 1]))
                    for place, (name, size) in enumerate(zip(table.lists, table.sizes, strict=True))),
        overlaps=overlaps_of(table),
        shared=table.shared,
        alone=float(table.counts[once].sum()),
        models=() if averaged is None else top_models(table, averaged, averaging.of(len(table.lists))[0]),
        points=() if averaged is None else points_of(averaged, averaging.of(len(table.lists))[0]),
        tried=0 if averaged is None else averaged.tried,
        failed=0 if averaged is None else averaged.failed,
        shaped=0.0 if averaged is None else averaged.shaped,
        without_one=without_one(table, averaging) if few else (),
        consistency=consistency(table, averaging) if few else (),
    )


def overlaps_of(table: Table) -> tuple[Overlap, ...]:
    """List how many children each two lists share, zeros included: these tell most."""
    return tuple(Overlap(table.lists[one], table.lists[other], float(table.overlaps[one, other]))
                 for one in range(len(table.lists)) for other in range(one + 1, len(table.lists)))


def top_models(table: Table, averaged: Averaged, family: Family) -> tuple[ModelAnswer, ...]:
    """List the models of most weight, each with its own answer: how far these lie apart is the message."""
    found = []
    for model, kind, weight, total, spread in list(zip(
            averaged.models, averaged.kinds, averaged.weights, averaged.totals, averaged.spreads,
            strict=True))[:TOP_MODELS]:
        unseen, factor = total - table.observed, float(np.exp(1.96 * spread))
        terms = (KINDS,) if kind >= 0 else terms_of(model, family, table.lists)
        found.append(ModelAnswer(terms, float(weight), float(total),
                                 float(table.observed + unseen / factor), float(table.observed + unseen * factor)))
    return tuple(found)


def points_of(averaged: Averaged, family: Family) -> tuple[ModelPoint, ...]:
    """List what the models say, those of most weight first: for the picture of all of them."""
    shaped = np.asarray(averaged.models[:, family.shape_places].any(axis=1))
    return tuple(
        ModelPoint(round(float(total), 1), float(f"{weight:.4g}"), TWO_KINDS if kind >= 0 else
                   VISIBILITY if bent else PAIRS)
        for total, weight, kind, bent in list(zip(
            averaged.totals, averaged.weights, averaged.kinds, shaped, strict=True))[:MOST_POINTS])


def terms_of(model: Truths, family: Family, lists: Sequence[str]) -> tuple[str, ...]:
    """Name the terms of a model besides the lists themselves: pairs such as `LA:NG`, and a shape."""
    terms = [named(family.columns.terms[place], tuple(lists)) for place in family.pairs if model[place]]
    return (*terms, *(shape for place, shape in zip(family.shape_places, SHAPES, strict=True) if model[place]))


def without_one(table: Table, averaging: Averaging) -> tuple[Tried, ...]:
    """Leave out each list in turn: an answer that hangs on one list is that list's answer."""
    lists = range(len(table.lists))
    return tuple(averaging.tried(folded(table, [other for other in lists if other != place]), name=table.lists[place])
                 for place in lists)


def consistency(table: Table, averaging: Averaging) -> tuple[Tried, ...]:
    """Take each list's children as the truth, and estimate their number from the other lists (Binette and Steorts)."""
    found = []
    for place, name in enumerate(table.lists):
        inside, truth = among(table, place)
        found.append(averaging.tried(_without_empty(inside), name=name, truth=truth))
    return tuple(found)


def _without_empty(table: Table) -> Table:
    kept = [place for place, size in enumerate(table.sizes) if size > 0]
    return folded(table, kept)

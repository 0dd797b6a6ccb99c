"""The tables of an estimate of extent: the same rows for the page, for files and beside the pictures.

A table is made for whoever reads it: outside the partnership no count of 1 to 4 children is told, and others are
rounded to five.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from sightline.domain.operations.counted import FEWEST_SHOWN

FEWER = f"Fewer than {FEWEST_SHOWN}"
ROUNDED_TO = 5
NO_TERMS = "lists do not depend on each other"
PICTURE_WORDS = {"pairs": "Pairs of lists depend", "visibility": "Children are not equally visible",
                 "two kinds": "A few children are seen far more than all others"}
SHAPE_WORDS = {
    "lower bound": "visibility varies, the least that it can", "Poisson": "visibility varies (Poisson)",
    "Darroch": "visibility varies (normal)", "gamma": "visibility varies (gamma)",
    "two kinds": "a few children are seen far more than all others"}
METHOD_WORDS = {
    "independence": "Lists do not depend on each other", "stepwise": "Pairs of lists, chosen one by one",
    "all-models": "The best model by an information criterion",
    "decomposable-graphs": "Average over decomposable graphs", "latent-classes": "Kinds of children (latent classes)",
    "averaging": "Average over pairs and unequal visibility: the range above rests on it"}
LIST_LETTERS = "ABCDEFGHIJ"
Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Reader:
    """Say who reads: `outside` the partnership small counts are held back."""

    outside: bool

    def children(self, number: float) -> Cell:
        """Give a count of children as this reader may see it."""
        whole = round(number)
        if not self.outside:
            return whole
        return FEWER if 0 < whole < FEWEST_SHOWN else round(whole / ROUNDED_TO) * ROUNDED_TO


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table: a slug for its address, caption, columns, and rows of text and numbers."""

    slug: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures_from: int = 1

    @property
    def shown(self) -> list[tuple[str, ...]]:
        """Give the rows as they are read on a page."""
        return [tuple(in_words(value) for value in row) for row in self.rows]

    @property
    def numeric(self) -> tuple[int, ...]:
        """Give the numbers of the columns that hold figures."""
        return tuple(range(self.figures_from, len(self.columns)))


def in_words(value: Cell) -> str:
    """Write a cell for a page: thousands apart."""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value


def tables(
    record: Mapping[str, Any], *, lists: Sequence[str], histories: Mapping[int, int], reader: Reader
) -> dict[str, Table]:
    """Give the tables of an estimate by their slugs; without a range none that holds a figure to be quoted."""
    found = [combinations_table(lists, histories, reader)]
    told = record.get("diagnostics")
    if told is not None:
        found += [lists_table(told, reader), overlaps_table(told, reader)]
        if record["range"] is not None:
            found += [methods_table(record), models_table(told), bands_table(told), points_table(told),
                      without_table(told), consistency_table(told, reader)]
    return {one.slug: one for one in found if one.rows}


def lists_table(told: Mapping[str, Any], reader: Reader) -> Table:
    """Give each list with its children and those on it alone."""
    return Table("lists", "The lists", ("List", "Children", "On it alone"), tuple(
        (f"{letter}: {one['name']}", reader.children(one["children"]), reader.children(one["alone"]))
        for letter, one in zip(LIST_LETTERS, told["lists"], strict=False)))


def overlaps_table(told: Mapping[str, Any], reader: Reader) -> Table:
    """Give the children whom each two lists share, those of none included."""
    return Table("overlaps", "Children on two lists", ("One list", "Another", "Children on both"), tuple(
        (one["one"], one["other"], reader.children(one["children"])) for one in told["overlaps"]), figures_from=2)


def combinations_table(lists: Sequence[str], histories: Mapping[int, int], reader: Reader) -> Table:
    """Give the children on exactly each combination of lists, the most first; those of nobody stand in one row."""
    rows: list[tuple[Cell, ...]] = [
        (" and ".join(members(history, lists)), reader.children(number))
        for history, number in ordered(histories)]
    empty = 2 ** len(lists) - 1 - len(rows)
    if rows and empty:
        rows.append((f"{empty} other combination{'' if empty == 1 else 's'}", 0))
    return Table("combinations", "Children on exactly these lists, and on no other", ("Lists", "Children"), tuple(rows))


def methods_table(record: Mapping[str, Any]) -> Table:
    """Give the limits of each method, as corrected for links where that was done."""
    fixed = {one["method"]: one for one in (record["corrected"] or {"estimates": []})["estimates"]}
    columns: tuple[str, ...] = ("What is assumed", "From", "To")
    rows = []
    for one in record["estimates"]:
        row: list[Cell] = [METHOD_WORDS.get(one["method"], one["method"]), *_limits(one)]
        if fixed:
            row += _limits(fixed[one["method"]])
        rows.append(tuple(row))
    if fixed:
        columns += ("From, corrected for links", "To, corrected for links")
    return Table("methods", "What each method says", columns, tuple(rows))


def models_table(told: Mapping[str, Any]) -> Table:
    """Give the models of most weight, each with its own limits."""
    names = [one["name"] for one in told["lists"]]
    return Table("models", "The models of most weight, each with its own range", (
        "What the model supposes", "Weight in 100", "From", "To"), tuple(
            (_supposed(one["terms"], names), round(one["weight"] * 100, 1), round(one["lower"]),
             round(one["upper"])) for one in told["models"]))


def bands_table(told: Mapping[str, Any]) -> Table:
    """Give how many models, with which weight, say a number within which band."""
    points = told["all_models"]
    step = _step([one[0] for one in points])
    bands: dict[int, list[float]] = {}
    for estimate, weight, _ in points:
        bands.setdefault(int(estimate // step), []).append(weight)
    return Table("all-models", "All models, by the number of children that each says", (
        "Children", "Models", "Weight in 100"), tuple(
            (f"{band * step:,} to {(band + 1) * step - 1:,}", len(weights), round(sum(weights) * 100, 1))
            for band, weights in sorted(bands.items())))


def points_table(told: Mapping[str, Any]) -> Table:
    """Give every model that was kept: for a file, too long for a page."""
    return Table("every-model", "Every model that was kept", ("What it supposes", "Children", "Weight in 100"), tuple(
        (PICTURE_WORDS[picture], estimate, round(weight * 100, 4)) for estimate, weight, picture in told["all_models"]))


def without_table(told: Mapping[str, Any]) -> Table:
    """Give the range without each list in turn: one that hangs on a list is that list's."""
    return Table("without-one-list", "Without one list", ("List that is left out", "From", "To"), tuple(
        (one["name"], *_tried(one)) for one in told["without_one_list"]))


def consistency_table(told: Mapping[str, Any], reader: Reader) -> Table:
    """Give for each list how many children it has, and the range that the other lists give for these."""
    return Table("each-list-as-truth", "Taking one list as the truth", (
        "List", "Children on it", "From, by the other lists", "To, by the other lists", "Within"), tuple(
            (one["name"], reader.children(one["truth"]), *_tried(one), _within(one))
            for one in told["each_list_as_truth"]))


def members(history: int, lists: Sequence[str]) -> Iterator[str]:
    """Name the lists of a combination."""
    return (name for place, name in enumerate(lists) if history >> place & 1)


def ordered(histories: Mapping[int, int]) -> list[tuple[int, int]]:
    """List combinations that somebody has, those of most children first."""
    return sorted(((history, number) for history, number in histories.items() if number),
                  key=lambda one: (-one[1], one[0]))


def _supposed(terms: Sequence[str], lists: Sequence[str]) -> str:
    """Say what a model supposes: its pairs by the letters of the lists, and how visibility varies."""
    letter = dict(zip(lists, LIST_LETTERS, strict=False))
    pairs = [":".join(letter.get(name, name) for name in term.split(":")) for term in terms if ":" in term]
    said = [f"{', '.join(pairs)} depend" if len(pairs) > 1 else f"{pairs[0]} depends"] if pairs else []
    said += [SHAPE_WORDS[term] for term in terms if ":" not in term]
    return "; ".join(said) or NO_TERMS


def _limits(one: Mapping[str, Any]) -> list[Cell]:
    if one["refused"] is not None:
        return ["No answer", "No answer"]
    return ["No limit" if one[end] is None else round(one[end]) for end in ("lower", "upper")]


def _tried(one: Mapping[str, Any]) -> tuple[Cell, Cell]:
    return ("No answer", "No answer") if one["refused"] else (round(one["lower"]), round(one["upper"]))


def _within(one: Mapping[str, Any]) -> str:
    if one["refused"]:
        return "Not known"
    return "Yes" if one["lower"] <= one["truth"] <= one["upper"] else "No"


def _step(estimates: Sequence[float]) -> int:
    """Choose a round width of bands so that there are about ten at the most."""
    rough = max((max(estimates) - min(estimates)) / 10, 1.0)
    ten = 10 ** floor(log10(rough))
    return int(next(ten * times for times in (1, 2, 5, 10) if ten * times >= rough * 0.999))

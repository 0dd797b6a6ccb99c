"""Reads one published figure: a number, or the mark that the publisher put in its place."""

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
ENGLAND = "E92000001"
"""The ONS code of England, under which the tables hold the whole."""


@dataclass(frozen=True, slots=True)
class Published:
    """Hold a published number, or None and the publisher's `mark` ("c", "x", "z", "u", "-") where there is none."""

    value: int | None
    mark: str = ""


class UnreadableFigure(ValueError):
    """A cell holds neither a whole number nor a mark. The message names it."""


MARKS = frozenset({"c", "k", "u", "x", "z", ":", "-"})


def published(cell: str) -> Published:
    """Read one cell; a mark is not nought, and raises UnreadableFigure for anything that is neither."""
    if cell.isdecimal():
        return Published(int(cell))
    if cell in MARKS:
        return Published(None, cell)
    raise UnreadableFigure(f"{cell!r} is neither a whole number nor one of the marks {' '.join(sorted(MARKS))}")


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one table: a dictionary for each row."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

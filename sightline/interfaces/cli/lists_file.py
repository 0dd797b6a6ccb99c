"""A file of lists: a column a list, 1 where the child is on it; a row a child or, with `count`, a row a history."""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sightline.config.refusal import Refusal
from sightline.domain.insight.tables import Table, TableRefused, table_of

COUNTS = ("count", "n", "freq", "frequency", "children")
LARGEST = 200_000_000


class ListsFileRefused(Refusal):
    """The file of lists cannot be read; the message says what to put right."""


def read_lists(path: Path) -> Table:
    """Read a table of lists from a CSV file. Raises ListsFileRefused."""
    try:
        if path.stat().st_size > LARGEST:
            raise ListsFileRefused(f"{path.name} is larger than {LARGEST // 1_000_000} MB. Count the children of each "
                                   "combination of lists first, and give the counts.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _table(csv.reader(file), path.name)
    except OSError:
        raise ListsFileRefused(f"{path.name} cannot be read.") from None
    except (UnicodeDecodeError, csv.Error):
        raise ListsFileRefused(f"{path.name} is no CSV file in UTF-8.") from None
    except TableRefused as refusal:
        raise ListsFileRefused(f"{path.name}: {refusal}") from None


def _table(rows: Iterator[list[str]], name: str) -> Table:
    header = [cell.strip() for cell in next(rows, [])]
    if not header or all(cell in ("", "0", "1") for cell in header):
        raise ListsFileRefused(f"{name} has no first row that names its columns: one for each list, and `count` if a "
                               "row stands for several children.")
    place = _place_of_counts(header)
    lists = [cell for at, cell in enumerate(header) if at != place]
    given = [row for row in rows if any(cell.strip() for cell in row)]
    for number, row in enumerate(given, start=1):
        if len(row) != len(header):
            raise TableRefused(f"Row {number} has {len(row)} columns, the first row {len(header)}.")
    counts = [1.0 if place is None else _count(row[place], number) for number, row in enumerate(given, start=1)]
    return table_of(lists, _marks(given, place), counts)


def _place_of_counts(header: Sequence[str]) -> int | None:
    """Find the column of counts: `count` wherever it stands, another name for it only as the last."""
    names = [cell.lower() for cell in header]
    if COUNTS[0] in names:
        return names.index(COUNTS[0])
    return len(names) - 1 if names[-1] in COUNTS else None


def _marks(rows: Iterable[Sequence[str]], place: int | None) -> Iterator[list[int]]:
    known = {"0": 0, "1": 1}
    for row in rows:
        yield [known.get(cell.strip(), -1) for at, cell in enumerate(row) if at != place]


def _count(text: str, number: int) -> float:
    try:
        count = float(text)
    except ValueError:
        raise TableRefused(f"The count of row {number} is not a number.") from None
    if math.isnan(count):
        raise TableRefused(f"The count of row {number} is not a number.")
    return count

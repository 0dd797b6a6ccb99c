"""Read a table of text, CSV or the same with semicolons or tabs, into rows of cells with their numbers."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sightline.domain.intake.files.formula import CONTROL, FormulaInCell, is_formula, may_hold_formula
from sightline.domain.intake.files.limits import LONGEST_LINE_BYTES, MOST_COLUMNS
from sightline.domain.intake.files.survey import Survey
from sightline.domain.intake.row import FileRefused

Record = tuple[int, list[str], str | None]
"""The number of a row with its cells, and words that say what is wrong with the row as a whole, or None."""

_DELIMITERS = ",;\t|"


class _Lines:
    """Hand out the lines of a file while a record, which may have several lines, stays within bounds."""

    def __init__(self, text: io.TextIOWrapper, watch: Callable[[str], bool]) -> None:
        self.text = text
        self.watch = watch
        self.length = 0
        self.suspicious = False

    def __iter__(self) -> Iterator[str]:
        for line in self.text:
            self.length += len(line)
            if self.length > LONGEST_LINE_BYTES:
                raise FileRefused(
                    "A row of the file is longer than 1 million characters. A quotation mark was probably opened and "
                    "never closed."
                )
            if self.watch(line):
                self.suspicious = True
            yield line

    def next_record(self) -> None:
        """Start to count anew."""
        self.length = 0
        self.suspicious = False


def read_delimited(stream: BinaryIO, survey: Survey) -> Iterator[Record]:
    """Read records one by one with their numbers: the first record is 1, an empty line counts.

    The delimiter is the one that the first line uses most. Raises FileRefused where a formula stands in a cell, or a
    quotation mark where none can stand.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=survey.encoding, newline="")
    try:
        delimiter = _delimiter_of(text)
        watch = _watch_for(survey)
        lines = _Lines(text, watch)
        number = 0
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            number += 1
            damage = _damage(cells, number) if lines.suspicious else None
            lines.next_record()
            if cells:
                yield number, cells, damage
    except csv.Error:
        raise FileRefused(
            f"After row {number} the quotation marks of the file go wrong: one stands where none can stand, or is "
            "never closed. Within a quoted cell a quotation mark is written twice."
        ) from None
    except UnicodeDecodeError:
        raise FileRefused("The letters of the file changed while it was read.") from None
    finally:
        if not text.closed:
            text.detach()


def _watch_for(survey: Survey) -> Callable[[str], bool]:
    """Choose the quickest look at each line that the survey of the whole file allows."""
    if survey.may_hold_controls:
        return lambda line: may_hold_formula(line) or CONTROL.search(line) is not None
    return may_hold_formula if survey.may_hold_formulas else (lambda line: False)


def _damage(cells: list[str], number: int) -> str | None:
    """Say what is wrong with the cells of a row, or None. Raises FileRefused for a formula."""
    for place, cell in enumerate(cells, start=1):
        if is_formula(cell):
            raise FormulaInCell(number, place)
    if any(map(CONTROL.search, cells)):
        return "A cell of this row holds a control character that no text has; type it again."
    return None


def _delimiter_of(text: io.TextIOWrapper) -> str:
    """Find the delimiter by the first line that is not empty, and go back to the start."""
    first = ""
    for _ in range(100):
        first = text.readline()
        if first.strip() or not first:
            break
    text.seek(0)
    if not first.strip():
        raise FileRefused("The file holds no rows.")
    best = max(_DELIMITERS, key=first.count)
    if first.count(best) > MOST_COLUMNS:
        raise FileRefused(f"The file has more than {MOST_COLUMNS} columns; it is no table of any feed.")
    return best

"""Read the first sheet of an XLSX workbook into rows of cells with their numbers.

The library that reads the cells lays the sheet out as a rectangle in memory and copies each text as often as it is
used; a few bytes can ask for more memory than there is. So every part is looked through first (`packed`).
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from sightline.domain.intake.files.delimited import Record
from sightline.domain.intake.files.formula import CONTROL, FormulaInCell, is_formula
from sightline.domain.intake.files.limits import (
    LARGEST_SHEET_TEXT_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
)
from sightline.domain.intake.files.packed import Watcher, look_through, members_of
from sightline.domain.intake.row import FileRefused

_FORMULA = re.compile(rb"<f[\s/>]")
_PREFIXED_FORMULA = re.compile(rb"<[^\s<>/:]+:f[\s/>]")
_CELL = re.compile(rb' r="([A-Za-z]*)(\d+)"')
_SPACED = re.compile(rb"r\s+=")
_ANY_CELL = re.compile(rb"\sr\s*=\s*[\"']([^\"'\d]{0,8})([^\"']{0,16})[\"']")
_ROW_END = re.compile(rb"</(?:[^\s<>/:]+:)?row\s*>")
_ITEM_END = re.compile(rb"</(?:[^\s<>/:]+:)?si>")
_FIRST_TAG = re.compile(rb"<(?:[A-Za-z_][^\s<>/:]*:)?([A-Za-z_][^\s<>/]*)")

_TOO_WIDE = f"The sheet is wider than {MOST_COLUMNS} columns, or too large altogether; send the rows as CSV."


class _Sheets:
    """Add up what the sheets of a workbook will ask of memory."""

    def __init__(self) -> None:
        self.cells = 0
        self.longest_shared = 0

    def watcher_for(self, start: bytes) -> Watcher | None:
        """Choose who looks at a part, by its first element."""
        tag = _FIRST_TAG.search(start)
        name = tag[1] if tag else b""
        if name == b"worksheet":
            return _SheetWatcher(self).look
        return _TextsWatcher(self).look if name == b"sst" else None

    def require_bounded_texts(self) -> None:
        """Refuse sheets that use long texts so often that they would fill memory. Raises FileRefused."""
        if self.cells * self.longest_shared > LARGEST_SHEET_TEXT_BYTES and self.longest_shared > 2_000:
            raise FileRefused("The sheet repeats very long texts very often. Send the rows as CSV.")


class _SheetWatcher:
    """Look at a worksheet for formulas and for how wide and long it is.

    A cell or row need not say where it is; then it follows the one before. Such cells are counted row by row.
    """

    def __init__(self, sheets: _Sheets) -> None:
        self.sheets = sheets
        self.width = self.length = 1
        self.unplaced_rows = 0
        self.unplaced_in_row = 0
        self.most_unplaced = 0

    def look(self, chunk: bytes, seen: int) -> None:
        """Look at the next chunk. Raises FileRefused."""
        if _FORMULA.search(chunk) or (b":f" in chunk and _PREFIXED_FORMULA.search(chunk)):
            raise FileRefused(
                "The workbook holds formulas. Formulas are programs; copy the sheet and paste it as values only."
            )
        self.sheets.cells += chunk.count(b"</", seen) // 2
        places = _places_in(chunk)
        if places:
            columns, rows = zip(*places, strict=True)
            self.width = max(self.width, *map(_column_number, set(columns)))
            self.length = max(self.length, *map(_row_number, set(rows)))
        if _count_tags(chunk, b"c") + _count_tags(chunk, b"row") > len(places):
            self._count_unplaced(chunk[seen:])
        self._require_bounded()

    def _count_unplaced(self, chunk: bytes) -> None:
        """Count cells and rows by their tags, whether placed or not: an upper bound is enough."""
        parts = _ROW_END.split(chunk)
        self.unplaced_rows += len(parts) - 1
        for part in parts:
            self.unplaced_in_row += _count_tags(part, b"c")
            self.most_unplaced = max(self.most_unplaced, self.unplaced_in_row)
            if part is not parts[-1]:
                self.unplaced_in_row = 0

    def _require_bounded(self) -> None:
        width = max(self.width, self.most_unplaced)
        if width > MOST_COLUMNS or width * max(self.length, self.unplaced_rows) > MOST_CELLS:
            raise FileRefused(_TOO_WIDE)


def _count_tags(chunk: bytes, name: bytes) -> int:
    """Count the start tags of an element, with or without a prefix; others that start alike count too."""
    return chunk.count(b"<" + name) + chunk.count(b":" + name)


def _places_in(chunk: bytes) -> list[tuple[bytes, bytes]]:
    """Give column letters and row digits of cells and rows; slowly where attributes are not written as Excel does."""
    usual = chunk.count(b"r=") == chunk.count(b' r="') and _SPACED.search(chunk) is None
    return (_CELL if usual else _ANY_CELL).findall(chunk)


def _row_number(digits: bytes) -> int:
    if len(digits) > 7 or not digits.isdigit():
        raise FileRefused(_TOO_WIDE)
    return int(digits)


def _column_number(letters: bytes) -> int:
    """Give the number of a column: A is 1, AA is 27."""
    if len(letters) > 3 or not (letters.isalpha() or not letters):
        raise FileRefused(_TOO_WIDE)
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class _TextsWatcher:
    """Look at the shared texts of a workbook for the longest."""

    def __init__(self, sheets: _Sheets) -> None:
        self.sheets = sheets
        self.since_end = 0

    def look(self, chunk: bytes, seen: int) -> None:
        """Look at the next chunk."""
        last = seen
        for end in _ITEM_END.finditer(chunk):
            if end.end() > seen:
                self._note(self.since_end + max(0, end.start() - last))
                last, self.since_end = end.end(), 0
        self.since_end += len(chunk) - last
        self._note(self.since_end)

    def _note(self, length: int) -> None:
        self.sheets.longest_shared = max(self.sheets.longest_shared, length)


def read_workbook(stream: BinaryIO, size: int) -> tuple[Iterator[Record], str | None]:
    """Give the rows of the first sheet, and a note for the sender where there are others. Raises FileRefused."""
    sheets = _Sheets()
    for member in members_of(stream, size):
        look_through(stream, member, sheets.watcher_for)
    sheets.require_bounded_texts()
    stream.seek(0)
    sheet, others = _first_sheet(stream)
    note = None
    if others:
        note = f"Only the first sheet was read; the workbook has {others} more. Send each sheet that counts as a file."
    return _records(sheet), note


def _first_sheet(stream: BinaryIO) -> tuple[CalamineSheet, int]:
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        places = [n for n, sheet in enumerate(workbook.sheets_metadata) if sheet.typ == SheetTypeEnum.WorkSheet]
        if not places or len(places) > MOST_SHEETS:
            raise FileRefused("The workbook has no sheet that can be read.")
        return workbook.get_sheet_by_index(places[0]), len(places) - 1
    except (FileRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic inside the reading library is no Exception
        raise FileRefused("The workbook cannot be read: it is damaged. Save it anew, or send CSV.") from None


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    first_place = sheet.start[1] + 1 if sheet.start else 1
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [value if type(value) is str else _text(value) for value in values]
        damage = None
        for place, cell in enumerate(cells, start=first_place):
            if cell and not cell[0].isalnum() and is_formula(cell):
                raise FormulaInCell(number, place)
        if any(map(CONTROL.search, cells)):
            damage = "A cell of this row holds a control character that no text has; type it again."
        if any(cells):
            yield number, cells, damage


def _text(value: Any) -> str:
    """Write the value of a cell as text: a day as a day, a whole number without its point."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)

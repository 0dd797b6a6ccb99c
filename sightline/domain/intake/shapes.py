"""Sort a file of rows: choose the layout by the headings, read each row, and tell what it says or what is wrong."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Generic

from sightline.domain.intake.columns import Need, R, RowReader, columns_of, words_of_need
from sightline.domain.intake.feed import Table
from sightline.domain.intake.files.delimited import Record, read_delimited
from sightline.domain.intake.files.headings import Headings, plain, refuse_headings
from sightline.domain.intake.files.objects import read_objects
from sightline.domain.intake.files.survey import require_kind, size_of, survey
from sightline.domain.intake.files.workbook import read_workbook
from sightline.domain.intake.problem import LONGEST_SHOWN, Problem
from sightline.domain.intake.row import Fault, FileRefused, Sender, SortedRow, Told, Withdrawn
from sightline.domain.vocabulary.identity import Identity

TOO_MANY_CELLS = "This row has more cells than there are headings; a comma may stand outside quotes."

EXCEL_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"))


@dataclass(frozen=True, slots=True)
class Telling:
    """Hold what a good row tells."""

    identity: Identity
    told: tuple[Told, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """Hold one layout of rows.

    `needs` must be met by the headings and by each row. `problems` looks across the columns of a row, `on` being the
    day on which the file came or None; it may meet None in any column. `tell` is called for rows that nothing turns
    back. `headings` names columns that must be in the heading row and may be empty below it. In a layout of our own
    (`ours`) a heading that is not known is reported.
    """

    name: str
    title: str
    model: type[R]
    needs: tuple[Need, ...]
    problems: Callable[[R, date | None], Iterable[Problem]]
    tell: Callable[[R, Sender, date | None], Telling]
    headings: tuple[str, ...] = ()
    ours: bool = True

    def table(self) -> Table:
        """Describe the layout for the documentation."""
        return Table(self.name, self.title, columns_of(self.model, self.needs))

    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        return tuple(field.alias or name for name, field in self.model.model_fields.items())


def sort_rows(
    stream: BinaryIO,
    sender: Sender,
    *,
    shapes: tuple[Shape[Any], ...],
    formats: tuple[str, ...],
    on: date | None,
    limit_bytes: int,
) -> Iterator[SortedRow]:
    """Sort a file of rows of one of these layouts, in one of these formats (csv, xlsx, json). Raises FileRefused."""
    size = size_of(stream, limit_bytes)
    kind = require_kind(stream, formats)
    if kind == "json":
        yield from _sort_objects(stream, size, sender, shapes[0], on)
        return
    if kind == "xlsx":
        records, note = read_workbook(stream, size)
    else:
        look = survey(stream)
        records, note = read_delimited(stream, look), look.note
    yield from _sort_records(records, sender, shapes, on, note)


def _sort_records(
    records: Iterator[Record], sender: Sender, shapes: tuple[Shape[Any], ...], on: date | None, note: str | None
) -> Iterator[SortedRow]:
    first = next(records, None)
    if first is None:
        raise FileRefused("The file holds no rows.")
    heading_row, written, _ = first
    shape, headings = choose_shape(written, shapes)
    notes = _notes_on_file(heading_row, headings, shape, note)
    sort = RowSorter(shape, sender, on)
    for number, cells, damage in records:
        overflow = TOO_MANY_CELLS if headings.overflow(cells) else None
        row = sort.row(number, headings.fill(cells), damage or overflow)
        if row is None:
            continue
        if notes:
            row = SortedRow(row.number, row.identity, row.told, row.withdrawn, notes + row.faults)
            notes = ()
        yield row


def choose_shape(written: list[str], shapes: tuple[Shape[Any], ...]) -> tuple[Shape[Any], Headings]:
    """Find the layout whose needs the headings meet, the one with most columns found; raises FileRefused."""
    tries = [(shape, Headings(written, shape.names())) for shape in shapes]
    shape, headings = max(tries, key=lambda found: (not _lacking(*found), len(found[1].found)))
    if lacking := _lacking(shape, headings):
        raise refuse_headings(headings, lacking, nearest=shape.name, tables=[shape.name for shape in shapes])
    headings.require_single()
    return shape, headings


def _lacking(shape: Shape[Any], headings: Headings) -> list[str]:
    lacking = [words_of_need(need) for need in shape.needs if not any(set(names) <= headings.found for names in need)]
    return lacking + [name for name in shape.headings if name not in headings.found]


def _notes_on_file(row: int, headings: Headings, shape: Shape[Any], note: str | None) -> tuple[Fault, ...]:
    notes = [Fault(row, "", "", note, turns_back=False)] if note else []
    if shape.ours:
        notes += [
            Fault(
                row, heading[:LONGEST_SHOWN], "", "This is no column of this feed; it was not read.", turns_back=False
            )
            for heading in headings.unknown[:20]
        ]
    return tuple(notes)


def _sort_objects(
    stream: BinaryIO, size: int, sender: Sender, shape: Shape[Any], on: date | None
) -> Iterator[SortedRow]:
    names = {plain(name): name for name in shape.names()}
    sort = RowSorter(shape, sender, on)
    for number, item in read_objects(stream, size):
        if isinstance(item, str):
            yield SortedRow(number, None, faults=(Fault(number, "", "", item),))
            continue
        cells, faults = _cells_of(item, names, number)
        row = sort.row(number, cells, None, faults)
        yield row or SortedRow(number, None, faults=(Fault(number, "", "", "This object holds nothing."),))


def _cells_of(item: dict[str, Any], names: dict[str, str], number: int) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """Write the values of an object as the cells of a row."""
    cells: dict[str, str] = {}
    faults: list[Fault] = []
    for key, value in item.items():
        name = names.get(plain(key))
        if name is None:
            faults.append(
                Fault(number, key[:LONGEST_SHOWN], "", "This is no key of this feed; it was not read.", False)
            )
            continue
        text = text_of(value)
        if text is None:
            faults.append(Fault(number, name, "", "Here stands an object or a list of objects; write text."))
        elif text:
            cells[name] = text
    return cells, tuple(faults)


def text_of(value: Any) -> str | None:
    """Write a value of JSON as the text of a cell; a list is joined by semicolons; None for what is no such value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list):
        parts = [text_of(part) for part in value if not isinstance(part, list)]
        return None if None in parts or len(parts) < len(value) else ";".join(part for part in parts if part)
    return None


class RowSorter(Generic[R]):
    """Sort the rows of one file in one layout."""

    def __init__(self, shape: Shape[R], sender: Sender, on: date | None) -> None:
        self.shape = shape
        self.sender = sender
        self.on = on
        self.reader = RowReader(shape.model, shape.needs)

    def row(
        self, number: int, cells: dict[str, str], damage: str | None, faults: tuple[Fault, ...] = ()
    ) -> SortedRow | None:
        """Sort one row; None for an empty one."""
        if damage is not None:
            return SortedRow(number, None, faults=(Fault(number, "", "", damage),))
        if not cells:
            return None
        faults += _without_excel_errors(cells, number)
        read, problems = self.reader.read(cells)
        problems += tuple(self.shape.problems(read, self.on))
        if problems:
            faults += tuple(
                Fault(number, p.column, cells.get(p.column, "")[:LONGEST_SHOWN], p.fault, p.turns_back)
                for p in problems
            )
        if faults and any(fault.turns_back for fault in faults):
            return SortedRow(number, None, faults=faults)
        telling = self.shape.tell(read, self.sender, self.on)
        return SortedRow(number, telling.identity, telling.told, telling.withdrawn, faults)


def _without_excel_errors(cells: dict[str, str], number: int) -> tuple[Fault, ...]:
    """Take out cells in which a spreadsheet shows an error instead of a value, and say so."""
    broken = EXCEL_ERRORS.intersection(cells.values())
    if not broken:
        return ()
    names = [name for name, cell in cells.items() if cell in broken]
    return tuple(
        Fault(number, name, cells.pop(name), "The spreadsheet shows an error here; the cell was read as empty.", False)
        for name in names
    )

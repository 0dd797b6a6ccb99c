"""The files on their way out: opened when their first row is written, counted, and closed in the end."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TextIO

from sightline.demonstration.manifest import SentFile

FIRST_CSV_ROW = 2
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Closable(Protocol):
    """A file that is being written: it counts its rows and can be closed."""

    rows: int

    def close(self) -> None:
        """Write what ends the file, and close it."""


class CsvFile:
    """Write rows under a heading; the first row of data is row 2, as a spreadsheet counts."""

    def __init__(self, path: Path, columns: Sequence[str], encoding: str) -> None:
        self.file: TextIO = path.open("w", encoding=encoding, newline="")
        self.writer = csv.writer(self.file, lineterminator="\n")
        self.writer.writerow(columns)
        self.rows = 0

    def write(self, cells: Iterable[object]) -> int:
        """Write one row, None as an empty cell; gives its number."""
        self.writer.writerow(cells)
        self.rows += 1
        return self.rows + FIRST_CSV_ROW - 1

    def close(self) -> None:
        """Close the file."""
        self.file.close()


class JsonFile:
    """Write objects as one JSON list, or one a line (JSON Lines); the first is number 1."""

    def __init__(self, path: Path, *, lines: bool) -> None:
        self.file: TextIO = path.open("w", encoding="utf-8")
        self.lines = lines
        self.rows = 0

    def write(self, item: dict[str, Any]) -> int:
        """Write one object; gives its number."""
        if not self.lines:
            self.file.write(",\n" if self.rows else "[\n")
        self.file.write(ENCODE(item))
        if self.lines:
            self.file.write("\n")
        self.rows += 1
        return self.rows

    def close(self) -> None:
        """End the list and close the file."""
        if not self.lines:
            self.file.write("\n]\n" if self.rows else "[]\n")
        self.file.close()


@dataclass(slots=True)
class Outgoing:
    """Hold the open files of one partnership in one folder, by name; use it as a context manager."""

    folder: Path
    arrived_at: datetime
    story: str | None = None
    files: dict[str, Closable] = field(default_factory=dict)
    sent: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)

    def __enter__(self) -> "Outgoing":
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        for file in self.files.values():
            file.close()

    def csv(
        self, name: str, columns: Sequence[str], *, feed: str, sent_by: str, encoding: str = "utf-8",
        arrived_at: datetime | None = None,
    ) -> CsvFile:
        """Give the CSV file of this name, opened with its heading the first time."""
        found = self.files.get(name)
        if not isinstance(found, CsvFile):
            found = CsvFile(self.folder / name, columns, encoding)
            self._opened(name, found, feed, sent_by, arrived_at)
        return found

    def json(
        self, name: str, *, feed: str, sent_by: str, lines: bool, arrived_at: datetime | None = None,
    ) -> JsonFile:
        """Give the JSON file of this name, opened the first time."""
        found = self.files.get(name)
        if not isinstance(found, JsonFile):
            found = JsonFile(self.folder / name, lines=lines)
            self._opened(name, found, feed, sent_by, arrived_at)
        return found

    def other(self, name: str, file: Closable, *, feed: str, sent_by: str) -> None:
        """Take in a file that was opened elsewhere."""
        self._opened(name, file, feed, sent_by, None)

    def _opened(self, name: str, file: Closable, feed: str, sent_by: str, arrived_at: datetime | None) -> None:
        self.files[name] = file
        self.sent[name] = (feed, sent_by, arrived_at or self.arrived_at)

    def list(self, below: str = "") -> list[SentFile]:
        """List the files that were sent, in the order in which they were opened; those of the truth are not."""
        return [
            SentFile(below + name, feed, sent_by, arrived_at, self.files[name].rows, self.story)
            for name, (feed, sent_by, arrived_at) in self.sent.items() if feed
        ]

"""A feed: a file format that an agency can send, described column by column, with the function that sorts it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Protocol

from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.row import Sender, SortedRow


@dataclass(frozen=True, slots=True)
class Column:
    """Describe one column, element or key of a feed: `format` in words a sender understands."""

    name: str
    means: str
    format: str
    required: bool
    becomes: str


@dataclass(frozen=True, slots=True)
class Table:
    """Describe one layout of a feed: some feeds have several files, told apart by their headers."""

    name: str
    title: str
    columns: tuple[Column, ...]


class Sorter(Protocol):
    """Sort a file of one feed.

    It reads a seekable binary stream and yields rows one by one with bounded memory. `on` is the day on which the
    file came: days after it are faults; without it nothing is taken for lying in the future. It raises FileRefused,
    before the first row or later, where the file as a whole cannot be trusted, or is larger than `limit_bytes`.
    """

    def __call__(
        self, stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
    ) -> Iterator[SortedRow]:
        """Sort the file."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Describe one feed.

    `sent_by` holds the agency kinds that may send it, `formats` the file endings it is read from.
    """

    name: str
    title: str
    about: str
    sent_by: tuple[str, ...]
    formats: tuple[str, ...]
    tables: tuple[Table, ...]
    source: str
    sort: Sorter

"""A feed: a file format that an agency can send, described column by column, with the function that sorts it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

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


@dataclass(frozen=True, slots=True)
class Feed:
    """Describe one feed.

    `sent_by` holds the agency kinds that may send it, `formats` the file endings it is read from. `sort` reads a
    seekable binary stream and yields rows one by one with bounded memory; it raises FileRefused, before the first row
    or later, where the file as a whole cannot be trusted.
    """

    name: str
    title: str
    about: str
    sent_by: tuple[str, ...]
    formats: tuple[str, ...]
    tables: tuple[Table, ...]
    source: str
    sort: Callable[[BinaryIO, Sender], Iterator[SortedRow]]

"""Find the columns of a feed under the headings that a sender wrote: case, spaces, underscores and quotes pass."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sightline.domain.intake.row import FileRefused

_SHOWN = 20


LONGEST_HEADING = 200


def plain(heading: str) -> str:
    """Give a heading by its letters and digits alone; of a very long one only the beginning counts."""
    return _plain(heading[:LONGEST_HEADING])


@lru_cache(4096)
def _plain(heading: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", heading).casefold() if c.isalnum())


class Headings:
    """Hold the column of each place of a row, None where the heading is not known."""

    def __init__(self, written: Sequence[str], names: Iterable[str]) -> None:
        known = {plain(name): name for name in names}
        self.written = written
        self.names = tuple(known.get(plain(heading)) for heading in written)
        self.unknown = [
            heading.strip()
            for heading, name in zip(written, self.names, strict=True)
            if name is None and heading.strip()
        ]
        self.found = frozenset(name for name in self.names if name is not None)

    def require_single(self) -> None:
        """Refuse a file in which a column comes twice. Raises FileRefused."""
        twice = sorted({name for name in self.names if name is not None and self.names.count(name) > 1})
        if twice:
            raise FileRefused(f"The heading row has these columns twice: {', '.join(twice)}.")

    def fill(self, cells: Sequence[str]) -> dict[str, str]:
        """Give the cells that are not empty by their columns."""
        return {name: cell for name, cell in zip(self.names, map(str.strip, cells), strict=False) if cell and name}

    def overflow(self, cells: Sequence[str]) -> bool:
        """Tell whether a row has filled cells beyond the last heading."""
        return len(cells) > len(self.written) and any(cell.strip() for cell in cells[len(self.written) :])


def refuse_headings(headings: Headings, lacking: Iterable[str], *, nearest: str, tables: Sequence[str]) -> FileRefused:
    """Say which columns are missing and which headings were not recognised; of several tables, for the nearest.

    Where not one heading was recognised the first row is not repeated: it may be a row of data.
    """
    lack = "; ".join(lacking)
    if not headings.found:
        return FileRefused(f"The first row holds none of the headings of this feed. It must have: {lack}.")
    unknown = ", ".join(f"'{name[:40]}'" for name in headings.unknown[:_SHOWN])
    rest = f" Not recognised: {unknown}." if unknown else ""
    if len(tables) > 1:
        return FileRefused(
            f"This is none of the tables of this feed: {', '.join(tables)}. The nearest is {nearest}, for which the "
            f"heading row lacks: {lack}.{rest}"
        )
    return FileRefused(f"The heading row lacks: {lack}.{rest}")

"""Everything told about one child, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, first_instant
from sightline.domain.vocabulary.place import Place


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hold one child's entries in the order in which they happened (a day sorts at its start, then by id)."""

    child: str
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, child: str, entries: Iterable[Entry]) -> "Timeline":
        """Order the entries; two with one id are one."""
        unique = {entry.id: entry for entry in entries}
        return cls(child, tuple(sorted(unique.values(), key=lambda entry: (entry.starts, entry.id))))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def kinds(self, *kinds: str) -> tuple[Entry, ...]:
        """Give the entries of these kinds; a kind that ends in a dot means every kind of that field of work."""
        exact = frozenset(kind for kind in kinds if not kind.endswith("."))
        fields = tuple(kind for kind in kinds if kind.endswith("."))
        return tuple(e for e in self.entries if e.kind in exact or (fields and e.kind.startswith(fields)))

    def known_at(self, instant: datetime) -> "Timeline":
        """Give the timeline as this system knew it at the instant: nothing told later, nothing still to come."""
        return Timeline(self.child, tuple(e for e in self.entries if e.known_from <= instant and e.starts <= instant))

    def home_at(self, moment: Moment) -> Place | None:
        """Give the home that was last told for the moment; before the first telling, the first one."""
        homes = [e for e in self.entries if e.kind == "child.home" and e.place is not None]
        if not homes:
            return None
        instant = first_instant(moment)
        before = [e for e in homes if e.starts <= instant]
        return (before[-1] if before else homes[0]).place

    def born_on(self) -> Moment | None:
        """Give the day of birth that was told last, or None."""
        births = [e for e in self.entries if e.kind == "child.born"]
        return max(births, key=lambda e: e.known_from).at if births else None

"""Every telling about one child, the corrected and the withdrawn ones too: what was known at any instant."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.timeline import Timeline

WITHDRAWN = "record.withdrawn"


@dataclass(frozen=True, slots=True)
class History:
    """Hold a child's tellings in the order in which they became known; those with one id tell of one event.

    A later telling takes the place of the earlier; one that says that the event is withdrawn takes it away. `order`
    gives the numbers of the tellings in the order in which what they tell happened.
    """

    child: str
    tellings: tuple[Entry, ...]
    arrivals: tuple[datetime, ...]
    order: tuple[int, ...]

    @classmethod
    def of(cls, child: str, tellings: Iterable[Entry]) -> "History":
        """Order tellings by when they became known; of two at one instant the one given later counts."""
        ordered = tuple(sorted(tellings, key=lambda entry: entry.known_from))
        happened = sorted(range(len(ordered)), key=lambda number: (ordered[number].starts, ordered[number].id))
        return cls(child, ordered, tuple(entry.known_from for entry in ordered), tuple(happened))

    def known_at(self, instant: datetime) -> Timeline:
        """Give the timeline as it was known at the instant, with what was known to be still to come."""
        newest: dict[str, int] = {}
        known = bisect_right(self.arrivals, instant)
        for number, entry in enumerate(self.tellings[:known]):
            if entry.kind == WITHDRAWN and entry.id in newest:
                del newest[entry.id]
            else:
                newest[entry.id] = number
        holds = set(newest.values())
        return Timeline(self.child, tuple(self.tellings[number] for number in self.order if number in holds))

    def count_at(self, instant: datetime) -> int:
        """Count the tellings that were known at an instant."""
        return bisect_right(self.arrivals, instant)

    def since_last(self, most: int) -> datetime | None:
        """Give the instant from which so many tellings at most became known, or None where there are no more."""
        return None if len(self.arrivals) <= most else self.arrivals[-most]

    def arrival_after(self, instant: datetime) -> datetime | None:
        """Give the next instant at which something became known, or None."""
        number = bisect_right(self.arrivals, instant)
        return self.arrivals[number] if number < len(self.arrivals) else None

    def firsts(self) -> dict[str, Entry]:
        """Give the first telling of each event by its id."""
        first: dict[str, Entry] = {}
        for entry in self.tellings:
            first.setdefault(entry.id, entry)
        return first

    def as_it_happened(self, *, told_by: Callable[[Entry], bool] = lambda entry: True) -> "History":
        """Give the history had every event been told as soon as it happened; corrections stay as late as they came.

        An agency knows of an event of its own when it happens, however late it tells others. `told_by` chooses whose.
        """
        first = self.firsts()
        return History.of(self.child, [
            replace(entry, recorded_at=None) if entry is first[entry.id] and entry.kind != WITHDRAWN else entry
            for entry in self.tellings if told_by(entry)])

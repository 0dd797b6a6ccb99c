"""The patterns of which an area makes a sign of its own: so many times, A and no B, A and B together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sightline.domain.signs.counting import repeated, windows
from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.known import Known
from sightline.domain.signs.silence import unanswered
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS

DAYS_LEAST, DAYS_MOST, TIMES_MOST = 1, 180, 20


@dataclass(frozen=True, slots=True)
class Told:
    """Say which entries are meant: of one kind, and, where `where` is not empty, with these facts."""

    kind: str
    where: Mapping[str, str]

    def among(self, known: Known) -> list[Entry]:
        """Give the entries that are meant, in order."""
        facts = self.where.items()
        return [entry for entry in known.kind(self.kind) if all(self._says(entry, *fact) for fact in facts)]

    def evidence(self, known: Known) -> list[Evidence]:
        """Give them as evidence, by the title of their kind."""
        return [Evidence(entry, f"{KINDS[self.kind].title} {{when}}") for entry in self.among(known)]

    def _says(self, entry: Entry, key: str, value: str) -> bool:
        fact = entry.facts.get(key)
        told = fact if isinstance(fact, (list, tuple)) else [fact]
        return any(isinstance(one, str) and one.casefold() == value.casefold() for one in told)


def again(what: Told, *, times: int, days: int) -> Callable[[Known], Iterable[Finding]]:
    """Find so many of a kind, or more, within so many days."""
    title = KINDS[what.kind].title.lower()
    return lambda known: repeated(what.evidence(known), f"time: {title}", times=times, days=days, since=known.since)


def without(what: Told, then: Told, *, days: int) -> Callable[[Known], Iterable[Finding]]:
    """Find one that none of the other kind followed within so many days."""
    title = KINDS[then.kind].title
    return lambda known: unanswered(
        what.evidence(known), wait=timedelta(days=days), answers=then.among(known), answered=f"{title}, late, {{when}}")


def together(what: Told, other: Told, *, days: int) -> Callable[[Known], Iterable[Finding]]:
    """Find one of each kind within so many days of each other."""

    def find(known: Known) -> Iterator[Finding]:
        ones, others = what.evidence(known), other.evidence(known)
        kinds = {e.entry.id: 0 for e in ones} | {e.entry.id: 1 for e in others}
        every = sorted({e.entry.id: e for e in (*ones, *others)}.values(), key=lambda e: (e.entry.starts, e.entry.id))
        for window in windows(every, days=days, since=known.since):
            yield from _both(window, kinds, days)

    return find


def _both(window: Sequence[Evidence], kinds: Mapping[str, int], days: int) -> Iterator[Finding]:
    last = window[-1]
    before = [e for e in window[:-1] if kinds[e.entry.id] != kinds[last.entry.id]]
    if before:
        yield Finding(last.moment, [*before, last], f"within {days} days of each other")

"""Compare what is kept of children with what is read, and count by council who gains and who loses a sign."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sightline.domain.operations.counted import FEWEST_SHOWN
from sightline.domain.signs.areas import council_of
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.moment import write_moment
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline

NO_COUNCIL = "No council told"
LONGEST_SHOWN_DAYS = 3650


class Shown(NamedTuple):
    """Hold what is compared of a sign: its code, edition, entries, and the moment of its newest evidence as text."""

    code: str
    edition: str
    because: tuple[str, ...]
    last_at: str


class Counted(NamedTuple):
    """Hold how many children of a council gain a sign, and how many lose it; None: too few to be told."""

    gained: int | None = 0
    lost: int | None = 0


Counts = dict[tuple[str, str], Counted]
"""By the code of the sign and the council of the child's home."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a change of the rule book to be tried: signs that are left out, and days for which others are shown."""

    without: frozenset[str] = frozenset()
    shown_days: Mapping[str, int] | None = None

    @classmethod
    def read(cls, document: Mapping[str, Any] | None) -> "Change | None":
        """Read a change as it is kept, or None."""
        return None if document is None else cls(frozenset(document["without"]), dict(document["shown_days"]))

    def document(self) -> dict[str, Any]:
        """Give the change as it is kept."""
        return {"without": sorted(self.without), "shown_days": dict(self.shown_days or {})}

    def of(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """Give the rules as they would be."""
        days = self.shown_days or {}
        return tuple(replace(rule, shown_days=days[rule.code], edition=f"{rule.edition}+") if rule.code in days
                     else rule for rule in rules if rule.code not in self.without)


def shown_in(reading: Reading) -> frozenset[Shown]:
    """Give what a reading shows, as it is compared with what is kept."""
    return frozenset(Shown(s.code, s.edition, s.because, write_moment(s.last_at)) for s in reading.signs)


def codes_changed(before: Iterable[Shown], after: Iterable[Shown]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the codes of the signs that a child gains, and of those that it loses."""
    had, has = {one.code for one in before}, {one.code for one in after}
    return frozenset(has - had), frozenset(had - has)


def add(counts: Counts, *, council: str, gained: Iterable[str], lost: Iterable[str]) -> None:
    """Add one child of a council to the counts."""
    for code, more in [*((code, (1, 0)) for code in gained), *((code, (0, 1)) for code in lost)]:
        was = counts.get((code, council), Counted())
        counts[code, council] = Counted((was.gained or 0) + more[0], (was.lost or 0) + more[1])


def totals(counts: Mapping[tuple[str, str], Counted]) -> dict[str, Counted]:
    """Add the councils together for each sign; a total with a part that is not told is not told either.

    A child has one home, so that nobody is counted twice.
    """
    found: dict[str, list[Counted]] = {}
    for (code, _), one in counts.items():
        found.setdefault(code, []).append(one)
    return {code: Counted(_sum([one.gained for one in parts]), _sum([one.lost for one in parts]))
            for code, parts in found.items()}


def for_outsiders(counts: Mapping[tuple[str, str], Counted]) -> Counts:
    """Give the counts as they may leave the partnership: one to four children of a council are not told."""
    return {place: Counted(_few(one.gained), _few(one.lost)) for place, one in counts.items()}


def council_of_child(timeline: Timeline) -> str:
    """Name the council of the newest home that was told."""
    homes = [e.place for e in timeline.entries if e.kind == "child.home" and council_of(e.place)]
    return (homes[-1].council if homes and homes[-1] else None) or NO_COUNCIL


def _few(number: int | None) -> int | None:
    return number if number is None or number == 0 or number >= FEWEST_SHOWN else None


def _sum(numbers: Sequence[int | None]) -> int | None:
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None

"""Say which records leave when a person is parted: with whom each goes, and who keeps the person's id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

Pair = tuple[str, str]
Anchor = tuple[datetime, bool]
"""Since when a record has been the person's, and whether a joining brought it: at one instant, who was there first."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Hold the records that leave, and the answers "the same" that contradict the parting and must be asked again."""

    leaving: frozenset[str]
    contradicted: tuple[Pair, ...]


def part(
    anchored: Mapping[str, Anchor], *, one: str, other: str, came_together: Sequence[Iterable[str]],
    said_same: Sequence[Pair],
) -> Parted:
    """Give what leaves the person so that `one` and `other` are two.

    `anchored` tells of each of the person's records since when it has been this person's. `came_together` lists
    records that one joining brought along; `said_same` the pairs of which people said that they are one child, the
    newest first. What was said to belong together, and then what came together, goes together, as long as the two are
    not brought together by it again: of answers that contradict one another the newer hold. The side whose
    longest-anchored record has been there longest stays, with everything that nothing ties to the other.
    """
    ties = _Ties(anchored)
    contradicted = tuple(pair for pair in said_same if pair[0] in anchored and pair[1] in anchored
                         and not ties.tie(*pair, apart=(one, other)))
    for group in came_together:
        members = [record for record in group if record in anchored]
        for record in members[1:]:
            ties.tie(members[0], record, apart=(one, other))
    sides = [ties.tied_to(record) for record in (one, other)]
    leaving = max(sides, key=lambda side: min((anchored[record], record) for record in side))
    return Parted(frozenset(leaving), contradicted)


class _Ties:
    """Follow which records go together."""

    def __init__(self, records: Iterable[str]) -> None:
        self._group = {record: {record} for record in records}

    def tied_to(self, record: str) -> set[str]:
        return self._group[record]

    def tie(self, one: str, other: str, *, apart: Pair) -> bool:
        """Tie two records and whatever is tied to them; not where that would bring together what must stay apart."""
        whole = self._group[one] | self._group[other]
        if whole >= set(apart):
            return False
        for record in whole:
            self._group[record] = whole
        return True

"""A child's timeline as duties read it: what was known at one instant, by kind, with what holds at a moment.

Entries that were withdrawn are left out, and of two tellings of one event the one that was known first stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sightline.domain.duties.clocks import Where
from sightline.domain.duties.retelling import retold
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of, is_day
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

ADULT_AGE = 18

# SSDA903 reasons why care ended (E11, E4A ...); X1 ends an episode and begins the next, so the child stays in care.
CARE_CEASED = "E"


@dataclass(frozen=True, slots=True)
class Life:
    """Hold what was known of a child at an instant (UTC).

    `happened` holds entries in order; `coming` those that are known and still to come (a placement arranged for next
    week); `withdrawn` those that no longer hold, and `told` every entry that was known, by id.
    """

    at: datetime
    where: Where
    happened: Timeline
    coming: tuple[Entry, ...]
    withdrawn: dict[str, Entry]
    told: dict[str, Entry]
    by_kind: dict[str, list[Entry]]
    born_on: date | None
    _homes: dict[str, Place | None] = field(default_factory=dict)

    @classmethod
    def known_at(cls, timeline: Timeline, *, at: datetime, where: Where) -> "Life":
        """Read the timeline as it was known at the instant."""
        now = at.astimezone(UTC)
        told = {entry.id: entry for entry in timeline if entry.known_from <= now}
        withdrawn = _withdrawn(told)
        retellings = retold([entry for entry in told.values() if entry.id not in withdrawn])
        holding = [entry for entry in told.values() if entry.id not in withdrawn and entry.id not in retellings]
        happened = Timeline(timeline.child, tuple(entry for entry in holding if entry.starts <= now))
        by_kind: dict[str, list[Entry]] = {}
        for entry in happened:
            by_kind.setdefault(entry.kind, []).append(entry)
        coming = tuple(entry for entry in holding if entry.starts > now)
        born = happened.born_on()
        born_on = None if born is None else day_of(born)
        return cls(now, where, happened, coming, withdrawn, told, by_kind, born_on)

    def of(self, *kinds: str) -> Iterator[Entry]:
        """Give the entries of these kinds, in the order in which they happened within each kind."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    def since(self, entry: Entry, *kinds: str) -> Iterator[Entry]:
        """Give the entries of these kinds that were at or after an entry."""
        return (other for other in self.of(*kinds) if not_before(other, entry.starts))

    def home_of(self, entry: Entry) -> Place | None:
        """Give the home at the moment of an entry, as far as it was told."""
        if entry.id not in self._homes:
            self._homes[entry.id] = self.happened.home_at(entry.at)
        return self._homes[entry.id]

    def adult_on(self, day: date) -> bool:
        """Tell whether the child was known to be 18 or over; whose birthday is unknown is a child."""
        return self.born_on is not None and day >= birthday(self.born_on, ADULT_AGE)

    def looked_after(self, entry: Entry) -> Entry | None:
        """Give the entry that shows the child looked after at the moment of another, or None.

        Looked after is who became so or was placed, with no end of care and no closure of the case since.
        """
        return _standing(
            self.of("care.looked-after", "care.placement", "care.placement-ended", "care.closed"), entry,
            ended=lambda other: other.kind == "care.closed" or _care_ceased(other),
            silent=lambda other: other.kind == "care.placement-ended" and not _care_ceased(other),
        )

    def social_worker(self, entry: Entry) -> Entry | None:
        """Give the entry that allocated a social worker to the child before another, the case not closed since."""
        return _standing(self.of("care.worker", "care.closed"), entry, ended=lambda other: other.kind == "care.closed")

    def school_of(self, entry: Entry) -> str | None:
        """Give the school that the entry names, else the one last named before it that the child has not left."""
        named = entry.facts.get("school")
        if named is not None:
            return str(named)
        telling = _standing(
            self.of("school.joined", "school.attendance", "school.exclusion", "school.left"), entry,
            ended=lambda other: other.kind == "school.left",
            silent=lambda other: "school" not in other.facts and other.kind != "school.left",
        )
        return None if telling is None else str(telling.facts["school"])


def _standing(
    entries: Iterable[Entry], moment: Entry, *, ended: Callable[[Entry], bool],
    silent: Callable[[Entry], bool] = lambda _: False,
) -> Entry | None:
    """Give the last of the entries up to a moment, unless it ended what the others began."""
    last: Entry | None = None
    for entry in entries:
        if entry.starts <= moment.starts and not silent(entry) and (last is None or entry.starts >= last.starts):
            last = entry
    return None if last is None or ended(last) else last


def _care_ceased(entry: Entry) -> bool:
    reason = str(entry.facts.get("reason") or "")
    return reason[:1] == CARE_CEASED and reason[1:2].isdigit()


def _withdrawn(told: Mapping[str, Entry]) -> dict[str, Entry]:
    ids = [named for entry in told.values() if entry.kind == "record.withdrawn" for named in withdraws(entry)]
    return {named: told[named] for named in ids if named in told}


def withdraws(entry: Entry) -> tuple[str, ...]:
    """Give the ids of the entries that a withdrawal names."""
    told = entry.facts.get("withdraws")
    return tuple(told) if isinstance(told, list | tuple) else ()


def not_before(entry: Entry, instant: datetime) -> bool:
    """Tell whether an entry was at or after an instant, or may have been: on that day where only its day is known."""
    return entry.starts >= instant or (is_day(entry.at) and entry.ends > instant)


def birthday(born_on: date, age: int) -> date:
    """Give the birthday of an age; who was born on 29 February has it on 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)

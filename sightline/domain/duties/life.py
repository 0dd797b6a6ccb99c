"""A child's timeline as duties read it: what was known at one instant, by kind, with what holds at a moment.

Entries that were withdrawn are left out, and of two tellings of one event the one that was known first stays.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
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

# The fact by which an entry says which duty, or what else, it is about.
ADDRESSES = {"notice.sent": "duty", "notice.acknowledged": "duty", "decision.made": "about"}


@dataclass(frozen=True, slots=True)
class Life:
    """Hold what was known of a child at an instant (UTC).

    `happened` holds entries in order, `by_kind` the same by kind, `by_address` the notices and decisions among them by
    kind and by what they are about; `coming` those that are known and still to come (a placement arranged for next
    week). `told` holds every entry that was known, by id: also the `withdrawn` ones, which no longer hold, and the
    `retold` ones, which tell again what another one tells.
    """

    at: datetime
    where: Where
    happened: Timeline
    coming: tuple[Entry, ...]
    withdrawn: dict[str, Entry]
    retold: dict[str, Entry]
    told: dict[str, Entry]
    by_kind: dict[str, list[Entry]]
    by_address: dict[tuple[str, str], list[Entry]]
    born_on: date | None
    _homes: dict[str, Place | None] = field(default_factory=dict)
    tallies: dict[str, float] = field(default_factory=dict)
    _days: dict[str, date] = field(default_factory=dict)
    _stories: dict[str, "Story"] = field(default_factory=dict)

    @classmethod
    def known_at(cls, timeline: Timeline, *, at: datetime, where: Where) -> "Life":
        """Read the timeline as it was known at the instant."""
        now = at.astimezone(UTC)
        told = {entry.id: entry for entry in timeline if entry.known_from <= now}
        withdrawn = _withdrawn(told)
        standing = [entry for entry in told.values() if entry.id not in withdrawn]
        again = retold(standing)
        holding = [entry for entry in standing if entry.id not in again] if again else standing
        happened = Timeline(timeline.child, tuple(entry for entry in holding if entry.starts <= now))
        by_kind: dict[str, list[Entry]] = {}
        by_address: dict[tuple[str, str], list[Entry]] = {}
        for entry in happened:
            by_kind.setdefault(entry.kind, []).append(entry)
            if entry.kind in ADDRESSES:
                address = str(entry.facts.get(ADDRESSES[entry.kind]) or "").strip()
                by_address.setdefault((entry.kind, address), []).append(entry)
        coming = tuple(entry for entry in holding if entry.starts > now)
        born = happened.born_on()
        born_on = None if born is None else day_of(born)
        retellings = {entry_id: told[entry_id] for entry_id in again}
        return cls(now, where, happened, coming, withdrawn, retellings, told, by_kind, by_address, born_on)

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

    def on(self, entry: Entry) -> date:
        """Give the day of an entry in the United Kingdom."""
        day = self._days.get(entry.id)
        if day is None:
            day = self._days[entry.id] = entry.on
        return day

    def looked_after(self, entry: Entry) -> Entry | None:
        """Give the entry that shows the child looked after at the moment of another, or None.

        Looked after is who became so or was placed, with no end of care and no closure of the case since.
        """
        return self._story(LOOKED_AFTER).standing_at(entry)

    def social_worker(self, entry: Entry) -> Entry | None:
        """Give the entry that allocated a social worker to the child before another, the case not closed since."""
        return self._story(WITH_A_WORKER).standing_at(entry)

    def school_of(self, entry: Entry) -> str | None:
        """Give the school that the entry names, else the one last named before it that the child has not left."""
        named = entry.facts.get("school")
        if named is not None:
            return str(named)
        telling = self._story(AT_SCHOOL).standing_at(entry)
        return None if telling is None else str(telling.facts["school"])

    def _story(self, holding: "Holding") -> "Story":
        story = self._stories.get(holding.name)
        if story is None:
            told = sorted(filter(holding.says, self.of(*holding.kinds)), key=lambda entry: entry.starts)
            story = self._stories[holding.name] = Story(holding, told, [entry.starts for entry in told])
        return story


@dataclass(frozen=True, slots=True)
class Holding:
    """Describe what holds from one entry to another: which entries say so, and which of them end it.

    Of two at one instant the kind that is named later counts.
    """

    name: str
    kinds: tuple[str, ...]
    says: Callable[[Entry], bool]
    ends: Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class Story:
    """Hold the entries, in order, that say whether something holds."""

    holding: Holding
    told: list[Entry]
    starts: list[datetime]

    def standing_at(self, moment: Entry) -> Entry | None:
        """Give the last entry up to the moment of another, unless it ended what the others began."""
        number = bisect_right(self.starts, moment.starts)
        return None if number == 0 or self.holding.ends(self.told[number - 1]) else self.told[number - 1]


def _closed(entry: Entry) -> bool:
    return entry.kind == "care.closed"


def _care_ceased(entry: Entry) -> bool:
    reason = str(entry.facts.get("reason") or "")
    return reason[:1] == CARE_CEASED and reason[1:2].isdigit()


LOOKED_AFTER = Holding(
    "looked after", ("care.looked-after", "care.placement", "care.placement-ended", "care.closed"),
    says=lambda entry: entry.kind != "care.placement-ended" or _care_ceased(entry),
    ends=lambda entry: _closed(entry) or entry.kind == "care.placement-ended",
)
WITH_A_WORKER = Holding("with a worker", ("care.worker", "care.closed"), says=lambda _: True, ends=_closed)
AT_SCHOOL = Holding(
    "at school", ("school.joined", "school.attendance", "school.exclusion", "school.left"),
    says=lambda entry: "school" in entry.facts or entry.kind == "school.left",
    ends=lambda entry: entry.kind == "school.left",
)


def _withdrawn(told: Mapping[str, Entry]) -> dict[str, Entry]:
    ids = [named for entry in told.values() if entry.kind == "record.withdrawn" for named in withdraws(entry)]
    return {named: told[named] for named in ids if named in told}


def withdraws(entry: Entry) -> tuple[str, ...]:
    """Give the ids of the entries that a withdrawal names."""
    return words(entry, "withdraws")


def words(entry: Entry, key: str) -> tuple[str, ...]:
    """Give the words of a fact that is a list of words; none where it is not told, or told otherwise."""
    told = entry.facts.get(key)
    return tuple(word for word in told if isinstance(word, str)) if isinstance(told, list | tuple) else ()


def not_before(entry: Entry, instant: datetime) -> bool:
    """Tell whether an entry was at or after an instant, or may have been: on that day where only its day is known."""
    return entry.starts >= instant or (is_day(entry.at) and entry.ends > instant)


def birthday(born_on: date, age: int) -> date:
    """Give the birthday of an age; who was born on 29 February has it on 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)

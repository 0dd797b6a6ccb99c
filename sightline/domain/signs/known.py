"""What is known of one child at one instant, sorted by kind once, so that each rule asks for its kinds alone.

This is all that a rule can see: entries and places, and beside them what waits in our own books, the circle of who
else was met with the same things, and that a managed offender is near. It holds no ethnicity, no religion, no name, and
of a relative only that a companion of some age was there. Age is used for two things alone: whether the person was a
child, and whether a companion was at least five years older.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from sightline.domain.circle.circle import NO_CIRCLE, Circle
from sightline.domain.offenders.joins import NearAdult
from sightline.domain.signs.finding import Found
from sightline.domain.signs.gaps import earlier_by, earliest
from sightline.domain.signs.missing import Episode, distinct_episodes, told_episodes
from sightline.domain.signs.ours import NOTHING_OURS, Ours, Waiting, Waits
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, day_of
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

# A counted pattern is shown for 180 days; from there a rule may look back 180 more for another sign; a week of slack.
MATTERS_DAYS = 180 + 180 + 7
ADULT_YEARS = 18
# A birthday that makes somebody older than this at an event is a placeholder (1900-01-01) or a slip, and hiding a
# child behind it would be worse than reading an adult's entries: such a birthday counts as unknown. Our own default.
PLAUSIBLE_YEARS = 25
# A feed gone wrong can tell millions of entries of one child, and some rules compare entries with one another. No child
# has a thousand entries of a kind that rules look back for; the newest thousand of each are read, and that is said.
# Of each kind, so that a flood of one hides no other.
MOST_OF_A_KIND = 1_000


@dataclass(frozen=True)
class Known:
    """Hold the entries that count at the instant `at`, in order, and the same by kind.

    `turns_at` is the next instant at which another entry comes to count, or the period of one ends. `whole_life` asks
    the rules to look back to the beginning, because a person keeps a sign that is old. `left_out` says how many entries
    were not read because there are too many of their kind.
    """

    child: str
    at: datetime
    entries: Sequence[Entry]
    by_kind: dict[str, list[Entry]] = field(repr=False)
    turns_at: datetime | None = None
    born_on: date | None = None
    found: Sequence[Found] = ()
    whole_life: bool = False
    ours: Ours = NOTHING_OURS
    circle: Circle = NO_CIRCLE
    near: Sequence[NearAdult] = ()
    left_out: int = 0
    _asked: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, timeline: Timeline, *, at: datetime, ours: Ours = NOTHING_OURS, circle: Circle = NO_CIRCLE,
        near: Sequence[NearAdult] = ()
    ) -> "Known":
        """Take what was known of this child at the instant: without what was withdrawn, and while still a child."""
        today = day_of(at)
        counting: list[Entry] = []
        turns: list[datetime] = []
        for entry in timeline.entries:
            if entry.child != timeline.child:
                continue
            moment, told_at = entry.at, entry.recorded_at
            happened = moment <= at if isinstance(moment, datetime) else moment <= today
            if happened and (told_at is None or told_at <= at):
                counting.append(entry)
                if entry.until is not None and (turns_at := earliest(entry.until)) > at:
                    turns.append(turns_at)
            else:
                turns.append(max(entry.known_from, entry.starts))
        by_kind: dict[str, list[Entry]] = {}
        entries = _not_withdrawn(counting)
        born_on = _birthday(entries)
        held = _as_a_child(entries, adult_from(born_on))
        entries = _newest_of_each_kind(held)
        for entry in entries:
            by_kind.setdefault(entry.kind, []).append(entry)
        return cls(timeline.child, at, entries, by_kind, min(turns, default=None), born_on, ours=ours, circle=circle,
                   near=near, left_out=len(held) - len(entries))

    def having(self, found: Sequence[Found]) -> "Known":
        """Give the same with the signs found so far, for the rules that read signs."""
        return replace(self, found=found)

    @cached_property
    def since(self) -> datetime:
        """Give the instant before which no counted pattern can have been completed that still matters."""
        return datetime.min.replace(tzinfo=UTC) if self.whole_life else self.back(MATTERS_DAYS)

    def back(self, days: int) -> datetime:
        """Give the instant so many days ago, never before the calendar begins."""
        return earlier_by(self.at, timedelta(days=days))

    def kind(self, kind: str) -> list[Entry]:
        """Give the entries of one kind in the order in which they happened."""
        return self.by_kind.get(kind, [])

    def kinds(self, *kinds: str) -> list[Entry]:
        """Give the entries of these kinds in order; one that ends in a dot means every kind of that field of work."""
        if kinds not in self._asked:
            fields = tuple(kind for kind in kinds if kind.endswith("."))
            present = {kind for kind in self.by_kind if kind in kinds or (fields and kind.startswith(fields))}
            one = self.by_kind[min(present)] if len(present) == 1 else None
            self._asked[kinds] = [e for e in self.entries if e.kind in present] if one is None else one
        return self._asked[kinds]

    def tells_of(self, kinds: Sequence[str]) -> bool:
        """Tell whether there is an entry of one of these kinds, or fields of work."""
        return not self._told.isdisjoint(kinds)

    @cached_property
    def _told(self) -> set[str]:
        """Hold the kinds, and the fields of work, each with its dot, of which there is an entry."""
        return {*self.by_kind, *(f"{kind.partition('.')[0]}." for kind in self.by_kind)}

    def waiting(self, what: Waits) -> Iterator[Waiting]:
        """Give what of this waits in our own books, or waited, as it stood at the instant."""
        return self.ours.of(what, at=self.at)

    def about(self, one: Waiting) -> Entry | None:
        """Give the entry that something waiting is about, or None where it is not known, or was withdrawn."""
        if one.about:
            return self._by_id.get(one.about)
        return max((e for e in self.kinds(*one.kinds) if e.starts <= one.since), key=lambda e: e.starts, default=None)

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def home_at(self, moment: Moment) -> Place | None:
        """Give the home that was last told for the moment; before the first telling, the first one."""
        return self._homes.home_at(moment)

    @cached_property
    def _homes(self) -> Timeline:
        return Timeline(self.child, tuple(self.kind("child.home")))

    @cached_property
    def told_episodes(self) -> tuple[Episode, ...]:
        """Give every time missing as each agency told it."""
        return told_episodes(self.kind("missing.reported"), self.kind("missing.found"), at=self.at)

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Give the times missing, each once however many agencies told of it."""
        return distinct_episodes(self.told_episodes)


def adult_from(born_on: date | None) -> date | None:
    """Give the eighteenth birthday; for somebody born on 29 February it is 1 March."""
    if born_on is None or born_on.year + ADULT_YEARS > date.max.year:
        return None
    leap_day = (born_on.month, born_on.day) == (2, 29)
    return date(born_on.year + ADULT_YEARS, 3, 1) if leap_day else born_on.replace(year=born_on.year + ADULT_YEARS)


def _birthday(entries: list[Entry]) -> date | None:
    """Give the day of birth that was told last."""
    born_on = Timeline("", tuple(entry for entry in entries if entry.kind == "child.born")).born_on()
    return None if born_on is None else day_of(born_on)


def _as_a_child(entries: list[Entry], adult_on: date | None) -> list[Entry]:
    if adult_on is None or not entries or entries[-1].on < adult_on:
        return entries
    return [e for e in entries if e.on < adult_on or e.on.year - adult_on.year > PLAUSIBLE_YEARS - ADULT_YEARS]


def _newest_of_each_kind(entries: list[Entry]) -> list[Entry]:
    """Leave out, of a kind of which there are more than a thousand, the oldest."""
    if len(entries) <= MOST_OF_A_KIND:
        return entries
    surplus = Counter(entry.kind for entry in entries)
    surplus.subtract(dict.fromkeys(surplus, MOST_OF_A_KIND))
    kept: list[Entry] = []
    for entry in entries:
        if surplus[entry.kind] > 0:
            surplus[entry.kind] -= 1
        else:
            kept.append(entry)
    return kept


def _not_withdrawn(entries: list[Entry]) -> list[Entry]:
    """Leave out withdrawals and what they name; a withdrawal that was itself withdrawn later takes nothing away."""
    withdrawals = [e for e in entries if e.kind == "record.withdrawn"]
    if not withdrawals:
        return entries
    gone: set[str] = set()
    for withdrawal in sorted(withdrawals, key=lambda e: (e.known_from, e.id), reverse=True):
        if withdrawal.id not in gone:
            gone |= _ids(withdrawal)
    return [e for e in entries if e.kind != "record.withdrawn" and e.id not in gone]


def _ids(withdrawal: Entry) -> frozenset[str]:
    named = withdrawal.facts.get("withdraws")
    ids = named if isinstance(named, (list, tuple, set, frozenset)) else (named,)
    return frozenset(i for i in ids if isinstance(i, str))

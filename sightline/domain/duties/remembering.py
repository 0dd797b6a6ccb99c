"""Remember what each rule said is owed, so that asking of the same child a moment later asks only what can differ.

A rule is asked again where an entry came or went of a kind that it read last time, where the period of such an entry
has ended, where a limit of its own has passed, or where what is withdrawn or told again changed. What it reads is
watched, not declared. `owed_and_refused` gives the same with a memory and without, which invented lives prove.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sightline.domain.duties.life import Life
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.rule import DutyRule
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

EVERYTHING, COMING, GONE, HOME = "*", "coming", "gone", "child.home"


class Kinds(dict[str, list[Entry]]):
    """Hold entries by kind, and note which kinds are asked for."""

    asked: set[str]

    def get(self, kind: str, default: object = None) -> object:  # type: ignore[override]
        """Give the entries of a kind."""
        self.asked.add(kind)
        return super().get(kind, default)

    def __getitem__(self, kind: str) -> list[Entry]:
        """Give the entries of a kind that is there."""
        self.asked.add(kind)
        return super().__getitem__(kind)

    def __contains__(self, kind: object) -> bool:
        """Tell whether there is an entry of a kind."""
        self.asked.add(str(kind))
        return super().__contains__(kind)

    def __iter__(self) -> Iterator[str]:
        """Go through the kinds."""
        self.asked.add(EVERYTHING)
        return super().__iter__()


class Addresses(dict[tuple[str, str], list[Entry]]):
    """Hold notices and decisions by what they are about, and note which kinds are asked for."""

    asked: set[str]

    def get(self, address: tuple[str, str], default: object = None) -> object:  # type: ignore[override]
        """Give what is about something."""
        self.asked.add(address[0])
        return super().get(address, default)

    def __getitem__(self, address: tuple[str, str]) -> list[Entry]:
        """Give what is about something that is there."""
        self.asked.add(address[0])
        return super().__getitem__(address)


class WatchedLife(Life):
    """Give the same as a life, and note in `asked` what a rule asks for."""

    asked: set[str]

    @classmethod
    def over(cls, life: Life) -> "WatchedLife":
        """Watch a life, with caches of its own."""
        asked: set[str] = set()
        kinds, addresses = Kinds(life.by_kind), Addresses(life.by_address)
        kinds.asked = addresses.asked = asked
        watched = cls(life.at, life.where, life.happened, life.coming, life.withdrawn, life.retold, life.told, kinds,
                      addresses, life.born_on)
        object.__setattr__(watched, "asked", asked)
        asked.clear()
        return watched

    def __getattribute__(self, name: str) -> object:
        """Note who asks for more than for kinds."""
        wide = WIDE.get(name)
        if wide is not None:
            object.__getattribute__(self, "__dict__").get("asked", set()).add(wide)
        return super().__getattribute__(name)

    def home_of(self, entry: Entry) -> Place | None:
        """Give the home at the moment of an entry."""
        homes = Timeline(entry.child, tuple(self.by_kind.get(HOME, ())))
        return homes.home_at(entry.at)


WIDE = {"happened": EVERYTHING, "told": EVERYTHING, "coming": COMING, "withdrawn": GONE, "retold": GONE}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what one rule says is owed, and of which of it no date could be counted and why."""

    duties: tuple[Duty, ...]
    refused: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Hold what a rule answered last time, what it read for that, and when its next limit passes."""

    answer: Answer
    read: frozenset[str]
    again_at: datetime | None


@dataclass(slots=True)
class Memory:
    """Hold what was owed when a child was last asked for; one memory asks of one child, from the past on."""

    at: datetime | None = None
    by_kind: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    besides: tuple[object, ...] = ()
    gone: tuple[object, ...] = ()
    coming: tuple[Entry, ...] = ()
    asked: dict[int, _Asked] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()

    def begin(self, life: Life, *, nation: Nation, crossing: bool) -> None:
        """Note what changed since the life was last asked of."""
        besides = (nation, crossing, life.born_on)
        gone = (tuple(life.withdrawn), tuple(life.retold))
        if self.at is None or besides != self.besides:
            self.asked.clear()
        changed = {kind for kind in {*self.by_kind, *life.by_kind}
                   if self.by_kind.get(kind) != life.by_kind.get(kind)}
        changed |= {entry.kind for entry in life.happened if self._ended(entry, life.at)}
        if gone != self.gone:
            changed.add(GONE)
        if life.coming != self.coming:
            changed.add(COMING)
        self.changed = frozenset(changed | {EVERYTHING} if changed else ())
        self.at, self.by_kind, self.besides, self.gone = life.at, life.by_kind, besides, gone
        self.coming = life.coming

    def of(self, rule: DutyRule, life: Life, ask: Callable[[Life], Answer]) -> Answer:
        """Give what a rule says is owed, asking it only where that can differ from last time."""
        held = self.asked.get(id(rule))
        over = held is not None and held.again_at is not None and held.again_at <= life.at
        if held is not None and not over and held.read.isdisjoint(self.changed):
            return held.answer
        watched = WatchedLife.over(life)
        answer = ask(watched)
        limits = [duty.look_again_at for duty in answer.duties if duty.look_again_at is not None]
        self.asked[id(rule)] = _Asked(answer, frozenset(watched.asked), min(limits, default=None))
        return answer

    def _ended(self, entry: Entry, at: datetime) -> bool:
        return entry.until is not None and self.at is not None and self.at < first_instant(entry.until) <= at

"""Replay a child's history: read it anew at each instant at which something can change, and keep what changed.

Between two such instants the same entries show and owe the same: an entry becomes known or begins, a wait is over, a
sign has been shown for its days, a limit passes, an edition of a rule begins.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.living import nation_of
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.owed import identity, owed_and_refused
from sightline.domain.duties.remembering import Memory as Asked
from sightline.domain.lookback.history import History
from sightline.domain.signs.editions import Editions
from sightline.domain.signs.reading import read
from sightline.domain.signs.remembering import Memory as Found
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.moment import Moment, first_instant, is_day
from sightline.domain.vocabulary.sign import Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline

Progress = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class SignShown:
    """Hold one stretch of time in which a sign could be seen, as it was when it could first be seen."""

    sign: Sign
    seen_from: datetime
    gone_at: datetime | None

    @property
    def seen(self) -> Moment:
        """Give the moment from which it could be seen: a day where only the day is known of what made it."""
        first = self.sign.first_at
        return first if is_day(first) and first_instant(first) == self.seen_from else self.seen_from


class Turn(StrEnum):
    """Name what becomes of a duty; ended means that its ground was gone, so that nobody owed it any more."""

    STARTED = "started"
    MET = "met"
    LATE = "late"
    MISSED = "missed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class DutyTurned:
    """Hold one turn of a duty: when it could be known, and the duty as it then stood."""

    at: datetime
    turn: Turn
    duty: Duty


@dataclass(frozen=True, slots=True)
class Replayed:
    """Hold what a replay found; `readings` counts how often the history was read anew."""

    signs: tuple[SignShown, ...]
    turns: tuple[DutyTurned, ...]
    readings: int

    def signs_at(self, instant: datetime) -> tuple[SignShown, ...]:
        """Give the signs that could be seen at an instant, by their code."""
        shown = (one for one in self.signs if one.seen_from <= instant and not (one.gone_at and one.gone_at <= instant))
        return tuple(sorted(shown, key=lambda one: one.sign.code))

    def duties(self) -> tuple[tuple[DutyTurned, DutyTurned], ...]:
        """Give the first and the last turn of each duty, in the order in which they could be known to be owed."""
        begun: dict[tuple[str, str], DutyTurned] = {}
        last: dict[tuple[str, str], DutyTurned] = {}
        for turned in self.turns:
            begun.setdefault(identity(turned.duty), turned)
            last[identity(turned.duty)] = turned
        return tuple((turned, last[name]) for name, turned in begun.items())

    def duties_at(self, instant: datetime) -> tuple[DutyTurned, ...]:
        """Give how each duty that was owed at an instant last turned by then, in the order in which they began."""
        last: dict[tuple[str, str], DutyTurned] = {}
        for turned in self.turns:
            if turned.at <= instant:
                last[identity(turned.duty)] = turned
        return tuple(turned for turned in last.values() if turned.turn is not Turn.ENDED)


@dataclass(slots=True)
class _Signs:
    """Follow the signs from one instant to the next."""

    open: dict[str, tuple[Sign, datetime]] = field(default_factory=dict)
    over: list[SignShown] = field(default_factory=list)

    def follow(self, reading: Reading) -> None:
        shown = {sign.code: sign for sign in reading.signs}
        for code in [code for code in self.open if code not in shown]:
            sign, since = self.open.pop(code)
            self.over.append(SignShown(sign, since, reading.at))
        for code, sign in shown.items():
            self.open.setdefault(code, (sign, reading.at))

    def all(self) -> tuple[SignShown, ...]:
        shown = [*self.over, *(SignShown(sign, since, None) for sign, since in self.open.values())]
        return tuple(sorted(shown, key=lambda one: (one.seen_from, one.sign.code)))


@dataclass(slots=True)
class _Duties:
    """Follow the duties from one instant to the next."""

    standing: dict[tuple[str, str], Duty] = field(default_factory=dict)
    turns: list[DutyTurned] = field(default_factory=list)

    def follow(self, duties: Mapping[tuple[str, str], Duty], *, at: datetime) -> None:
        for name in [name for name in self.standing if name not in duties]:
            self.turns.append(DutyTurned(at, Turn.ENDED, self.standing.pop(name)))
        for name, duty in duties.items():
            before = self.standing.get(name)
            if before is None:
                self.turns.append(DutyTurned(at, Turn.STARTED, duty))
            if duty.state.value in STATES and (before is None or before.state is not duty.state):
                self.turns.append(DutyTurned(at, Turn(duty.state.value), duty))
            self.standing[name] = duty


STATES = frozenset(turn.value for turn in Turn)


def replay(
    history: History, *, until: datetime, editions: Editions, calendars: Calendars | None = None,
    nation: Nation | None = None, progress: Progress = lambda instant: None, since: datetime | None = None,
) -> Replayed:
    """Replay the history up to the instant; without `calendars` the signs alone.

    `since` begins later than the history: what shows then already stands as seen from then.
    `nation` is the caller's own question, as in `sightline duties`; else each duty lies where the timeline tells.
    """
    signs, duties, readings = _Signs(), _Duties(), 0
    found, asked = Found(), Asked()
    now = max(history.arrivals[0], since or history.arrivals[0]) if history.arrivals else None
    while now is not None and now <= until:
        timeline = history.known_at(now)
        reading = read(timeline, at=now, rules=editions.at(now), memory=found)
        looks = [history.arrival_after(now), editions.turn_after(now), reading.look_again_at]
        signs.follow(reading)
        if calendars is not None:
            owed = _owed(timeline, reading, calendars, nation, asked)
            duties.follow(owed, at=now)
            looks += [duty.look_again_at for duty in owed.values()]
        readings += 1
        progress(now)
        now = min((look for look in looks if look is not None and look > now), default=None)
    return Replayed(signs.all(), tuple(duties.turns), readings)


def _owed(
    timeline: Timeline, reading: Reading, calendars: Calendars, nation: Nation | None, asked: Asked
) -> dict[tuple[str, str], Duty]:
    told = owed_and_refused(timeline, at=reading.at, nation=nation or nation_of(timeline), calendars=calendars,
                            reading=reading, memory=asked)
    return {identity(duty): duty for duty in told.duties}

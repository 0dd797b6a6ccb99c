"""Look back on one child: who could have seen which sign when, what was owed, and when somebody first acted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.nations import Nation
from sightline.domain.lookback.history import History
from sightline.domain.lookback.knowing import AgencyKnew, Reached, agencies_knew, told_by_notices
from sightline.domain.lookback.recognising import Recognition, recognitions
from sightline.domain.lookback.replaying import DutyTurned, Progress, Replayed, SignShown, replay
from sightline.domain.signs.editions import TODAYS, Editions
from sightline.domain.signs.known import Known
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.sign import Family, Sign


@dataclass(frozen=True, slots=True)
class Sight:
    """Hold when one sign could first be seen, and by whom.

    `together`: had every agency told everything as it happened; `told`: by what this system had been told; `alone`: by
    each agency with what it knew itself. None means never, up to the instant of the look back. `stretches` are all the
    times in which it could be seen together.
    """

    sign: Sign
    together: SignShown | None
    told: SignShown | None
    alone: Mapping[str, SignShown | None]
    stretches: tuple[SignShown, ...]

    @property
    def first_alone(self) -> tuple[SignShown, str] | None:
        """Give the first agency that could see it alone, as it could, or None."""
        seen = [(one, agency) for agency, one in self.alone.items() if one is not None]
        return min(seen, key=lambda one: (one[0].seen_from, one[1]), default=None)


@dataclass(slots=True)
class Day:
    """Hold what changed on one day: what was told, which signs could be seen or no longer, and the turns of duties."""

    on: date
    told: list[Entry] = field(default_factory=list)
    seen: list[SignShown] = field(default_factory=list)
    gone: list[SignShown] = field(default_factory=list)
    turns: list[DutyTurned] = field(default_factory=list)
    recognised: list[Recognition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LookBack:
    """Hold a whole look back, as of `until`.

    `replayed` is as told, `together` as if all had told everything as it happened, `alone` what each agency knew. With
    `since` only what followed was replayed: what showed at that instant already stands as seen from then.
    """

    child: str
    since: datetime | None
    until: datetime
    history: History
    replayed: Replayed
    together: Replayed
    alone: Mapping[str, Replayed]
    sights: tuple[Sight, ...]
    agencies: tuple[AgencyKnew, ...]
    recognitions: tuple[Recognition, ...]
    days: tuple[Day, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """Name the editions of the rules under which signs were found."""
        return tuple(sorted({one.sign.edition for one in self.replayed.signs}))


def look_back(
    history: History, *, until: datetime, calendars: Calendars, editions: Editions = TODAYS,
    nation: Nation | None = None, reached: Sequence[Reached] = (), progress: Progress = lambda instant: None,
    since: datetime | None = None,
) -> LookBack:
    """Look back on a child up to an instant, from `since` on if it is given.

    `reached` is what the caller knows of shares and notices beside.
    """
    replayed = replay(history, until=until, editions=editions, calendars=calendars, nation=nation, progress=progress,
                      since=since)
    agencies = agencies_knew(history, [*reached, *told_by_notices(history, replayed.turns)])
    together = replay(history.as_it_happened(), until=until, editions=editions, since=since)
    alone = {one.agency: replay(one.history, until=until, editions=editions, since=since) for one in agencies}
    told_at = {event: entry.known_from for event, entry in history.firsts().items()}
    standing = Known.of(history.known_at(until), at=until).entries
    recognised = recognitions(standing, told_at=told_at)
    return LookBack(
        child=history.child, since=since, until=until, history=history, replayed=replayed, together=together,
        alone=alone, sights=tuple(_sights(replayed, together, alone)), agencies=agencies, recognitions=recognised,
        days=tuple(day for day in _days(history, replayed, recognised, until=until)
                   if since is None or day.on >= day_of(since)))


def _first(signs: Iterable[SignShown]) -> dict[str, SignShown]:
    first: dict[str, SignShown] = {}
    for one in signs:
        first.setdefault(one.sign.code, one)
    return first


def _sights(replayed: Replayed, together: Replayed, alone: Mapping[str, Replayed]) -> Iterable[Sight]:
    """Give the sights of signs of a child's own in the order in which they could be seen together.

    Failures of agencies are left out: who knows less misses more, so each alone would see failures that are none.
    """
    told, all_ = _first(replayed.signs), _first(together.signs)
    by_agency = {agency: _first(one.signs) for agency, one in alone.items()}
    codes = [code for code, one in (all_ | told).items() if one.sign.family is not Family.SYSTEM]
    return sorted((Sight(
        sign=(all_.get(code) or told[code]).sign, together=all_.get(code), told=told.get(code),
        alone={agency: first.get(code) for agency, first in by_agency.items()},
        stretches=tuple(one for one in together.signs if one.sign.code == code),
    ) for code in codes), key=lambda one: ((one.together or told[one.sign.code]).seen_from, one.sign.code))


def _days(
    history: History, replayed: Replayed, recognised: Iterable[Recognition], *, until: datetime
) -> tuple[Day, ...]:
    days: dict[date, Day] = {}

    def day(at: datetime) -> Day:
        return days.setdefault(day_of(at), Day(day_of(at)))

    for entry in history.tellings:
        if entry.known_from <= until:
            day(entry.known_from).told.append(entry)
    for one in replayed.signs:
        day(one.seen_from).seen.append(one)
        if one.gone_at is not None:
            day(one.gone_at).gone.append(one)
    for turn in replayed.turns:
        day(turn.at).turns.append(turn)
    for one_recognised in recognised:
        day(one_recognised.known_at).recognised.append(one_recognised)
    return tuple(days[on] for on in sorted(days))

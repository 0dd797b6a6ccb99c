"""What each agency knew, by itself: what it told, what was shared with it, and what a notice told it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sightline.domain.lookback.history import WITHDRAWN, History
from sightline.domain.lookback.replaying import DutyTurned
from sightline.domain.vocabulary.duty import DutyState

BASICS = ("child.born", "child.home")


class Way(StrEnum):
    """Say how an agency came to know of an entry."""

    TOLD = "told it itself"
    SHARED = "it was shared with it"
    NOTICE = "a notice told it"


@dataclass(frozen=True, slots=True)
class Reached:
    """Hold that the event of an entry reached an agency that had not told it: when, and how."""

    event: str
    agency: str
    at: datetime
    way: Way


@dataclass(frozen=True, slots=True)
class AgencyKnew:
    """Hold one agency, the history that it knew by itself, and since when and how it knew of each event."""

    agency: str
    history: History
    events: Mapping[str, tuple[datetime, Way]]

    @property
    def since(self) -> datetime:
        """Give the instant from which it knew something of the child."""
        return min(at for at, _ in self.events.values())


def told_by_notices(history: History, turns: Iterable[DutyTurned]) -> Iterator[Reached]:
    """Give what notices on the timeline told which agency: the entry that one names, or that began the duty it met.

    To whom a notice went is written in free words; an agency is who tells something itself, and a parent is none.
    """
    firsts = history.firsts()
    agencies = {entry.by.casefold() for entry in firsts.values()}
    met = {(turn.duty.met_by, turn.duty.started_by) for turn in turns if turn.duty.state is DutyState.MET}
    for notice in firsts.values():
        to = str(notice.facts.get("to") or "").strip()
        if notice.kind != "notice.sent" or to.casefold() not in agencies:
            continue
        named = str(notice.facts.get("duty") or "").strip().partition(":")[2]
        about = {named} | {started_by for met_by, started_by in met if met_by == notice.id}
        yield from (Reached(event, to, notice.known_from, Way.NOTICE) for event in sorted(about & set(firsts)))


def agencies_knew(history: History, reached: Sequence[Reached]) -> tuple[AgencyKnew, ...]:
    """Give what each agency knew by itself, in the order in which each first knew something.

    Its own as it happened, what reached it from then on; who was told once knows it for good, also when the sharing
    has ended. Where the child lives and when it was born is taken to be known to each: that no agency alone could see
    something must not hang on an address.
    """
    names: dict[str, str] = {}
    for name in (*(entry.by for entry in history.tellings), *(one.agency for one in reached)):
        names.setdefault(name.casefold(), name)
    knew = (_knew(name, history, [one for one in reached if one.agency.casefold() == key])
            for key, name in names.items())
    return tuple(sorted((one for one in knew if one.events), key=lambda one: (one.since, one.agency)))


def _knew(name: str, history: History, reached: Sequence[Reached]) -> AgencyKnew:
    own = history.as_it_happened(told_by=lambda entry: entry.by.casefold() == name.casefold())
    events = {entry.id: (entry.known_from, Way.TOLD) for entry in reversed(own.tellings) if entry.kind != WITHDRAWN}
    for one in sorted(reached, key=lambda one: one.at):
        events.setdefault(one.event, (one.at, one.way))
    others = [replace(entry, recorded_at=max(entry.known_from, events[entry.id][0]))
              for entry in history.tellings if entry.id in events and entry.by.casefold() != name.casefold()]
    basics = history.as_it_happened(told_by=lambda entry: entry.kind in BASICS and entry.id not in events)
    return AgencyKnew(name, History.of(history.child, [*own.tellings, *others, *basics.tellings]), events)

"""The states of a release, and the watch over a journey: when silence becomes an alarm, and what is then drafted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sightline.domain.custody.plan import Leg

SILENCE = timedelta(hours=1)
"""So long after the planned arrival silence is an alarm. D-REL-3: arrival + H(1); our own choice, after HMICFRS 2020.
Elapsed time, so neither midnight nor the change of the clocks moves it."""

NO_DEPARTURE = timedelta(minutes=30)
"""So long after the planned departure silence is an alarm of its own (our own choice: a train is missed long before
the child should arrive, and half an hour still leaves time to find out on the same platform)."""


class ReleaseState(StrEnum):
    """Say how a release stands."""

    PLANNED = "planned"
    RELEASED = "released"
    ARRIVED = "arrived"
    CALLED_OFF = "called-off"


STATE_WORDS = {
    ReleaseState.PLANNED: "Planned: the child is in custody",
    ReleaseState.RELEASED: "Released: the child is on the way",
    ReleaseState.ARRIVED: "Arrived, and received",
    ReleaseState.CALLED_OFF: "Called off: the child is not released by this plan",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step from state to state, with what must hold for it, in words."""

    before: ReleaseState
    after: ReleaseState
    words: str


STEPS: tuple[Step, ...] = (
    Step(ReleaseState.PLANNED, ReleaseState.RELEASED,
         "the gate holds; the releasing force records when the child left"),
    Step(ReleaseState.PLANNED, ReleaseState.CALLED_OFF, "the releasing force says why, or the event ends otherwise"),
    Step(ReleaseState.RELEASED, ReleaseState.ARRIVED,
         "the receiver says so: an adult to an officer who records it, an agency on its own page"),
)
"""Every way from state to state; there is no other, on pages or in the database."""


def alarm_at(expected_at: datetime) -> datetime:
    """Give when silence about the arrival becomes an alarm."""
    return expected_at + SILENCE


def departure_alarm_at(
    planned_at: datetime | None, *, released_at: datetime, later: timedelta = timedelta()
) -> datetime | None:
    """Give when silence about the departure becomes an alarm; None where no departure is planned.

    A child who left custody after the planned departure departs then at the earliest. `later` is by how much a named
    person has moved the journey, with a reason.
    """
    return None if planned_at is None else max(planned_at, released_at) + later + NO_DEPARTURE


@dataclass(frozen=True, slots=True)
class Travelling:
    """Hold what is known of a child who has not arrived: who, from where, to whom, and how."""

    name: str
    born_on: date | None
    home: str
    released_from: str
    released_at: str
    receiver: str
    expected_at: str
    last_word: str
    legs: tuple[str, ...]


def missing_report(child: Travelling) -> str:
    """Write the missing report that a person may send, from what is known; instants come in words."""
    born = f", born {child.born_on:%d/%m/%Y}" if child.born_on else ""
    home = f" Home: {child.home}." if child.home else ""
    lines = [
        f"{child.name or 'A child whose name was not told'}{born}, has not arrived after release from custody.{home}",
        f"Released by {child.released_from}, {child.released_at}, to {child.receiver}.",
        f"Planned to arrive {child.expected_at}; an hour later nobody has said that the child arrived.",
        f"Last word: {child.last_word}.",
        "Planned journey:", *(f"- {leg}" for leg in child.legs),
        "Before you send it: ring the receiver and the escort. Add clothing, phone and anything that they say.",
    ]
    return "\n".join(lines)


def leg_in_words(leg: Leg, *, departs: str, arrives: str) -> str:
    """Say one leg: by what, with whom, from where to where, and when."""
    escort = f"with {leg.escort}" if leg.escort.strip() else "alone" if leg.alone else "with the receiver"
    return f"{leg.by.value}, {escort}: {leg.start}, {departs}, to {leg.end}, {arrives}"

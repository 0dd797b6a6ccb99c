"""Everything that is due of one offender on a day, in one shape: what the law asks, and what the managers owe."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.absence import NEVER_AWAY, Absences, absences
from sightline.domain.offenders.changing import changes_on
from sightline.domain.offenders.facts import Facts
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.requirement import Requirement
from sightline.domain.offenders.reviewing import (
    TELL_BEFORE_DAYS,
    OrderDaysRefused,
    OrderState,
    followed,
    order_stands,
    yearly_review,
)
from sightline.domain.offenders.rule import Matter
from sightline.domain.offenders.rules import ARMS, CHANGE, CHECK, SILENCE, VISIT
from sightline.domain.offenders.silence import SILENT_AFTER_DAYS, silence_after_release
from sightline.domain.offenders.staying import ONE_DAY
from sightline.domain.offenders.told import Standing, changes_of, day_told, facts_of, heard_of, orders_of, visits_of
from sightline.domain.offenders.visiting import News, VisitState, next_visit
from sightline.domain.vocabulary.offender import ORDERS, Telling, TellingKind

ORDER_CODE = "ORDER"
ORDERS_SHOWN_FOR = timedelta(days=28)


class DueState(StrEnum):
    """Say how something due stands, the most pressing first."""

    MISSED = "missed"
    NOT_SET = "not-set"
    RUNNING = "running"
    STOPPED = "stopped"
    REMOTE = "remote"
    MET_LATE = "met-late"
    MET = "met"


DUE_WORDS = {
    DueState.MISSED: "Overdue", DueState.NOT_SET: "Not set", DueState.RUNNING: "Due",
    DueState.STOPPED: "Stands still", DueState.REMOTE: "Managed without visits", DueState.MET_LATE: "Done late",
    DueState.MET: "Done",
}
OPEN = frozenset({DueState.MISSED, DueState.NOT_SET, DueState.RUNNING})
OF_VISIT = {VisitState.AHEAD: DueState.RUNNING, VisitState.TODAY: DueState.RUNNING,
            VisitState.OVERDUE: DueState.MISSED, VisitState.NOT_SET: DueState.NOT_SET,
            VisitState.REMOTE: DueState.REMOTE, VisitState.AWAY: DueState.STOPPED}


@dataclass(frozen=True, slots=True)
class Due:
    """Hold one thing that is due: by the end of which day, how it stands, and why in a sentence.

    `key` names it among those of the offender. `due_on` None where it stands still or nobody set a day.
    """

    key: str
    code: str
    what: str
    began_on: date
    due_on: date | None
    met_on: date | None
    state: DueState
    because: str


def due_of(tellings: Sequence[Telling], standing: Standing, *, near: Iterable[News] = (), on: date) -> tuple[Due, ...]:
    """Give everything that is due of somebody on a day, the most pressing first; nothing once off the register."""
    if standing.until is not None and standing.until < on:
        return ()
    facts = facts_of(tellings, nation=standing.nation)
    releases = [one for one in facts.events if one.matter is Matter.RELEASE]
    away = absences(facts.away, releases, on=on, refused=[]) if facts.away or releases else NEVER_AWAY
    found = [*_notified(facts, standing, on), *_visit(tellings, standing, near, away, on),
             *_reviews(tellings, standing, on), *_silence(tellings, away, on), *_orders(tellings, on),
             *_release(tellings, away, on)]
    order = list(DueState)
    return tuple(sorted(found, key=lambda one: (order.index(one.state), one.due_on or one.began_on, one.key)))


def turns_on(tellings: Sequence[Telling], standing: Standing, due: Iterable[Due], *, on: date) -> date | None:
    """Give the first day after the day asked on which something due may stand otherwise though nothing more is told.

    It may be too early, never too late. None where nothing turns by itself.
    """
    days = [one.due_on + ONE_DAY for one in due if one.due_on is not None]
    if standing.notifies:
        facts = facts_of(tellings, nation=standing.nation)
        changes = changes_on(facts, clocks(facts, on=on), on=on)
        days += [changes] if changes else []
    for one in tellings:
        days.append(one.on)
        if one.until is not None:
            days += [one.until, one.until + ONE_DAY, one.until - timedelta(days=TELL_BEFORE_DAYS),
                     one.until + timedelta(days=SILENT_AFTER_DAYS), one.until + ORDERS_SHOWN_FOR + ONE_DAY]
    return min((day for day in days if day > on), default=None)


def _notified(facts: Facts, standing: Standing, on: date) -> Iterator[Due]:
    if standing.notifies:
        for one in clocks(facts, on=on).requirements:
            yield _required(one)


def _required(one: Requirement) -> Due:
    what = f"{one.rule.title}: {one.about}" if one.about else one.rule.title
    return Due(f"{one.code}/{one.began_on}/{one.about}", one.code, what, one.began_on, one.last_day, one.met_on,
               DueState(one.state.value), one.because)


def _visit(
    tellings: Sequence[Telling], standing: Standing, near: Iterable[News], away: Absences, on: date
) -> Iterator[Due]:
    visits = visits_of(tellings, near=near)
    found = next_visit(visits, away, on=on)
    began = max((plan.set_on for plan in visits.planned if plan.set_on <= on), default=standing.since or on)
    yield Due(VISIT.code, VISIT.code, "Visit", began, found.due_on, None, OF_VISIT[found.state], found.because)


def _reviews(tellings: Sequence[Telling], standing: Standing, on: date) -> Iterator[Due]:
    reviewed = [one.on for one in tellings if one.kind is TellingKind.REVIEW and one.facts.get("review") == "risk"]
    review = None if standing.since is None else yearly_review(standing.since, reviewed, on=on)
    if review is not None:
        yield Due(ARMS.code, ARMS.code, ARMS.title, review.began_on, review.last_day, review.met_on,
                  DueState(review.state.value), review.because)
    for number, change in enumerate(changes_of(tellings)):
        left = followed(change, on=on)
        if left is not None and left.waiting:
            yield Due(f"{CHANGE.code}/{change.on}/{number}", CHANGE.code, CHANGE.title, change.on, change.on, None,
                      DueState.MISSED if left.days else DueState.RUNNING, left.because)


def _silence(tellings: Sequence[Telling], away: Absences, on: date) -> Iterator[Due]:
    released = max((day for day in away.released if day <= on), default=None)
    silent = None if released is None else silence_after_release(released, heard_of(tellings), on=on)
    if released is not None and silent is not None and silent.ended_on is None:
        yield Due(f"{SILENCE.code}/{released}", SILENCE.code, SILENCE.title, released,
                  silent.alarm_from - timedelta(days=1), None, DueState.MISSED, silent.because)


def _orders(tellings: Sequence[Telling], on: date) -> Iterator[Due]:
    """Give the orders that end soon, or ended so lately that somebody must know that their conditions bind no more."""
    for number, order in enumerate(orders_of(tellings)):
        try:
            stands = order_stands(order, on=on)
        except OrderDaysRefused:
            continue
        ends = order.until_on
        if ends is None or on - ends > ORDERS_SHOWN_FOR:
            continue
        if stands.state in (OrderState.ENDS_SOON, OrderState.ENDED):
            because = f"Binds until the end of {say_day(ends)}." if stands.binds else stands.because
            yield Due(f"{ORDER_CODE}/{order.from_on}/{number}", ORDER_CODE,
                      f"{ORDERS.get(order.kind, 'Order')} ends", order.from_on, ends, None,
                      DueState.RUNNING if stands.binds else DueState.STOPPED, because)


def _release(tellings: Sequence[Telling], away: Absences, on: date) -> Iterator[Due]:
    """Give the check of the address before each release that is expected and has not come."""
    checked = sorted(one.on for one in tellings if one.kind is TellingKind.ADDRESS_CHECKED and one.on <= on)
    for one in tellings:
        day = day_told(one.facts.get("due_on")) if one.kind is TellingKind.RELEASE_DUE and one.on <= on else None
        if day is None or any(one.on <= released for released in away.released):
            continue
        met = next((check for check in checked if check >= one.on), None)
        state = DueState.MET if met else DueState.MISSED if day < on else DueState.RUNNING
        yield Due(f"{CHECK.code}/{one.key}", CHECK.code, CHECK.title, one.on, day, met, state,
                  f"Release expected on {say_day(day)}: the address is checked for children before it is approved.")


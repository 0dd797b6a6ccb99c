"""Reviews of an offender's risk, significant changes, orders that end, and the assessment of a place in Scotland."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.saying import count, say_day
from sightline.domain.offenders.requirement import Requirement, required
from sightline.domain.offenders.rule import ClockRule, last_day
from sightline.domain.offenders.rules import ARMS

# Our own choice, no rule of law: how long before its end an order is shown as ending.
TELL_BEFORE_DAYS = 28


def yearly_review(managed_from: date, reviewed_on: Iterable[date], *, on: date) -> Requirement | None:
    """Give the next review of risk, which counts from the last, or from the day on which management began.

    None before that day.
    """
    if managed_from > on:
        return None
    last = max((day for day in reviewed_on if managed_from <= day <= on), default=managed_from)
    return required(ARMS, last, "", None, gone=(), on=on)


class Change(NamedTuple):
    """Hold a significant change: when, what in words, and the days on which it was passed on, met on and reviewed."""

    on: date
    what: str
    passed_on: date | None = None
    meeting_set_on: date | None = None
    reviewed_on: date | None = None


class After(StrEnum):
    """Name what follows a significant change."""

    TELL = "tell"
    MEETING = "meeting"
    REVIEW = "review"


AFTER_WORDS = {After.TELL: "tell the agencies that take part", After.MEETING: "set a meeting",
               After.REVIEW: "review the risk"}


class Followed(NamedTuple):
    """Hold what still waits after a change, for how many days since it, and why. At once is no number of days."""

    change: Change
    waiting: tuple[After, ...]
    days: int
    because: str


def followed(change: Change, *, on: date) -> Followed | None:
    """Give what still waits after a significant change; None for one that has not come.

    What is told to have been done before the change, or later than the day asked, was not done about it.
    """
    if change.on > on:
        return None
    done = ((After.TELL, change.passed_on), (After.MEETING, change.meeting_set_on),
            (After.REVIEW, change.reviewed_on))
    waiting = tuple(what for what, day in done if day is None or not change.on <= day <= on)
    began = f"Significant change on {say_day(change.on)}, {change.what}"
    left = " and ".join(AFTER_WORDS[one] for one in waiting)
    because = f"{began}: at once, {left}." if waiting else f"{began}: everything was done."
    return Followed(change, waiting, (on - change.on).days, because)


class Order(NamedTuple):
    """Hold an order of a court: its kind, conditions, first and last day, and when a court discharged it."""

    kind: str
    from_on: date
    until_on: date | None = None
    conditions: tuple[str, ...] = ()
    discharged_on: date | None = None


class OrderState(StrEnum):
    """Say how an order stands."""

    NOT_BEGUN = "not-begun"
    RUNNING = "running"
    ENDS_SOON = "ends-soon"
    ENDED = "ended"


ORDER_WORDS = {
    OrderState.NOT_BEGUN: "does not bind yet", OrderState.RUNNING: "binds",
    OrderState.ENDS_SOON: "binds, and ends soon", OrderState.ENDED: "has ended: its conditions bind no more",
}


class OrderStands(NamedTuple):
    """Hold how an order stands, the days left until its last day (less than nothing after it), and why."""

    order: Order
    state: OrderState
    days_left: int | None
    because: str

    @property
    def binds(self) -> bool:
        """Tell whether its conditions bind on the day asked."""
        return self.state in (OrderState.RUNNING, OrderState.ENDS_SOON)


class OrderDaysRefused(ValueError):
    """An order's last day cannot lie before its first: ask for the order of the court."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def order_stands(order: Order, *, on: date, tell_before_days: int = TELL_BEFORE_DAYS) -> OrderStands:
    """Give how an order stands on a day; it binds until the end of its last day, or of the day of its discharge.

    Raises OrderDaysRefused.
    """
    ends = min((day for day in (order.until_on, order.discharged_on) if day is not None), default=None)
    if ends is not None and ends < order.from_on:
        raise OrderDaysRefused
    if on < order.from_on:
        return OrderStands(order, OrderState.NOT_BEGUN, None, f"Binds from {say_day(order.from_on)}.")
    if ends is None:
        return OrderStands(order, OrderState.RUNNING, None, "Binds until a court says otherwise.")
    left = (ends - on).days
    if left < 0:
        return OrderStands(order, OrderState.ENDED, left, f"Ended on {say_day(ends)}: its conditions bind no more.")
    soon = tell_before_days > 0 and left <= tell_before_days
    state = OrderState.ENDS_SOON if soon else OrderState.RUNNING
    return OrderStands(order, state, left, f"Binds until the end of {say_day(ends)}: {count(left, 'day')} left.")


def binding_conditions(orders: Sequence[Order], *, on: date) -> tuple[str, ...]:
    """Give the conditions that bind on a day, each once, in the order in which the orders began.

    Raises OrderDaysRefused.
    """
    standing = (order_stands(order, on=on) for order in sorted(orders, key=lambda one: (one.from_on, one.kind)))
    return tuple(dict.fromkeys(one for stands in standing if stands.binds for one in stands.order.conditions))


class NoDate(NamedTuple):
    """Hold that no last day can be given, and why, in words."""

    because: str


def place_assessed(rule: ClockRule, asked_on: date, assessed_on: Iterable[date], *,
                   on: date) -> Requirement | NoDate | None:
    """Give the assessment of a place in Scotland that was asked for; None where it is only asked for later.

    Counts working days of Scotland; where these are not known so far, no date is guessed.
    """
    if asked_on > on:
        return None
    done = min((day for day in assessed_on if asked_on <= day <= on), default=None)
    try:
        last_day(rule, asked_on, Nation.SCOTLAND)
    except CalendarEnds as ends:
        return NoDate(str(ends))
    return required(rule, asked_on, "", done, gone=(), on=on, nation=Nation.SCOTLAND)

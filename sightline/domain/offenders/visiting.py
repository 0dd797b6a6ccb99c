"""When an offender is visited next: by the day that an officer set, with a reason, and by nothing else.

There is no ladder of visits by risk: forces gave it up in 2017, and none is counted here. Managed without visits
(reactive management), an offender is visited again as soon as anything is new at the address, in the household or
about a child, or after a release. What is later than the day asked is not looked at, so that any past day can be asked.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.absence import NEVER_AWAY, Absences, Gone
from sightline.domain.offenders.requirement import AWAY_WORDS


class Outcome(StrEnum):
    """Say what came of going there: only an offender who was seen was visited."""

    SEEN = "seen"
    NOBODY_IN = "nobody-in"
    NOT_LET_IN = "not-let-in"


class NewsOf(StrEnum):
    """Name what brings visits back."""

    ADDRESS = "address"
    HOUSEHOLD = "household"
    CHILD = "child"


NEWS_WORDS = {NewsOf.ADDRESS: "at the address", NewsOf.HOUSEHOLD: "in the household", NewsOf.CHILD: "about a child"}


class Planned(NamedTuple):
    """Hold that an officer set the next visit: for which day, why, when and by whom."""

    due_on: date
    because: str
    set_on: date
    set_by: str


class Visit(NamedTuple):
    """Hold that somebody went there: when, what came of it, and whether it was announced; None is not known."""

    on: date
    outcome: Outcome
    announced: bool | None = None


class Reactive(NamedTuple):
    """Hold that an officer decided to manage without visits: from when, why, and who decided."""

    from_on: date
    because: str
    set_by: str


class News(NamedTuple):
    """Hold something new: what it is about, since when, and what it is in words."""

    of: NewsOf
    on: date
    what: str


class Visits(NamedTuple):
    """Hold everything that is known of one offender's visits."""

    planned: tuple[Planned, ...] = ()
    made: tuple[Visit, ...] = ()
    reactive: tuple[Reactive, ...] = ()
    news: tuple[News, ...] = ()


class VisitState(StrEnum):
    """Say how the next visit stands."""

    AHEAD = "ahead"
    TODAY = "today"
    OVERDUE = "overdue"
    NOT_SET = "not-set"
    REMOTE = "remote"
    AWAY = "away"


VISIT_WORDS = {
    VisitState.AHEAD: "due later", VisitState.TODAY: "due today", VisitState.OVERDUE: "overdue",
    VisitState.NOT_SET: "no visit is set", VisitState.REMOTE: "managed without visits",
    VisitState.AWAY: "in custody, in hospital or abroad",
}


class NextVisit(NamedTuple):
    """Hold how the next visit stands, by which day (its end) it is due, how many days it is overdue, and why."""

    state: VisitState
    due_on: date | None
    days_overdue: int
    because: str


def next_visit(visits: Visits, away: Absences = NEVER_AWAY, *, on: date) -> NextVisit:
    """Give the next visit of an offender, as it was known on the day."""
    plan = plan_on(visits.planned, on=on)
    reactive = max((one for one in visits.reactive if one.from_on <= on), default=None)
    released = max((day for day in away.released if day <= on), default=None)
    if plan is not None and reactive is not None and plan.set_on < reactive.from_on:
        plan = None
    if (gone := _gone_on(away, on)) is not None:
        where = AWAY_WORDS[gone.kind].capitalize()
        return NextVisit(VisitState.AWAY, plan.due_on if plan else None, 0, f"{where} since {say_day(gone.from_on)}.")
    if plan is not None:
        made_on = meeting(plan, visits.made, since=released, on=on)
        if made_on is None and not (released is not None and _done_before(plan, visits.made, released)):
            return _due(plan, away, on)
        if released is not None and (made_on is None or released > made_on):
            return _not_set(f"Released on {say_day(released)}: the first visit is not set.")
        return _not_set(f"Visited on {say_day(made_on or on)}: the next visit is not set.")
    if released is not None and (reactive is None or released > reactive.from_on):
        return _not_set(f"Released on {say_day(released)}: the first visit is not set.")
    if reactive is None:
        return _not_set("No visit is set: an officer sets the next one, with a reason.")
    if (news := reopening(reactive, visits.news, on=on)) is not None:
        return _not_set(f"Visits are due again since {say_day(news.on)}, new {NEWS_WORDS[news.of]}: {news.what}. "
                        "The next visit is not set.")
    because = f"Managed without visits since {say_day(reactive.from_on)}, by {reactive.set_by}: {reactive.because}."
    return NextVisit(VisitState.REMOTE, None, 0, because)


def plan_on(planned: Sequence[Planned], *, on: date) -> Planned | None:
    """Give the plan that held on the day: what was set last, and of one day's the earliest visit."""
    known = [one for one in planned if one.set_on <= on]
    return min(known, key=lambda one: (-one.set_on.toordinal(), *one), default=None)


def meeting(plan: Planned, made: Sequence[Visit], *, since: date | None, on: date) -> date | None:
    """Give the day of the first visit that met a plan, not counting any before a release.

    The visit of the day on which the next was set is not that next one, unless it was set for the same day.
    """
    return min((visit.on for visit in made
                if visit.outcome is Outcome.SEEN and visit.on <= on and _meets(plan, visit)
                and (since is None or visit.on >= since)), default=None)


def reopening(reactive: Reactive, news: Sequence[News], *, on: date) -> News | None:
    """Give the first news after the day on which management without visits began."""
    return min((one for one in news if reactive.from_on < one.on <= on), key=lambda one: (one.on, one), default=None)


def _meets(plan: Planned, visit: Visit) -> bool:
    return visit.on > plan.set_on or visit.on == plan.due_on


def _done_before(plan: Planned, made: Sequence[Visit], released: date) -> bool:
    """Tell whether a plan was met and over before the custody that the release ended: it says nothing of now."""
    return plan.due_on < released and any(visit.outcome is Outcome.SEEN and visit.on < released
                                          and _meets(plan, visit) for visit in made)


def _gone_on(away: Absences, on: date) -> Gone | None:
    return next((run for run in away.gone
                 if run.from_on <= on and (run.until_on is None or on < run.until_on)), None)


def _due(plan: Planned, away: Absences, on: date) -> NextVisit:
    """Say how a plan stands that is not met; what fell due while away is due on the day of return."""
    due_on = next((run.until_on for run in away.gone if run.until_on is not None
                   and run.from_on <= plan.due_on < run.until_on), plan.due_on)
    over = (on - due_on).days
    state = VisitState.OVERDUE if over > 0 else VisitState.AHEAD if over < 0 else VisitState.TODAY
    return NextVisit(state, due_on, max(over, 0), f"Set on {say_day(plan.set_on)} by {plan.set_by}: {plan.because}.")


def _not_set(because: str) -> NextVisit:
    return NextVisit(VisitState.NOT_SET, None, 0, because)

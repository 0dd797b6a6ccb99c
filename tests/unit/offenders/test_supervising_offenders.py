"""What a supervisor sees of many offenders: counted by hand for a few."""

from datetime import date, timedelta

import pytest

from sightline.domain.offenders.supervising import (
    Due,
    Line,
    Managed,
    by_manager,
    by_risk,
    came_due,
)
from sightline.domain.offenders.visiting import NextVisit, Outcome, Planned, Visit, Visits, VisitState, next_visit

RISKS = ("low", "medium", "high", "very high")
ON = date(2026, 6, 20)


def managed(name, manager, risk, *, overdue=0, state=None):
    state = state or (VisitState.OVERDUE if overdue else VisitState.AHEAD)
    return Managed(name, manager, risk, NextVisit(state, ON - timedelta(days=overdue), overdue, ""))


ROWS = (
    managed("a", "Hana", "high", overdue=1),
    managed("b", "Hana", "high", overdue=8),
    managed("c", "Hana", "low", overdue=31),
    managed("d", "Ivan", "high"),
    managed("e", "Ivan", "medium", overdue=7),
    managed("f", "Ivan", "medium", state=VisitState.NOT_SET),
    managed("g", "Jo", "low", state=VisitState.REMOTE),
    managed("h", "Jo", "low", overdue=30),
)


def test_overdue_is_counted_by_risk_in_order_and_a_risk_without_anybody_has_its_line():
    assert by_risk(ROWS, risks=RISKS) == (
        Line("low", 3, 0, 2, 2, 1, 31), Line("medium", 2, 1, 1, 0, 0, 7), Line("high", 3, 0, 2, 1, 0, 8),
        Line("very high", 0, 0, 0, 0, 0, 0))


def test_a_risk_that_nobody_knows_is_counted_at_the_end_and_not_lost():
    rows = (*ROWS, managed("i", "Jo", "unknown", overdue=2))
    assert by_risk(rows, risks=RISKS)[-1] == Line("unknown", 1, 0, 1, 0, 0, 2)
    assert sum(line.managed for line in by_risk(rows, risks=RISKS)) == len(rows)


def test_overdue_is_counted_by_manager_with_most_overdue_first():
    assert by_manager(ROWS) == (
        Line("Hana", 3, 0, 3, 2, 1, 31), Line("Ivan", 3, 1, 1, 0, 0, 7), Line("Jo", 2, 0, 1, 1, 0, 30))


def test_the_order_of_the_offenders_changes_nothing():
    again = tuple(reversed(ROWS))
    assert by_risk(again, risks=RISKS) == by_risk(ROWS, risks=RISKS)
    assert by_manager(again) == by_manager(ROWS)


def plan(set_on, due_on):
    return Planned(due_on, "plan", set_on, "Hana")


def june(day):
    return date(2026, 6, day)


def came(visits, *, on=ON):
    return came_due(visits, from_on=june(1), until_on=june(30), on=on)


@pytest.mark.parametrize(("planned", "made", "expected"), [
    ([plan(june(1), june(10))], [june(10)], [Due(june(10), june(10))]),
    ([plan(june(1), june(10))], [june(12)], [Due(june(10), june(12))]),
    ([plan(june(1), june(10))], [], [Due(june(10), None)]),
    ([plan(june(1), june(25))], [], []),
    ([plan(june(1), june(25))], [june(15)], []),
    ([plan(june(1), june(10)), plan(june(8), june(18))], [], [Due(june(18), None)]),
    ([plan(june(1), june(10)), plan(june(12), june(18))], [june(17)],
     [Due(june(10), june(17)), Due(june(18), june(17))]),
    ([plan(june(1), june(10)), plan(june(9), june(18))], [june(9), june(18)],
     [Due(june(10), june(9)), Due(june(18), june(18))]),
    ([plan(date(2026, 5, 1), date(2026, 5, 31))], [], []),
], ids=["in time", "late", "not made", "not due yet", "made early, due later", "put off before its day",
        "put off after its day", "made, and the next set the same day", "due before"])
def test_visits_that_came_due_are_counted_under_the_day_for_which_they_were_set_last(planned, made, expected):
    visits = Visits(tuple(planned), tuple(Visit(day, Outcome.SEEN) for day in made))
    assert list(came(visits)) == expected
    again = Visits(tuple(reversed(planned)) * 2, visits.made * 2)
    assert list(came(again)) == expected


def test_nobody_in_is_no_visit_in_time():
    visits = Visits((plan(june(1), june(10)),), (Visit(june(9), Outcome.NOBODY_IN), Visit(june(11), Outcome.SEEN)))
    assert [one.in_time for one in came(visits)] == [False]


def test_the_trend_of_a_past_day_does_not_know_what_was_told_later():
    visits = Visits((plan(june(1), june(10)),), (Visit(june(15), Outcome.SEEN),))
    states = [next_visit(visits, on=june(day)).state for day in (9, 10, 11, 14, 15)]
    assert states == [VisitState.AHEAD, VisitState.TODAY, VisitState.OVERDUE, VisitState.OVERDUE, VisitState.NOT_SET]

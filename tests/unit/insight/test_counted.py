"""The figures of a measure's cases: of all, of each agency, of groups that are large enough."""

from datetime import UTC, datetime, timedelta

import pytest

from sightline.domain.insight.counted import FEWEST_COMPARED, Case, Child, counted, ethnic_group
from sightline.domain.insight.figures import Event
from sightline.domain.insight.measures import measures

BEGAN = datetime(2026, 5, 1, 8, tzinfo=UTC)
UNTIL = BEGAN + timedelta(days=40)


def case(hours=None, *, agency=1, counts=True, sex="F", ethnicity="WBRI", looked_after=False, need="none",
         known=2.0):
    done = None if hours is None else BEGAN + timedelta(hours=hours)
    child = Child(sex, ethnicity, looked_after, need)
    return Case(agency, Event(BEGAN, done, counts), BEGAN + timedelta(hours=known), child)


def figures(code, cases):
    return {(one.agency, one.grouped_by, one.group): one for one in counted(measures()[code], cases, until=UNTIL)}


def test_all_and_each_agency_and_what_nobody_told_stands_apart():
    found = figures("K9", [case(agency=1), case(agency=1, counts=False), case(agency=2, counts=False),
                           case(agency=None, counts=None)])
    assert set(found) == {(None, "", ""), (1, "", ""), (2, "", "")}
    whole = found[(None, "", "")]
    assert (whole.n, whole.untold, whole.share.hits) == (3, 1, 1)
    assert found[(1, "", "")].share.share == 0.5


def test_a_time_counts_who_waits_and_the_standard_counts_whose_time_is_up():
    cases = [case(1), case(30), case(), case(counts=None)]
    whole = figures("K1", cases)[(None, "", "")]
    assert (whole.n, whole.untold, whole.times.waiting) == (3, 1, 1)
    assert (whole.times.within.hits, whole.times.within.n) == (1, 3)
    assert whole.times.median == timedelta(hours=30)


def test_a_share_tells_how_long_what_counted_took_where_that_is_told():
    whole = figures("K14", [case(3), case(5), case(counts=False)])[(None, "", "")]
    assert whole.share.hits == 2
    assert (whole.times.n, whole.times.median) == (2, timedelta(hours=3))


@pytest.mark.parametrize(("number", "shown"), [(FEWEST_COMPARED - 1, False), (FEWEST_COMPARED, True)])
def test_a_small_group_is_not_compared(number, shown):
    found = figures("K9", [case(sex="M") for _ in range(number)] + [case() for _ in range(20)])
    assert ((None, "sex", "boys") in found) is shown
    assert (None, "sex", "girls") in found


def test_children_are_compared_by_what_a_school_provides_for_their_needs():
    cases = [case(need=need, counts=n < 4) for need in ("none", "support", "plan", "") for n in range(10)]
    cases += [case(need="", sex="", ethnicity="") for _ in range(10)]
    found = figures("K9", cases)
    groups = {group: (one.n, one.share.hits) for (_, by, group), one in found.items()
              if by == "special educational needs"}
    assert groups == {
        "no special educational needs": (10, 4), "special educational needs: support": (10, 4),
        "special educational needs: education, health and care plan": (10, 4),
        "special educational needs not told": (20, 14)}
    assert {(None, "sex", "sex not told"), (None, "ethnicity", "ethnicity not told")} <= set(found)


def test_a_group_of_needs_that_is_too_small_is_not_compared():
    found = figures("K9", [case(need="plan") for _ in range(FEWEST_COMPARED - 1)] + [case() for _ in range(20)])
    assert [group for _, by, group in found if by == "special educational needs"] == ["no special educational needs"]


def test_what_is_not_among_the_compared_has_no_groups():
    assert set(figures("K19", [case() for _ in range(30)])) == {(None, "", ""), (1, "", "")}


def test_agencies_that_differ_by_chance_lie_between_the_limits():
    cases = [case(agency=1, counts=n < 40) for n in range(100)] + [case(agency=2, counts=n < 90) for n in range(100)]
    found = figures("K9", cases)
    (low, high), (far_low, far_high) = found[(1, "", "")].by_chance
    assert far_low < low < 0.65 < high < far_high
    assert found[(2, "", "")].share.share > far_high
    assert found[(None, "", "")].by_chance is None


def test_the_time_until_an_event_was_known_is_the_middle_one():
    whole = figures("K9", [case(known=1), case(known=5), case(known=90)])[(None, "", "")]
    assert whole.known_after == timedelta(hours=5)
    assert whole.newest_at == BEGAN + timedelta(hours=90)


@pytest.mark.parametrize(("told", "group"), [
    ("WBRI", "White"), ("MWBC", "Mixed"), ("c) Asian or Asian British", "Asian or Asian British"), ("NOBT", "not told"),
    ("", "not told"), ("CHNE", "Other ethnic group")])
def test_an_ethnicity_has_the_group_of_the_census(told, group):
    assert ethnic_group(told) == group

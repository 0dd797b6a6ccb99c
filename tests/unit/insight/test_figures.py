"""Shares, times of which some have not ended, and what is not shown; beside figures worked out by hand or published."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, integers, lists, none, one_of

from sightline.domain.insight.figures import Event, funnel, ratio, share, shown, times

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = START + timedelta(days=365)


def after(hours: float | None, *, began: datetime = START) -> Event:
    return Event(began, None if hours is None else began + hours * HOUR)


def counting(*told: bool | None) -> list[Event]:
    return [Event(START, counts=one) for one in told]


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(10, 33, 0.17, 0.47), (120, 400, 0.26, 0.35)])
def test_the_interval_of_a_share_is_the_one_of_the_definitions(hits, n, low, high):
    """Of section 6 of the measures: 33 cases cannot tell good areas from poor ones."""
    found = share(counting(*[True] * hits, *[False] * (n - hits)))
    assert (found.hits, found.n) == (hits, n)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_what_nobody_told_is_neither_yes_nor_no():
    found = share(counting(True, False, None, None))
    assert (found.share, found.n, found.untold, found.complete) == (0.5, 2, 2, 0.5)
    nothing = share(counting(None))
    assert (nothing.share, nothing.complete, nothing.low, nothing.high) == (None, 0.0, 0.0, 1.0)
    assert share([]).complete is None


def test_times_are_of_kaplan_and_meier():
    """Freireich's remissions under 6-mercaptopurine in weeks, as every textbook has them: median 23, S(10) = 0.753."""
    done = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    week = timedelta(weeks=1)
    events = [Event(LATER - 40 * week, LATER - 40 * week + n * week) for n in done]
    events += [Event(LATER - n * week) for n in waiting]
    found = times(events, until=LATER, standard=10 * week)
    assert (found.n, found.waiting) == (21, 12)
    assert found.median == 23 * week
    assert found.ninety is None
    assert found.never == pytest.approx(1.0)


def test_what_has_not_happened_is_waited_for_and_not_left_out():
    """Half was done after an hour; as many wait since a year. Without them the median would be an hour."""
    events = [after(1)] * 5 + [after(None)] * 6
    found = times(events, until=LATER, standard=24 * HOUR)
    assert found.median is None
    assert found.never == pytest.approx(6 / 11)
    assert found.within is not None
    assert (found.within.hits, found.within.n) == (5, 11)


def test_whose_time_is_not_up_does_not_count_against_the_standard():
    fresh = Event(LATER - HOUR)
    found = times([after(1), after(30), fresh], until=LATER, standard=24 * HOUR)
    assert found.within is not None
    assert (found.within.hits, found.within.n) == (1, 2)


def test_what_was_done_before_its_clock_began_took_no_time():
    found = times([after(-5), after(2)], until=LATER, standard=timedelta())
    assert found.median == timedelta()
    assert found.within is not None
    assert found.within.hits == 1


def test_nothing_done_gives_no_times():
    found = times([after(None)], until=LATER, standard=HOUR)
    assert (found.n, found.waiting, found.median, found.never) == (1, 1, None, 1.0)
    assert times([], until=LATER).n == 0


@given(lists(one_of(none(), integers(0, 2_000)), max_size=40))
def test_however_events_went_the_figures_are_in_order(hours):
    found = times([after(one) for one in hours], until=LATER, standard=24 * HOUR)
    assert found.n == len(hours)
    if found.median is not None and found.ninety is not None:
        assert timedelta() <= found.median <= found.ninety
    if found.within is not None:
        assert 0 <= found.within.low <= (found.within.share or 0) <= found.within.high <= 1
    assert found.never is None or 0 <= found.never <= 1


@given(lists(one_of(none(), booleans()), max_size=60))
def test_a_share_lies_in_its_interval(told):
    found = share(counting(*told))
    assert found.share is None or found.low <= found.share <= found.high


def test_areas_between_the_limits_do_not_differ():
    (low, high), (lower, higher) = funnel(0.5, 100)
    assert (low, high) == (0.4, 0.6)
    assert lower < low < high < higher
    assert funnel(0.5, 10)[0][0] < low, "the fewer events, the wider"


def test_the_ratio_of_two_shares_has_its_interval():
    """The example of scipy's own documentation, after Szklo and Nieto (2019)."""
    found = ratio(27, 122, 44, 487)
    assert found == pytest.approx((2.4495156482861398, 1.5836990926700116, 3.7886786315466354))
    assert ratio(1, 2, 0, 5) is ratio(0, 0, 1, 2) is ratio(0, 3, 1, 2) is None


@pytest.mark.parametrize(("number", "outside", "seen"), [
    (0, True, 0), (1, True, None), (4, True, None), (5, True, 5), (7, True, 5), (8, True, 10), (4, False, 4),
    (113, True, 115), (7, False, 7)])
def test_small_counts_are_kept_from_who_has_no_part_in_them(number, outside, seen):
    assert shown(number, outside=outside) == seen


def test_what_was_never_done_has_its_share_in_time_and_after_thirty_days():
    began = datetime(2026, 3, 1, tzinfo=UTC)
    found = times([Event(began), Event(began)], until=began + timedelta(days=60), standard=timedelta(days=1))
    assert (found.within.hits, found.within.n, found.never, found.median) == (0, 2, 1.0, None)
    young = times([Event(began)], until=began + timedelta(hours=2), standard=timedelta(days=1))
    assert (young.within.n, young.never) == (0, None)

"""Cases are drawn by chance and can be drawn again; shares of strata are weighed by how many cases each has."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis.strategies import dictionaries, integers, text

from sightline.domain.insight.sampling import Graded, SampleRefused, draw, shares_out, weighted

STRATA = {"arrested": [f"a{n}" for n in range(60)], "excluded": [f"e{n}" for n in range(30)], "missing": ["m1", "m2"]}


def test_the_same_cases_and_seed_give_the_same_sample_in_whatever_order_they_are_listed():
    backwards = {stratum: cases[::-1] for stratum, cases in reversed(STRATA.items())}
    assert draw(STRATA, size=20, seed=7) == draw(backwards, size=20, seed=7)
    assert draw(STRATA, size=20, seed=7) != draw(STRATA, size=20, seed=8)


def test_each_stratum_gives_its_share_and_at_least_two():
    drawn = draw(STRATA, size=20, seed=7)
    assert Counter(one.stratum for one in drawn) == {"arrested": 12, "excluded": 6, "missing": 2}
    assert len({one.case for one in drawn}) == 20


def test_a_fifth_is_read_twice_in_every_stratum():
    twice = Counter(one.stratum for one in draw(STRATA, size=40, seed=1) if one.twice)
    assert twice == {"arrested": 5, "excluded": 3, "missing": 1}


def test_a_drawn_case_stays_drawn_when_more_are_drawn():
    few, many = ({one.case for one in draw(STRATA, size=size, seed=3)} for size in (20, 40))
    assert few < many


def test_every_case_is_drawn_about_as_often_as_another():
    seen = Counter(one.case for seed in range(400) for one in draw({"all": STRATA["arrested"]}, size=12, seed=seed))
    assert set(seen) == set(STRATA["arrested"])
    assert all(45 < number < 120 for number in seen.values()), "80 are expected; six standard deviations are 48"


@pytest.mark.parametrize(("strata", "size", "words"), [
    ({}, 5, "no cases"), ({"a": []}, 5, "no cases"), ({"a": ["1", "2"], "b": ["3", "4"]}, 3, "too few")])
def test_what_cannot_be_drawn_is_said(strata, size, words):
    with pytest.raises(SampleRefused, match=words):
        draw(strata, size=size, seed=1)


@given(dictionaries(text("abcdefgh", min_size=1), integers(1, 500), min_size=1, max_size=8), integers(1, 400))
def test_as_many_are_drawn_as_were_asked_for_and_never_more_than_there_are(cases, size):
    try:
        given_out = shares_out(cases, size=size)
    except SampleRefused:
        assert size < sum(min(2, number) for number in cases.values())
        return
    assert sum(given_out.values()) == min(size, sum(cases.values()))
    assert all(min(2, cases[stratum]) <= number <= cases[stratum] for stratum, number in given_out.items())


def test_strata_weigh_as_many_cases_as_they_have():
    """Half of 900 and all of 100: 55 %, worked out by hand; plain counting would say 75 %."""
    found = weighted([Graded(10, 20, 900), Graded(20, 20, 100)])
    assert found is not None
    assert found.share == pytest.approx(0.55)
    # The error of the first stratum alone: 0.9 * sqrt((1 - 20/900) * 0.25 / 19) = 0.1021, as of 23.75 simple cases.
    assert (found.low, found.high) == pytest.approx((0.3573, 0.7288), abs=0.0001)
    assert found.n == 40


def test_what_was_read_whole_has_no_error_left_but_that_of_a_simple_sample():
    found = weighted([Graded(0, 10, 10)])
    assert found is not None
    assert (found.share, found.low) == (0.0, 0.0)
    assert 0.2 < found.high < 0.35
    assert weighted([]) is weighted([Graded(0, 0, 5)]) is None


@given(integers(0, 30), integers(1, 30), integers(0, 30), integers(1, 30), integers(0, 500))
def test_a_weighted_share_lies_in_its_interval(hits, n, other_hits, other_n, more):
    found = weighted([Graded(min(hits, n), n, n + more), Graded(min(other_hits, other_n), other_n, other_n + 3)])
    assert found is not None
    assert 0 <= found.low <= found.share <= found.high <= 1

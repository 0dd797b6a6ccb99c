"""How children fall into strata, who reads which case, and what grades say of all children of a snapshot."""

import pytest

from sightline.domain.insight.inspecting import Read, Strata, joined, parted, readers, result
from sightline.domain.insight.sampling import Drawn


def test_a_case_in_two_strata_belongs_to_the_rarer_one():
    assert parted({"a": {"K1", "K9"}, "b": {"K1"}, "c": {"K1"}, "d": {"K2", "K9"}}) == {
        "K1": ["b", "c"], "K9": ["a"], "K2": ["d"]}


def test_of_two_strata_of_one_size_the_first_by_name_has_it():
    assert parted({"a": {"K2", "K10"}}) == {"K10": ["a"]}


def test_a_case_that_stands_nowhere_is_not_drawn():
    assert parted({"a": set()}) == {}


def test_the_smallest_strata_are_joined_where_two_of_each_are_more_than_are_read():
    strata = {"a": ["1", "2", "3"], "b": ["4"], "c": ["5", "6"], "d": ["7"]}
    assert joined(strata, size=8) == strata
    assert joined(strata, size=7) == {"a": ["1", "2", "3"], "c": ["5", "6"], "others": ["4", "7"]}
    assert joined(strata, size=2) == {"others": ["1", "2", "3", "4", "5", "6", "7"]}


def test_the_first_auditors_read_in_turn_and_the_second_what_is_read_twice():
    drawn = [Drawn(case, "K1", case in "bd") for case in "abcd"]
    assert readers(drawn, first=["x", "y"], second="z") == [("x", None), ("y", "z"), ("x", None), ("y", "z")]


@pytest.mark.parametrize(("first", "second"), [(["x", "z"], "z"), ([], "z")])
def test_nobody_reads_a_case_twice(first, second):
    with pytest.raises(ValueError, match="choose somebody else"):
        readers([Drawn("a", "K1", True)], first=first, second=second)


def test_a_stratum_weighs_as_many_children_as_it_has_and_not_as_many_as_were_read():
    reads = [Read("K1", "good"), Read("K1", "poor"), Read("K2", "good"), Read("K2", "good")]
    found = result(reads, grades=("good", "poor"), frame={"K1": 90, "K2": 10})
    assert found.shares["good"].share == pytest.approx(0.55)
    assert found.shares["poor"].share == pytest.approx(0.45)
    assert found.shares["poor"].low < 0.45 < found.shares["poor"].high
    assert (found.standing, found.unsettled, found.agreement) == (4, 0, None)


def test_what_two_grade_differently_counts_for_nothing_until_it_is_settled():
    reads = [Read("K1", "good"), Read("K1", "good", "poor"), Read("K1", "poor", "poor")]
    found = result(reads, grades=("good", "poor"), frame={"K1": 30})
    assert (found.standing, found.unsettled) == (2, 1)
    assert found.shares["good"].share == pytest.approx(0.5)
    settled = result([*reads[:1], Read("K1", "good", "poor", "poor"), *reads[2:]], grades=("good", "poor"),
                     frame={"K1": 30})
    assert (settled.standing, settled.unsettled) == (3, 0)
    assert settled.shares["poor"].share == pytest.approx(2 / 3)
    assert found.agreement == settled.agreement, "what was settled later says nothing of how far the two agreed"
    assert (found.agreement.equal, found.agreement.n) == (0.5, 2)


def test_from_few_cases_read_twice_no_interval_of_kappa_is_given():
    pairs = [Read("K1", "good", "good"), Read("K1", "poor", "poor"), Read("K1", "good", "poor")] * 4
    few, enough = (result(pairs[:n], grades=("good", "poor"), frame={"K1": 30}).agreement for n in (9, 10))
    assert (few.low, few.high) == (None, None)
    assert few.kappa is not None
    assert enough.low < enough.kappa < enough.high


def test_two_who_agree_hold_whatever_was_settled_before():
    assert Read("K1", "good", "good", "poor").holds == "good"


def test_findings_in_words_have_no_shares_and_no_kappa():
    found = result([Read("K1", "", "")], grades=(), frame={"K1": 3})
    assert (found.shares, found.agreement, found.standing) == ({}, None, 1)


def test_every_kind_of_strata_has_its_words():
    assert all(one.words for one in Strata)

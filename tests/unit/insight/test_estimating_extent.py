"""An estimate is a range with its doubts: cut, corrected, repeatable, and independent of order and size."""

import numpy as np
import pytest
from lists_at_hand import published, small

from sightline.domain.insight.estimating import estimate_extent
from sightline.domain.insight.linkage_error import LinkageError, correct, transfer
from sightline.domain.insight.recording import as_record
from sightline.domain.insight.refusing import Circumstances
from sightline.domain.insight.tables import Table, folded, lists_of

THREE = "A 100, B 80, C 60, AB 20, AC 15, BC 12, ABC 4"


@pytest.fixture(scope="module")
def british():
    """Estimate from the British lists of 2013."""
    return estimate_extent(published("UKdat_5"), replicates=100)


def test_the_range_is_that_of_the_average_and_holds_what_the_methods_say(british):
    ours = british.estimates[-1]
    assert ours.method == "averaging"
    assert british.range == (int(ours.lower), int(np.ceil(ours.upper)))
    # The published choice of one model gave 10 to 13 thousand; methods that doubt it gave 9 to 55 thousand.
    assert 8500 < british.range[0] < 10000
    assert 20000 < british.range[1] < 55000


def test_the_range_is_told_beside_the_known_and_with_the_direction_of_each_error(british):
    said = " ".join(british.warnings)
    assert "know of 2,744 children" in said
    assert f"between {british.range[0]:,} and {british.range[1]:,}" in said
    assert "more likely above than below the middle" in said
    assert "no agency could ever have noticed are not counted" in said
    assert "Nobody said how many links were missed" in said


def test_everything_that_it_rests_on_is_told(british):
    found = as_record(british)["diagnostics"]
    assert [one["children"] for one in found["lists"]] == [94, 567, 1169, 807, 336]
    assert {(one["one"], one["other"]) for one in found["overlaps"] if not one["children"]} == {("LA", "GP")}
    assert found["on_one_list_only"] + found["on_two_lists_or_more"] == 2744
    assert len(found["models"]) == 10
    # The models' own answers lie far apart, and that is what a reader must see.
    answers = [one["estimate"] for one in found["models"]]
    assert max(answers) > 1.4 * min(answers)
    assert [one["name"] for one in found["without_one_list"]] == ["LA", "NG", "PFNCA", "GO", "GP"]
    truths = {one["name"]: one for one in found["each_list_as_truth"]}
    assert truths["NG"]["lower"] < truths["NG"]["truth"] == 567 < truths["NG"]["upper"]
    assert truths["GP"]["refused"]


def test_the_same_seed_gives_the_same_figures_and_another_moves_only_drawn_ones(british):
    again = estimate_extent(published("UKdat_5"), replicates=100)
    other = estimate_extent(published("UKdat_5"), replicates=100, seed=2)
    assert as_record(again) == as_record(british)
    assert other.range == british.range
    by_name = {one.method: one for one in other.estimates}
    assert by_name["stepwise"].lower != again.estimates[1].lower
    assert by_name["stepwise"].estimate == again.estimates[1].estimate


def test_the_upper_end_is_cut_at_the_population_and_it_is_said():
    extent = estimate_extent(small(THREE), circumstances=Circumstances(population=900), replicates=20)
    assert extent.cut
    assert extent.range[1] == 900
    assert any("was cut at the 900 children" in one for one in extent.warnings)
    assert as_record(extent)["cut_at_population"]


def test_an_upper_end_that_helps_nobody_is_said_to_be_none():
    extent = estimate_extent(small("A 100, B 80, C 60, AB 12, AC 9, BC 7, ABC 2"), replicates=20)
    assert extent.range[1] > 5 * extent.range[0]
    assert any("no useful upper limit" in one for one in extent.warnings)


def test_missed_links_bring_the_range_down_and_both_are_shown():
    plain = estimate_extent(small(THREE), replicates=50)
    right = estimate_extent(small(THREE), circumstances=Circumstances(linkage=LinkageError(0.1, 0.0)), replicates=50)
    assert right.uncorrected == plain.range
    assert right.range[0] < plain.range[0] and right.range[1] < plain.range[1]
    for raw, corrected in zip(right.estimates, right.corrected, strict=True):
        assert corrected.estimate < raw.estimate
    assert [one.estimate for one in right.estimates] == [one.estimate for one in plain.estimates]
    record = as_record(right)
    assert record["corrected"]["range_without_correction"] == list(plain.range)


def test_false_links_bring_the_answer_up():
    right = estimate_extent(small(THREE), circumstances=Circumstances(linkage=LinkageError(0.0, 0.05)), replicates=50)
    assert right.range[0] > right.uncorrected[0]


def test_links_that_fail_lose_no_record_and_the_correction_undoes_them():
    on = lists_of(np.arange(1, 16), 4)
    moved = transfer(4, 0.1)
    assert on.T @ moved == pytest.approx(on.T)
    true = Table(tuple("ABCD"), np.arange(20.0, 35.0))
    assert correct(Table(true.lists, moved @ true.counts), LinkageError(0.1, 0.0)).counts == pytest.approx(true.counts)


def test_no_correction_is_none():
    table = small(THREE)
    assert correct(table, LinkageError(0.0, 0.0)).counts == pytest.approx(table.counts)


def test_the_order_of_lists_does_not_matter():
    table = published("UKdat_5")
    turned = folded(table, [4, 2, 0, 3, 1])
    one, other = (estimate_extent(given, replicates=20) for given in (table, turned))
    assert one.range == other.range
    drawn = ("latent-classes",)
    for left, right in zip(one.estimates, other.estimates, strict=True):
        if left.method not in drawn:
            assert left.estimate == pytest.approx(right.estimate, rel=1e-6)


def test_twice_the_children_are_twice_as_many_and_surer():
    table = small(THREE)
    double = Table(table.lists, table.counts * 10)
    one, ten = (estimate_extent(given, replicates=20) for given in (table, double))
    assert ten.estimates[0].estimate == pytest.approx(10 * one.estimates[0].estimate)
    assert ten.range[1] - ten.range[0] < 10 * (one.range[1] - one.range[0])


def test_six_and_eight_lists_are_answered_and_what_is_left_out_is_said():
    six = estimate_extent(published("UKdat"), replicates=20)
    assert six.range is not None
    assert {one.method: one.estimate for one in six.estimates}["decomposable-graphs"] == pytest.approx(12304, abs=1)
    assert "--thorough" in {one.method: one.refused for one in six.estimates}["all-models"]
    eight = estimate_extent(published("NewOrl"), replicates=20)
    assert "more than 6 lists" in {one.method: one.refused for one in eight.estimates}["decomposable-graphs"]
    assert eight.refused[0].code == "too-few-shared"

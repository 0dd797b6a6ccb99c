"""How often links are wrong, from what people answered: rates with limits, or how many answers are wanting."""

from dataclasses import replace

import pytest

from sightline.domain.insight.own_links import FEWEST_ANSWERS, Answers, Judged, measured
from sightline.domain.signs.precision import wilson

ENOUGH = Judged(bands={"4 to 10": Answers(same=30, not_same=10, waiting=20), "0 to 4": Answers(4, 36, 50)},
                made=950, by_people=34, looked_at=50, wrong=2)


def test_missed_links_are_what_waits_by_how_often_its_weight_was_the_same_child():
    found = measured(ENOUGH).missed
    waiting = 20 * 0.75 + 50 * 0.1
    assert found.share == pytest.approx(waiting / (waiting + 948 + 34))
    least = 20 * wilson(30, 40)[0] + 50 * wilson(4, 40)[0]
    assert found.low == pytest.approx(least / (least + 982))
    assert found.low < found.share < found.high


def test_false_links_lie_between_those_found_and_as_many_as_among_those_looked_at():
    found = measured(ENOUGH).false
    assert (found.low, found.share, found.high) == (pytest.approx(2 / 950), 2 / 50, wilson(2, 50)[1])


def test_a_band_with_few_answers_is_spoken_for_by_all_bands():
    few = replace(ENOUGH, wrong=2, bands={"4 to 10": Answers(35, 0, 0), "0 to 4": Answers(0, 5, 40)})
    waiting = 40 * 35 / 40
    assert measured(few).missed.share == pytest.approx(waiting / (waiting + 948 + 34))


@pytest.mark.parametrize("judged, wanting", [
    (replace(ENOUGH, bands={"4 to 10": Answers(20, 9, 500)}), ["1 more answers to doubts whether"]),
    (replace(ENOUGH, looked_at=FEWEST_ANSWERS - 5, wrong=0), ["5 more answers whether records that were joined"]),
    (Judged({}, 0, 0, 0, 0), ["30 more answers to doubts", "30 more answers whether"])])
def test_too_few_answers_are_no_rate_and_say_how_many_are_wanting(judged, wanting):
    found = measured(judged)
    assert (found.missed, found.false, found.corners) == (None, None, ())
    assert len(found.short_of) == len(wanting)
    assert all(one.startswith(words) for one, words in zip(found.short_of, wanting, strict=True))


def test_where_more_than_three_in_ten_may_be_wrong_there_is_no_rate():
    assert measured(replace(ENOUGH, wrong=20)).missed is None
    assert measured(replace(ENOUGH, wrong=0, bands={"0 to 4": Answers(40, 0, 600)})).missed is None


def test_the_corners_lie_on_both_sides_of_the_rates():
    found = measured(ENOUGH)
    (few_missed, many_false), (many_missed, few_false) = found.corners
    assert few_missed < found.missed.share < many_missed
    assert few_false < found.false.share < many_false

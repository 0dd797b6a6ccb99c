"""Thresholds come in one order, and what is decided follows them."""

from datetime import date

import pytest

from sightline.domain.linkage.deciding import (
    AS_MEASURED,
    JOIN,
    KEEP,
    REVIEW,
    Candidate,
    Thresholds,
    ThresholdsRefused,
    decide,
    holds_together,
)
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model
from sightline.domain.linkage.weighing import weigh
from sightline.reference.linkage import first_model

AMARA = Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 3, 14),), sex="F", homes=("M1 1AE",))
MOVED = Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 3, 14),), sex="F", homes=("L36 9YZ",))


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.read(first_model())


def test_where_nothing_is_set_those_of_the_decision_hold():
    assert Thresholds(JOIN, KEEP, REVIEW) == AS_MEASURED == Thresholds()


@pytest.mark.parametrize("told", [
    (4, 4, 0), (3, 4, 0), (10, 1, 2), (10, 4, -0.1), (100, 4, 0), (float("inf"), 4, 0), (float("nan"), 4, 0),
    (10, float("nan"), 0), (10, 4, float("nan"))])
def test_what_is_in_no_order_is_refused(told: tuple[float, float, float]):
    with pytest.raises(ThresholdsRefused, match="above keep"):
        Thresholds(*told)


@pytest.mark.parametrize("told", [(10, 4, 4), (0.5, 0, 0), (99.9, 99, 98)])
def test_keep_may_be_where_asking_begins(told: tuple[float, float, float]):
    assert (Thresholds(*told).join, Thresholds(*told).keep, Thresholds(*told).ask) == told


def _chosen(model: Model, thresholds: Thresholds) -> tuple[str | None, int]:
    choice = decide(model, AMARA, [Candidate("1", "p", 0, MOVED, same_list=False)], thresholds=thresholds)
    return choice.person, len(choice.doubts)


def test_each_side_of_each_threshold(model: Model):
    bits = weigh(model, AMARA, MOVED).bits
    assert bits > 2
    assert _chosen(model, Thresholds(bits, 1, 0)) == ("p", 0)
    assert _chosen(model, Thresholds(bits + 0.01, 1, 0)) == (None, 1)
    assert _chosen(model, Thresholds(bits + 0.01, bits, bits)) == (None, 1)
    assert _chosen(model, Thresholds(bits + 0.02, bits + 0.01, bits + 0.01)) == (None, 0)
    assert holds_together(model, AMARA, MOVED, thresholds=Thresholds(bits + 1, bits, 0))[0]
    assert not holds_together(model, AMARA, MOVED, thresholds=Thresholds(bits + 1, bits + 0.01, 0))[0]


def test_who_asks_later_asks_later_about_another_first_name_too():
    assert Thresholds(10, 4, 2).ask_other_name - 2 == AS_MEASURED.ask_other_name

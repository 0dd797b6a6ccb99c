"""Cohen's kappa beside published examples."""

import random

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from, tuples

from sightline.domain.insight.agreement import agreement


def table(counts):
    return [(one, other) for (one, other), number in counts.items() for _ in range(number)]


@pytest.mark.parametrize(("grades", "kappa"), [
    (table({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}), 0.4),
    (list(zip(["no", "yes", "no", "so", "yes"], ["no", "yes", "no", "so", "no"], strict=True)), 0.6875),
    ([("good", "poor"), ("poor", "good")] * 5, -1.0),
])
def test_examples_that_every_textbook_has(grades, kappa):
    found = agreement(grades)
    assert found is not None
    assert found.kappa == pytest.approx(kappa)


def test_the_interval_holds_as_often_as_it_says():
    """Two auditors who give the same grade for sure in half of the cases, and else by chance: kappa 0.5."""
    rng = random.Random(4)
    held = 0
    for _ in range(600):
        grades = []
        for _ in range(150):
            one = rng.choice("abc")
            grades.append((one, one if rng.random() < 0.5 else rng.choice("abc")))
        found = agreement(grades)
        assert found is not None
        held += found.low <= 0.5 <= found.high
    assert 0.92 <= held / 600 <= 0.98


def test_where_both_gave_one_grade_to_all_there_is_no_kappa():
    found = agreement([("good", "good")] * 3)
    assert found is not None
    assert (found.kappa, found.equal, found.n) == (None, 1.0, 3)
    assert agreement([]) is None


@given(lists(tuples(sampled_from("abcd"), sampled_from("abcd")), min_size=1, max_size=40))
def test_agreement_lies_in_its_interval(grades):
    found = agreement(grades)
    assert found is not None
    assert 0 <= found.equal <= 1
    if found.kappa is not None:
        assert found.low <= found.kappa + 1e-12
        assert found.kappa - 1e-12 <= found.high
        swapped = agreement([(other, one) for one, other in grades])
        assert swapped is not None
        assert swapped.kappa == pytest.approx(found.kappa)

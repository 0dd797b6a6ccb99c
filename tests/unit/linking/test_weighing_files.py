"""Weights come from the patterns alone, fall with disagreement, and survive being written and read."""

from itertools import pairwise

import numpy as np
import pytest

from sightline.interfaces.linking.comparing import RELATIVE, SAME, STRANGER, comparisons_of
from sightline.interfaces.linking.weighing import ModelRefused, Weights, levels_in, may_be_twins, read_model, train

COMPARISONS = comparisons_of(["given", "family", "born", "postcode"])
PERSONS, FAMILIES, STRANGERS = 4_000, 3_000, 400_000
TRUE = {  # class -> chances of (SAME, middle levels evenly, DIFFERENT) by comparison
    SAME: {"given": (0.9, 0.04), "family": (0.92, 0.03), "born": (0.95, 0.02), "postcode": (0.75, 0.2)},
    RELATIVE: {"given": (0.004, 0.98), "family": (0.88, 0.08), "born": (0.03, 0.95), "postcode": (0.85, 0.1)},
    STRANGER: {"given": (0.004, 0.98), "family": (0.004, 0.99), "born": (0.0003, 0.98), "postcode": (0.001, 0.99)},
}


@pytest.fixture(scope="module")
def trained() -> Weights:
    random = np.random.default_rng(5)
    rows, counts = [], []
    for kind, pairs in ((SAME, PERSONS), (RELATIVE, FAMILIES), (STRANGER, STRANGERS)):
        drawn = []
        for one in COMPARISONS:
            top, bottom = TRUE[kind][one.name]
            middle = (1 - top - bottom) / (len(one.steps) - 2)
            drawn.append(random.choice(len(one.steps), size=pairs, p=[top, *[middle] * (len(one.steps) - 2), bottom]))
        found, number = np.unique(np.stack(drawn, axis=1), axis=0, return_counts=True)
        rows.append(found)
        counts.append(number)
    return train(np.concatenate(rows), np.concatenate(counts).astype(float),
                 np.zeros(sum(len(one) for one in rows), dtype=bool), COMPARISONS, records=4_000)


def test_the_classes_are_found_from_patterns_that_nobody_labelled(trained: Weights):
    whole = PERSONS + FAMILIES + STRANGERS
    assert trained.shares[SAME] == pytest.approx(PERSONS / whole, rel=0.1)
    assert trained.chances["given"][SAME, 0] == pytest.approx(0.9, abs=0.03)
    assert trained.chances["postcode"][SAME, 0] == pytest.approx(0.75, abs=0.03)


def bits(weights: Weights, levels: list[int]) -> float:
    same, relative, stranger = (float(told[0]) for told in weights.bits(np.array([levels]), COMPARISONS))
    return same - float(np.log2(2**relative + 2**stranger))


def test_more_disagreement_never_raises_a_weight(trained: Weights):
    for place, one in enumerate(COMPARISONS):
        for others in ([0, 0, 0, 0], [1, 1, 1, 1], [0, 0, -1, 2], [-1, 0, 0, 0]):
            along = []
            for level in range(len(one.steps)):
                levels = list(others)
                levels[place] = level
                along.append(bits(trained, levels))
            assert all(later <= earlier + 1e-9 for earlier, later in pairwise(along)), (one.name, along)


def test_a_first_name_that_differs_speaks_against_more_than_one_that_was_not_told(trained: Weights):
    different, not_told = len(COMPARISONS[0].steps) - 1, -1
    assert bits(trained, [different, 0, 0, 0]) < bits(trained, [not_told, 0, 0, 0]) < bits(trained, [0, 0, 0, 0])


@pytest.mark.parametrize(("levels", "twins"), [
    ([5, 0, 0, 0], True), ([5, 0, 0, -1], True), ([5, 0, 0, 1], False), ([5, 1, 0, 0], False), ([5, 0, 1, 0], False),
    ([0, 0, 0, 0], False), ([4, 0, 0, 0], False), ([-1, 0, 0, 0], False),
])
def test_twins_have_two_first_names_and_all_else_in_common(levels: list[int], twins: bool):
    assert may_be_twins(np.array([levels]), COMPARISONS).tolist() == [twins]


def test_a_number_in_common_tells_that_they_are_none():
    with_number = comparisons_of(["given", "family", "born", "postcode", "nhs"])
    assert may_be_twins(np.array([[5, 0, 0, 0, 0], [5, 0, 0, 0, 2]]), with_number).tolist() == [False, True]


def test_a_model_says_the_same_after_it_was_written(trained: Weights):
    again = read_model(trained.written(), COMPARISONS)
    assert bits(again, [0, 1, 0, 2]) == bits(trained, [0, 1, 0, 2])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "sightline link model 1"}', "null", '"format"'])
def test_what_is_no_model_is_refused(text: str):
    with pytest.raises(ModelRefused):
        read_model(text, COMPARISONS)


def test_a_model_of_other_comparisons_is_refused(trained: Weights):
    with pytest.raises(ModelRefused, match="not trained on email"):
        read_model(trained.written(), comparisons_of(["born", "email"]))


def test_levels_come_back_from_the_number_that_holds_them():
    sizes = [len(one.steps) + 1 for one in COMPARISONS]
    levels = np.array([[0, -1, 3, 2], [-1, -1, -1, -1], [5, 4, 5, 2]])
    numbers = sum((levels[:, place] + 1) * int(np.prod(sizes[:place], initial=1)) for place in range(len(sizes)))
    assert levels_in(numbers, COMPARISONS).tolist() == levels.tolist()

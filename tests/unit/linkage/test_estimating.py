"""Estimating the classes: known ones are found again, what cannot be known is refused, weights never rise."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sightline.domain.linkage.estimating import Comparison, Numbers, Untrained, belonging, estimate, monotone

TRUTH = {
    "first": np.array([[0.85, 0.1, 0.05], [0.02, 0.08, 0.9], [0.005, 0.015, 0.98]]),
    "family": np.array([[0.9, 0.06, 0.04], [0.92, 0.04, 0.04], [0.01, 0.01, 0.98]]),
    "birth": np.array([[0.93, 0.05, 0.02], [0.03, 0.02, 0.95], [0.002, 0.008, 0.99]]),
    "home": np.array([[0.7, 0.3], [0.8, 0.2], [0.005, 0.995]]),
}
SHARES = np.array([0.25, 0.15, 0.6])
NEITHER = (False, False, False)


def _from(start: dict[str, Numbers], held: tuple[bool, ...] = NEITHER) -> list[Comparison]:
    return [Comparison(name, tuple(str(i) for i in range(rows.shape[1])), rows, held) for name, rows in start.items()]


def _blurred(truth: dict[str, Numbers]) -> dict[str, Numbers]:
    """Start somewhere else: half way to knowing nothing of the levels."""
    return {name: 0.6 * rows + 0.4 / rows.shape[1] for name, rows in truth.items()}


def _every_pattern(truth: dict[str, Numbers], shares: Numbers) -> tuple[np.ndarray, Numbers]:
    """Give every pattern with the chance that the truth gives it."""
    patterns = np.array(list(itertools.product(*(range(rows.shape[1]) for rows in truth.values()))))
    chances = np.zeros(len(patterns))
    for place, share in enumerate(shares):
        each = np.full(len(patterns), share)
        for column, rows in enumerate(truth.values()):
            each *= rows[place][patterns[:, column]]
        chances += each
    return patterns, chances


def test_what_made_the_patterns_is_found_again():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    found = estimate(patterns, chances * 1e6, comparisons=_from(_blurred(TRUTH)), shares=np.full(3, 1 / 3),
                     smoothing=1e-6, until=1e-15, most_rounds=20_000)
    assert found.shares == pytest.approx(SHARES, abs=0.005)
    for name, rows in TRUTH.items():
        assert found.probabilities[name] == pytest.approx(rows, abs=0.01), name


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), same=st.floats(0.05, 0.4), relative=st.floats(0.05, 0.4))
def test_known_parameters_are_found_again_from_a_draw_of_them(seed: int, same: float, relative: float):
    shares = np.array([same, relative, 1 - same - relative])
    patterns, chances = _every_pattern(TRUTH, shares)
    drawn = np.random.default_rng(seed).multinomial(300_000, chances / chances.sum()).astype(float)
    held = (False, False, True)
    start = _blurred(TRUTH)
    for name, rows in start.items():
        rows[2] = TRUTH[name][2]
    found = estimate(patterns, drawn, comparisons=_from(start, held), shares=np.full(3, 1 / 3))
    assert found.settled
    assert found.shares == pytest.approx(shares, abs=0.015)
    for name, rows in TRUTH.items():
        assert found.probabilities[name] == pytest.approx(rows, abs=0.05), name


def test_what_is_held_stays():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    start = _blurred(TRUTH)
    found = estimate(patterns, chances * 1000, comparisons=_from(start, (True, False, True)), shares=SHARES)
    for name, rows in start.items():
        assert found.probabilities[name][[0, 2]] == pytest.approx(rows[[0, 2]])
        assert not np.allclose(found.probabilities[name][1], rows[1])


def test_what_was_not_told_tells_nothing():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    silent = np.column_stack([patterns, np.full(len(patterns), -1)])
    silent[0, -1], silent[1, -1] = 0, 1
    phone = Comparison("phone", ("same", "different"), np.full((3, 2), 0.5), (True, True, True))
    alone = estimate(patterns, chances * 1000, comparisons=_from(_blurred(TRUTH)), shares=SHARES)
    beside = estimate(silent, chances * 1000, comparisons=[*_from(_blurred(TRUTH)), phone], shares=SHARES)
    # One level of the phone speaks for no class: pairs that tell it belong where they did.
    assert beside.shares == pytest.approx(alone.shares, rel=1e-4)
    of = belonging(silent, comparisons=[*_from(TRUTH), phone], shares=SHARES,
                   probabilities=TRUTH | {"phone": phone.start})
    assert of.sum(axis=1) == pytest.approx(1)
    assert of[2:] == pytest.approx(belonging(patterns, comparisons=_from(TRUTH), shares=SHARES,
                                             probabilities=TRUTH)[2:])


def test_every_level_that_no_pair_shows_is_named():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    seen = (patterns[:, 0] != 1) & (patterns[:, 3] != 0)
    with pytest.raises(Untrained) as refused:
        estimate(patterns[seen], chances[seen] * 1000, comparisons=_from(_blurred(TRUTH)), shares=SHARES)
    assert refused.value.levels == (("first", "1"), ("home", "0"))
    assert "first 1, home 0" in str(refused.value)


def test_a_comparison_that_nobody_tells_is_untrained_unless_held():
    patterns = np.full((4, 1), -1)
    start = {"school": np.full((3, 2), 0.5)}
    with pytest.raises(Untrained) as refused:
        estimate(patterns, np.ones(4), comparisons=_from(start), shares=SHARES)
    assert refused.value.levels == (("school", "0"), ("school", "1"))
    kept = estimate(patterns, np.ones(4), comparisons=_from(start, (True, True, True)), shares=SHARES)
    assert kept.probabilities["school"] == pytest.approx(start["school"])


def test_too_few_rounds_are_told():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    found = estimate(patterns, chances * 1000, comparisons=_from(_blurred(TRUTH)), shares=SHARES, most_rounds=2)
    assert (found.rounds, found.settled) == (2, False)


@pytest.mark.parametrize("start", [
    np.array([[0.5, 0.5], [1.0, 0.0], [0.5, 0.5]]), np.array([[0.5, 0.4], [0.5, 0.5], [0.5, 0.5]]),
    np.array([[0.5, 0.5], [0.5, 0.5]]),
])
def test_a_start_that_is_none_is_refused(start: Numbers):
    with pytest.raises(ValueError, match="birth must start with"):
        estimate(np.array([[0], [1]]), np.ones(2), shares=SHARES,
                 comparisons=[Comparison("birth", ("same", "different"), start, NEITHER)])


def test_each_round_makes_the_patterns_likelier():
    patterns, chances = _every_pattern(TRUTH, SHARES)
    likelihoods = [
        estimate(patterns, chances * 1000, comparisons=_from(_blurred(TRUTH)), shares=np.full(3, 1 / 3),
                 smoothing=1e-9, most_rounds=rounds).log_likelihood for rounds in range(1, 30)
    ]
    assert all(later >= earlier for earlier, later in itertools.pairwise(likelihoods))


@pytest.mark.parametrize(("same", "stranger", "pooled"), [
    ([0.8, 0.15, 0.05], [0.01, 0.09, 0.9], [0.01, 0.09, 0.9]),
    # The second level speaks more for one child than the first: both get (0.5 + 0.4) / (0.1 + 0.02).
    ([0.5, 0.4, 0.1], [0.1, 0.02, 0.88], [0.12 * 5 / 9, 0.12 * 4 / 9, 0.88]),
    ([0.2, 0.3, 0.5], [0.5, 0.3, 0.2], [0.2, 0.3, 0.5]),
])
def test_levels_out_of_order_are_pooled(same: list[float], stranger: list[float], pooled: list[float]):
    relative, found = monotone(np.array(same), np.array(stranger), np.array(stranger))
    assert found == pytest.approx(pooled)
    assert relative == pytest.approx(pooled)


def test_a_level_without_probability_is_refused():
    with pytest.raises(ValueError, match="probability 0"):
        monotone(np.array([1.0, 0.0]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))


def _probabilities(levels: int) -> st.SearchStrategy[Numbers]:
    some = st.lists(st.floats(1e-6, 1), min_size=levels, max_size=levels)
    return some.map(lambda values: np.array(values) / sum(values))


@settings(max_examples=300)
@given(st.integers(2, 7).flatmap(lambda n: st.tuples(*[_probabilities(n)] * 3)), st.floats(1e-9, 0.3),
       st.floats(1e-9, 0.3))
@example((np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([0.5, 0.5])), 0.1, 0.1)
def test_more_disagreement_never_raises_a_weight(
    classes: tuple[Numbers, Numbers, Numbers], same_share: float, relative_share: float
):
    same = classes[0]
    relative, stranger = monotone(*classes)
    assert (stranger.sum(), relative.sum()) == (pytest.approx(1), pytest.approx(1))
    assert min(stranger.min(), relative.min()) > 0
    for less in (stranger, relative, relative_share * relative + (1 - relative_share) * stranger):
        weights = np.log2(same_share * same / less)
        assert (np.diff(weights) <= 1e-9).all()

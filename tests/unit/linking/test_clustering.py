"""Clusters are whole persons: no chain of single weak links, no two valid numbers, no crowd."""

from random import Random

import numpy as np
import pytest

from sightline.interfaces.linking.clustering import LARGEST, STRONG, Clusters, clusters, components

THRESHOLD = 3.0
WEAK, SURE = THRESHOLD + 1, THRESHOLD + STRONG


def joined(*links: tuple[int, int, float], size: int, numbers: dict[int, str] | None = None,
           weight: list[int] | None = None) -> Clusters:
    left, right = (np.array([link[side] for link in links], dtype=np.int64) for side in (0, 1))
    return clusters(
        components(left, right, size), left, right, np.array([link[2] for link in links]), threshold=THRESHOLD,
        numbers={place: frozenset({number}) for place, number in (numbers or {}).items()},
        weight=np.array(weight or [1] * size, dtype=np.int64))


def test_two_records_are_one_person_by_a_weak_link():
    assert joined((0, 1, WEAK), size=3).of.tolist() == [0, 0, 2]


def test_a_record_hangs_on_a_group_by_a_weak_link():
    assert joined((0, 1, SURE), (1, 2, SURE), (2, 3, WEAK), size=4).of.tolist() == [0, 0, 0, 0]


def test_one_weak_link_bridges_no_two_groups():
    told = joined((0, 1, SURE), (2, 3, SURE), (1, 2, WEAK), size=4)
    assert (told.of.tolist(), told.bridges) == ([0, 0, 2, 2], 1)


@pytest.mark.parametrize("more", [(1, 2, SURE), (0, 3, WEAK)])
def test_a_strong_link_or_a_second_weak_one_does(more: tuple[int, int, float]):
    told = joined((0, 1, SURE), (2, 3, SURE), (1, 2, WEAK), more, size=4)
    assert (told.of.tolist(), told.bridges) == ([0, 0, 0, 0], 0)


def test_two_valid_numbers_of_one_kind_are_never_one_person():
    told = joined((0, 1, SURE + 5), (1, 2, SURE), size=3, numbers={0: "nhs 9434765919", 2: "nhs 9434765870"})
    assert (told.of.tolist(), told.two_numbers) == ([0, 0, 2], 1)


def test_numbers_of_different_kinds_are():
    assert joined((0, 1, SURE), size=2, numbers={0: "nhs 9434765919", 1: "pnc 2002/0073319Z"}).of.tolist() == [0, 0]


def test_a_crowd_is_no_person():
    chain = [(place, place + 1, SURE) for place in range(LARGEST + 20)]
    told = joined(*chain, size=LARGEST + 21)
    assert np.bincount(told.of).max() <= LARGEST
    assert told.too_large


def test_copies_count_as_the_records_that_they_are():
    assert joined((0, 1, SURE), size=2, weight=[LARGEST, 1]).of.tolist() == [0, 1]


def test_components_are_what_a_slow_walk_finds():
    random = Random(3)
    for _ in range(50):
        size = random.randrange(2, 40)
        links = [(random.randrange(size), random.randrange(size)) for _ in range(random.randrange(40))]
        of = list(range(size))
        for _ in range(size):
            for a, b in links:
                of[a] = of[b] = min(of[a], of[b])
        left, right = (np.array([link[side] for link in links], dtype=np.int64) for side in (0, 1))
        assert components(left, right, size).tolist() == of

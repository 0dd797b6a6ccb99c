"""A short form of the coverage that benchmarks/extent.py measures: the range holds the truth about as often as it says.

Few populations each, so that a bound here lies well under the one that the long form must meet: with 40 populations,
a true coverage of .95 gives fewer than 33 about once in a hundred thousand.
"""

import numpy as np
import pytest

from benchmarks.extent import SCENES, british_scene, covered, drawn

POPULATIONS = 40


@pytest.mark.parametrize(("name", "least"), [
    ("independent", 33), ("three dependent pairs", 33), ("visibility varies (sd 1)", 33),
    ("15 % of children four times as visible", 28), ("independent, 300 children", 33),
])
def test_the_range_covers_the_truth(name, least):
    chance = np.random.default_rng(11)
    assert sum(covered(table, SCENES[name].children) for table in drawn(SCENES[name], POPULATIONS, chance)) >= least


def test_the_range_covers_a_population_like_the_british_one():
    scene = british_scene()
    chance = np.random.default_rng(12)
    assert sum(covered(table, scene.children) for table in drawn(scene, POPULATIONS, chance)) >= 30

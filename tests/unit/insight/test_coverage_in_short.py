"""A short form of the coverage that benchmarks/extent.py measures: the range holds the truth about as often as it says.

Few populations each, so that a bound here lies well under the one that the long form must meet: with 24 populations,
a true coverage of .95 gives fewer than 19 about once in a thousand times.
"""

import numpy as np
import pytest

from benchmarks.extent import SCENES, british_scene, covered, drawn

POPULATIONS = 24


@pytest.mark.parametrize(("name", "least"), [
    ("independent", 19), ("three dependent pairs", 19), ("visibility varies (sd 1)", 19),
    ("15 % of children four times as visible", 16), ("independent, 300 children", 19),
])
def test_the_range_covers_the_truth(name, least):
    chance = np.random.default_rng(11)
    assert sum(covered(table, SCENES[name].children) for table in drawn(SCENES[name], POPULATIONS, chance)) >= least


def test_the_range_covers_a_population_like_the_british_one():
    scene = british_scene()
    chance = np.random.default_rng(12)
    assert sum(covered(table, scene.children) for table in drawn(scene, POPULATIONS, chance)) >= 18

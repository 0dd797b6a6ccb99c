"""The range with rates of links that are known between limits: it holds the ranges under each of them."""

from lists_at_hand import small

from sightline.domain.insight.estimating import estimate_extent
from sightline.domain.insight.linkage_error import LinkageError
from sightline.domain.insight.refusing import Circumstances

TABLE = small("A 100, B 80, C 60, AB 20, AC 15, BC 12, ABC 4")


def ranged(missed: float, false: float, *limits: tuple[float, float]) -> tuple[int, int]:
    known = Circumstances(linked=True, linkage=LinkageError(missed, false),
                          linkage_limits=tuple(LinkageError(*one) for one in limits))
    found = estimate_extent(TABLE, circumstances=known, replicates=20)
    assert found.refused == ()
    return found.range


def test_the_range_holds_the_ranges_under_each_limit():
    few, many = ranged(0.0, 0.05), ranged(0.1, 0.0)
    low, high = ranged(0.05, 0.02, (0.0, 0.05), (0.1, 0.0))
    assert (low, high) == (min(few[0], many[0], ranged(0.05, 0.02)[0]), max(few[1], many[1], ranged(0.05, 0.02)[1]))
    assert high - low > many[1] - many[0]


def test_the_words_say_what_the_measurement_leaves_open():
    known = Circumstances(linkage=LinkageError(0.05, 0.01),
                          linkage_limits=(LinkageError(0.02, 0.03), LinkageError(0.08, 0.0)))
    said = " ".join(estimate_extent(TABLE, circumstances=known, replicates=20).warnings)
    assert "leaves open 2.0% to 8.0% missed and 0.0% to 3.0% false" in said

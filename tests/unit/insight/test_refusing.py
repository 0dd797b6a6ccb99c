"""When lists cannot carry an estimate, row by row of tests/spec/insight/refusals.txt."""

from pathlib import Path

import pytest
from lists_at_hand import published, small

from sightline.domain.insight.estimating import Extent, estimate_extent
from sightline.domain.insight.linkage_error import LinkageError
from sightline.domain.insight.refusing import Circumstances
from sightline.domain.insight.tables import folded

SPEC = Path(__file__).parents[2] / "spec/insight/refusals.txt"
ROWS = [tuple(part.strip() for part in line.split("|")) for line in SPEC.read_text().splitlines()
        if line and not line.startswith("#")]


def circumstances(words: str) -> Circumstances:
    """Read what else is known of the lists."""
    if words.isdigit():
        return Circumstances(population=int(words))
    if "/" in words:
        return Circumstances(periods=dict(zip("AB", words.split("/"), strict=True)))
    return Circumstances(linked=words in ("linked", "measured"),
                         linkage=LinkageError(0.01, 0.0) if words == "measured" else None)


def assert_nothing_is_computed(extent: Extent) -> None:
    """Check that no method has a number, and that each says why."""
    assert all(one.estimate is None and one.lower is None and one.upper is None for one in extent.estimates)
    assert all(one.refused for one in extent.estimates)
    assert extent.range is None


@pytest.mark.parametrize(("children", "known", "expected"), ROWS, ids=[" | ".join(row) for row in ROWS])
def test_a_range_is_refused_for_just_these_reasons(children, known, expected):
    extent = estimate_extent(small(children), circumstances=circumstances(known), replicates=20)
    codes = expected.replace(";", "").split() if expected != "-" else []
    assert sorted({reason.code for reason in extent.refused}) == sorted(codes)
    assert (extent.range is None) == bool(codes)
    if codes and ";" not in expected:
        assert_nothing_is_computed(extent)
    else:
        assert all(one.estimate for one in extent.estimates)


def test_the_published_table_without_an_estimate_is_refused():
    assert_nothing_is_computed(estimate_extent(published("Artificial_3"), replicates=20))


def test_british_lists_without_an_overlap_are_refused_where_others_print_half_a_billion():
    table = published("UKdat")
    inside = folded(table, [table.lists.index(name) for name in ("LA", "GP", "NCA")])
    apart = inside.counts * (inside.appearances == 1)
    extent = estimate_extent(type(inside)(inside.lists, apart), replicates=20)
    assert_nothing_is_computed(extent)
    assert extent.refused[0].code == "too-few-lists"


def test_every_refusal_says_what_would_help_in_whole_sentences():
    for children, known, _ in ROWS:
        for reason in estimate_extent(small(children), circumstances=circumstances(known), replicates=20).refused:
            assert not reason.why[0].islower() and reason.why.endswith(".")
            assert len(reason.why.split()) > 10

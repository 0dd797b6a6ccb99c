"""Any table of lists is answered or refused in words; nothing in the answer is infinite, and nothing contradicts it."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.insight.columns import columns_of
from sightline.domain.insight.estimating import estimate_extent
from sightline.domain.insight.existence import Existence
from sightline.domain.insight.loglinear import fit
from sightline.domain.insight.recording import as_record
from sightline.domain.insight.tables import Table, TableRefused, table_of

COUNTS = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 2000))


@st.composite
def tables(draw, most: int = 4) -> Table:
    """Draw any table of up to so many lists, many histories of it empty."""
    lists = draw(st.integers(2, most))
    counts = draw(st.lists(COUNTS, min_size=2**lists - 1, max_size=2**lists - 1))
    rows = [[history >> place & 1 for place in range(lists)] for history in range(1, 2**lists)]
    try:
        return table_of([f"L{place}" for place in range(lists)], rows, [float(count) for count in counts])
    except TableRefused:
        return table_of(["L0", "L1"], [[1, 1]], [1.0])


@settings(max_examples=25)
@given(tables())
def test_any_table_is_answered_or_refused_in_words(table):
    extent = estimate_extent(table, replicates=20)
    record = json.loads(json.dumps(as_record(extent), allow_nan=False))
    assert (record["range"] is None) == bool(record["refused"])
    for one in record["estimates"]:
        assert (one["estimate"] is None) == (one["refused"] is not None)
        if one["estimate"] is not None:
            assert one["estimate"] >= table.observed - 1e-6
            assert one["lower"] is None or one["upper"] is None or one["lower"] <= one["upper"] + 1e-6
    if record["range"] is not None:
        assert table.observed - 1 <= record["range"][0] <= record["range"][1]


@settings(max_examples=60)
@given(tables(most=5), st.integers(0, 2**10 - 1))
def test_a_fit_that_proves_itself_is_one_that_the_programme_admits(table, chosen):
    columns = columns_of(len(table.lists))
    places = tuple(place for at, place in enumerate(columns.optional) if chosen >> at & 1)
    used = columns.with_terms(places)[None]
    fits, existence = fit(table.counts[None], columns=columns, used=used), Existence(columns)
    if existence._proved(table.counts[None], fits)[0] and existence._are_told_apart(fits.kept, fits.used)[0]:
        assert existence._is_finite(table.counts > 0, fits.kept[0], fits.used[0])


@settings(max_examples=40)
@given(tables(most=5), st.lists(st.integers(0, 2**10 - 1), min_size=2, max_size=12))
def test_models_asked_together_get_the_answers_that_they_get_alone(table, several):
    columns = columns_of(len(table.lists))
    used = np.array([columns.with_terms(tuple(place for at, place in enumerate(columns.optional) if one >> at & 1))
                     for one in several])
    fits = fit(table.counts[None], columns=columns, used=used)
    together = Existence(columns).admitted(table.counts[None], fits)
    alone = [Existence(columns).admitted(table.counts[None], fits.of(np.arange(len(used)) == row))[0]
             for row in range(len(used))]
    assert together.tolist() == alone
    assert Existence(columns).admitted_models(table.counts[None], used).tolist() == alone

"""Two records that disagree in one thing more never weigh more and are never nearer to being joined."""

import math
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.domain.linkage.comparing import NAMES
from sightline.domain.linkage.deciding import Candidate, decide
from sightline.domain.linkage.described import IDENTIFIERS
from sightline.domain.linkage.vetoes import vetoes
from sightline.domain.linkage.weighing import weigh
from tests.generative.told_records import MODEL, SIZES, described

# A value that is like none of those above, for each thing that can be told.
UNLIKE = {"givens": ("Wilhelmina",), "families": ("Bartholomew",), "born": (date(1998, 10, 29),), "homes": ("ZE1 0AA",)}


@settings(max_examples=400, deadline=None)
@given(described, described, st.sampled_from(sorted(UNLIKE)), SIZES)
def test_another_value_never_weighs_more(one, other, what, records):
    model = MODEL.sized(records)
    changed = replace(other, **{what: UNLIKE[what]})
    assert weigh(model, one, changed).bits <= weigh(model, one, other).bits + 1e-9


@settings(max_examples=400, deadline=None)
@given(described, described, st.sampled_from(IDENTIFIERS), SIZES)
def test_another_number_never_weighs_more_than_one_that_was_told(one, other, kind, records):
    model = MODEL.sized(records)
    before = replace(other, identifiers={**other.identifiers, kind: other.identifiers.get(kind, frozenset({"11"}))})
    changed = replace(before, identifiers={**before.identifiers, kind: frozenset({"999999"})})
    assert weigh(model, one, changed).bits <= weigh(model, one, before).bits + 1e-9


@settings(max_examples=300, deadline=None)
@given(described, described, SIZES, st.booleans())
def test_it_does_not_matter_which_of_two_records_comes_first(one, other, records, listed):
    model = MODEL.sized(records)
    left, right = weigh(model, one, other), weigh(model, other, one)
    assert math.isclose(left.bits, right.bits, abs_tol=1e-9)
    assert left.compared.levels == right.compared.levels
    assert vetoes(one, other, left.compared, two_of_one_list=listed) == vetoes(
        other, one, right.compared, two_of_one_list=listed)


@settings(max_examples=300, deadline=None)
@given(described, described, SIZES)
def test_the_parts_sum_to_the_weight(one, other, records):
    found = weigh(MODEL.sized(records), one, other)
    assert math.isclose(sum(part.bits for part in found.parts), found.bits, abs_tol=1e-6)
    assert {part.comparison for part in found.parts} - set(NAMES) == {"prior", "relative"}


@settings(max_examples=300, deadline=None)
@given(described, described, st.sampled_from(sorted(UNLIKE)), SIZES, st.booleans())
def test_whoever_disagrees_more_is_not_joined_where_the_other_was_not(one, other, what, records, listed):
    model = MODEL.sized(records)
    before, after = (decide(model, one, [Candidate("i", "p", 1, found, same_list=listed)]).person
                     for found in (other, replace(other, **{what: UNLIKE[what]})))
    assert after is None or before is not None

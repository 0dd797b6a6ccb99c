"""A weighing that ends early gives what a whole one gives, and whoever is left out would have changed no decision."""

from itertools import groupby

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sightline.domain.linkage.deciding import (
    CONTRADICTIONS,
    MOST_ASKED,
    Asked,
    Candidate,
    Choice,
    Pair,
    Thresholds,
    decide,
)
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.vetoes import vetoes
from sightline.domain.linkage.weighing import weigh, weigh_from
from tests.generative.told_records import MODEL, SIZES, described

candidates = st.lists(st.tuples(described, st.sampled_from("abcd"), st.booleans()), max_size=10).map(
    lambda drawn: [Candidate(f"{person}{n}", person, "dcab".index(person) // 2, one, listed)
                   for n, (one, person, listed) in enumerate(drawn)])
thresholds = st.sampled_from((Thresholds(), Thresholds(20.0, 14.0, 6.0), Thresholds(3.0, 1.0, 0.0)))


def decided_in_full(model, one, near, kept_apart, used):
    """Decide by weighing every pair to its end."""
    judged = []
    for _, group in groupby(sorted(near, key=lambda c: (c.age, c.person, c.identity)), key=lambda c: c.person):
        person = list(group)
        if any(c.identity in kept_apart for c in person):
            continue
        listed = any(c.same_list for c in person)
        pairs = []
        for c in person:
            weighed = weigh(model, one, c.described)
            pairs.append(Pair(c, weighed, vetoes(one, c.described, weighed.compared, two_of_one_list=listed)))
        best = max(pairs, key=lambda pair: (not pair.vetoes, pair.weighed.bits))
        if best.weighed.bits < used.join:
            best = max(pairs, key=lambda pair: (pair.asks(used), pair.weighed.bits))
        against = next((pair for pair in pairs if CONTRADICTIONS & set(pair.vetoes)), None)
        because = best.because
        if against is not None and not best.vetoes:
            because += tuple(f"another record of this person: {v.value}" for v in against.vetoes if v in CONTRADICTIONS)
        judged.append((best, against is None and best.joins(used), because))
    fits = [one for one in judged if one[1]]
    chosen = max(fits, key=lambda one: one[0].weighed.bits, default=None)
    asked = sorted((one for one in judged if one is not chosen and one[0].asks(used)),
                   key=lambda one: -one[0].weighed.bits)[:MOST_ASKED]
    doubts = tuple(Asked(best.candidate.identity, because, best.weighed.bits, best.weighed.parts)
                   for best, _, because in asked)
    if chosen is None:
        return Choice(None, ("a human must compare first",) if asked else ("nobody known fits",), doubts)
    best, _, because = chosen
    return Choice(best.candidate.person, because, doubts, best.weighed.bits, best.weighed.parts)


@settings(max_examples=600, deadline=None)
@given(described, candidates, SIZES, thresholds, st.frozensets(st.sampled_from(("a0", "b1", "c2"))))
def test_leaving_out_early_decides_as_weighing_in_full(one, near, records, used, kept_apart):
    model = MODEL.sized(records)
    assert decide(model, one, near, thresholds=used, kept_apart=kept_apart) == decided_in_full(
        model, one, near, kept_apart, used)


@settings(max_examples=600, deadline=None)
@given(described, described, SIZES, st.floats(-80, 80))
@example(Described(), Described(), 1_000, 0.0)
def test_a_weighing_that_ends_early_would_have_ended_lower(one, other, records, least):
    model = MODEL.sized(records)
    whole, early = weigh(model, one, other), weigh_from(model, one, other, least)
    assert early is None or early == whole
    assert early is not None or whole.bits < least


@settings(max_examples=300, deadline=None)
@given(described, described, SIZES)
def test_a_weighing_asked_for_its_own_bits_is_given(one, other, records):
    model = MODEL.sized(records)
    whole = weigh(model, one, other)
    assert weigh_from(model, one, other, whole.bits) == whole

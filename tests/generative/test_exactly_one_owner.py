"""Whatever is known, there is exactly one owner now; and where nothing is known, words that say what is needed."""

from itertools import chain, combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import Area, Facts, FactsRefused, Gazetteer, NoPlace, Status, read_facts
from sightline.domain.responsibility.rules import RULES

PLACES = {
    "found": Area("Lancashire", "Lancashire Constabulary", Nation.ENGLAND),
    "home": Area("Liverpool", "Merseyside Police", Nation.ENGLAND),
    "looked_after_by": Area("Wandsworth", "Metropolitan Police Service", Nation.ENGLAND),
    "placed": Area("Glasgow City", "Police Scotland", Nation.SCOTLAND),
    "custody_force": "Cumbria Constabulary",
    "custody": Area("Cumberland", "Cumbria Constabulary", Nation.ENGLAND),
    "asked": Area("Cardiff", "South Wales Police", Nation.WALES),
    "receiving": Area("Belfast", "Police Service of Northern Ireland", Nation.NORTHERN_IRELAND),
    "missing_from_force": "Merseyside Police",
}
NAMED = {area.council for area in PLACES.values() if isinstance(area, Area)} | {
    area.force for area in PLACES.values() if isinstance(area, Area)} | {
    "Cumbria Constabulary", "British Transport Police", "Police Scotland", "Police Service of Northern Ireland",
    "Health and Social Care Trust of Belfast"}
AREAS = st.sampled_from([area for area in PLACES.values() if isinstance(area, Area)]) | st.just(Area("Knowsley"))
FORCES = st.sampled_from(["Merseyside Police", "Cumbria Constabulary"])
FACTS = st.builds(
    Facts, *(st.none() | AREAS for _ in range(4)), st.none() | FORCES, *(st.none() | AREAS for _ in range(3)),
    st.none() | FORCES, st.frozensets(st.sampled_from(Status)), st.none() | st.just("significant-harm"), st.booleans(),
    st.none() | st.sampled_from(Nation))


def subsets(things):
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def test_every_set_of_places_with_up_to_two_things_that_happened_has_one_owner():
    happened = [frozenset(some) for some in chain([()], ((one,) for one in Status), combinations(Status, 2))]
    for told in subsets(PLACES):
        places = {name: PLACES[name] for name in told}
        for status in happened:
            if not told:
                with pytest.raises(NoPlace):
                    answer(Facts(status=status))
                continue
            given = answer(Facts(**places, status=status))
            assert given.owner_now in NAMED
            assert given.owner_kind in {"council", "police", "health and social care trust"}


@given(facts=FACTS)
def test_any_facts_give_one_owner_with_its_rule_and_its_law(facts):
    if not facts.say_where:
        with pytest.raises(NoPlace):
            answer(facts)
        return
    given = answer(facts)
    assert isinstance(given.owner_now, str)
    assert given.owner_now.strip()
    assert given.rule in {rule.code for rule in RULES}
    assert given.authority
    assert given.because
    assert "{" not in "".join(given.authority)
    assert given.owner_kind != "council" or given.owner_now not in given.tell
    assert answer(facts) == given


@given(facts=FACTS, name=st.sampled_from(sorted(PLACES)))
def test_taking_a_fact_away_never_leaves_nobody(facts, name):
    fewer = Facts(**{field: getattr(facts, field) for field in Facts.__dataclass_fields__ if field != name})
    if fewer.say_where:
        assert answer(fewer).owner_now


@example(facts=Facts(home=Area("Knowsley"), placed=PLACES["home"]), receiver=PLACES["found"])
@given(facts=FACTS, receiver=AREAS)
def test_the_giver_stays_the_owner_until_the_receiver_has_accepted(facts, receiver):
    told = {field: getattr(facts, field) for field in Facts.__dataclass_fields__}
    told["status"] = facts.status - {Status.ACCEPTED, Status.REMANDED}
    before, offered = Facts(**{**told, "receiving": None}), Facts(**{**told, "receiving": receiver})
    # Nobody offers a child to who owns already; that it is told with a move is the case of rules R10 to R12.
    if before.say_where and answer(before).owner_now != receiver.council:
        assert answer(offered).owner_now == answer(before).owner_now


def named(told):
    if told == "nowhere":
        raise FactsRefused("no such place is known.")
    return Area(told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6)
KEYS = [
    "found_in", "found_at", "home_in", "home_at", "looked_after_by", "placed_in", "custody_force", "custody_council",
    "asked_council", "receiving_council", "missing_from_force", "status", "concern", "on_railway", "nation_found", "at",
]
VALUES = JSON | st.sampled_from(["nowhere", "Lancashire", "53.4,-2.9", ["arrested"], "scotland", True])


@given(told=JSON | st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_json_gives_an_answer_or_a_refusal_in_words(told):
    try:
        given = answer(read_facts(told, Gazetteer(named, str)))
    except FactsRefused as why:
        assert str(why).strip()
    else:
        assert given.owner_now

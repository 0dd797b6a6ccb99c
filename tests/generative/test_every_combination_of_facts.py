"""Every combination of facts: one owner by one rule, whatever is taken away, whatever councils are called, no cost."""

import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.duties.nations import Nation
from sightline.domain.responsibility.answer import COUNCIL, POLICE, TRUST
from sightline.domain.responsibility.engine import answer
from sightline.domain.responsibility.facts import (
    KEYS,
    Area,
    Facts,
    FactsRefused,
    Gazetteer,
    NoPlace,
    Status,
    read_facts,
)
from sightline.domain.responsibility.rules import NOTES, RULES
from sightline.domain.responsibility.sites import Site, SiteKind, Sites

PLACES = {
    "found": Area("Aton", "Aton Police", Nation.ENGLAND), "home": Area("Beeham", "Beeham Police", Nation.ENGLAND),
    "looked_after_by": Area("Ceeby", "Ceeby Police", Nation.WALES),
    "placed": Area("Deeford", "Deeford Police", Nation.SCOTLAND),
    "custody": Area("Eeborough", "Eeborough Police", Nation.ENGLAND),
    "asked": Area("Effton", "Effton Police", Nation.ENGLAND),
    "receiving": Area("Geewick", "Geewick Police", Nation.NORTHERN_IRELAND, "Geewick Trust"),
    "custody_force": "Aitch Police", "missing_from_force": "Eye Police",
}
NATIONAL = {"British Transport Police", "Police Scotland", "Police Service of Northern Ireland"}
NAMED = NATIONAL | {*(told for told in PLACES.values() if isinstance(told, str))} | {
    name for area in PLACES.values() if isinstance(area, Area) for name in (area.council, area.force, area.trust)
} | {f"Health and Social Care Trust of {area.council}" for area in PLACES.values() if isinstance(area, Area)}
HAPPENED = tuple(frozenset(one) | more for one in ((), *((status,) for status in Status))
                 for more in (frozenset(), frozenset({Status.ACCEPTED})))
NATIONS = (None, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
WHERE_AND_WHY = tuple(product(NATIONS, (None, "significant-harm"), (False, True)))
KINDS = {COUNCIL, POLICE, TRUST}
CODES = {rule.code for rule in RULES}


def subsets(things):
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def one_owner(facts):
    """Ask, and hold what holds of every answer; gives the rule by which it was answered."""
    if not facts.say_where:
        try:
            answer(facts)
        except NoPlace as why:
            assert "Give at least one of" in str(why)
            return None
        raise AssertionError(f"somebody was named out of nothing: {facts}")
    given = answer(facts)
    assert given.owner_now in NAMED, facts
    assert given.owner_kind in KINDS
    assert given.rule in CODES
    assert given.because
    return given.rule


def test_every_set_of_places_in_every_nation_with_everything_that_happens_has_one_owner():
    """Taking a fact away gives another of these sets: none of them leaves nobody but that with no place at all."""
    seen = set()
    for told in subsets(PLACES):
        places = {name: PLACES[name] for name in told}
        for status, (nation, concern, railway) in product(HAPPENED, WHERE_AND_WHY):
            facts = Facts(**places, status=status, nation_found=nation, concern=concern, on_railway=railway)
            seen.add(one_owner(facts))
    assert seen == CODES | {None}, "a rule that no combination of facts reaches"


def test_every_set_of_things_that_happened_together_has_one_owner():
    """What contradicts itself (remanded and homeless, accepted by nobody) is answered by the first rule that holds."""
    some_places = [(), *((name,) for name in PLACES), ("found", "home"), ("found", "home", "looked_after_by", "placed"),
                   tuple(PLACES)]
    for happened in subsets(Status):
        for told in some_places:
            one_owner(Facts(**{name: PLACES[name] for name in told}, status=frozenset(happened)))


def test_whichever_places_are_the_same_council_there_is_one_owner():
    areas = (None, PLACES["found"], PLACES["home"], PLACES["placed"])
    for found, home, caring, placed, receiving in product(areas, repeat=5):
        for status in HAPPENED:
            one_owner(Facts(found=found, home=home, looked_after_by=caring, placed=placed, receiving=receiving,
                            status=status))


AREAS = st.none() | st.sampled_from([place for place in PLACES.values() if isinstance(place, Area)])
FORCES = st.none() | st.sampled_from([place for place in PLACES.values() if isinstance(place, str)])
ANY = st.builds(
    Facts, found=AREAS, home=AREAS, looked_after_by=AREAS, placed=AREAS, custody_force=FORCES, custody=AREAS,
    asked=AREAS, receiving=AREAS, missing_from_force=FORCES, status=st.frozensets(st.sampled_from(Status), max_size=4),
    concern=st.sampled_from([None, "significant-harm"]), on_railway=st.booleans(),
    nation_found=st.none() | st.sampled_from(Nation), at=st.none() | st.just(datetime(2026, 5, 10, 22, tzinfo=UTC)))
BARE = ["Aton", "Beeham", "Ceeby", "Deeford", "Eeborough", "Effton", "Geewick"]


def renamed(told, names):
    """Call every council otherwise, with its police and its trust, in whatever holds their names."""
    text = json.dumps(told)
    for number, name in enumerate(names):
        text = text.replace(name, f"<{number}>")
    for number in range(len(names)):
        text = text.replace(f"<{number}>", names[(number + 1) % len(names)])
    return json.loads(text)


@given(facts=ANY.filter(lambda facts: facts.say_where))
def test_no_council_is_special(facts):
    """Where councils change their names, the answer changes its names and nothing else."""
    changed = {}
    for field in fields(Facts):
        told = getattr(facts, field.name)
        changed[field.name] = Area(**{**renamed(asdict(told), BARE), "nation": told.nation}) if isinstance(
            told, Area) else told
    given, other = asdict(answer(facts)), asdict(answer(Facts(**changed)))
    assert json.loads(json.dumps(other)) == renamed(given, BARE)


def test_there_is_no_cost_among_the_facts_so_that_it_cannot_change_an_answer():
    words = {word for name in (*KEYS, *(field.name for field in fields(Facts))) for word in name.split("_")}
    assert words.isdisjoint({"cost", "costs", "price", "pay", "pays", "paid", "fund", "funding", "budget", "recharge"})
    with pytest.raises(FactsRefused, match="Not known: cost"):
        read_facts({"found_in": "Aton", "cost": 4000}, Gazetteer(Area, str))


TOLD = {"found_in": "Aton", "home_in": "Beeham", "looked_after_by": "Ceeby", "status": ["released", "in-need"],
        "custody_force": "Aitch Police", "concern": "significant-harm", "on_railway": False, "nation_found": "england",
        "at": "2026-05-10T23:15:00+01:00"}


@given(keys=st.permutations(sorted(TOLD)), happened=st.permutations(TOLD["status"]))
def test_the_order_of_the_facts_changes_nothing(keys, happened):
    country = Gazetteer(lambda told: next(area for area in PLACES.values() if area.council == told), str)
    shuffled = {key: TOLD[key] for key in keys} | {"status": happened}
    assert answer(read_facts(shuffled, country)) == answer(read_facts(TOLD, country))


SITES = Sites((
    Site(SiteKind.SUITE, "Aton", council="Aton", force="Aton Police"),
    Site(SiteKind.SUITE, "Old Aton", council="Aton", force="Aton Police", until=date(2025, 12, 31)),
    Site(SiteKind.SUITE, "Station", council="Eeborough", force="Eeborough Police"),
    Site(SiteKind.HOME, "Sea View", council="Deeford", since=date(2020, 4, 1)),
))
BY_NAME = {area.council: area for area in PLACES.values() if isinstance(area, Area)}
WITH_SITES = Gazetteer(BY_NAME.__getitem__, str, sites=SITES)
AS_TOLD = {
    "found_in": ("Aton", "Beeham"), "home_in": ("Beeham", "Aton"), "looked_after_by": ("Ceeby",),
    "placed_in": ("Aton", "Ceeby"), "custody_force": ("Aitch Police",), "receiving_council": ("Geewick",),
    "custody_suite": ("Aton", "station custody suite"), "childrens_home": ("Sea View",),
    "at": ("2026-05-10T23:15:00+01:00",),
}


def test_a_suite_or_a_home_by_name_beside_every_set_of_facts_gives_one_owner_and_taking_it_away_leaves_one():
    """The force of a suite is the one that runs it, wherever it stands; taking it away gives another of these sets."""
    seen = set()
    statuses = ([], ["arrested"], ["released"], ["released", "accepted-by-receiver"], ["police-protection"])
    for keys in subsets(AS_TOLD):
        for values in product(*(AS_TOLD[key] for key in keys)):
            told = dict(zip(keys, values, strict=True))
            for status in statuses:
                if set(told) <= {"at"}:
                    with pytest.raises(NoPlace):
                        read_facts(told | {"status": status}, WITH_SITES)
                    continue
                facts = read_facts(told | {"status": status}, WITH_SITES)
                seen.add(one_owner(facts))
                if "custody_suite" in told:
                    assert facts.custody is not None
                    assert facts.custody_force == told.get("custody_force", facts.custody.force)
                if "childrens_home" in told:
                    assert facts.placed == BY_NAME.get(told.get("placed_in"), BY_NAME["Deeford"])
    assert {"R1", "R2", "R3", "R4", "R5"} <= seen


def test_a_suite_answers_for_the_days_on_which_it_was_open():
    told = {"custody_suite": "Old Aton", "status": ["arrested"]}
    before = answer(read_facts(told | {"at": "2025-12-31T23:15:00+00:00"}, WITH_SITES))
    assert before.owner_now == "Aton Police"
    for at in ({"at": "2026-01-01T00:15:00+00:00"}, {}):
        with pytest.raises(FactsRefused, match="custody_suite: That custody suite was not open"):
            read_facts(told | at, WITH_SITES)


def test_every_rule_of_the_law_names_an_owner_or_is_a_note():
    assert CODES | {note.code for note in NOTES} == {f"R{number}" for number in range(1, 22)}

"""Who is found: one key may suffice or two must be shared, and two who would find each other hold a key in common."""

from datetime import date

import pytest
from hypothesis import given, settings

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.keys import FEW, FEW_A_NUMBER, MOST_SOUNDS, Probe, probe_keys, probes, stored_keys
from tests.generative.told_records import described

BORN, OTHER_WAY_ROUND = date(2011, 4, 3), date(2011, 3, 4)
KNOWN = Described(("Mohammed",), ("Hussain",), (BORN,), "M", ("L36 9YZ",), {"nhs": frozenset({"9434765919"})})


def finding(asked: Described, known: Described) -> list[Probe]:
    """Give the probes of one that find the other."""
    return [probe for probe in probes(asked) if stored_keys(known).issuperset(probe.keys)]


@pytest.mark.parametrize("asked", [
    Described(("Mohamed",), ("Malik",), (BORN,)),
    Described(("Hussein",), ("Malik",), (BORN,)),
    Described(("Hussain",), ("Mohammed",), (OTHER_WAY_ROUND,)),
    Described(("Jack",), ("Malik",), (OTHER_WAY_ROUND,), homes=("L36 9YZ",)),
    Described(("Mohammed",), ("Hussain",), (date(2011, 9, 9),)),
    Described(("Muhamad",), (), (), homes=("L36 9YZ",)),
    Described(("Mustafa",), ("Hussain",), (), homes=("L36 9YZ",)),
    Described(("M",), ("Malik",), (date(2012, 9, 9),), homes=("L36 9YZ",)),
    Described(("Jack",), ("Malik",), (), identifiers={"nhs": frozenset({"9434765919"})})])
def test_another_spelling_order_birthday_or_initial_is_found_from_either_side(asked):
    assert finding(asked, KNOWN)
    assert finding(KNOWN, asked)


@pytest.mark.parametrize("asked", [
    Described(("Mohammed",), ("Malik",), (OTHER_WAY_ROUND,)),
    Described(("Mustafa",), ("Malik",), (date(2012, 9, 9),), homes=("L36 9YZ",)),
    Described((), (), (BORN,)),
    Described(("Mohammed",), ("Hussain",))])
def test_too_little_in_common_finds_nobody(asked):
    assert finding(asked, KNOWN) == finding(KNOWN, asked) == []


def test_a_number_is_looked_at_with_more_persons_than_a_birthday_with_a_name():
    few = {probe.keys: probe.few for probe in finding(KNOWN, KNOWN)}
    assert {few[keys] for keys in few if len(keys) == 1} == {FEW, FEW_A_NUMBER}
    assert {few[keys] for keys in few if len(keys) == 2} == {FEW_A_NUMBER}


def test_a_name_of_very_many_parts_is_looked_under_so_many_pairs_at_most():
    endless = Described((" ".join(f"{a}{b}xo" for a in "abdfgklm" for b in "aiu"),), ("Hussain",), (date(2011, 4, 20),))
    assert sum(len(probe.keys) == 2 for probe in probes(endless)) == MOST_SOUNDS * (MOST_SOUNDS - 1) // 2


@settings(max_examples=300, deadline=None)
@given(described, described)
def test_whoever_finds_a_record_holds_a_key_that_the_record_holds(one, other):
    """So two arrivals of one child cannot both create it: they wait for each other."""
    assert probe_keys(one).issuperset(key for probe in probes(one) for key in probe.keys)
    assert probe_keys(one).issuperset(stored_keys(one))
    if finding(one, other):
        assert probe_keys(one) & probe_keys(other)

"""When two addresses are one door, as the table says; keys find each pair that is one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.offenders.addresses import SAME_WORDS, Door, Same, door_of, keys_of, same_door

LINES = [line.split("|") for line in Path(__file__).with_name("doors.txt").read_text("utf-8").splitlines()[2:] if line]
WRITTEN = st.text("aA 1204/,.-–fltstéЖ\n|", max_size=30) | st.text(max_size=30)
DOORS = st.builds(
    Door, st.sampled_from(["", "1", "2"]), st.frozensets(st.sampled_from(["2", "a"])),
    st.sampled_from(["", "14", "rosecottage"]), st.sampled_from(["", "highstreet", "millane"]),
    st.sampled_from(["", "L369YZ", "L369ZY", "LA11AA"]))


def door(told: str) -> Door:
    address, postcode, *uprn = (part.strip() for part in told.split(";"))
    return door_of(address or None, postcode or None, uprn[0] if uprn else None)


@pytest.mark.parametrize("line", LINES, ids=[line[0].strip() for line in LINES])
def test_two_addresses_are_one_door_as_the_table_says(line):
    one, other, expected = door(line[1]), door(line[2]), line[3].strip()
    assert same_door(one, other) == (None if expected == "no" else Same(expected))


def test_every_way_to_be_one_door_has_its_row_and_its_words():
    assert {line[3].strip() for line in LINES} == {*Same, "no"}
    assert set(SAME_WORDS) == set(Same)


@given(DOORS, DOORS)
def test_it_does_not_matter_which_address_comes_first_and_keys_find_each_pair(one, other):
    assert same_door(one, other) == same_door(other, one)
    if same_door(one, other):
        assert set(keys_of(one)) & set(keys_of(other))


@given(WRITTEN, WRITTEN, WRITTEN)
def test_no_text_makes_it_fail_and_a_door_is_always_itself(address, postcode, uprn):
    found = door_of(address, postcode, uprn)
    assert bool(keys_of(found)) == (same_door(found, found) is not None)
    assert all(len(key) <= 120 for key in keys_of(found))

"""Identifiers, names and spellings of invented children are formed as the real ones are."""

import re
from random import Random

import pytest

from sightline.demonstration.identifiers import cro_number, nhs_number, pnc_id, spoiled, temporary_upn, upn, upn_letter
from sightline.demonstration.mistakes import mistyped, respelled
from sightline.demonstration.names import TRADITIONS_OF_GROUP, traditions


@pytest.mark.parametrize("valid", ["A950000178301", "H243278544154", "X845212818005"])
def test_the_check_letter_of_a_upn_agrees_with_published_values(valid):
    assert upn_letter(valid[1:]) == valid[0]


@pytest.mark.parametrize("wrong", ["R247962919251", "X428558133462"])
def test_a_wrong_upn_has_another_check_letter(wrong):
    assert upn_letter(wrong[1:]) != wrong[0]


def test_invented_upns_are_valid_and_name_no_real_school():
    for serial in (0, 7, 999, 123_456, 999_999):
        number = upn("340", serial, 2031)
        assert re.fullmatch(r"[A-Z]340\d{9}", number)
        assert number[4] == "0"
        assert upn_letter(number[1:]) == number[0]
        temporary = temporary_upn("340", serial, 2026)
        assert re.fullmatch(r"[A-Z]340\d{8}[A-HJ-NP-RT-Z]", temporary)
        assert upn_letter(temporary[1:]) == temporary[0]


def test_invented_nhs_numbers_are_valid_and_of_the_range_for_tests():
    for serial in range(2000):
        digits = nhs_number(serial)
        assert digits.startswith("999")
        total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
        assert int(digits[9]) == (11 - total % 11) % 11


def test_invented_police_numbers_are_valid():
    for serial in (1, 4711, 999_999):
        number = pnc_id(2024, serial)
        year, rest = number.split("/")
        assert "ZABCDEFGHJKLMNPQRTUVWXY"[int(year[2:] + rest[:7]) % 23] == rest[7]
        assert int(rest[:7]) >= 9_000_000
        assert re.fullmatch(r"99\d{4}/24[A-Z]", cro_number(2024, serial))


def test_a_spoiled_upn_no_longer_agrees_with_its_letter():
    rng = Random(1)
    for serial in range(300):
        wrong = spoiled(upn("341", serial, 2030), rng)
        assert upn_letter(wrong[1:]) != wrong[0]


def test_surnames_follow_the_sex_where_the_tradition_has_it_so():
    rng = Random(1)
    polish, baltic = traditions()["polish"], traditions()["baltic"]
    assert polish.surname_for("Kowalski", "F", rng) == "Kowalska"
    assert polish.surname_for("Kowalski", "M", rng) == "Kowalski"
    assert polish.surname_for("Nowak", "F", rng) == "Nowak"
    assert baltic.surname_for("Kazlauskas", "F", rng) == "Kazlauskaite"
    assert baltic.surname_for("Petrovs", "F", rng) == "Petrova"
    assert traditions()["sikh"].surname_for("Singh", "F", rng) == "Kaur"


def test_every_group_has_traditions_with_names_for_girls_and_boys():
    for group, offered in TRADITIONS_OF_GROUP.items():
        assert sum(share for _, share in offered) == pytest.approx(1), group
        for name, _ in offered:
            tradition = traditions()[name]
            assert len(tradition.given["F"].values) > 15
            assert len(tradition.given["M"].values) > 15
            assert len(tradition.family.values) > 15


def test_another_spelling_is_of_the_same_name():
    rng = Random(1)
    assert {respelled("Yusuf", False, rng) for _ in range(50)} == {"Yousuf", "Yousef", "Youssef", "Yusef", "Yousaf"}
    assert {respelled("Sean", True, rng) for _ in range(50)} == {"Shaun", "Shawn"}
    assert {respelled("John", True, rng) for _ in range(50)} == {"John"}


def test_a_slip_of_typing_changes_one_place():
    rng = Random(1)
    for _ in range(300):
        wrong = mistyped("Charlotte", rng)
        assert abs(len(wrong) - 9) <= 1
        assert wrong[0] == "C"



"""Identifiers are checked as their owners check them, and no text makes the check fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.vocabulary.identifier import CHECKS, UnknownIdentifier, check


@pytest.mark.parametrize(
    ("kind", "value", "normal"),
    [
        ("upn", "A950000178301", "A950000178301"),
        ("upn", "H243278544154", "H243278544154"),
        ("upn", "X845212818005", "X845212818005"),
        ("upn", " h243278544154 ", "H243278544154"),
        ("former-upn", "A950000178301", "A950000178301"),
        ("nhs", "943 476 5919", "9434765919"),
        ("nhs", "943-476-5919", "9434765919"),
        ("pnc", "02/73319Z", "2002/0073319Z"),
        ("pnc", "033Y", "2003/0000003Y"),
        ("pnc", "0273319Z", "2002/0073319Z"),
        ("pnc", "79163001B", "1979/0163001B"),
        ("pnc", "20020073319Z", "2002/0073319Z"),
        ("pnc", "1979/0163001B", "1979/0163001B"),
        ("pnc", "81/34U", "1981/0000034U"),
        ("pnc", "00/223R", "2000/0000223R"),
        ("pnc", "20030011985X", "2003/0011985X"),
        ("pnc", "20120052494Q", "2012/0052494Q"),
        ("cro", "65656/91H", "065656/91H"),
        ("cro", "065656/91H", "065656/91H"),
        ("cro", "SF83/50058Z", "SF83/50058Z"),
        ("laestab", "341/4421", "3414421"),
        ("laestab", "3414421", "3414421"),
        ("urn", "104567", "104567"),
        ("uprn", "000100012345678", "100012345678"),
        ("uprn", "10.0", "10"),
        ("postcode", "l369yz", "L36 9YZ"),
        ("postcode", "EC1A1BB", "EC1A 1BB"),
        ("postcode", "w1a 0ax", "W1A 0AX"),
        ("postcode", "gir 0aa", "GIR 0AA"),
        ("postcode", "M1\u00a01AE", "M1 1AE"),
    ],
)
def test_a_valid_value_is_brought_into_its_one_form(kind, value, normal):
    answer = check(kind, value)
    assert (answer.valid, answer.normal) == (True, normal)


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("upn", "R247962919251", "check letter"),
        ("upn", "X428558133462", "check letter"),
        ("upn", "A95000017830", "11 digits"),
        ("upn", "A000000000000", "No council"),
        ("upn", "A95000017830O", "other than I, O and S"),
        ("nhs", "9434765918", "check digit"),
        ("nhs", "943476591", "10 digits"),
        ("nhs", "0000000000", "All digits are the same"),
        ("pnc", "20030011985Z", "check letter"),
        ("pnc", "2001/0171310S", "check letter"),
        ("pnc", "TOTALLYINVALID", "a year, a slash"),
        ("pnc", "1923[1234567A", "a year, a slash"),
        ("pnc", "0000/0000223R", "a year, a slash"),
        ("cro", "65656/91J", "check letter"),
        ("cro", "SF83/050058Z9", "up to 6 digits"),
        ("laestab", "0414421", "7 digits"),
        ("urn", "12345", "6 digits"),
        ("uprn", "-1.0", "12 digits"),
        ("uprn", "1234567890123", "12 digits"),
        ("postcode", "nope", "form of a postcode"),
        ("postcode", "L36 9CZ", "form of a postcode"),
        ("postcode", "\uff2c36 9YZ", "character that no such number has"),
        ("upn", "   ", "nothing here"),
        ("upn", "A" * 5000, "longer than any"),
    ],
)
def test_an_invalid_value_is_kept_as_it_came_and_says_why(kind, value, why):
    answer = check(kind, value)
    assert not answer.valid
    assert answer.normal == value
    assert why in answer.why


def test_every_weight_of_a_upn_counts():
    right = "A950000178301"
    wrong = [right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :] for place in range(1, 13)]
    assert not any(check("upn", value).valid for value in wrong)


def test_the_letter_of_a_temporary_upn_counts_by_its_place_in_the_alphabet():
    valid = [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if check("upn", f"{letter}34025001234B").valid]
    digits, last = "34025001234", 1
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) + 13 * last
    assert valid == ["ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]]


def test_a_two_digit_year_turns_at_the_year_that_is_given():
    letter = "ZABCDEFGHJKLMNPQRTUVWXY"[(30 * 10**7 + 5) % 23]
    assert check("pnc", f"30/5{letter}", year=2026).normal == f"1930/0000005{letter}"
    assert check("pnc", f"30/5{letter}", year=2031).normal == f"2030/0000005{letter}"


def test_an_unknown_kind_is_refused_in_words():
    with pytest.raises(UnknownIdentifier, match="choose upn"):
        check("passport", "1")


@given(kind=st.sampled_from(sorted(CHECKS)), value=st.text(max_size=60))
def test_no_text_makes_a_check_fail(kind, value):
    answer = check(kind, value)
    assert answer.why
    assert answer.valid or answer.normal == value


@given(kind=st.sampled_from(sorted(CHECKS)), value=st.text("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ/ ", max_size=14))
def test_the_one_form_of_a_valid_value_is_itself_valid_and_stays(kind, value):
    answer = check(kind, value)
    if answer.valid:
        assert check(kind, answer.normal) == answer

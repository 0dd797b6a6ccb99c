"""Encodings instead of names: equal where the facts are, silent without the secret."""

from datetime import date

import pytest

from sightline.domain.linkage.described import Described
from sightline.domain.linkage.encoding import COMBINATIONS, LENGTH, SecretTooShort, agree_on, encodings

SECRET, OTHER_SECRET = bytes(range(32)), bytes(range(1, 33))
AMARA = Described(givens=("Amara Ngozi",), families=("Okafor",), born=(date(2010, 3, 4),), sex="F", homes=("M11AE",),
                  identifiers={"nhs": frozenset(("9434765919",))})


def _agree(other: Described) -> tuple[str, ...]:
    return agree_on(encodings(AMARA, secret=SECRET), encodings(other, secret=SECRET))


def test_a_record_agrees_with_itself_on_everything():
    assert _agree(AMARA) == tuple(COMBINATIONS)


@pytest.mark.parametrize(("other", "on"), [
    (Described(givens=("AMARAH",), families=("OKAFOR",), born=AMARA.born), "names and birthday"),
    (Described(givens=("Okafor",), families=("Amara",), born=AMARA.born), "names and birthday"),
    (Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 4, 3),)), "names and swapped birthday"),
    (Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 3, 15),), sex="F"),
     "names and month of birth"),
    (Described(givens=("Amara",), families=("Eze",), born=AMARA.born, homes=("M11AE",)),
     "first name, birthday and home"),
    (Described(givens=("A",), families=("Okafor",), born=AMARA.born, sex="F"), "surname, initial and birthday"),
    (Described(givens=("Amara",), families=("Okafor",), born=(date(2010, 9, 9),), homes=("M11AE",)),
     "first name and home"),
    (Described(identifiers={"nhs": frozenset(("9434765919",))}), "number"),
])
def test_each_combination_bears_the_error_that_it_is_for(other: Described, on: str):
    assert on in _agree(other)


def test_another_child_and_a_number_of_another_kind_agree_on_nothing():
    assert _agree(Described(givens=("Beth",), families=("Ward",), born=AMARA.born, sex="F", homes=("M11AE",))) == ()
    assert _agree(Described(identifiers={"upn": frozenset(("9434765919",))})) == ()


def test_a_twin_with_the_same_initial_is_taken_for_the_child_by_one_combination_only():
    twin = Described(givens=("Adaeze",), families=("Okafor",), born=AMARA.born, sex="F", homes=("M11AE",))
    assert _agree(twin) == ("surname, initial and birthday",)


def test_another_secret_gives_nothing_in_common():
    assert agree_on(encodings(AMARA, secret=SECRET), encodings(AMARA, secret=OTHER_SECRET)) == ()


def test_what_is_not_told_is_not_encoded():
    assert encodings(Described(givens=("Amara",)), secret=SECRET) == {}
    assert encodings(Described(), secret=SECRET) == {}


def test_encodings_are_of_one_length_and_hold_no_text():
    values = {value for found in encodings(AMARA, secret=SECRET).values() for value in found}
    assert {len(value) for value in values} == {LENGTH}
    assert not any(b"amara" in value.lower() or b"M11AE" in value for value in values)


def test_a_short_secret_is_refused():
    with pytest.raises(SecretTooShort, match="32 bytes"):
        encodings(AMARA, secret=b"short")

"""How two records are compared: thing by thing, the two values that agree most."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers

from sightline.domain.linkage.births import MOST_YEARS_OFF, BirthLevel, births, nearly
from sightline.domain.linkage.comparing import NAMES, NOT_TOLD, compare, one_off
from sightline.domain.linkage.described import Described, as_one, described
from sightline.domain.linkage.keys import probe_keys, stored_keys
from sightline.domain.linkage.names import FirstNameLevel, SurnameLevel, first_names, surnames
from sightline.domain.vocabulary.identity import Identity

children_born = dates(date(1996, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(("one", "other", "level"), [
    ("Zoë", "Zoe Ann", FirstNameLevel.SAME), ("Jack", "John", FirstNameLevel.VARIANT),
    ("Aaliyah", "Aliyah", FirstNameLevel.ALIKE), ("A", "Amara", FirstNameLevel.INITIAL),
    ("A", "A", FirstNameLevel.INITIAL), ("Amara", "Amina", FirstNameLevel.DIFFERENT)])
def test_first_names(one, other, level):
    assert first_names(one, other) is first_names(other, one) is level


@pytest.mark.parametrize(("one", "other", "level"), [
    ("O'Neill", "ONEILL", SurnameLevel.SAME), ("Khan", "Khan Malik", SurnameLevel.PART),
    ("Hussain", "Hussein", SurnameLevel.ALIKE), ("Khan", "Malik", SurnameLevel.DIFFERENT)])
def test_surnames(one, other, level):
    assert surnames(one, other) is surnames(other, one) is level


@pytest.mark.parametrize(("one", "other", "level"), [
    ("2011-04-03", "2011-04-03", BirthLevel.SAME), ("2011-04-03", "2011-03-04", BirthLevel.SWAPPED),
    ("2011-04-03", "2011-04-15", BirthLevel.UNKNOWN_DAY), ("2011-04-01", "2011-04-28", BirthLevel.UNKNOWN_DAY),
    ("2011-04-03", "2012-04-03", BirthLevel.ONE_DIGIT), ("2011-04-03", "2012-05-07", BirthLevel.DIFFERENT)])
def test_dates_of_birth(one, other, level):
    assert births(date.fromisoformat(one), date.fromisoformat(other)) is level


def test_numbers_one_digit_apart_or_with_two_swapped():
    assert one_off("9434765919", "9434765918") and one_off("9434765919", "9434756919")
    assert not one_off("9434765919", "9434765919") and not one_off("943", "9434")
    assert not one_off("9434765919", "9134765918")


def test_an_old_home_and_an_old_name_agree_too():
    one = as_one([Described(("Amara",), ("Cole",), homes=("PR1 2HE",)),
                  Described(("Amara",), ("Okafor",), homes=("L36 9YZ",))])
    found = compare(one, Described(("Amara",), ("Okafor",), homes=("L36 9YZ",)))
    assert found.words() == ("same first name", "same surname", "same postcode")
    assert found.agreed == {"first_name": {"amara"}, "surname": {"okafor"}, "home": {"L36 9YZ"}}


def test_names_in_each_others_place_are_no_two_names_that_differ():
    found = compare(Described(("Nguyen",), ("Minh",)), Described(("Minh",), ("Nguyen",)))
    assert [found.level("first_name"), found.level("surname")] == [FirstNameLevel.SWAPPED, SurnameLevel.SWAPPED]


def test_what_was_not_told_by_both_is_not_compared():
    found = compare(Described(givens=("Amara",), sex="F"), Described(born=(date(2011, 4, 3),), givens=("?",)))
    assert set(found.levels) == {NOT_TOLD}
    assert len(found.levels) == len(NAMES)


def test_only_valid_identifiers_are_compared_and_aliases_are_names_too():
    one = described(Identity("s", "k", "Amara", "Cole", also_known_as=("Mara Okafor",), sex="U", postcode="nowhere",
                             identifiers={"nhs": "943 476 5919", "upn": "not a number"}))
    assert one.identifiers == {"nhs": frozenset({"9434765919"})}
    assert (one.givens, one.families, one.sex, one.homes) == (("Amara", "Mara"), ("Cole", "Okafor"), None, ())


@pytest.mark.parametrize(("one", "other", "found"), [
    (("3404001",), ("3404002",), "no school in common"),
    (("3404001",), ("3404001", "3404002"), "same school"),
    (("3404001",), ("Lord Derby Academy",), None),
    (("3404001", "Lord Derby Academy"), ("lord derby academy",), "same school"),
    (("Park School 1",), ("Park School 2",), "no school in common"),
    (("Saint Éloi’s",), ("SAINT ELOIS",), "same school"),
])
def test_a_school_is_compared_by_number_with_numbers_and_by_name_with_names(one, other, found):
    words = compare(Described(schools=one), Described(schools=other)).words()
    assert words == ((found,) if found else ())


def test_carers_and_telephones_are_told_as_people_write_them():
    one = described(Identity("s", "k", school="340/4001", carers=("Renée O’Connor", "Unknown", " "),
                             phones=("+44 (0)7700 900461", "0151 496 0000", "461", "")))
    other = described(Identity("s", "l", school=" ", carers=("RENEE OCONNOR",), phones=("07700900461",)))
    assert (one.schools, other.schools) == (("3404001",), ())
    assert one.carers == ("Renée O’Connor",)
    assert one.phones == ("07700900461", "01514960000")
    assert compare(one, other).words() == ("same carer’s name", "same telephone number")
    assert compare(one, described(Identity("s", "m", phones=("07700 900462",)))).words() == (
        "no telephone number in common",)


@pytest.mark.parametrize("name", ["Baby", "baby girl", "Twin Two", "UNKNOWN", "Not known", "?", " "])
def test_what_stands_where_no_name_is_known_is_no_name(name):
    assert described(Identity("s", "k", name, name)).givens == ()
    assert described(Identity("s", "k", "A")).givens == ("A",)


@pytest.mark.parametrize("other", [
    Described(("Mohamed",), ("Hussein",), (date(2011, 4, 3),)),
    Described(("Hussain",), ("Mohammed",), (date(2011, 4, 3),)),
    Described(("Muhammad",), ("Ali",), (date(2011, 3, 4),)),
    Described(("M",), ("Ali",), homes=("L36 9YZ",)),
    Described(("Mohammed",), ("Hussain",), (date(2011, 9, 9),))])
def test_another_spelling_order_or_birthday_is_found(other):
    known = Described(("Mohammed",), ("Hussain",), (date(2011, 4, 3),), homes=("L36 9YZ",))
    assert probe_keys(other) & stored_keys(known)


@given(children_born, children_born, integers(0, 90))
def test_days_that_nearly_agree_are_those_that_do_not_differ(one: date, other: date, pick: int):
    days = sorted(nearly(one))
    for day in (other, days[pick % len(days)], one):
        agrees = births(one, day) not in (BirthLevel.SAME, BirthLevel.DIFFERENT)
        assert (day in nearly(one)) == (agrees and abs(one.year - day.year) <= MOST_YEARS_OFF)
    assert len(days) < 80

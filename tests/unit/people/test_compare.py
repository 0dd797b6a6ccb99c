"""Whether two identities are one child: the table of docs/explanation/first-matching.md, row by row."""

from datetime import date

import pytest

from sightline.domain.people.compare import Described, Verdict, compare
from sightline.domain.people.decide import Candidate, decide

BORN, SWAPPED, NEAR, OTHER = date(2011, 4, 3), date(2011, 3, 4), date(2011, 4, 8), date(2009, 12, 25)
HOME, AWAY = "L36 9YZ", "PR1 2HE"
AALIYAH = Described("Aaliyah", "Hussain", BORN, "F", HOME, {"upn": "A1"})
SAME, DOUBT, DIFFERENT = Verdict.SAME, Verdict.DOUBT, Verdict.DIFFERENT


def told(given="Aaliyah", family="Hussain", born=BORN, sex="F", home=HOME, **identifiers):
    """Describe another identity: as Aaliyah is described, but for what is given."""
    return Described(given, family, born, sex, home, identifiers)


@pytest.mark.parametrize(("other", "verdict"), [
    # 1 They share a valid identifier.
    (told("Aliyah", born=SWAPPED, home=AWAY, upn="A1"), SAME),
    (told(family="Khan", home=None, upn="A1"), SAME),
    (told("Amina", upn="A1"), DOUBT),
    (told(born=OTHER, upn="A1"), DOUBT),
    (told(sex="M", upn="A1"), DOUBT),
    # 2 The first names differ, or one is not told.
    (told("Amina"), DIFFERENT),
    (told(None), DIFFERENT),
    # 3 Same date of birth.
    (told(home=AWAY), SAME),
    (told("Aliyah", "Hussein"), SAME),
    (told("Aliyah", home=AWAY), DOUBT),
    (told("Aliyah", "Khan"), DOUBT),
    (told("Aliyah", "Khan", home=AWAY), DIFFERENT),
    # 4 Date of birth swapped or nearly the same.
    (told(born=SWAPPED), SAME),
    (told(born=NEAR), SAME),
    (told(born=SWAPPED, home=AWAY), DOUBT),
    (told(family="Khan", born=SWAPPED), DIFFERENT),
    # 5 Date of birth not told by both.
    (told(born=None), DOUBT),
    (told(born=None, home=AWAY), DIFFERENT),
    (told(born=OTHER), DIFFERENT),
])
def test_the_table_is_read_from_the_top(other, verdict):
    assert compare(AALIYAH, other, two_of_one_list=False).verdict is verdict


def test_two_sexes_make_a_joining_a_doubt():
    assert compare(AALIYAH, told(sex="M"), two_of_one_list=False).verdict is DOUBT


def test_two_nhs_numbers_make_a_joining_a_doubt_and_two_upns_do_not():
    one = Described("Aaliyah", "Hussain", BORN, "F", HOME, {"nhs": "1", "upn": "A1"})
    assert compare(one, told(nhs="2"), two_of_one_list=False).verdict is DOUBT
    assert compare(one, told(upn="A2"), two_of_one_list=False).verdict is SAME


def test_two_of_one_list_whose_names_are_nearly_the_same_may_be_twins():
    assert compare(AALIYAH, told("Aliyah"), two_of_one_list=True).verdict is DOUBT
    assert compare(AALIYAH, told("Aliyah"), two_of_one_list=False).verdict is SAME


def test_every_answer_has_its_reasons_in_words():
    because = compare(AALIYAH, told("Aliyah", born=SWAPPED, home=AWAY, upn="A1"), two_of_one_list=False).because
    assert because == ("same UPN", "first names spelt alike", "same surname", "day and month of birth swapped",
                       "postcodes differ")


def candidate(identity, person, described, *, age=1):
    """Describe an identity of a person that may be Aaliyah."""
    return Candidate(identity, person, age, described, same_list=False)


def test_nobody_who_fits_makes_a_new_person_without_a_doubt():
    choice = decide(AALIYAH, [candidate("i1", "p1", told("Amina"))])
    assert (choice.person, choice.doubts) == (None, ())


def test_one_contradiction_among_the_records_of_a_person_asks_a_human():
    choice = decide(AALIYAH, [candidate("i1", "p1", told()), candidate("i2", "p1", told("Amina"))])
    assert choice.person is None
    assert [asked.identity for asked in choice.doubts] == ["i1"]


def test_of_two_persons_who_fit_the_oldest_is_joined_and_a_human_asked_about_the_other():
    choice = decide(AALIYAH, [candidate("i2", "p2", told(), age=2), candidate("i1", "p1", told(home=AWAY), age=1)])
    assert choice.person == "p1"
    assert [asked.identity for asked in choice.doubts] == ["i2"]


def test_whom_a_human_kept_apart_is_never_joined_nor_asked_about_again():
    choice = decide(AALIYAH, [candidate("i1", "p1", told())], kept_apart=frozenset({"i1"}))
    assert (choice.person, choice.doubts) == (None, ())

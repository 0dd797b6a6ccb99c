"""Names of every community, as clerks here write them: which are one name, which are not, whichever stands first."""

import pytest

from sightline.domain.linkage.comparing import NAMES, NOT_TOLD, compare
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.names import FirstNameLevel, SurnameLevel, first_names, surnames

SAME, VARIANT, ALIKE, DIFFERENT = (
    FirstNameLevel.SAME, FirstNameLevel.VARIANT, FirstNameLevel.ALIKE, FirstNameLevel.DIFFERENT)


@pytest.mark.parametrize(("one", "other", "level"), [
    # Muhammad before another name calls nobody; alone it may be any of the boys who bear it.
    ("Muhammad Ibrahim", "Ibrahim", SAME), ("Md Hassan", "Mohammed Hassan", SAME),
    ("Muhammad", "Md Hassan", VARIANT), ("Muhammad", "Mohamed", VARIANT),
    ("Muhammad Ali", "Muhammad Hassan", DIFFERENT), ("Hassan", "Hussain", DIFFERENT),
    # Singh, Kaur, Bibi, Begum and Thi stand between names.
    ("Kaur Kiran", "Kiran", SAME), ("Arjan Singh", "Arjan", SAME), ("Arjan Singh", "Karan Singh", DIFFERENT),
    ("Thi Linh", "Linh", SAME), ("Aisha Bibi", "Aisha", SAME), ("Aisha Bibi", "Fatima Bibi", DIFFERENT),
    # What belongs together is one name.
    ("Abdul Rahman", "Abdulrahman", SAME), ("Abdi Rahman", "Abdirahman", SAME), ("Jia-Yi", "Jiayi", SAME),
    ("Abdul Rahman", "Abdul Karim", DIFFERENT),
    # Other ways to write one name.
    ("Yusuf", "Youssef", VARIANT), ("Khadija", "Khadra", VARIANT), ("Caoimhe", "Keeva", VARIANT),
    ("Oluwaseun", "Seun", VARIANT), ("Zofia", "Sophia", VARIANT), ("Wojciech", "Wojtek", VARIANT),
    ("Laylla", "Lila", ALIKE), ("Jawad", "Javad", ALIKE), ("Owne", "Owen", ALIKE),
    # One of several names.
    ("Leo Alexander", "Alexander", VARIANT), ("Rosie Sophie", "Sophie Rosie", VARIANT),
    ("Bethany Matilda", "Mathilda", ALIKE), ("Emma Rose", "Lily Rose", DIFFERENT),
    ("Cian", "Ciara", DIFFERENT), ("Aoife", "Orla", DIFFERENT),
])
def test_first_names(one: str, other: str, level: FirstNameLevel):
    assert first_names(one, other) is level
    assert first_names(other, one) is level


@pytest.mark.parametrize(("one", "other", "level"), [
    ("Al-Masri", "Masri", SurnameLevel.SAME), ("Dela Cruz", "Cruz", SurnameLevel.PART),
    ("Ur Rehman", "Rahman", SurnameLevel.ALIKE), ("Zhang", "Cheung", SurnameLevel.ALIKE),
    ("Choudhury", "Chaudhry", SurnameLevel.ALIKE), ("Kowalski", "Kowalska", SurnameLevel.ALIKE),
    ("Ivanovs", "Ivanova", SurnameLevel.ALIKE), ("O'Brien", "OBrien", SurnameLevel.SAME),
    ("Mohamed Ali", "Ali", SurnameLevel.PART), ("Garcia Lopez", "Lopez", SurnameLevel.PART),
    ("Khan", "Malik", SurnameLevel.DIFFERENT), ("Okafor", "Adeyemi", SurnameLevel.DIFFERENT),
])
def test_surnames(one: str, other: str, level: SurnameLevel):
    assert surnames(one, other) is level
    assert surnames(other, one) is level


def _levels(one: tuple[str, str], other: tuple[str, str]) -> dict[str, int]:
    left, right = (Described(givens=(given,), families=(family,)) for given, family in (one, other))
    there, back = compare(left, right).levels, compare(right, left).levels
    assert there == back
    return dict(zip(NAMES, there, strict=True))


def test_names_in_each_others_place_are_found_also_when_spelt_otherwise():
    assert compare(*(Described(givens=(given,), families=(family,)) for given, family in (
        ("Adaeze Chidera", "Obi"), ("OBI", "ADAEZE")))).level("first_name") is FirstNameLevel.SWAPPED
    found = compare(Described(givens=("Princess",), families=("Boateng",)),
                    Described(givens=("BOATENG",), families=("PRINCISS",)))
    assert (found.level("first_name"), found.level("surname")) == (FirstNameLevel.SWAPPED, SurnameLevel.SWAPPED)


def test_a_fathers_name_as_a_childs_surname_is_no_swap():
    found = compare(Described(givens=("Guled",), families=("Khalid",)),
                    Described(givens=("Khalid",), families=("Ibrahim",)))
    assert found.level("first_name") is FirstNameLevel.DIFFERENT


def test_begum_says_nothing_against_the_name_of_the_family():
    assert _levels(("Aisha", "Begum"), ("Aisha", "Khan"))["surname"] == NOT_TOLD
    assert _levels(("Aisha", "Begum"), ("Aisha", "Begum"))["surname"] == 0
    assert _levels(("Simran", "Kaur"), ("Simran", "Gill"))["surname"] == NOT_TOLD


def test_a_fathers_name_may_stand_behind_the_first_name():
    place = _levels(("Hodan Yusuf", "Warsame"), ("Hodan", "Yusuf"))["surname"]
    assert list(SurnameLevel)[place] is SurnameLevel.PART

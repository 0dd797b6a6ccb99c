"""Columns are understood by their usual names, by the names that somebody gives them, or refused in words."""

import pytest

from sightline.interfaces.linking.headings import ColumnsNotUnderstood, found, in_words


def columns(*headings: str, named: dict[str, str] | None = None, truth: str | None = None) -> dict[str, str]:
    return found(headings, named=named or {}, truth=truth, file="a.csv")


@pytest.mark.parametrize(("headings", "meanings"), [
    (("Forename", "Surname", "DOB", "Post Code", "UPN"), ["given", "family", "born", "postcode", "upn"]),
    (("rec_id", "given_name", "surname", "date_of_birth", "soc_sec_id"), ["given", "family", "born", "number", "id"]),
    (("First Name", "LAST-NAME", "Date of Birth", "Gender"), ["given", "family", "born", "sex"]),
    (("Full name", "NHS Number"), ["name", "nhs"]),
])
def test_usual_names_are_understood(headings: tuple[str, ...], meanings: list[str]):
    assert list(columns(*headings)) == meanings


def test_a_column_that_somebody_names_is_taken_and_no_other():
    assert columns("first_name", "called", "dob", named={"given": "called"}) == {"given": "called", "born": "dob"}


def test_the_truth_is_compared_with_nothing():
    assert "number" not in columns("first_name", "number", truth="number")


def test_a_whole_name_is_not_used_beside_its_parts():
    assert "name" not in columns("name", "surname")


@pytest.mark.parametrize(("headings", "named", "truth", "words"), [
    (("colour", "size"), {}, None, "No column of a.csv says whom a record is about. It has: colour, size."),
    (("sex", "town"), {}, None, "No column of a.csv says whom"),
    (("first_name",), {"given": "FIRST"}, None, "a.csv has no column 'FIRST'. It has: first_name."),
    (("first_name",), {"colour": "first_name"}, None, "No column means 'colour'."),
    (("first_name",), {}, "person", "a.csv has no column 'person' with the truth."),
])
def test_what_is_not_understood_is_refused_in_words(headings, named, truth, words):
    with pytest.raises(ColumnsNotUnderstood, match=words.replace(".", r"\.")):
        columns(*headings, named=named, truth=truth)


def test_what_was_understood_is_said_with_what_is_not_used():
    headings = ("FIRST", "dob", "colour")
    assert in_words({"given": "FIRST", "born": "dob"}, headings) == (
        "first name from 'FIRST', date of birth from 'dob'; not used: colour")

"""What a file may tell of managed offenders, and what is turned back with words."""

import pytest
from sorting import faults_of, only, sort_cells, told

ROW = {"reference": "M-1", "what": "register", "on": "2020-01-01", "name": "Dale Storr", "category": "1",
       "risk": "high"}


def test_a_row_of_the_register_tells_what_people_recorded():
    register = told(only(sort_cells("offenders", ROW | {"risk": "Very high", "born_on": "11/08/1979"})), "register")
    assert register.facts == {"name": "Dale Storr", "category": "1", "risk": "very-high", "born_on": "1979-08-11"}
    assert register.key == "register"


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"what": "rumour"}, "what", "is not known"),
        ({"category": "9"}, "category", "1, 2, 3, 4"),
        ({"risk": ""}, "risk", "needs this"),
        ({"on": "2027-01-01"}, "on", "in the future"),
        ({"until": "2019-12-31"}, "until", "before"),
        ({"what": "address"}, "there", "needs this"),
        ({"what": "address", "there": "lives"}, "address", "needs a house"),
        ({"what": "visit-due", "due_on": "2026-07-01"}, "reason", "needs this"),
        ({"what": "notified"}, "matter", "needs this"),
        ({"reference": "M" * 61}, "reference", "longer"),
    ],
)
def test_what_cannot_be_kept_is_turned_back(changes, column, words):
    row = only(sort_cells("offenders", ROW | changes))
    assert row.identity is None
    assert any(name == column and words in said for name, said in faults_of([row]))


def test_without_a_key_a_row_that_is_sent_again_is_the_same_thing_and_another_address_is_another():
    address = {"what": "address", "there": "lives", "address": "14 Mill Lane", "postcode": "L36 9YZ"}
    one, again, other = (told(row, "address").key for row in sort_cells(
        "offenders", ROW | address, ROW | address, ROW | address | {"address": "3 Mill Lane"}))
    assert one == again != other


def test_what_is_taken_back_names_the_key():
    row = only(sort_cells("offenders", ROW | {"what": "visit", "key": "v/1", "withdrawn": "yes"}))
    assert [one.key for one in row.withdrawn] == ["visit/v%2F1"]

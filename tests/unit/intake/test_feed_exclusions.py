"""Every exclusion, whatever its reason, becomes an entry; a bad row comes back with all that is wrong with it."""

from datetime import date

import pytest
from sorting import KNOWSLEY, faults_of, kinds, only, sort_cells, told

from sightline.domain.intake.row import Sender, Withdrawn

AMARA = {
    "laestab": "340/4421", "school": "Stockbridge High School", "upn": "H243278544154", "forename": "Amara",
    "surname": "Okafor", "dob": "14/03/2011", "sex": "F", "postcode": "L36 9YZ", "category": "SUSP",
    "start_date": "02/06/2025", "end_date": "04/06/2025", "sessions": "6", "reason1": "ow", "reason2": "PP",
    "reason3": "OW",
}  # fmt: skip


def sort_one(**changes):
    return only(sort_cells("exclusions", AMARA | changes))


def test_a_suspension_is_told_with_its_facts_and_who_the_child_is():
    row = sort_one()
    assert (row.number, row.faults, row.withdrawn) == (2, (), ())
    identity = row.identity
    assert (identity.scheme, identity.key) == ("school", "upn-H243278544154")
    assert (identity.given, identity.family, identity.sex) == ("Amara", "Okafor", "F")
    assert (identity.born_on, identity.postcode) == (date(2011, 3, 14), "L36 9YZ")
    assert identity.identifiers == {"upn": "H243278544154"}
    assert identity.school == "3404421"
    exclusion = told(row, "school.exclusion")
    assert exclusion.facts == {"category": "SUSP", "reasons": ("OW", "PP"), "sessions": 6, "school": "3404421"}
    assert (exclusion.at, exclusion.until) == (date(2025, 6, 2), date(2025, 6, 4))
    assert exclusion.by == "Stockbridge High School"


def test_birth_and_home_are_told_too():
    row = sort_one()
    assert told(row, "child.born").at == date(2011, 3, 14)
    home = told(row, "child.home")
    assert (home.at, home.place.postcode, home.facts) == (date(2025, 6, 2), "L36 9YZ", {"postcode": "L36 9YZ"})


@pytest.mark.parametrize(
    ("word", "category"),
    [("PERM", "PERM"), ("Permanent exclusion", "PERM"), ("FIXD", "SUSP"), ("Fixed term", "SUSP"),
     ("Suspension", "SUSP"), ("lnch", "LNCH"), ("Lunchtime suspension", "LNCH")],
)  # fmt: skip
def test_categories_are_known_by_codes_and_words(word, category):
    assert told(sort_one(category=word), "school.exclusion").facts["category"] == category


def test_a_school_that_sends_for_itself_is_the_teller():
    school = Sender("Stockbridge High School", "school", "3404421")
    row = only(sort_cells("exclusions", AMARA, sender=school))
    assert {one.by for one in row.told} == {None}


def test_without_a_valid_laestab_the_school_is_its_name():
    row = sort_one(laestab="99")
    assert told(row, "school.exclusion").facts["school"] == "Stockbridge High School"
    ((column, words),) = faults_of([row])
    assert column == "laestab"
    assert words.startswith("A LAESTAB has 7 digits")
    assert words.endswith("It was kept as it came and is not used to match.")


def test_without_a_upn_the_child_is_known_by_name_and_birth_whatever_the_spelling_of_spaces():
    keys = {sort_one(upn="", forename=name).identity.key for name in ("Amara", " amara ", "AMARA")}
    assert len(keys) == 1
    assert "amara" not in keys.pop().casefold()
    assert sort_one(upn="", dob="15/03/2011").identity.key not in keys


def test_an_invalid_upn_is_kept_as_it_came_with_a_note():
    row = sort_one(upn="H243278544155")
    assert row.identity.identifiers == {"upn": "H243278544155"}
    assert [fault.turns_back for fault in row.faults] == [False]
    assert "check letter" in row.faults[0].fault


def test_an_invalid_postcode_names_no_home():
    row = sort_one(postcode="nope")
    assert "child.home" not in kinds(row)
    assert row.identity.postcode == "nope"
    assert "names no place" in row.faults[0].fault


def test_what_the_school_knows_of_care_is_told_by_the_school():
    row = sort_one(looked_after_by="Knowsley", social_worker="Beth Hargreaves")
    assert told(row, "care.looked-after").facts == {"authority": "Knowsley"}
    assert told(row, "care.worker").facts == {"worker": "Beth Hargreaves"}
    assert told(row, "care.worker").by == "Stockbridge High School"


def test_a_bad_row_comes_back_with_all_its_faults_at_once_and_stops_no_other():
    bad = {"category": "XX", "start_date": "31/02/2025", "dob": "soon", "sessions": "many", "forename": "J"}
    rows = sort_cells("exclusions", AMARA, bad, AMARA)
    assert [row.identity is None for row in rows] == [False, True, False]
    assert {(fault.row, fault.column, fault.value) for fault in rows[1].faults} == {
        (3, "laestab", ""), (3, "upn", ""), (3, "start_date", "31/02/2025"), (3, "dob", "soon"),
        (3, "sessions", "many"), (3, "category", "XX"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"end_date": "01/06/2025"}, "end_date", "lies before start_date"),
        ({"dob": "03/06/2025"}, "dob", "lies after the event"),
        ({"start_date": "01/08/2026", "end_date": ""}, "start_date", "lies in the future"),
        ({"cancelled": "perhaps"}, "cancelled", "yes or no"),
        ({"forename": "Zo\ufffd"}, "forename", "letter of this name was lost"),
        ({"reference": "x" * 501}, "reference", "longer than 500"),
    ],
)
def test_what_cannot_be_is_turned_back(changes, column, words):
    row = sort_one(**changes)
    assert row.identity is None
    assert [(fault.column, words in fault.fault) for fault in row.faults] == [(column, True)]


def test_a_suspension_may_be_announced_some_days_ahead():
    row = sort_one(start_date="08/06/2026", end_date="10/06/2026")
    assert faults_of([row]) == [("start_date", "This lies in the future; it was kept as announced.")]
    assert told(row, "school.exclusion").at == date(2026, 6, 8)


def test_without_the_day_on_which_the_file_came_nothing_is_in_the_future():
    row = only(sort_cells("exclusions", AMARA | {"start_date": "01/08/2030", "end_date": ""}, on=None))
    assert row.faults == ()


def test_a_reason_that_is_no_code_is_kept_and_noted():
    row = sort_one(reason1="fighting")
    assert told(row, "school.exclusion").facts["reasons"] == ("FIGHTING", "PP", "OW")
    assert faults_of([row]) == [("reason1", "This is no reason code of the national list; it was kept as told.")]


def test_an_excel_error_is_read_as_empty_and_noted():
    row = sort_one(reason2="#N/A")
    assert told(row, "school.exclusion").facts["reasons"] == ("OW",)
    assert faults_of([row]) == [("reason2", "The spreadsheet shows an error here; the cell was read as empty.")]


def test_a_name_that_reads_null_is_a_name():
    assert sort_one(surname="Null").identity.family == "Null"


def test_the_same_reference_names_the_same_exclusion_whatever_else_was_corrected():
    first, second = sort_one(reference="EX/1"), sort_one(reference="EX/1", category="PERM", start_date="03/06/2025")
    assert told(first, "school.exclusion").key == told(second, "school.exclusion").key == "exclusion/ref/EX%2F1"


def test_without_a_reference_school_day_and_category_name_it():
    assert told(sort_one(), "school.exclusion").key == "exclusion/day/3404421/2025-06-02/SUSP"


def test_a_cancelled_exclusion_takes_back_what_was_told_of_it_and_nothing_else():
    row = sort_one(reference="EX/1", cancelled="yes")
    assert row.told == ()
    assert row.withdrawn == (Withdrawn("exclusion/ref/EX%2F1", "The school cancelled it."),)
    other = told(sort_one(reference="EX/1/2"), "school.exclusion").key
    assert not other.startswith("exclusion/ref/EX%2F1/")


def test_the_sender_is_not_named_twice():
    assert KNOWSLEY.name not in {one.by for one in sort_one(school="", laestab="3404421").told}
    assert {one.by for one in sort_one(school="").told} == {"School 3404421"}

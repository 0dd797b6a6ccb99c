"""Attendance, the roll and the School Census."""

from datetime import date
from pathlib import Path

import pytest
from sorting import faults_of, kinds, only, sort, sort_cells, told

from sightline.domain.intake.row import Sender

CENSUS = Path(__file__).parents[2] / "samples" / "school_census"

AMARA = {"laestab": "3404421", "upn": "H243278544154", "forename": "Amara", "surname": "Okafor", "dob": "14/03/2011"}
WEEK = {"period_from": "18/05/2026", "period_to": "22/05/2026", "possible": "10", "attended": "4", "unauthorised": "6"}


def test_a_week_of_attendance_is_a_period_with_its_sessions():
    row = only(sort_cells("attendance", AMARA | WEEK))
    attendance = told(row, "school.attendance")
    assert attendance.facts == {"possible": 10, "attended": 4, "unauthorised": 6, "school": "3404421"}
    assert (attendance.at, attendance.until) == (date(2026, 5, 18), date(2026, 5, 22))
    assert attendance.key == "attendance/3404421/2026-05-18"


def test_a_number_that_was_not_told_is_unknown_not_nought():
    row = only(sort_cells("attendance", AMARA | WEEK | {"unauthorised": ""}))
    assert "unauthorised" not in told(row, "school.attendance").facts


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"attended": "11", "unauthorised": "0"}, "attended", "more than the possible"),
        ({"attended": "5", "unauthorised": "6"}, "unauthorised", "together are more"),
        ({"possible": "20"}, "possible", "more sessions than the days"),
        ({"period_to": "17/05/2026"}, "period_to", "lies before period_from"),
        ({"period_to": "03/06/2026"}, "period_to", "lies in the future"),
        ({"attended": "", "unauthorised": ""}, "attended", "attended, or unauthorised"),
    ],
)
def test_sessions_that_cannot_be_are_turned_back(changes, column, words):
    row = only(sort_cells("attendance", AMARA | WEEK | changes))
    assert row.identity is None
    assert [(name, words in said) for name, said in faults_of([row])] == [(column, True)]


def test_joining_and_leaving_a_school_are_told():
    left = {"event": "Deleted", "on": "31/08/2025", "reason": "moved", "destination": "Lancaster Academy"}
    rows = sort_cells("school-roll", AMARA | left, AMARA | {"event": "new pupil", "on": "01/09/2025"})
    assert [kinds(row)[0] for row in rows] == ["school.left", "school.joined"]
    assert told(rows[0], "school.left").facts == {
        "school": "3404421", "reason": "moved", "destination": "Lancaster Academy",
    }  # fmt: skip
    assert rows[0].identity.key == rows[1].identity.key


def test_an_event_that_is_neither_is_turned_back():
    assert faults_of([only(sort_cells("school-roll", AMARA | {"event": "moved", "on": "31/08/2025"}))]) == [
        ("event", "This is not known. Write joined or left.")
    ]


PUPIL = {"pupilonrolltableid": "p-1", "NativeId": "3404421"}


def test_the_census_joins_its_tables_by_school_and_table_id():
    pupil = only(sort_cells("school-census", PUPIL | {
        "surname": "Okafor", "forename": "Amara", "preferredsurname": "Eze", "formersurname": "Okafor",
        "dob": "2011-Mar-14 00:00:00", "upn": "H243278544154", "formerupn": "A950000178301", "sex": "F",
        "entrydate": "2022-Sep-01 00:00:00", "language": "ENG"}))  # fmt: skip
    exclusion = only(sort_cells("school-census", PUPIL | {
        "startdate": "2025-Jun-02 00:00:00", "category": "FIXD", "sessions": "10.0", "reason1": "DB", "reason2": "",
        "reason3": "VP", "termlyexclusionsonrolltableid": "x-1"}))  # fmt: skip
    assert pupil.identity.key == exclusion.identity.key == "3404421/p-1"
    assert pupil.identity.also_known_as == ("Amara Eze",)
    assert pupil.identity.school == "3404421"
    assert pupil.identity.identifiers == {"upn": "H243278544154", "former-upn": "A950000178301"}
    assert kinds(pupil) == ["child.born", "school.joined"]
    assert told(exclusion, "school.exclusion").facts == {
        "category": "SUSP", "reasons": ("DB", "VP"), "sessions": 10, "school": "3404421",
    }  # fmt: skip
    assert told(exclusion, "school.exclusion").key == "exclusion/x-1"


def test_pupils_who_left_are_told_to_have_left():
    row = only(sort_cells("school-census", {
        "pupilnolongeronrolltableid": "q-1", "NativeId": "SCH8", "surname": "O'Neill", "dob": "2010-Nov-30 00:00:00",
        "entrydate": "2022-Sep-01 00:00:00", "leavingdate": "2025-Jul-07 00:00:00"}))  # fmt: skip
    assert told(row, "school.left").at == date(2025, 7, 7)
    assert told(row, "school.left").facts == {}


def test_a_school_that_sends_its_own_census_is_the_school():
    school = Sender("Stockbridge High School", "school", "3404421")
    row = only(sort_cells("school-census", {"pupilonrolltableid": "p", "NativeId": "SCH8", "startdate":
                          "2025-Jun-02 00:00:00", "category": "PERM"}, sender=school))  # fmt: skip
    assert told(row, "school.exclusion").facts["school"] == "3404421"


def test_an_address_has_no_date_so_the_home_is_told_for_the_day_the_file_came():
    cells = PUPIL | {"postcode": "L36 9YZ", "addressesonrolltableid": "a-1"}
    assert told(only(sort_cells("school-census", cells)), "child.home").at == date(2026, 6, 1)
    row = only(sort_cells("school-census", cells, on=None))
    assert row.told == ()
    assert row.identity.postcode == "L36 9YZ"
    assert faults_of([row]) == [("postcode", "The table has no date, so the home was not told.")]


def test_the_house_and_the_property_number_of_a_home_are_told():
    home = {"event": "joined", "on": "01/09/2025", "postcode": "L36 9YZ", "address": "Flat 2, 14 High Street",
            "uprn": "000100012345678"}
    row = only(sort_cells("school-roll", AMARA | home))
    assert told(row, "child.home").facts == {
        "postcode": "L36 9YZ", "address": "Flat 2, 14 High Street", "uprn": "100012345678"}
    assert row.identity.address == "Flat 2, 14 High Street"


def test_a_property_number_that_cannot_be_right_is_left_open():
    home = {"event": "joined", "on": "01/09/2025", "postcode": "L36 9YZ", "uprn": "-1.0"}
    row = only(sort_cells("school-roll", AMARA | home))
    assert told(row, "child.home").facts == {"postcode": "L36 9YZ"}
    assert [name for name, _ in faults_of([row])] == ["uprn"]


def test_the_census_tells_the_parts_of_an_address():
    cells = PUPIL | {"postcode": "L36 9YZ", "addressesonrolltableid": "a-1", "saon": "Flat 2", "paon": "14",
                     "street": "High Street", "uniquepropertyreferencenumber": "100012345678.0"}
    facts = told(only(sort_cells("school-census", cells)), "child.home").facts
    assert facts == {"postcode": "L36 9YZ", "address": "Flat 2, 14 High Street", "uprn": "100012345678"}


@pytest.mark.parametrize(("word", "provision"), [
    ("N", "none"), ("K", "support"), ("E", "plan"), ("S", "plan"), ("a", "support"), ("P", "support"),
    ("SEN support", "support"), ("EHC plan", "plan"), ("EHCP", "plan"), ("None", "none")])
@pytest.mark.parametrize(("feed", "cells", "on"), [
    ("attendance", WEEK, date(2026, 5, 18)), ("school-roll", {"event": "joined", "on": "01/09/2025"}, date(2025, 9, 1)),
    ("exclusions", {"category": "PERM", "start_date": "02/06/2025"}, date(2025, 6, 2))])
def test_a_school_tells_what_it_provides_for_a_special_educational_need(feed, cells, on, word, provision):
    need = told(only(sort_cells(feed, AMARA | cells | {"sen_provision": word})), "school.need")
    assert (need.facts, need.at, need.by) == ({"provision": provision}, on, "School 3404421")


def test_a_provision_that_is_not_known_or_not_told_is_left_open():
    row = only(sort_cells("attendance", AMARA | WEEK | {"sen_provision": "Q"}))
    assert faults_of([row]) == [
        ("sen_provision", "This is not known. Write N, K or E. The provision was left open.")]
    for cells in ({"sen_provision": "Q"}, {"sen_provision": ""}, {}):
        assert "school.need" not in kinds(only(sort_cells("attendance", AMARA | WEEK | cells)))


def test_the_census_tells_a_need_for_the_day_on_which_the_file_came():
    cells = PUPIL | {"surname": "Okafor", "dob": "2011-Mar-14 00:00:00", "senprovision": "E"}
    need = told(only(sort_cells("school-census", cells)), "school.need")
    assert (need.facts, need.at) == ({"provision": "plan"}, date(2026, 6, 1))
    undated = only(sort_cells("school-census", cells, on=None))
    assert kinds(undated) == ["child.born"]
    assert faults_of([undated]) == [
        ("senprovision", "The table has no date, so the special educational need was not told.")]


def test_the_census_tells_the_need_of_an_excluded_pupil_for_the_first_day():
    row = only(sort_cells("school-census", PUPIL | {
        "startdate": "2025-Jun-02 00:00:00", "category": "SUSP", "senprovision": "K"}))
    assert told(row, "school.need").at == date(2025, 6, 2)
    assert told(row, "school.need").facts == {"provision": "support"}


def test_the_census_tells_each_type_of_need_with_its_rank():
    need = PUPIL | {"senneedstableid": "n-1", "sentyperank": "1.0", "sentype": "SLCN"}
    rows = sort_cells("school-census", need, need | {"senneedstableid": "n-2", "sentyperank": "", "sentype": "ZZZ"})
    assert [told(row, "school.need").facts for row in rows] == [{"type": "SLCN", "rank": 1}, {"type": "ZZZ"}]
    assert [told(row, "school.need").key for row in rows] == ["need/n-1", "need/n-2"]
    assert faults_of(rows) == [("sentype", "This is no type of need of the national list; it was kept as told.")]
    undated = only(sort_cells("school-census", need, on=None))
    assert undated.told == ()
    assert faults_of([undated]) == [
        ("sentype", "The table has no date, so the special educational need was not told.")]


def test_session_counts_name_no_period_so_nothing_is_told_of_them():
    row = only(sort_cells("school-census", PUPIL | {"sessions": "135.0", "attendancereason": "O"}))
    assert row.identity.key == "3404421/p-1"
    assert row.told == ()


def test_alternative_provision_is_told_with_its_sessions():
    row = only(sort_cells("school-census", PUPIL | {
        "schoolarrangedapdetailonrolltableid": "d-1", "entrydate": "2025-Jun-09 00:00:00", "apsessionsperweek": "8.0",
        "apsettingtype": "OTH", "applacementpostcode": "PR1 2HE", "leavingdate": ""}))  # fmt: skip
    provision = told(row, "school.provision")
    assert provision.facts == {"setting": "alternative provision OTH", "sessions_a_week": 8}
    assert provision.place.postcode == "PR1 2HE"


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("2025_summer_pupilonroll.csv", "school.joined", 59),
        ("2025_summer_pupilnolongeronroll.csv", "school.left", 59),
        ("2025_summer_termlyexclusionsonroll.csv", "school.exclusion", 60),
        ("2024_autumn_addressesoffroll.csv", "child.home", 23),
        ("2025_spring_senneeds.csv", "school.need", 60),
    ],
)
def test_the_real_layouts_are_read(name, kind, count):
    rows = sort("school-census", CENSUS.joinpath(name).read_bytes())
    assert len(rows) == 60
    assert sum(kinds(row).count(kind) for row in rows) == count


def test_a_table_that_is_not_read_is_refused_and_named():
    with pytest.raises(ValueError, match="none of the tables of this feed"):
        sort("school-census", CENSUS.joinpath("2025_summer_fsmperiod.csv").read_bytes())

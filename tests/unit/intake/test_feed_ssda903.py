"""The looked-after children return: days only, placements by their first day, later files correct earlier ones."""

from datetime import date
from pathlib import Path

import pytest
from sorting import faults_of, kinds, only, sort, sort_cells, told

SAMPLES = Path(__file__).parents[2] / "samples" / "ssda903"

EPISODE = {
    "CHILD": "K1", "DECOM": "12/05/2026", "RNE": "S", "LS": "V2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR4",
    "DEC": "", "REC": "", "REASON_PLACE_CHANGE": "", "HOME_POST": "L36 9YZ", "PL_POST": "LA1 1YN", "URN": "SC1",
}  # fmt: skip


def episode(**changes):
    return only(sort_cells("ssda903", EPISODE | changes))


def test_the_start_of_care_is_told_with_the_placement_and_the_home():
    row = episode()
    assert kinds(row) == ["care.looked-after", "care.placement", "child.home"]
    assert told(row, "care.looked-after").facts == {"legal_status": "V2", "reason": "N1", "authority": "Knowsley"}
    placement = told(row, "care.placement")
    assert placement.facts == {
        "legal_status": "V2", "type": "U6", "postcode": "LA1 1YN", "authority": "Knowsley", "reason": "S",
    }  # fmt: skip
    assert (placement.at, placement.until, placement.place.postcode) == (date(2026, 5, 12), None, "LA1 1YN")
    assert told(row, "child.home").place.postcode == "L36 9YZ"


def test_a_later_file_with_the_end_filled_in_ends_the_same_placement():
    before, after = episode(), episode(DEC="20/05/2026", REC="X1", REASON_PLACE_CHANGE="CREQB")
    assert told(before, "care.placement").key == told(after, "care.placement").key == "placement/2026-05-12"
    assert told(after, "care.placement").until == date(2026, 5, 20)
    ended = told(after, "care.placement-ended")
    assert (ended.key, ended.at) == ("placement/2026-05-12/ended", date(2026, 5, 20))
    assert ended.facts == {
        "type": "U6", "postcode": "LA1 1YN", "authority": "Knowsley", "reason": "CREQB", "planned": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "planned"),
    [
        ({"REC": "X1", "REASON_PLACE_CHANGE": "CARPL"}, True),
        ({"REC": "X1", "REASON_PLACE_CHANGE": "CHILD"}, False),
        ({"REC": "X1", "REASON_PLACE_CHANGE": "OTHER"}, None),
        ({"REC": "E4A"}, True),
        ({"REC": "E4B"}, False),
        ({"REC": "E9"}, None),
    ],
)
def test_an_end_is_planned_only_where_its_code_says_so(changes, planned):
    row = episode(DEC="20/05/2026", **changes)
    assert told(row, "care.placement-ended").facts.get("planned") is planned


def test_a_change_of_legal_status_alone_is_no_move():
    row = episode(RNE="L", LS="C2")
    assert kinds(row) == ["child.home"]


def test_an_episode_that_ends_for_a_new_legal_status_does_not_end_the_placement():
    assert "care.placement-ended" not in kinds(episode(DEC="20/05/2026", REC="X1"))
    assert "care.placement-ended" not in kinds(episode(DEC="20/05/2026", REC="X1", REASON_PLACE_CHANGE="PLACE"))
    assert told(episode(DEC="20/05/2026", REC="X1"), "care.placement").until is None


def test_codes_are_also_understood_in_words_and_that_is_said():
    row = episode(LS="Full care order", PLACE="h5", RNE="p")
    assert told(row, "care.placement").facts["legal_status"] == "C2"
    assert faults_of([row]) == [
        ("LS", "This is no code of the return; it was read as C2."),
        ("PLACE", "This is no code of the return of 2026; it was kept as told."),
    ]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"DEC": "11/05/2026"}, "DEC", "lies before DECOM"),
        ({"DECOM": "05/12/2026"}, "DECOM", "lies in the future"),
        ({"DECOM": ""}, "DECOM", "is missing"),
        ({"DECOM": "2026/13/01"}, "DECOM", "no day that exists"),
    ],
)
def test_days_that_cannot_be_are_turned_back(changes, column, words):
    row = episode(**changes)
    assert row.identity is None
    assert [(name, words in said) for name, said in faults_of([row])] == [(column, True)]


def header(**changes):
    cells = {"CHILD": "K1", "SEX": "F", "DOB": "14/03/2011", "ETHNIC": "BAFR", "UPN": "H243278544154", "MOTHER": ""}
    return only(sort_cells("ssda903", cells | changes))


def test_the_header_says_who_the_child_is():
    row = header()
    assert (row.identity.scheme, row.identity.key) == ("ssda903", "K1")
    assert (row.identity.sex, row.identity.ethnicity, row.identity.born_on) == ("F", "BAFR", date(2011, 3, 14))
    assert row.identity.identifiers == {"upn": "H243278544154"}
    assert kinds(row) == ["child.born"]


def test_the_old_codes_of_sex_are_read_and_noted():
    row = header(SEX="2")
    assert row.identity.sex == "F"
    assert faults_of([row], turns_back=False) == [("SEX", "This is the old code; it was read as F.")]


def test_the_reason_why_there_is_no_upn_is_no_upn():
    row = header(UPN="UN4")
    assert row.identity.identifiers == {}
    assert row.faults == ()


def test_an_ethnicity_in_words_becomes_its_code():
    assert header(ETHNIC="White and Black Caribbean").identity.ethnicity == "MWBC"
    assert header(ETHNIC="blue").identity.ethnicity == "blue"


def missing(**changes):
    cells = {"CHILD": "K1", "DOB": "14/03/2011", "MISSING": "M", "MIS_START": "24/05/2026", "MIS_END": "26/05/2026"}
    return only(sort_cells("ssda903", cells | changes))


def test_missing_and_found_are_days_not_instants():
    row = missing()
    assert kinds(row) == ["missing.reported", "missing.found", "child.born"]
    assert (told(row, "missing.reported").at, told(row, "missing.found").at) == (date(2026, 5, 24), date(2026, 5, 26))
    assert told(row, "missing.found").key == "missing/2026-05-24/found"


def test_away_without_authorisation_is_another_kind_and_an_open_episode_has_no_end():
    row = missing(MISSING="a", MIS_END="")
    assert kinds(row) == ["missing.absent", "child.born"]
    assert told(row, "missing.absent").until is None


@pytest.mark.parametrize(("changes", "column"), [({"MISSING": "X"}, "MISSING"), ({"MIS_END": "23/05/2026"}, "MIS_END")])
def test_what_is_neither_missing_nor_away_or_ends_before_it_starts_is_turned_back(changes, column):
    assert [name for name, _ in faults_of([missing(**changes)])] == [column]


def test_the_real_layouts_are_read():
    rows = sort("ssda903", SAMPLES.joinpath("header.csv").read_bytes())
    assert len(rows) == 200
    assert all(row.identity and kinds(row) == ["child.born"] for row in rows)
    rows = sort("ssda903", SAMPLES.joinpath("episodes.csv").read_bytes())
    assert len(rows) == 300
    assert {kind for row in rows for kind in kinds(row)} == {
        "care.looked-after", "care.placement", "care.placement-ended", "child.home",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["oc2.csv", "DoLo.csv", "sw_episodes.csv"])
def test_other_files_of_the_return_are_refused_in_words(name):
    with pytest.raises(ValueError, match="header, episodes, missing"):
        sort("ssda903", SAMPLES.joinpath(name).read_bytes())

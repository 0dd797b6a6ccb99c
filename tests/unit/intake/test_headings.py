"""Headings are matched as people write them, and a refusal says what is missing."""

import pytest
from sorting import sort, sort_cells

from sightline.domain.intake.row import FileRefused

ROW = ",S,,Jamie,O'Neill,30/11/2010,SUSP,02/06/2025"


@pytest.mark.parametrize(
    "heading",
    [
        "laestab,school,upn,forename,surname,dob,category,start_date",
        "LAESTAB, School ,UPN,Forename,SURNAME,DOB,Category,Start Date",
        "\ufefflaestab,school,upn,forename,surname,dob,category,start-date",
        '"laestab","school","upn","forename","surname","dob","category","“Start_Date”"',
        "L.A.E.S.T.A.B,school,u p n,fore_name,sur name,d.o.b.,category,startdate",
    ],
)
def test_case_spaces_underscores_and_quotes_do_not_matter(heading):
    (row,) = sort("exclusions", f"{heading}\n{ROW}\n")
    assert row.identity.family == "O'Neill"
    assert not row.faults


def refusal_of(feed, content):
    with pytest.raises(FileRefused) as refused:
        sort(feed, content)
    return refused.value.because


def test_missing_columns_and_strange_headings_are_named():
    because = refusal_of("exclusions", "school,upn,Type of exclusion,from\nS,A,PERM,x\n")
    assert because == "The heading row lacks: category; start_date. Not recognised: 'Type of exclusion', 'from'."


def test_choices_are_named_where_neither_is_there():
    because = refusal_of("exclusions", "category,start_date,upn\n")
    assert "laestab, or school" in because
    because = refusal_of("exclusions", "category,start_date,school,forename\n")
    assert "upn, or forename and surname and dob" in because


def test_a_file_without_a_heading_row_is_not_repeated_in_the_refusal():
    because = refusal_of("exclusions", f"{ROW}\n")
    assert "Jamie" not in because
    assert "none of the headings" in because


def test_of_several_tables_the_nearest_is_named():
    because = refusal_of("ssda903", "CHILD,DECOM,RNE,LS\n")
    assert "header, episodes, missing" in because
    assert "nearest is episodes" in because
    assert "PLACE; DEC; REC" in because


def test_a_column_that_comes_twice_is_refused():
    assert "twice: upn" in refusal_of("exclusions", "school,upn,UPN,category,start_date\n")


def test_an_unknown_heading_of_our_own_layout_is_noted_once():
    row = {"school": "S", "upn": "A1", "category": "PERM", "start_date": "02/06/2025", "reason_1": "OW", "pupil": "x"}
    rows = sort_cells("exclusions", row, row)
    notes = [(f.row, f.column) for row in rows for f in row.faults if "no column of this feed" in f.fault]
    assert notes == [(1, "pupil")]
    assert rows[0].told[0].facts["reasons"] == ("OW",)


def test_a_row_with_more_cells_than_headings_is_turned_back():
    heading, good = "school,upn,category,start_date", "S,A1,PERM,02/06/2025,,"
    rows = sort("exclusions", f"{heading}\nSt Oswald's, Liverpool,A1,PERM,02/06/2025\n{good}\n")
    assert [row.identity is None for row in rows] == [True, False]
    assert "more cells than there are headings" in rows[0].faults[0].fault


def test_a_file_with_headings_alone_has_no_rows():
    assert sort("exclusions", "school,upn,category,start_date\n") == []

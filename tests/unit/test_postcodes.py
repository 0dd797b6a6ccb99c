"""A postcode gives its council, police force and position exactly, or says why it does not."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.vocabulary.place import Place, distance_km
from sightline.reference.geography import PlaceAnswer, UnknownPostcode, districts, place_of
from sightline.reference.geography.postcode_file import area, contents

SAMPLE = Path(__file__).parents[1] / "samples" / "postcodes" / "onspd_november_2025.csv"


def sample():
    with SAMPLE.open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def test_postcodes_of_the_directory_lie_in_their_district_and_within_100_metres_of_their_place():
    rows = [row for row in sample() if row["district_code"]]
    assert len(rows) == 700
    for row in rows:
        answer = place_of(row["postcode"])
        assert (answer.council_code, answer.exact, answer.by) == (row["district_code"], True, "postcode"), row
        assert answer.childrens_services_authority_code == districts()[row["district_code"]].authority_code
        told = Place(lat=float(row["lat"]), lon=float(row["lon"]))
        assert distance_km(told, Place(lat=answer.lat, lon=answer.lon)) < 0.1, row


def test_a_postcode_that_the_directory_lists_without_a_council_is_not_called_exact():
    for row in sample():
        if not row["district_code"]:
            try:
                answer = place_of(row["postcode"])
            except UnknownPostcode:
                continue
            assert not answer.exact
            assert "stands without a council" in answer.why


def test_the_file_holds_great_britain_and_says_where_it_comes_from():
    head = contents()
    assert "Open Government Licence" in head["licence"]
    assert set(head["districts"]) == {code for code in districts() if not code.startswith("N")}
    assert not {"BT", "JE", "GY", "IM"} & set(head["areas"])
    assert sum(len(area(name).districts) for name in ("L", "CA", "PR")) > 50_000


@pytest.mark.parametrize("written", ["L36 9YZ", "l369yz", " L36  9YZ ", "L36\u00a09YZ"])
def test_a_postcode_is_read_however_it_is_spaced(written):
    assert place_of(written) == place_of("L36 9YZ")
    assert place_of(written).childrens_services_authority == "Knowsley"


def test_a_postcode_of_lancashire_has_its_district_its_county_and_its_force():
    answer = place_of("PR1 2HE")
    assert (answer.council, answer.council_code) == ("Preston", "E07000123")
    assert answer.childrens_services_authority == "Lancashire"
    assert answer.childrens_services_authority_code == "E10000017"
    assert (answer.police_force, answer.police_force_code, answer.nation) == ("Lancashire", "E23000003", "England")


def test_an_unknown_postcode_in_a_known_sector_is_answered_by_the_sector_and_says_so():
    answer = place_of("L36 9ZZ")
    assert (answer.exact, answer.by, answer.childrens_services_authority) == (False, "sector", "Knowsley")
    assert answer.authority_share == answer.force_share == 1.0
    assert "is not in the ONS Postcode Directory" in answer.why


def test_a_sector_across_a_border_says_how_much_of_it_lies_on_each_side():
    answer = place_of("LA5 0")
    told = [area("LA").district(i) for i in area("LA").sectors["LA50"].postcodes]
    here = sum(districts()[code].force_code == answer.police_force_code for code in told if code)
    assert answer.force_share == here / len([code for code in told if code])
    assert 0.5 < answer.force_share < 1
    assert "%" in answer.why


def test_northern_ireland_is_answered_by_its_postcode_area_only():
    answer = place_of("BT1 1AA")
    assert (answer.by, answer.exact, answer.council, answer.lat) == ("area", False, None, None)
    assert (answer.nation, answer.police_force) == ("Northern Ireland", "Police Service of Northern Ireland")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "not a postcode"), ("Knowsley", "not a postcode"), ("L36 9YZ L36 9YZ", "not a postcode"),
        ("\x00" * 10_000, "not a postcode"), ("\u0661\u0662", "not a postcode"), ("ZZ1 1ZZ", "No such postcode"),
        ("L99 9AA", "No such postcode"), ("JE2 3AA", "Jersey"), ("IM1 1AA", "Isle of Man"), ("GY1 1AA", "Guernsey"),
    ],
)
def test_what_is_no_postcode_is_refused_in_words_that_do_not_repeat_it(written, words):
    with pytest.raises(UnknownPostcode, match=words) as refusal:
        place_of(written)
    assert len(written) < 3 or written not in str(refusal.value)


@given(st.text(max_size=40) | st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", fullmatch=True))
def test_any_text_is_answered_or_refused(text):
    try:
        answer = place_of(text)
    except UnknownPostcode:
        return
    assert isinstance(answer, PlaceAnswer)
    assert answer.exact == (answer.by == "postcode")


def test_the_first_question_reads_one_area_and_no_more():
    code = ("import sys; from sightline.reference.geography import place_of; place_of('L36 9YZ');"
            "from sightline.reference.geography import postcode_file;"
            "print(postcode_file.area.cache_info().currsize, 'django' in sys.modules)")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1", "False"]

"""Councils and police forces are found under the names and codes that people use, and never mixed up."""

from datetime import date

import pytest

from sightline.reference.geography import (
    UnknownAuthority,
    UnknownForce,
    at_a_distance,
    authorities,
    authority,
    authority_on,
    districts,
    force,
    force_of,
    forces,
    neighbouring_forces,
    neighbours,
    successors,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Knowsley", "Knowsley"), ("Knowsley Metropolitan Borough Council", "Knowsley"), ("KNOWSLEY MBC", "Knowsley"),
        ("knowsley children's services", "Knowsley"), ("knowsley children\u2019s social care", "Knowsley"),
        ("E08000011", "Knowsley"), ("340", "Knowsley"),
        ("St. Helens", "St Helens"), ("Saint Helens Council", "St Helens"),
        ("Lancs", "Lancashire"), ("Lancashire County Council", "Lancashire"), ("Preston City Council", "Lancashire"),
        ("E07000123", "Lancashire"), ("Blackburn & Darwen", "Blackburn with Darwen"), ("BwD", "Blackburn with Darwen"),
        ("Westmorland & Furness", "Westmorland and Furness"), ("E07000028", "Cumberland"), ("Carlisle", "Cumberland"),
        ("LB Wandsworth", "Wandsworth"), ("City of London", "City of London"), ("Hull", "Kingston upon Hull"),
        ("Bristol, City of", "Bristol"), ("Durham County Council", "County Durham"),
        ("Ynys M\u00f4n", "Isle of Anglesey"),
        ("E08000016", "Barnsley"), ("City of Edinburgh Council", "City of Edinburgh"), ("Glasgow", "Glasgow City"),
    ],
)
def test_a_council_is_found_under_the_names_that_people_write(written, name):
    assert authority(written).name == name


def test_every_name_and_code_of_every_council_leads_back_to_it():
    for one in authorities().values():
        for written in (one.code, one.dfe_code, one.name, one.official_name, f"{one.name} Council", one.name.upper()):
            if written:
                assert authority(written) is one


def test_every_district_leads_to_its_authority_and_its_force():
    assert len(districts()) == 361
    for one in districts().values():
        assert authority(one.code).code == one.authority_code
        assert force_of(one.code).code == one.force_code == authorities()[one.authority_code].force_code


@pytest.mark.parametrize("name", ["Cumbria", "909", "E10000006", "Cumbria County Council"])
def test_a_council_that_was_divided_is_not_guessed(name):
    with pytest.raises(UnknownAuthority, match="Cumberland; Westmorland and Furness"):
        authority(name)


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one():
    with pytest.raises(UnknownAuthority, match=r"Did you mean Newcastle upon Tyne\?"):
        authority("Newcastle")


@pytest.mark.parametrize("name", ["", "London", "Narnia", "\x00", "\U0001f4a5" * 500, "Cumb", "0", "council", "the"])
def test_what_is_no_council_is_refused_with_what_to_try(name):
    with pytest.raises(UnknownAuthority, match="ONS code"):
        authority(name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Merseyside", "Merseyside"), ("Merseyside Police", "Merseyside"), ("05", "Merseyside"),
        ("e23000004", "Merseyside"),
        ("Cumbria Constabulary", "Cumbria"), ("The Met", "Metropolitan Police"), ("BTP", "British Transport Police"),
        ("Hampshire & Isle of Wight Constabulary", "Hampshire"), ("PSNI", "Police Service of Northern Ireland"),
        ("Heddlu De Cymru", "South Wales"), ("Devon & Cornwall Police", "Devon and Cornwall"),
    ],
)
def test_a_police_force_is_found_under_the_names_that_people_write(written, name):
    assert force(written).name == name


@pytest.mark.parametrize("name", ["", "Mercyside", "Ruritania"])
def test_what_is_no_police_force_is_refused(name):
    with pytest.raises(UnknownForce, match="No police force is known"):
        force(name)


def test_the_force_of_a_council_is_known_even_where_the_council_was_divided():
    assert force_of("Knowsley").name == "Merseyside"
    assert force_of("Preston").name == "Lancashire"
    assert force_of("Cumbria").name == "Cumbria"
    with pytest.raises(UnknownAuthority):
        force_of("Narnia")


def test_each_force_has_the_councils_that_it_polices_and_no_more():
    assert len(forces()) == 48
    policed = {one.name for one in authorities().values() if one.force_code == force("Merseyside").code}
    assert policed == {"Knowsley", "Liverpool", "Sefton", "St Helens", "Wirral"}


def test_neighbours_are_mutual_and_include_those_across_the_mersey():
    assert [one.name for one in neighbours("Knowsley")] == ["Halton", "Lancashire", "Liverpool", "Sefton", "St Helens"]
    assert "Wirral" in [one.name for one in neighbours("Liverpool")]
    for one in authorities().values():
        assert all(one in neighbours(other.code) for other in neighbours(one.code))


def test_forces_that_meet_know_each_other():
    assert [one.name for one in neighbouring_forces("Cumbria")] == [
        "Durham", "Lancashire", "North Yorkshire", "Northumbria", "Police Scotland",
    ]


@pytest.mark.parametrize(
    ("home", "placement", "distant"),
    [
        ("Wandsworth", "Blackpool", True), ("Knowsley", "Knowsley", False), ("Knowsley", "Sefton", False),
        ("Liverpool", "Wirral", False), ("Liverpool", "Lancashire", True), ("Knowsley", "Lancashire", False),
        ("Camden", "Southwark", True),
    ],
)
def test_a_placement_is_at_a_distance_when_it_is_neither_at_home_nor_next_door(home, placement, distant):
    assert at_a_distance(home, placement) is distant
    assert at_a_distance(placement, home) is distant


@pytest.mark.parametrize(("told", "on", "name"), [
    ("Cumbria", "2023-03-31", "Cumbria"), ("Cumberland", "2023-03-31", "Cumbria"),
    ("Carlisle", "2020-01-01", "Cumbria"), ("Cumberland", "2023-04-01", "Cumberland"), ("909", "2022-01-01", "Cumbria"),
    ("Sheffield", "2020-01-01", "Sheffield"),
    ("Cheshire East", "2009-03-31", "Cheshire"), ("Knowsley", "2001-01-01", "Knowsley"),
    ("Bournemouth", "2018-01-01", "Bournemouth"), ("Cumbria County Council", "2019-05-01", "Cumbria"),
])
def test_a_day_has_the_councils_of_then(told, on, name):
    assert authority_on(told, date.fromisoformat(on)).name == name


@pytest.mark.parametrize(("told", "on", "name"), [
    ("Christchurch", "2018-01-01", "Dorset"), ("E07000048", "2018-01-01", "Dorset"),
    ("Christchurch", "2019-04-01", "Bournemouth, Christchurch and Poole"), ("Poole", "2018-01-01", "Poole"),
    ("Allerdale", "2022-05-10", "Cumbria"), ("Corby", "2021-03-31", "Northamptonshire"),
])
def test_an_abolished_district_gives_the_council_that_it_lay_in_on_the_day(told, on, name):
    assert authority_on(told, date.fromisoformat(on)).name == name


def test_a_council_that_ended_has_its_successors_and_one_that_stands_has_none():
    assert [one.name for one in successors("Cumbria")] == ["Cumberland", "Westmorland and Furness"]
    assert [one.name for one in successors("Poole")] == ["Bournemouth, Christchurch and Poole"]
    assert successors("Liverpool") == ()
    assert successors("nowhere") == ()


def test_the_council_of_then_has_the_police_of_its_successor():
    assert authority_on("Cumbria", date(2020, 1, 1)).force_code == authority("Cumberland").force_code


def test_where_several_councils_of_then_stand_behind_one_of_today_it_asks_which():
    with pytest.raises(UnknownAuthority, match="On that day there was no Bournemouth, Christchurch and Poole"):
        authority_on("Bournemouth, Christchurch and Poole", date(2018, 1, 1))
    with pytest.raises(UnknownAuthority, match="Cumberland; Westmorland and Furness"):
        authority_on("Cumbria", date(2023, 4, 1))

"""A place is filled from its postcode as far as that is certain, and no further."""

import pytest

from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.place import Place, in_another_force


def test_a_postcode_fills_council_force_and_position():
    place = locate(Place(postcode="pr12he"))
    assert (place.postcode, place.council, place.force) == ("PR1 2HE", "Lancashire", "Lancashire")
    assert (round(place.lat, 2), round(place.lon, 2)) == (53.76, -2.71)


def test_what_was_told_stays_in_one_spelling():
    place = locate(Place(postcode="PR1 2HE", council="KNOWSLEY MBC", force="Merseyside Police", lat=53.4, lon=-2.8))
    assert place == Place("PR1 2HE", "Knowsley", "Merseyside", 53.4, -2.8)


def test_a_council_without_a_postcode_has_its_force_but_no_position():
    assert locate(Place(council="Knowsley Council")) == Place(council="Knowsley", force="Merseyside")
    assert locate(Place(council="Cumbria")) == Place(council="Cumbria", force="Cumbria")


def test_a_name_that_nobody_knows_stays_as_it_came():
    assert locate(Place(council="Narnia", force="Ruritania")) == Place(council="Narnia", force="Ruritania")


def test_the_transport_police_are_no_place():
    assert locate(Place(postcode="CA1 1QZ", force="British Transport Police")).force == "Cumbria"
    assert locate(Place(force="BTP")).force is None


@pytest.mark.parametrize("postcode", ["ZZ1 1ZZ", "none", ""])
def test_an_unknown_postcode_fills_nothing(postcode):
    assert locate(Place(postcode=postcode)) == Place(postcode=postcode)


def test_a_sector_that_lies_in_two_forces_gives_no_force():
    by_sector = locate(Place(postcode="LA5 0"))
    assert by_sector.lat is not None
    assert by_sector.force is None
    assert in_another_force(by_sector, locate(Place(postcode="L36 9YZ"))) is None


def test_northern_ireland_has_its_force_only():
    assert locate(Place(postcode="BT1 1AA")) == Place(postcode="BT1 1AA", force="Police Service of Northern Ireland")

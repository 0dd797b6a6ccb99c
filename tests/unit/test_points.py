"""A point is answered by the postcodes around it, and never called exact."""

import math

import pytest

from sightline.domain.vocabulary.located import locate
from sightline.domain.vocabulary.place import Place, distance_km
from sightline.reference.geography import UnknownPoint, districts, place_at, place_of
from sightline.reference.geography.postcode_file import area


@pytest.mark.parametrize(
    ("lat", "lon", "council", "force"),
    [(53.4075, -2.978, "Liverpool", "Merseyside"), (54.6445, -3.5486, "Cumberland", "Cumbria"),
     (53.7615, -2.7075, "Lancashire", "Lancashire"), (56.3924, -3.4394, "Perth and Kinross", "Police Scotland")],
)
def test_a_point_in_a_town_has_its_council_and_force(lat, lon, council, force):
    answer = place_at(lat, lon)
    assert (answer.childrens_services_authority, answer.police_force, answer.by) == (council, force, "point")
    assert not answer.exact
    assert answer.authority_share == answer.force_share == 1.0


def test_the_nearest_postcode_is_found_as_a_slow_search_finds_it():
    known = area("LA")
    for lat, lon in ((54.172, -2.776), (54.05, -2.8), (54.33, -2.74), (54.2, -2.6), (54.11, -3.22)):
        placed = [(distance_km(Place(lat=lat, lon=lon), Place(lat=known.point(i)[0], lon=known.point(i)[1])),
                   known.district(i)) for i in range(len(known.districts)) if known.district(i)]
        nearest = min(placed)
        if nearest[0] < 4:
            same = {code for km, code in placed if km <= nearest[0] + 0.01}
            assert place_at(lat, lon).council_code in same


def test_a_point_beside_a_border_says_that_not_all_around_it_agree():
    border = place_of("LA5 0")
    told = [place_at(border.lat + north / 100, border.lon + east / 100)
            for north in range(-3, 4) for east in range(-3, 4)]
    assert {answer.police_force for answer in told} == {"Lancashire", "Cumbria"}
    for answer in told:
        assert districts()[answer.council_code].authority_code == answer.childrens_services_authority_code


@pytest.mark.parametrize(
    ("lat", "lon"), [(0, 0), (54.0, -4.7), (54.6, -5.93), (math.nan, -2), (math.inf, 0), (-1e300, 1e300), (91, 500)],
)
def test_a_point_at_sea_or_elsewhere_is_refused_in_words(lat, lon):
    with pytest.raises(UnknownPoint, match="within 5 km"):
        place_at(lat, lon)


def test_a_position_alone_fills_council_and_force_but_no_postcode():
    assert locate(Place(lat=53.4075, lon=-2.978)) == Place(None, "Liverpool", "Merseyside", 53.4075, -2.978)
    assert locate(Place(lat=54.0, lon=-4.7)) == Place(lat=54.0, lon=-4.7)
    assert locate(Place(council="Knowsley", lat=54.6445, lon=-3.5486)).council == "Knowsley"

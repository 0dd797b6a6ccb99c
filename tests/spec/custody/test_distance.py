"""How far apart the ends of a leg lie and in whose areas, as the table says, with and without the rail package."""

from pathlib import Path

import pytest

from sightline.domain.custody.distance import Apart, Spot, apart, areas_in_words, distance_in_words, straight_km

LINES = [[one.strip() for one in line.split("|")]
         for line in Path(__file__).with_name("distance.txt").read_text("utf-8").splitlines()[2:] if line]


def spot(lat: float, lon: float, *, exact: bool = True, force: str | None = None) -> Spot:
    return Spot(lat, lon, "Somewhere", force, "postcode" if exact else "sector", exact)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_distance_is_said_as_the_table_says(line):
    _, start, end, words, areas = line
    found = apart(start, end)
    assert (distance_in_words(found) if found else "nothing") == words
    assert (areas_in_words([found]) or "nothing") == areas


def test_a_straight_line_is_the_same_both_ways_and_none_to_oneself():
    one, other = spot(54.6354, -3.5625), spot(53.3961, -2.9295)
    assert straight_km(one, one) == 0
    assert straight_km(one, other) == pytest.approx(straight_km(other, one))
    assert straight_km(spot(0, 0), spot(0, 1)) == pytest.approx(111.19, abs=0.01)  # a degree of the equator


def test_what_is_not_exact_or_not_certain_is_said():
    near = Apart(3.2, spot(54, -3, exact=False), spot(54, -3.05))
    assert distance_in_words(near) == (
        "less than 10 km in a straight line, from the middle of a postcode sector and postcodes")
    assert areas_in_words([near, None]) == "Somewhere (force not certain), then not known"

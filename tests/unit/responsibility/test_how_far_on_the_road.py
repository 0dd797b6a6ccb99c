"""What a pack says of the places of handovers on the road, and how far each lies from the one before."""

from datetime import UTC, datetime

from sightline.apps.responsibility.packs import _road

AT = datetime(2026, 5, 22, 10, tzinfo=UTC)


def leg(number: int, place: str) -> tuple[object, ...]:
    return ("event", number, place, AT, "PC 1204", True, True, "none", "", "accepted")


def test_each_place_after_the_first_says_how_far_it_is_where_both_have_a_postcode():
    first, second, third = _road([leg(1, "Workington, CA14 3YD"), leg(2, "Huyton, L36 9YZ"), leg(3, "the services")])
    assert "km" not in first.words
    assert "km in a straight line, from postcodes, from the place before" in second.words
    assert "km" not in third.words
    assert third.words.startswith("the services")

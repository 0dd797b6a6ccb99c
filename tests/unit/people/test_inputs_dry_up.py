"""An input that dries up is found, and chance alone raises no alarm."""

from datetime import date, timedelta

import pytest

from sightline.domain.people.inputs import Filled, dried_up

NEWEST = date(2026, 5, 18)


def week(back, tellings, postcode, agency="School"):
    return Filled(agency, NEWEST - timedelta(weeks=back), tellings, tellings, tellings, postcode, 0, 0, 0, 0)


@pytest.mark.parametrize(("weeks", "found"), [
    ([(0, 30, 14), (1, 30, 30)], True),
    ([(0, 30, 15), (1, 30, 30)], False),
    ([(0, 29, 0), (1, 30, 30)], False),
    ([(0, 30, 0), (1, 29, 29)], False),
    ([(0, 15, 0), (1, 15, 0), (2, 30, 30)], True),
    ([(0, 10, 0), (1, 10, 0), (4, 10, 0), (5, 90, 90)], False),
    ([(0, 30, 0), (4, 30, 30)], True),
    ([(0, 30, 0), (5, 30, 30)], False),
    ([(0, 30, 0), (1, 30, 0)], False),
    ([], False),
], ids=["just under half", "half", "too few now", "too few before", "weeks together", "no four weeks hold enough",
        "four weeks before", "longer ago", "never told", "nothing"])
def test_a_fall_to_under_half_is_found_where_enough_was_told(weeks, found):
    assert bool(dried_up([week(*one) for one in weeks])) is found


def test_each_agency_is_compared_with_itself_and_the_words_say_from_when():
    (one,) = dried_up([week(0, 40, 4), week(1, 40, 40), week(0, 40, 4, "Police"), week(1, 40, 4, "Police")])
    assert (one.agency, one.name, one.before, one.now, one.since) == ("School", "postcode", 1.0, 0.1, NEWEST)

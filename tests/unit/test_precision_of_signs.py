"""How often a sign was right: the share, its interval, and when it is said to be below its floor."""

from datetime import UTC, datetime

import pytest

from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.kept import may_be_switched_off
from sightline.domain.signs.precision import FLOOR, LEAST, Measured, wilson

AT = datetime(2026, 11, 22, tzinfo=UTC)


def measured(*, confirmed: int = 0, other: int = 0, person: int = 0, data: int = 0, stale: int = 0) -> Measured:
    return Measured("C03", None, confirmed, other, person, data, stale, AT)


@pytest.mark.parametrize(("hits", "n", "lower", "upper"), [
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
])
def test_the_interval_is_that_of_the_published_examples(hits, n, lower, upper):
    assert wilson(hits, n) == pytest.approx((lower, upper), abs=5e-5)


def test_all_and_none_stay_within_nought_and_one():
    assert wilson(0, 1)[0] == 0.0
    assert wilson(7, 7)[1] == pytest.approx(1.0)


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (2, 1), (-1, 4)])
def test_what_is_no_share_is_refused(hits, n):
    with pytest.raises(ValueError, match="at least one case"):
        wilson(hits, n)


def test_out_of_date_stands_apart():
    told = measured(confirmed=6, other=2, person=1, data=1, stale=90)
    assert (told.n, told.share) == (10, 0.6)


def test_of_nine_nothing_is_said():
    assert (measured(confirmed=9).share, measured(confirmed=9).interval) == (None, None)


def test_below_the_floor_means_for_certain():
    assert measured(confirmed=1, other=LEAST).below_floor
    assert not measured(confirmed=0, other=LEAST - 1).below_floor, "too few"
    assert not measured(confirmed=5, other=25).below_floor, "a sixth, but it may be more than a fifth"
    assert FLOOR > 5 / 30


def test_no_critical_sign_and_no_failure_of_agencies_may_be_switched_off():
    assert may_be_switched_off(BY_CODE["C03"])
    assert not may_be_switched_off(BY_CODE["C02"]), "critical"
    assert not may_be_switched_off(BY_CODE["F01"]), "says what an agency did not do"

"""School days, half terms and year groups are as most schools in England have them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from sightline.demonstration.school_year import (
    easter_sunday,
    half_terms_before,
    is_school_day,
    school_day_on_or_before,
    school_days_after,
    school_days_before,
    year_group,
)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter_falls_where_it_falls(year, day):
    assert easter_sunday(year) == date(year, *day)


@pytest.mark.parametrize(
    "day", ["2026-05-23", "2026-05-25", "2026-05-29", "2026-08-12", "2026-12-24", "2026-04-03", "2026-10-28",
            "2026-02-18"],
)
def test_schools_are_closed_at_weekends_and_in_holidays(day):
    assert not is_school_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-05-22", "2026-06-01", "2026-09-07", "2026-11-20", "2026-01-06", "2026-07-21"])
def test_schools_are_open_otherwise(day):
    assert is_school_day(date.fromisoformat(day))


def test_a_year_has_about_190_school_days():
    days = [date(2025, 9, 1) + timedelta(days=i) for i in range(365)]
    assert 185 <= sum(map(is_school_day, days)) <= 197


@pytest.mark.parametrize(
    ("born", "on", "group"),
    [((2015, 8, 31), (2026, 9, 3), 7), ((2015, 9, 1), (2026, 9, 3), 6), ((2015, 9, 1), (2027, 9, 3), 7),
     ((2021, 9, 1), (2026, 9, 3), 0), ((2010, 1, 1), (2026, 7, 1), 11)],
)
def test_a_child_is_in_its_year_group(born, on, group):
    assert year_group(date(*born), date(*on)) == group


@pytest.mark.parametrize("today", [date(2026, 11, 20), date(2026, 8, 15), date(2026, 1, 2), date(2026, 5, 27)])
def test_half_terms_follow_each_other_without_a_school_day_between(today):
    found = half_terms_before(today, 6)
    assert len(found) == 6
    assert found[-1][1] < today
    for (_, last, days), (first, _, _) in pairwise(found):
        assert 15 <= days <= 45
        assert not any(is_school_day(last + timedelta(days=i)) for i in range(1, (first - last).days))


def test_school_days_are_counted_over_holidays():
    assert school_days_before(date(2026, 6, 3), 3) == date(2026, 5, 22)
    assert school_days_after(date(2026, 5, 22), 3) == date(2026, 6, 3)
    assert school_day_on_or_before(date(2026, 8, 15)) == date(2026, 7, 22)

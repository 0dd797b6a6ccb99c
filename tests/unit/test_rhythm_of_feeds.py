"""A feed is silent when it has been still for longer than three usual gaps and two days; closed days do not count."""

from datetime import UTC, datetime, timedelta

import pytest

from sightline.domain.duties.days import working_days
from sightline.domain.duties.nations import Nation
from sightline.domain.signs.rhythm import open_time, silent_from, usual_gap

DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def each(day, *days):
    """Give arrivals at noon UTC of these days of a month."""
    return [at(f"{day}-{number:02} 12:00") for number in days]


@pytest.mark.parametrize(("arrivals", "usual"), [
    (each("2026-06", 1, 2, 3, 4, 5, 8, 9), DAY),
    (each("2026-06", 1, 8, 15, 22), 5 * DAY),
    (each("2026-06", 1, 2), None),
    ([], None),
    ([at(f"2026-06-01 {hour:02}:00") for hour in range(24)], None),
    ([at(f"2026-06-0{day} {hour:02}:00") for day in (1, 2, 3) for hour in range(20)], DAY),
])
def test_the_usual_gap_is_the_median_between_days_on_which_something_came(arrivals, usual):
    assert usual_gap(arrivals) == usual


@pytest.mark.parametrize(("arrivals", "silent"), [
    (each("2026-06", 1, 2, 3, 4, 5), "2026-06-10 12:00"),  # a Friday: the weekend does not count, nor for the gaps
    (each("2026-06", 8, 9, 10), "2026-06-15 12:00"),
    (each("2026-06", 1, 8, 15, 22), "2026-07-13 12:00"),
    (each("2026-05", 20, 21, 22), "2026-05-28 12:00"),  # Monday 25 May was a bank holiday
    ([at(f"2026-06-0{day} 12:00") for day in (6, 7, 8)], "2026-06-10 12:00"),  # two of three came at a weekend
])
def test_it_falls_silent_after_three_usual_gaps_and_never_before_two_days(arrivals, silent):
    assert silent_from(arrivals) == at(silent)


def test_a_feed_without_a_rhythm_is_not_called_silent():
    assert silent_from(each("2026-06", 1, 2)) is None


def test_noon_stays_noon_over_a_clock_change():
    assert silent_from(each("2026-03", 25, 26, 27)) == at("2026-04-01 11:00")  # noon of summer time
    assert open_time(at("2026-03-28 12:00"), at("2026-03-29 12:00"), working_days(Nation.ENGLAND)) == timedelta()


def test_past_the_end_of_the_calendar_weekends_alone_are_left_out():
    assert silent_from(each("2126-05", 20, 21, 22)) == at("2126-05-27 12:00")  # a Wednesday


def test_a_yearly_return_is_awaited_for_three_years_at_the_most():
    yearly = [at(f"{year}-06-01 12:00") for year in (2020, 2021, 2022)]
    assert at("2024-01-01 00:00") < silent_from(yearly) < at("2028-01-01 00:00")

"""Days and instants are said as what they are, and stretches of time as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.interfaces.web.moments import (
    age_in_words,
    clock_in_words,
    counted,
    length_in_words,
    limit_in_words,
    moment_in_words,
    span_in_words,
)

AT = datetime(2026, 5, 14, 8, 40, tzinfo=UTC)


def test_a_day_stays_a_day_and_an_instant_says_its_time_in_the_united_kingdom():
    assert moment_in_words(date(2026, 5, 3)) == "3 May 2026"
    assert moment_in_words(datetime(2026, 5, 3, 22, 15, tzinfo=UTC)) == "3 May 2026, 11:15pm"
    assert moment_in_words(datetime(2026, 1, 3, 0, 5, tzinfo=UTC)) == "3 January 2026, 12:05am"


def test_an_instant_late_in_the_evening_in_utc_is_said_with_the_next_day_in_summer():
    assert moment_in_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026, 12:30am"


def test_the_hour_that_comes_twice_says_which_one_it_is():
    assert clock_in_words(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "1:30am BST"
    assert clock_in_words(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "1:30am GMT"
    assert clock_in_words(datetime(2026, 10, 25, 2, 30, tzinfo=UTC)) == "2:30am"


def test_the_hour_that_never_comes_does_not_confuse():
    assert clock_in_words(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == "12:59am"
    assert clock_in_words(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == "2:00am"


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=-20), "just now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=-59), "59 minutes ago"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(hours=23, minutes=59), "in 23 hours"),
        (timedelta(days=-2, hours=-3), "2 days ago"),
        (timedelta(days=-20), "20 days ago"),
        (timedelta(days=-21), "3 weeks ago"),
        (timedelta(days=-90), "3 months ago"),
        (timedelta(days=-800), "2 years ago"),
    ],
)
def test_how_far_an_instant_lies_is_said_in_its_largest_whole_unit(apart, words):
    assert age_in_words(AT + apart, AT) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 14), "today"),
        (date(2026, 5, 13), "yesterday"),
        (date(2026, 5, 15), "tomorrow"),
        (date(2026, 5, 5), "9 days ago"),
        (date(2026, 6, 14), "in 4 weeks"),
    ],
)
def test_how_far_a_day_lies_is_counted_in_days(day, words):
    assert age_in_words(day, AT) == words


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (None, "no limit in law"),
        (datetime(2026, 5, 14, 11, 50, tzinfo=UTC), "due in 3 hours"),
        (datetime(2026, 5, 12, 8, 39, tzinfo=UTC), "late by 2 days"),
        (AT, "late by 1 minute"),
        (date(2026, 5, 14), "due today"),
        (date(2026, 5, 15), "due tomorrow"),
        (date(2026, 5, 13), "late by 9 hours"),
        (date(2026, 5, 12), "late by 1 day"),
    ],
)
def test_a_limit_is_due_or_late_and_a_day_is_due_until_it_ends(due_at, words):
    assert limit_in_words(due_at, AT) == words


@given(st.timedeltas(timedelta(days=-9000), timedelta(days=9000)))
def test_what_is_late_is_never_called_due(apart):
    due_at = AT + apart
    assert limit_in_words(due_at, AT).startswith("late by" if due_at <= AT else "due in")


@given(st.timedeltas(timedelta(), timedelta(days=40_000)))
def test_no_stretch_of_time_is_said_as_none(length):
    number, _, unit = length_in_words(length).partition(" ")
    assert int(number) >= 1
    assert unit.endswith("s") == (int(number) > 1)


def test_numbers_take_their_words():
    assert counted(1, "day") == "1 day"
    assert counted(1204, "child", "children") == "1,204 children"


@pytest.mark.parametrize(("length", "words"), [
    ({}, "0 minutes"), ({"seconds": 59}, "0 minutes"), ({"minutes": 1}, "1 minute"), ({"minutes": 59}, "59 minutes"),
    ({"hours": 1}, "1 hour"), ({"hours": 3, "minutes": 12}, "3 hours 12 minutes"),
    ({"hours": -2, "minutes": -1}, "2 hours 1 minute"), ({"days": 1, "minutes": 5}, "1 day"),
    ({"days": 2, "hours": 4, "minutes": 9}, "2 days 4 hours"),
])
def test_a_span_is_said_to_the_minute_in_its_two_largest_units(length: dict[str, int], words: str) -> None:
    assert span_in_words(timedelta(**length)) == words

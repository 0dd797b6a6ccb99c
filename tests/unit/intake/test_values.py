"""A cell is read forgiving of spelling, never of meaning."""

from datetime import UTC, date, datetime

import pytest

from sightline.domain.intake.values import (
    Unreadable,
    place_of,
    read_day,
    read_instant,
    read_list,
    read_moment_told,
    read_name,
    read_number,
    read_yes_no,
)


@pytest.mark.parametrize(
    "text",
    [
        "02/06/2025", "2/6/2025", "2025-06-02", "2025-6-2", "2025-Jun-02 00:00:00", "2025-jun-02", "02-06-2025",
        "02.06.2025", "2 June 2025", "02-Jun-2025", "2025-06-02T00:00:00", "02/06/2025 00:00",
        "2025-06-02 14:30:15.250",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_ways_in_which_it_is_written(text):
    assert read_day(text) == date(2025, 6, 2)


@pytest.mark.parametrize(
    "text", ["12/31/2025", "31/02/2020", "32/1/2020", "02/06/25", "20250602", "45810", "June", "2025-06", "2025-06-02x",
             "2025-13-01", "1/1/1", "2025-06-02T25", "\u0662/6/2025", "2 Juno 2025"],
)  # fmt: skip
def test_what_is_no_day_is_refused_and_day_and_month_are_never_swapped(text):
    with pytest.raises(Unreadable, match="no day that exists"):
        read_day(text)


@pytest.mark.parametrize("text", ["0001-01-01", "01/01/1899", "2101-01-01"])
def test_a_year_that_nobody_means_is_refused(text):
    with pytest.raises(Unreadable, match="year lies outside"):
        read_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-10T23:15:00+01:00", "2026-05-10T22:15:00Z", "2026-05-10 23:15", "10/05/2026 23:15",
        "2026-05-10T23:15:00",
        "10/05/2026 23:15:00", "2026-05-10T22:15+00:00", "10 May 2026 23:15", "2026-05-11T00:15:00+0200",
    ],
)  # fmt: skip
def test_an_instant_without_an_offset_is_the_time_that_clocks_in_the_uk_showed(text):
    assert read_instant(text) == datetime(2026, 5, 10, 22, 15, tzinfo=UTC)


def test_a_winter_time_has_no_summer_offset():
    assert read_instant("10/01/2026 23:15") == datetime(2026, 1, 10, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize("text", ["29/03/2026 01:30", "2026-03-29T01:00:00", "2026-03-29 01:59"])
def test_a_time_that_did_not_exist_is_refused(text):
    with pytest.raises(Unreadable, match="did not exist"):
        read_instant(text)


@pytest.mark.parametrize("text", ["25/10/2026 01:30", "2026-10-25T01:00:00"])
def test_a_time_that_was_twice_asks_for_the_offset(text):
    with pytest.raises(Unreadable, match="was twice"):
        read_instant(text)


def test_with_its_offset_a_time_that_was_twice_is_clear():
    first, second = read_instant("2026-10-25T01:30:00+01:00"), read_instant("2026-10-25T01:30:00+00:00")
    assert (second - first).total_seconds() == 3600


@pytest.mark.parametrize(
    "text", ["10/05/2026", "2026-05-10T24:30:00", "2026-05-10T23:15+25:00", "23:15", "10/05/2026 noon"]
)
def test_an_instant_without_a_readable_time_is_refused(text):
    with pytest.raises(Unreadable, match="no date with a time"):
        read_instant(text)


def test_where_either_is_told_a_day_stays_a_day():
    assert read_moment_told("10/05/2026") == date(2026, 5, 10)
    assert read_moment_told("10/05/2026 00:00") == datetime(2026, 5, 9, 23, tzinfo=UTC)


def test_a_name_keeps_its_letters_and_loses_only_spaces():
    assert read_name("  Zoe\u0308   van  der Berg ") == "Zoë van der Berg"


def test_a_name_with_the_mark_of_a_lost_letter_is_refused():
    with pytest.raises(Unreadable, match="letter of this name was lost"):
        read_name("Zo\ufffd")


def test_numbers_and_answers():
    assert [read_number(text) for text in ("10.0", "4.5", "0")] == [10, 4.5, 0]
    assert [read_yes_no(text) for text in ("Yes", "n", "TRUE", "0")] == [True, False, True, False]
    assert read_list("cash; phone ;;  two  sims") == ("cash", "phone", "two sims")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_number, "-1"),
        (read_number, "ten"),
        (read_number, "1e5"),
        (read_yes_no, "perhaps"),
        (read_list, "x" * 3000),
        (read_name, "x" * 101),
    ],
)
def test_what_cannot_be_read_says_what_to_write(read, text):
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert refused.value.words


def test_a_place_is_only_what_a_valid_postcode_names():
    assert place_of("l36 9yz").postcode == "L36 9YZ"
    assert place_of("nope") is None
    assert place_of(None) is None


@pytest.mark.parametrize("read", [read_day, read_instant, read_moment_told])
@pytest.mark.parametrize("text", ["01/01/2020 a" + " " * 400_000 + "b", "1" * 400_000, "2026-05-10T" + "0" * 400_000])
def test_a_very_long_cell_is_no_moment_and_takes_no_time(read, text):
    with pytest.raises(Unreadable):
        read(text)

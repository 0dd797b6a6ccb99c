"""A timeline keeps order, knows what was known when, and does not take a day for midnight."""

from datetime import UTC, date, datetime

import pytest

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import UnreadableMoment, day_of, first_instant, last_instant, read_moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline


def entry(id_, kind="missing.reported", at=datetime(2026, 5, 1, 22, tzinfo=UTC), **more):
    return Entry(id_, "amara", kind, at, "Merseyside Police", **more)


def test_a_day_starts_and_ends_in_the_united_kingdom():
    day = date(2026, 7, 1)
    assert first_instant(day) == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert last_instant(day) == datetime(2026, 7, 1, 23, tzinfo=UTC)


def test_an_instant_late_in_the_evening_in_utc_is_the_next_day_in_summer():
    assert day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize("text", ["", "2026-13-01", "2026-05-10T23:15:00", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_moment_is_refused_in_words(text):
    with pytest.raises(UnreadableMoment, match="neither an instant"):
        read_moment(text)


def test_entries_are_ordered_and_one_id_is_one_entry():
    late, early = entry("b", at=datetime(2026, 5, 2, tzinfo=UTC)), entry("a", at=date(2026, 5, 1))
    assert [e.id for e in Timeline.of("amara", [late, early, late])] == ["a", "b"]


def test_what_was_told_later_was_not_known_before():
    told_late = entry("a", recorded_at=datetime(2026, 5, 9, tzinfo=UTC))
    timeline = Timeline.of("amara", [told_late, entry("b")])
    assert [e.id for e in timeline.known_at(datetime(2026, 5, 8, tzinfo=UTC))] == ["b"]
    assert len(timeline.known_at(datetime(2026, 5, 10, tzinfo=UTC))) == 2


def test_the_home_is_the_last_one_told_for_the_moment():
    first, second = Place(postcode="L36 9YZ"), Place(postcode="PR1 2HE")
    timeline = Timeline.of(
        "amara",
        [
            entry("a", "child.home", date(2026, 1, 1), place=first),
            entry("b", "child.home", date(2026, 3, 1), place=second),
        ],
    )
    assert timeline.home_at(date(2026, 2, 1)) == first
    assert timeline.home_at(date(2026, 3, 1)) == second
    assert timeline.home_at(date(2025, 12, 1)) == first

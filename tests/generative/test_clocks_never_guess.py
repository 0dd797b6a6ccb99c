"""Whatever starts a clock: it is never due before, no hour is lost, and past its calendar it refuses."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sightline.domain.duties.calendars import Calendars, usual_school_calendar
from sightline.domain.duties.clock import (
    BEFORE_NEXT_SCHOOL_DAY,
    Clock,
    ClockKind,
    days,
    days_beginning_with,
    hours,
    months,
    school_day,
    school_days,
    working,
)
from sightline.domain.duties.clocks import Where, limit
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.nations import BANK_HOLIDAY_DIVISIONS, Nation
from sightline.domain.vocabulary.moment import first_instant, last_instant
from sightline.reference.calendars.bank_holidays import bank_holidays

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(date(2011, 6, 1), date(2029, 6, 1))
INSTANTS = st.builds(datetime.fromtimestamp, st.integers(1_306_900_000, 1_875_000_000), st.sampled_from([UTC, LONDON]))
MOMENTS = DAYS | INSTANTS
NUMBERS = st.integers(1, 60)
MAKERS = [hours, working, school_days, school_day, days_beginning_with, days, months]
COUNTING = st.builds(lambda make, number: make(number), st.sampled_from(MAKERS), NUMBERS)
CLOCKS = COUNTING | st.just(BEFORE_NEXT_SCHOOL_DAY)
UNBOUNDED = st.builds(Clock, st.sampled_from([ClockKind.HOURS, ClockKind.DAYS, ClockKind.MONTHS]), st.integers(1, 9999))
NATIONS = st.sampled_from(Nation)


@given(clock=CLOCKS, start=MOMENTS, nation=NATIONS)
def test_nothing_is_due_before_it_starts(clock, start, nation):
    try:
        counted = limit(clock, start, where=Where(nation, Calendars()))
    except CalendarEnds:
        assert clock.kind in {ClockKind.WORKING_DAYS, ClockKind.SCHOOL_DAYS, ClockKind.BEFORE}
        return
    assert last_instant(counted.at).astimezone(UTC) >= first_instant(start).astimezone(UTC)


@given(start=INSTANTS, number=st.integers(1, 9999))
def test_hours_are_hours_across_every_clock_change(start, number):
    counted = limit(hours(number), start, where=Where(Nation.ENGLAND, Calendars()))
    assert counted.at.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=number)


@given(start=st.dates(date(2012, 1, 1), date(2028, 9, 1)), number=NUMBERS, nation=NATIONS)
def test_working_days_count_as_one_would_by_hand(start, number, nation):
    holidays = bank_holidays(BANK_HOLIDAY_DIVISIONS[nation]).days
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in holidays
    assert limit(working(number), start, where=Where(nation, Calendars())).at == day


@given(nation=NATIONS, data=st.data(), number=NUMBERS, beginning=st.booleans())
def test_school_days_count_as_one_would_by_hand(nation, data, number, beginning):
    calendar = usual_school_calendar(nation)
    closed = {day for closure in calendar.closures for day in closure.days}
    taught = {day for term in calendar.terms for day in term.days if day.weekday() < 5 and day not in closed}
    start = data.draw(st.dates(calendar.terms[0].first, sorted(taught)[-70]))
    day, left = start - timedelta(days=1) if beginning else start, number
    while left:
        day += timedelta(days=1)
        left -= day in taught
    clock = school_day(number) if beginning else school_days(number)
    counted = limit(clock, start, where=Where(nation, Calendars()))
    assert (counted.at, counted.estimated) == (day, True)


@given(start=st.builds(datetime.fromtimestamp, st.integers(1_535_932_800, 1_846_000_000), st.just(UTC)))
def test_the_next_school_day_is_the_first_opening_after(start):
    opening = limit(BEFORE_NEXT_SCHOOL_DAY, start, where=Where(Nation.ENGLAND, Calendars())).at
    taught = usual_school_calendar(Nation.ENGLAND).days.open
    assert opening > start
    assert opening.date() in taught
    assert opening.timetz().replace(tzinfo=None) == time(8, 30)
    assert not [day for day in taught if start < datetime.combine(day, time(8, 30), LONDON) < opening]


@given(clock=st.sampled_from([working(1), working(45)]), start=st.dates(date(2028, 12, 29), date(9999, 12, 31)))
def test_past_the_bank_holidays_no_date_is_guessed(clock, start):
    assume(start >= date(2028, 12, 29))
    with pytest.raises(CalendarEnds, match="known from 1 January 2012 to 31 December 2028"):
        limit(clock, start, where=Where(Nation.ENGLAND, Calendars()))


@given(number=NUMBERS, nation=NATIONS, days_after=st.integers(0, 4000))
def test_past_the_terms_no_date_is_guessed(number, nation, days_after):
    last = usual_school_calendar(nation).terms[-1].last
    with pytest.raises(CalendarEnds, match="Give a calendar"):
        limit(school_days(number), last + timedelta(days=days_after), where=Where(nation, Calendars()))


@given(number=NUMBERS, nation=NATIONS, days_before=st.integers(1, 4000))
def test_before_the_terms_no_date_is_guessed(number, nation, days_before):
    first = usual_school_calendar(nation).terms[0].first
    with pytest.raises(CalendarEnds, match="Give a calendar"):
        limit(school_days(number), first - timedelta(days=days_before), where=Where(nation, Calendars()))


def test_the_terms_of_each_nation_have_as_many_school_days_as_a_year_with_its_training_days_has():
    for nation in Nation:
        calendar = usual_school_calendar(nation)
        for year in range(2025, 2027):
            days = [day for day in calendar.days.open if date(year, 8, 1) <= day < date(year + 1, 8, 1)]
            assert 185 <= len(days) <= 200, (nation, year, len(days))


@given(clock=UNBOUNDED, start=st.dates() | st.datetimes(timezones=st.just(UTC)))
def test_any_moment_gives_a_date_or_a_refusal(clock, start):
    try:
        assert limit(clock, start, where=Where(Nation.ENGLAND, Calendars())).at is not None
    except CalendarEnds as refusal:
        assert "years 1 to 9999" in str(refusal)

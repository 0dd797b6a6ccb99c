"""Hours are read and said, mornings found, and each state of a notice has its clock in real or working time."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.domain.duties.hours import from_rows, read_spans, say_hours, to_rows
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.reaching import (
    Reached,
    Standing,
    Urgency,
    urgency_of,
    waiting_for,
    way_after,
    ways_of,
    working_after,
)
from sightline.domain.duties.rota import Desk, HoursRefused, Span, closed_since, is_open, next_morning, on_duty
from sightline.domain.vocabulary.moment import LONDON

OFFICE = read_spans(["mon-fri 09:00-17:00"])
ENGLAND = Nation.ENGLAND


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_hours_are_read_and_said_in_words_and_kept_without_loss():
    spans = read_spans([
        "mon-thu 08:30 - 17:00", "Friday 08:30-16:30", "bank holidays 10:00 to 12:00", "sun 18:00-24:00"])
    assert say_hours(spans) == ("Monday to Thursday 08:30 to 17:00", "Friday 08:30 to 16:30",
                                "Sunday 18:00 to 24:00", "Bank holidays 10:00 to 12:00")
    assert from_rows(to_rows(spans)) == spans == read_spans(say_hours(spans))
    assert say_hours(()) == ("Always",)


@pytest.mark.parametrize("text", ["9 to 5", "mon-fri", "fri-mon 09:00-17:00", "mon 17:00-09:00", "mon 09:00-25:00",
                                  "someday 09:00-17:00", "mon 09:00-09:00"])
def test_hours_that_mean_nothing_are_refused_in_words(text):
    with pytest.raises(HoursRefused, match=r"Write|write|lies|closes"):
        read_spans([text])


@pytest.mark.parametrize(("now", "morning"), [
    ("2026-05-20 23:30", "2026-05-21 09:00"), ("2026-05-21 08:59", "2026-05-21 09:00"),
    ("2026-05-21 09:00", "2026-05-22 09:00"), ("2026-05-22 23:30", "2026-05-26 09:00"),
    ("2026-12-24 18:00", "2026-12-29 09:00"), ("2026-10-24 23:30", "2026-10-26 09:00"),
    ("2090-05-20 23:30", "2090-05-22 09:00")])
def test_the_night_hands_over_at_nine_of_the_next_working_day(now, morning):
    assert next_morning(at(now), nation=ENGLAND) == at(morning)


def test_a_closed_desk_says_since_when():
    assert closed_since(OFFICE, at("2026-05-20 23:30"), nation=ENGLAND) == at("2026-05-20 17:00")
    assert closed_since(OFFICE, at("2026-05-25 12:00"), nation=ENGLAND) == at("2026-05-22 17:00")
    assert closed_since(OFFICE, at("2026-05-20 12:00"), nation=ENGLAND) is None
    assert closed_since((), at("2026-05-20 12:00"), nation=ENGLAND) is None


def test_working_time_runs_only_while_the_desk_is_open():
    four = timedelta(hours=4)
    assert working_after(at("2026-05-20 16:00"), four, spans=OFFICE, nation=ENGLAND) == at("2026-05-21 12:00")
    assert working_after(at("2026-05-22 16:00"), four, spans=OFFICE, nation=ENGLAND) == at("2026-05-26 12:00")
    assert working_after(at("2026-05-22 16:00"), four, spans=(), nation=ENGLAND) == at("2026-05-22 20:00")


def standing(urgency, *reached, channel="e-mail", since="2026-05-20 23:30", asks=True):
    return Standing(urgency, at("2026-05-20 23:30"), channel, at(since), reached, asks)


@pytest.mark.parametrize(("one", "state", "by"), [
    (standing(Urgency.NOW), Reached.SENT, "2026-05-20 23:35"),
    (standing(Urgency.NOW, Reached.SENT), Reached.OPENED, "2026-05-21 00:00"),
    (standing(Urgency.NOW, Reached.SENT, channel="text"), Reached.DELIVERED, "2026-05-20 23:45"),
    (standing(Urgency.NOW, Reached.SENT, since="2026-05-21 00:00"), Reached.OPENED, "2026-05-21 00:30"),
    (standing(Urgency.NOW, Reached.OPENED), Reached.ACKNOWLEDGED, "2026-05-21 00:30"),
    (standing(Urgency.NOW, Reached.ACKNOWLEDGED), Reached.ACTED, "2026-05-21 03:30"),
    (standing(Urgency.SOON, Reached.SENT), Reached.OPENED, "2026-05-21 13:00"),
    (standing(Urgency.SOON, Reached.OPENED), Reached.ACKNOWLEDGED, "2026-05-22 17:00"),
])
def test_each_state_has_its_clock(one, state, by):
    found = waiting_for(one, spans=OFFICE, nation=ENGLAND)
    assert (found.state, found.by) == (state, at(by))


def test_nothing_is_waited_for_once_all_is_reached():
    assert waiting_for(standing(Urgency.NOW, Reached.ACKNOWLEDGED, asks=False), spans=(), nation=ENGLAND) is None
    assert waiting_for(standing(Urgency.NOW, Reached.ACTED), spans=(), nation=ENGLAND) is None
    assert waiting_for(standing(Urgency.SOON, Reached.ACKNOWLEDGED), spans=(), nation=ENGLAND) is None


def test_what_is_about_safety_or_due_within_a_day_is_urgent():
    made = at("2026-05-20 23:30")
    assert urgency_of("safety", made_at=made, act_by=None) is Urgency.NOW
    assert urgency_of("D-X", made_at=made, act_by=made + timedelta(hours=24)) is Urgency.NOW
    assert urgency_of("D-X", made_at=made, act_by=made + timedelta(days=5)) is Urgency.SOON
    assert urgency_of("D-X", made_at=made, act_by=None) is Urgency.SOON
    assert urgency_of("D-X", made_at=made, act_by=made - timedelta(days=1)) is Urgency.SOON, "history, loaded late"


def test_channels_come_in_the_contacts_order_and_none_without_an_address():
    both = {"email": True, "phone": "07700 900123", "webhook": False}
    assert ways_of((), **both, served={"text"}) == ("e-mail", "text")
    assert ways_of((), **both, served=()) == ("e-mail",)
    assert ways_of((), email=True, phone="0151 496 0000", webhook=False, served={"text"}) == ("e-mail",)
    assert ways_of(("text", "e-mail", "webhook"), **both, served=()) == ("text", "e-mail")
    assert ways_of(("text",), email=True, phone="", webhook=False, served={"text"}) == ("inbox",)
    assert way_after(("e-mail", "text"), "e-mail") == "text"
    assert way_after(("e-mail", "text"), "text") is None


FIRST, LAST = datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-06-01")
SPANS = st.builds(Span, st.integers(0, 7), st.times().map(lambda t: t.replace(hour=t.hour // 2)),
                  st.just(time(12)) | st.just(time.min))


@given(spans=st.lists(SPANS, max_size=6), now=st.datetimes(FIRST, LAST),
       nation=st.sampled_from(Nation), names=st.sets(st.sampled_from(
           ["safeguarding", "out-of-hours", "manager", "director", "education"]), min_size=1))
def test_somebody_is_always_on_duty_and_the_morning_always_comes(spans, now, nation, names):
    instant = now.replace(tzinfo=LONDON)
    found = on_duty([Desk(number, name, spans) for number, name in enumerate(sorted(names))], instant, nation=nation)
    assert found.contact < len(names)
    morning = next_morning(instant, nation=nation)
    assert instant < morning
    assert morning - instant < timedelta(days=8)
    closed = closed_since(spans, instant, nation=nation)
    assert (closed is None) == is_open(spans, instant, nation=nation)
    assert closed is None or closed <= instant

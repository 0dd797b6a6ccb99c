"""When something was is asked in four boxes: a day, and a time of day where it is known."""

from datetime import UTC, date, datetime

import pytest
from django import forms

from sightline.interfaces.web.moment_field import MomentField


class Asked(forms.Form):
    at = MomentField(label="When was it?")


def asked(day="", month="", year="", time=""):
    form = Asked({"at_day": day, "at_month": month, "at_year": year, "at_time": time})
    return form, form.is_valid()


def moment(*boxes):
    form, valid = asked(*boxes)
    assert valid, form.errors
    return form.cleaned_data["at"]


def test_a_day_without_a_time_stays_a_day():
    assert moment("3", "9", "2026") == date(2026, 9, 3)
    assert not isinstance(moment("3", "9", "2026"), datetime)


@pytest.mark.parametrize("written", ["23:15", "2315", "23.15", "11:15pm", "11.15 pm", "11:15PM", " 11:15pm "])
def test_a_time_is_read_as_people_write_it(written):
    assert moment("3", "12", "2026", written) == datetime(2026, 12, 3, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(("written", "hour"), [("12am", 0), ("12:00pm", 12), ("9", 9), ("12:30 am", 0), ("00:10", 0)])
def test_midnight_and_noon_are_told_apart(written, hour):
    assert moment("3", "12", "2026", written).hour == hour


def test_summer_time_is_counted():
    assert moment("3", "7", "2026", "9:00") == datetime(2026, 7, 3, 8, 0, tzinfo=UTC)


def test_of_the_hour_that_comes_twice_the_first_is_meant_unless_it_says_gmt():
    assert moment("25", "10", "2026", "1:30am") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment("25", "10", "2026", "1:30am GMT") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("", "", "", ""), "Enter a day, a month and a year"),
        (("3", "", "2026", ""), "Enter a day, a month and a year"),
        (("31", "2", "2026", ""), "Enter a real day"),
        (("3", "9", "26", ""), "Enter a real day"),
        (("x", "9", "2026", ""), "Enter a real day"),
        (("3", "9", "2026", "25:00"), "Enter the time as 14:30 or 2:30pm"),
        (("3", "9", "2026", "13pm"), "Enter the time as 14:30 or 2:30pm"),
        (("3", "9", "2026", "noon"), "Enter the time as 14:30 or 2:30pm"),
        (("29", "3", "2026", "1:30am"), "The clocks went forward over this time"),
    ],
)
def test_what_is_no_moment_is_refused_with_what_to_enter(boxes, words):
    form, valid = asked(*boxes)
    assert not valid
    assert words in " ".join(form.errors["at"])


def test_what_was_told_stands_in_the_boxes_again():
    field = MomentField(label="When was it?")
    for told in (datetime(2026, 7, 3, 8, 5, tzinfo=UTC), date(2026, 7, 3)):
        assert field.clean(field.widget.decompress(told)) == told

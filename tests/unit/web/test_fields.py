"""A form's field decides its component, says what is missing, and asks for a day as people know it."""

from datetime import date

import pytest
from django import forms

from sightline.interfaces.web.fields import DayField, component, problems


class Asked(forms.Form):
    name = forms.CharField(label="Name")
    born_on = DayField(label="Birthday")
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    team = forms.ChoiceField(
        label="Team", choices=(("a", "Adolescents"), ("b", "Front door")), widget=forms.RadioSelect
    )
    secret = forms.CharField(label="Secret", widget=forms.HiddenInput)


def sent(**more):
    day = {"born_on_day": "3", "born_on_month": "9", "born_on_year": "2011"}
    return Asked({"name": "Amara", "team": "a", "secret": "x", **day, **more})


def shown(form, name, **more):
    given = {"words": "", "hint": None, "classes": "", "size": "s", "rows": 5, "hints": {}, "value": None} | more
    return component(form[name], **given)


@pytest.mark.parametrize(
    ("name", "kind"), [("name", "input"), ("born_on", "boxes"), ("why", "textarea"), ("team", "radio")]
)
def test_the_widget_decides_the_component(name, kind):
    assert shown(Asked(), name)[0] == kind


def test_a_day_is_read_from_three_boxes():
    form = sent()
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(2011, 9, 3)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2026"),
        ("x", "2", "2026"),
        ("3", "13", "2026"),
        ("3", "9", "0"),
        ("3", "9", "12"),
        ("", "9", "2011"),
        ("3", "9", "20111"),
        ("3", "9", "2101"),
        ("-3", "9", "2011"),
        ("\0", "\N{ROMAN NUMERAL NINE}", "2011"),
    ],
)
def test_what_is_no_day_is_refused_in_words(day, month, year):
    form = sent(born_on_day=day, born_on_month=month, born_on_year=year)
    assert not form.is_valid()
    assert form.errors["born_on"]
    assert problems(form, {})[0]["href"] == "#id_born_on_day"


def test_a_day_that_was_refused_is_shown_again_as_it_was_written():
    form = sent(born_on_day="31", born_on_month="2")
    form.is_valid()
    assert [box["value"] for box in shown(form, "born_on")[1]["items"]] == ["31", "2", "2011"]


def test_what_is_missing_is_named_by_its_label():
    form = Asked({})
    form.is_valid()
    said = [one["text"] for one in problems(form, {"name": "Child’s name"})]
    assert said[:2] == ["Enter the child’s name", "Enter the birthday"]
    assert shown(form, "name")[1]["errorMessage"] == {"text": "Enter the name"}


def test_what_is_wrong_with_a_hidden_field_is_said_without_a_link():
    form = sent(secret="")
    form.is_valid()
    assert problems(form, {}) == [{"text": "Enter the secret", "href": ""}]


def test_a_form_that_was_not_sent_has_no_problems():
    assert problems(Asked(), {}) == []


def test_a_given_value_fills_only_a_form_that_was_not_sent():
    assert shown(Asked(), "name", value="Beth")[1]["value"] == "Beth"
    assert shown(sent(), "name", value="Beth")[1]["value"] == "Amara"


def test_the_choice_that_was_sent_is_chosen():
    items = shown(sent(team="b"), "team", hints={"a": "Ages 11 to 17"})[1]["items"]
    assert [item["checked"] for item in items] == [False, True]
    assert items[0]["hint"] == {"text": "Ages 11 to 17"}

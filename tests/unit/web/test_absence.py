"""Unknown, withheld and empty are three different things, and nothing that is shown can become markup."""

from datetime import date

import pytest
from markupsafe import escape

from sightline.interfaces.web.absence import Withheld, said

HOSTILE = '<img src=x onerror="alert(1)">'


def test_the_three_absences_differ_in_words():
    told = [str(said(value)) for value in (None, Withheld(), (), "")]
    assert "Not known" in told[0]
    assert "Withheld" in told[1]
    assert "None recorded" in told[2]
    assert told[2] == told[3]
    assert len(set(told)) == 3


def test_what_is_withheld_says_why_and_whom_to_ask():
    shown = said(Withheld("your purpose does not cover health", "the school nurse"))
    assert "your purpose does not cover health. Ask the school nurse" in shown


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "Yes"), (False, "No"), (0, "0"), (date(2026, 5, 3), "3 May 2026"), ("Halewood", "Halewood")],
)
def test_a_value_is_shown_as_people_read_it(value, words):
    assert said(value) == words


def test_a_no_is_not_an_absence():
    assert said(False) != said(None)


@pytest.mark.parametrize("value", [HOSTILE, (HOSTILE, "x"), Withheld(HOSTILE, HOSTILE)])
def test_what_people_wrote_stays_text(value):
    assert "<img" not in escape(said(value))


def test_a_list_says_each_of_its_parts():
    assert said(("cash", None)) == 'cash, <span class="sightline-unknown">Not known</span>'

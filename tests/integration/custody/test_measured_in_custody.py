"""What the gates keep is measured as it was done: screens, charges, releases, owners."""

from sightline import flow
from sightline.apps.custody import travelling
from sightline.domain.custody.charging import Outcome
from tests.integration.conftest import NOW
from tests.integration.custody.screening import consider, decide, screen


def measured(held, code):
    return held.everything("select part, extract(epoch from done - began) / 60, counts"
                           f" from insight_{code.lower()}_1 order by part, counts")


def test_a_charging_decision_after_a_screen_is_measured_as_screened(held):
    assert measured(held, "K7") == []
    screen(held)
    consider(held)
    decide(held, Outcome.PROSECUTOR)
    assert measured(held, "K7") == [("through the gate", None, True)]


def test_a_release_through_the_gate_has_its_whole_plan_and_nobody_went_alone(held):
    assert measured(held, "K9") == []
    held.plan()
    held.does("Sam", travelling.release, place=None, released_at=NOW)
    with held.as_worker():
        flow.read_news(at=lambda: NOW)
    assert measured(held, "K9") == [("by day", None, False)]
    assert measured(held, "K10") == [("through the gate", None, True)]


def test_a_release_that_a_file_told_was_not_planned(held, custody):
    custody(released=NOW, mode="public-transport-alone", at=NOW)
    assert measured(held, "K9") == [("by day", None, True)]
    assert measured(held, "K10") == [("told by files", None, False)]
    assert measured(held, "K12") == [("released out of the area", None, True)]


def test_an_arrest_waits_until_its_referral_went(held):
    ((part, waited, counts),) = measured(held, "K6")
    assert (part, waited, counts) == ("not charged", None, True)
    assert measured(held, "K15") == [("", None, True)]


def test_minutes_without_an_owner_are_those_until_the_arrest_was_known_here(held):
    ((_, minutes, counts),) = measured(held, "K13")
    assert (float(minutes), counts) == (60.0, True)


def test_a_sign_is_timed_until_each_thing_that_follows_it(held):
    timed = {part: minutes for part, minutes, _ in measured(held, "K18")}
    assert float(timed["until shown here"]) == 60.0
    assert timed["until a decision"] is None
    assert timed["until the child is seen"] is None
    assert [part for part, *_ in measured(held, "K22")] == ["to one agency only"]

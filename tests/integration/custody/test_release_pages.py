"""The pages of a release, each side in a browser of its own: what each sees, may do, and is refused in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.domain.vocabulary.moment import LONDON
from sightline.interfaces.web.custody.forms import ARRIVED_HOW
from tests.integration.custody.conftest import MOTHER

MOST_QUERIES = 10


def boxes(name: str, instant: datetime) -> dict[str, str]:
    """Give what stands in the boxes of an instant."""
    return {f"{name}_day": str(instant.day), f"{name}_month": str(instant.month), f"{name}_year": str(instant.year),
            f"{name}_time": f"{instant:%H:%M} gmt" if instant.month in (1, 2, 11, 12) else f"{instant:%H:%M}"}


@pytest.fixture
def now() -> datetime:
    """Give the minute that has just passed, as pages read the clock."""
    return (datetime.now(UTC) - timedelta(minutes=2)).astimezone(LONDON).replace(second=0, microsecond=0)


@pytest.fixture
def place(held) -> str:
    """Give the address of the release."""
    return f"/custody/{held.event().id}/"


def forms(now: datetime) -> dict[str, dict[str, str]]:
    """Give a good form for each thing that the gate asks for, in order."""
    return {
        "assess": {"words": "Calm, no injuries", **boxes("at", now)},
        "adult": {"adult": "Grace Okafor", "phone": "01632 960777", "receiver": "parent-or-guardian",
                  "relation": "mother", "meets": "journey"},
        "accepted": {"how": "by telephone to me", **boxes("at", now)},
        "leg": {"by": "police vehicle", "escort": "PC 1204 Holt", "start": "Preston", "end": "L36 9YZ",
                **boxes("departs_at", now), **boxes("arrives_at", now + timedelta(hours=2))},
        "home": {"whom": "Moira Quinn, out-of-hours team", **boxes("at", now)},
        "release": boxes("at", now),
        "departed": {"said_by": "PC 1204 Holt", **boxes("at", now)},
        "arrived": {"said_by": "Grace Okafor", "how": "I rang the number", **boxes("at", now + timedelta(minutes=1))},
    }


def test_an_arrival_is_confirmed_by_a_name_and_one_press_and_by_no_press_that_is_not_ours(held, browse, place, now):
    with browse("Sam") as sam:
        told = forms(now)
        arrived = {**told.pop("arrived"), "how": ""}
        for name, one in told.items():
            assert sam.post(f"{place}{name}/", one).status_code == 302, name
        for pressed in ("", "anything"):
            answer = sam.post(f"{place}arrived/", {**arrived, "known_by": pressed})
            assert (answer.status_code, b"Say how you know" in answer.content) == (422, True)
        assert sam.post(f"{place}arrived/", {**arrived, "known_by": ARRIVED_HOW[1][1]}).status_code == 302
    assert held.everything("select words from custody_journeystep where what = 'arrived'") == [(ARRIVED_HOW[1][1],)]


def test_a_sergeant_does_one_thing_after_the_other_and_the_child_arrives(held, browse, place, now):
    with browse("Sam") as sam:
        page = sam.get(place).content.decode()
        assert "Not to be released yet" in page
        for name, told in forms(now).items():
            answer = sam.post(f"{place}{name}/", told)
            assert answer.status_code == 302, (name, answer.content.decode()[:4000])
        assert "Grace Okafor said so" in sam.get(place).content.decode()
    assert held.everything("select state from custody_release") == [("arrived",)]
    assert held.everything("select count(*) from custody_journeystep") == [(8,)]


def test_what_the_gate_refuses_is_said_in_words_and_nothing_is_lost(browse, place, now):
    with browse("Sam") as sam:
        sam.post(f"{place}assess/", forms(now)["assess"])
        answer = sam.post(f"{place}release/", boxes("at", now))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "The child cannot be released yet" in page
        assert "Name the adult who receives the child" in page
        assert "Calm, no injuries" in page


@pytest.mark.parametrize(("name", "told", "words"), [
    ("assess", {}, "Say what you found"),
    ("adult", {"adult": "Gail Orme", "phone": "1", "receiver": "other-adult", "relation": "aunt", "meets": "suite"},
     "Check another adult first"),
    ("leg", {"by": "police vehicle", "start": "a", "end": "b"}, "Name the officers who drive"),
    ("accepted", {"how": "by telephone", "at_day": "1", "at_month": "5", "at_year": "2026", "at_time": ""},
     "Enter the time too"),
    ("accepted", {"how": "by telephone", "at_day": "1", "at_month": "5", "at_year": "2099", "at_time": "10:00"},
     "This has not happened yet"),
    ("home", {"whom": ""}, "Enter the name of whom you told"),
])
def test_a_form_that_lacks_something_says_what(browse, place, name, told, words):
    with browse("Sam") as sam:
        answer = sam.post(f"{place}{name}/", told)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_only_an_inspector_overrides_and_only_where_the_child_would_travel_alone(held, browse, place, now):
    held.plan()
    with browse("Sam") as sam:
        assert sam.post(f"{place}override/", {"reason": "one stop"}).status_code == 403
    with browse("Ines") as ines:
        assert 'id="override"' not in ines.get(place).content.decode()


@pytest.mark.parametrize("planned", [False, True])
def test_the_page_asks_few_questions(held, browse, place, planned):
    if planned:
        held.plan()
    with browse("Sam") as sam:
        sam.get("/help/")  # the first page of a session writes down when it was used
        with CaptureQueriesContext(connection) as asked:
            assert sam.get(place).status_code == 200
    ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(ours) <= MOST_QUERIES, ours


@pytest.fixture
def silent(held, browse, place, now):
    """Release Amara on a journey of two minutes, over an hour ago, and let the alarm be raised."""
    held.plan(legs=(), adult=MOTHER)
    began = now - timedelta(minutes=80)
    with browse("Sam") as sam:
        leg = forms(now)["leg"] | boxes("departs_at", began) | boxes("arrives_at", began + timedelta(minutes=2))
        assert sam.post(f"{place}leg/", leg).status_code == 302
        assert sam.post(f"{place}release/", boxes("at", began)).status_code == 302
    assert held.alarms(datetime.now(UTC)) == 1
    return place


def test_both_ends_see_the_alarm_and_the_draft_and_nobody_else_sees_anything(silent, browse):
    for name in ("Sam", "Sue", "Ines", "Pat", "Beth"):
        with browse(name) as client:
            answer = client.get(silent)
            page = answer.content.decode()
            assert answer.status_code == 200, name
            assert "Missing report, drafted for you" in page, name
            assert "Amara Okafor" in page, name
            assert "Overdue" in client.get("/custody/").content.decode(), name
    for name in ("Carl", "Olive", "Lee"):
        with browse(name) as client:
            assert client.get(silent).status_code == 404, name
            assert "Okafor" not in client.get("/custody/").content.decode()
            for act in forms(datetime.now(UTC)):
                assert client.post(f"{silent}{act}/", {}).status_code == 404, (name, act)


def test_the_home_force_reports_her_missing_and_cannot_say_that_she_arrived(silent, browse, now):
    with browse("Pat") as pat:
        assert 'id="arrived"' not in pat.get(silent).content.decode()
        assert pat.post(f"{silent}arrived/", forms(now)["arrived"]).status_code == 409
        assert pat.post(f"{silent}missing/", {"words": "She has not come home"}).status_code == 302
        assert "Reported missing" in pat.get(silent).content.decode()
        assert pat.post(f"{silent}missing/", {"words": "She has not come home"}).status_code == 409


@pytest.mark.parametrize("name", ["Sam", "Pat", "Beth", "Ines"])
def test_every_page_of_a_journey_asks_few_questions(silent, browse, name):
    places = [silent, "/custody/"] + (["/oversight/releases/"] if name == "Ines" else [])
    with browse(name) as client:
        client.get("/help/")  # the first page of a session writes down when it was used
        for place in places:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(place).status_code == 200
            ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (place, ours)


def test_the_counts_are_for_managers_of_the_force_and_for_the_inspectorate(silent, browse):
    for name, sees in (("Ines", True), ("Dawn", True), ("Mary", False)):
        with browse(name) as client:
            page = client.get("/oversight/releases/").content.decode()
            assert ("Lancashire Constabulary" in page) == sees, name
            assert "Okafor" not in page
    with browse("Sam") as sam:
        assert sam.get("/oversight/releases/").status_code == 403

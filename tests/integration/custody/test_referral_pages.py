"""The pages of a referral, each side in a browser of its own: what each sees, may do, and is refused in words."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.custody.referred import send_due
from tests.integration.conftest import NOW

MOST_QUERIES = 10
ADULT = {"known": "something is known of the adult", "words": "Called Tee", "phone": "07700 900123",
         "vehicle": "a grey van", "source": "the child", "lead": "DC 4410 Rana"}


@pytest.fixture
def place(held) -> str:
    """Give the address of the referral."""
    return f"/custody/{held.event().id}/referral/"


@pytest.fixture
def sent(held) -> None:
    """Let the clock send it."""
    with held.as_worker(), at_task("referrals"):
        send_due(book=agency_book(), at=NOW, most=50)


def test_an_officer_of_the_force_sees_it_adds_and_sends(held, browse, place):
    with browse("Sam") as sam:
        page = sam.get(place).content.decode()
        for words in ("It goes by itself", "Nobody can stop it", "Knowsley Council", ">R5<", "supplying drugs",
                      "Who is the adult?"):
            assert words in page, words
        assert sam.post(f"{place}add/", {"words": "He fears one man"}).status_code == 302
        assert sam.post(f"{place}send/").status_code == 302
        page = sam.get(place).content.decode()
        for words in ("by Sam", "after the arrest became known here", "He fears one man", "nobody has opened it yet"):
            assert words in page, words
        assert "Send it now" not in page
        assert sam.post(f"{place}send/").status_code == 409
    assert held.everything("select state from custody_referral") == [("sent",)]


def test_a_form_without_words_says_what_is_missing(browse, place):
    with browse("Sam") as sam:
        answer = sam.post(f"{place}add/", {"words": ""})
        assert answer.status_code == 422
        assert "Say what you add" in answer.content.decode()
        answer = sam.post(f"{place}adult/", {"known": "the adult is named"})
        assert answer.status_code == 422
        for words in ("Say what is known", "Say who or what says so", "Enter who leads the enquiry"):
            assert words in answer.content.decode()


def test_what_is_known_of_the_adult_meets_the_duty_and_stays_with_the_force_and_the_home_council(
    held, browse, place, sent, read_news
):
    with browse("Sam") as sam:
        assert sam.post(f"{place}adult/", ADULT).status_code == 302
        page = sam.get(place).content.decode()
        assert "Called Tee" in page
        assert "Led by: DC 4410 Rana" in page
    read_news()
    assert held.everything("select state from duties_owedduty where code = 'D-CCE-2'") == [("met",)]
    with browse("Beth") as beth:
        assert "Called Tee" in beth.get(place).content.decode(), "the home council sees the whole record"
    with browse("Olive") as olive:
        page = olive.get(place).content.decode()
        assert "supplying drugs" in page
        for words in ("Called Tee", "Who is the adult?", "07700"):
            assert words not in page, words


@pytest.fixture
def read_news(held):
    """Read what is new."""
    def reading():
        with held.as_worker():
            flow.read_news(at=lambda: datetime.now(UTC))
    return reading


def test_the_council_where_the_suite_is_sees_nothing_before_it_went(browse, place):
    with browse("Olive") as olive:
        assert olive.get(place).status_code == 404


def test_the_council_where_the_suite_is_sees_what_went_to_it_and_cannot_act_on_it(browse, place, sent):
    with browse("Olive") as olive:
        page = olive.get(place).content.decode()
        assert "Amara Okafor" in page
        assert "Send it now" not in page
        assert "Add to it" not in page
        assert olive.post(f"{place}add/", {"words": "x"}).status_code == 409


@pytest.mark.parametrize("name", ["Carl", "Lee"])
def test_others_find_nothing(browse, place, sent, name):
    with browse(name) as somebody:
        assert somebody.get(place).status_code == 404
        for act in ("send", "add", "adult"):
            assert somebody.post(f"{place}{act}/", {"words": "x"}).status_code == 404


def test_pages_take_few_queries(browse, place, sent):
    for name, address in (("Sam", place), ("Beth", place), ("Olive", place), ("Ines", "/oversight/referrals/")):
        with browse(name) as somebody:
            with CaptureQueriesContext(connection) as asked:
                assert somebody.get(address).status_code == 200
            ours = [q["sql"][:150] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (name, ours)


def test_a_manager_counts_the_own_force_and_the_inspectorate_every_force_without_names(browse, held, place, sent):
    for name in ("Ines", "Dawn"):
        with browse(name) as somebody:
            page = somebody.get("/oversight/referrals/").content.decode()
            assert "1 referral sent for 1 arrest of a child" in page, name
            assert "Lancashire Constabulary" in page
            assert "Okafor" not in page
    with browse("Ivo") as ivo:
        assert "No arrest of a child is known" in ivo.get("/oversight/referrals/").content.decode()


def test_the_event_and_the_release_lead_to_it(browse, held, place):
    event = held.event().id
    with browse("Sam") as sam:
        for address in (f"/events/{event}/", f"/custody/{event}/"):
            assert place in sam.get(address).content.decode()


def test_where_no_force_told_the_arrest_the_page_says_that_there_is_no_referral(
    amara, force, browse, send, everything
):
    arrest = {"id": "m9", "child": "p1", "kind": "police.arrest", "at": "2026-05-22T06:00:00+00:00",
              "by": "Merseyside Police", "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03",
                                                      "upn": "A950000178301"}}
    assert send("timeline", "Knowsley Council", json.dumps(arrest)).accepted == 1
    assert everything("select count(*) from custody_referral") == [(0,)]
    ((event,),) = everything("select id from responsibility_safetyevent")
    with browse("Pat") as pat:
        assert "No referral to see" in pat.get(f"/custody/{event}/referral/").content.decode()
    with browse("Carl") as carl:
        assert carl.get(f"/custody/{event}/referral/").status_code == 404

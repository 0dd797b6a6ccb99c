"""The pages of a handover, each side in a browser of its own: what each sees before, at and after the acceptance."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 10
REFUSAL = {"answer": "refuse", "reason": "She was found there", "whose": "Lancashire", "by_rule": "R1"}


@pytest.fixture
def offer_page(scene, browse):
    """Let Olive offer Amara's safety to Knowsley on the page; gives the address of the offer."""
    with browse("Olive") as olive:
        sent = olive.post(f"/events/{scene.event().pk}/offer/", {
            "contact": scene.desk("Knowsley Council"), "words": "She is at our office.", "minutes": "60"})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    return urlsplit(sent.url).path


def get(browse, name, place):
    with browse(name) as client:
        return client.get(place)


def test_the_owner_sees_the_child_it_protects_and_by_which_rule(scene, browse):
    with browse("Olive") as olive:
        page = olive.get("/protecting/").content.decode()
        assert "Amara Okafor" in page
        page = olive.get(f"/events/{scene.event().pk}/").content.decode()
        assert "Lancashire Council protects the child now" in page
        assert "R1" in page
        assert "Children Act 1989" in page
        assert "Merseyside Police" in page


def test_the_receiver_sees_name_and_age_accepts_and_then_sees_the_record(scene, browse, offer_page):
    with browse("Beth") as beth:
        assert "Lancashire Council offers you a child" in beth.get("/protecting/").content.decode()
        page = beth.get(offer_page).content.decode()
        assert "Amara Okafor, 15 years old" in page
        assert beth.post(f"{offer_page}answer/", {"answer": "accept"}).status_code == 302
        page = beth.get(offer_page).content.decode()
        assert "Beth of Knowsley Council accepted" in page
        assert "Amara Okafor" in beth.get("/protecting/").content.decode()
    with browse("Olive") as olive:
        page = olive.get("/protecting/").content.decode()
        assert "To Knowsley Council" in page
        assert "Goes on" in page
        assert olive.get(f"/events/{scene.event().pk}/").status_code == 200


def test_an_agency_that_never_knew_the_child_sees_age_and_sex_with_the_offer_and_no_name(scene, browse):
    with browse("Olive") as olive:
        sent = olive.post(f"/events/{scene.event().pk}/offer/", {
            "contact": scene.desk("Essex Council"), "words": "Her aunt lives with you.", "minutes": "60"})
    place = urlsplit(sent.url).path
    with browse("Carl") as carl:
        page = carl.get(place).content.decode()
        assert "A girl, 15 years old" in page
        assert "Okafor" not in page
        assert carl.get(f"/children/{scene.amara}/").status_code == 404
        assert carl.post(f"{place}answer/", REFUSAL).status_code == 302
        assert "A girl" not in carl.get(place).content.decode()
    with browse("Olive") as olive:
        assert "Carl of Essex Council refused" in olive.get(place).content.decode()


def test_a_refusal_without_whose_and_by_which_rule_is_not_taken(browse, offer_page, scene):
    with browse("Beth") as beth:
        answer = beth.post(f"{offer_page}answer/", {"answer": "refuse", "reason": "Not ours"})
        assert answer.status_code == 422
        assert "not ours is no answer" in answer.content.decode()
        assert "Choose the rule" in answer.content.decode()
    assert scene.everything("select state from responsibility_transfer") == [("offered",)]


def test_a_second_answer_is_told_who_was_first(browse, offer_page):
    with browse("Beth") as beth:
        beth.post(f"{offer_page}answer/", {"answer": "accept"})
    with browse("Mary") as mary:
        answer = mary.post(f"{offer_page}answer/", REFUSAL)
        assert answer.status_code == 409
        assert "Somebody has accepted this offer already" in answer.content.decode()


def test_the_owner_records_that_the_child_is_safe_with_reasons_or_not_at_all(scene, browse):
    place = f"/events/{scene.event().pk}/safe/"
    with browse("Olive") as olive:
        assert olive.post(place, {"reasons": ""}).status_code == 422
    with browse("Beth") as beth:
        assert beth.post(place, {"reasons": "I say so"}).status_code == 404
    with browse("Olive") as olive:
        assert olive.post(place, {"reasons": "At her aunt's, seen by us"}).status_code == 302
    kept = scene.everything("select kind, facts->>'outcome' from record_entry where kind = 'decision.made'")
    assert kept == [("decision.made", "safe")]


def test_carl_finds_nothing_behind_any_address_of_the_handover(scene, browse, offer_page):
    event = scene.event().pk
    for name in ("Carl", "Lee"):
        with browse(name) as client:
            for place in (f"/events/{event}/", offer_page):
                assert client.get(place).status_code == 404, (name, place)
            for place in (f"/events/{event}/offer/", f"/events/{event}/safe/", f"{offer_page}answer/"):
                assert client.post(place, REFUSAL).status_code == 404, (name, place)
            assert "Okafor" not in client.get("/protecting/").content.decode()


@pytest.mark.parametrize("name", ["Olive", "Beth"])
def test_every_page_of_the_handover_asks_few_questions(scene, browse, offer_page, name):
    with browse(name) as client:
        for place in ("/protecting/", f"/events/{scene.event().pk}/", offer_page):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(place).status_code == 200
            ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(ours) <= MOST_QUERIES, (place, ours)

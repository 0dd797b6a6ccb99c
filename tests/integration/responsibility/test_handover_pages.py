"""The pages of packs, files and legs: few questions, forms that may be sent twice, and codes that cannot be guessed."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline import flow
from sightline.interfaces.web.road.code import WRONG_FROM_ONE_PLACE, code_of

MOST_QUERIES = 10
LEG = {"place": "Tebay services", "seen_and_spoken_to": "yes", "fed": "no", "injuries": "none seen", "said": "",
       "name": "PC Shap", "number": "1042"}
OFFICER = {"name": "PC Bootle", "number": "7781"}


@pytest.fixture(autouse=True)
def no_wrong_codes(db):
    """Forget the wrong codes of the test before."""
    cache.clear()


@pytest.fixture
def leg(scene, browse):
    """Let Olive send the form beside the road; gives the address of the offer."""

    def sending(key=None):
        form = {**LEG, "key": str(key or uuid4()), "contact": scene.desk("Merseyside Police")}
        with browse("Olive") as olive:
            sent = olive.post(f"/events/{scene.event().pk}/here/", form)
        assert sent.status_code == 302, sent.content.decode()[-3000:]
        return urlsplit(sent.url).path

    return sending


@pytest.fixture
def file_sent(scene, browse, as_worker):
    """Let Beth hand a protection plan to Essex on the page; gives the address of the handover."""
    with browse("Beth") as beth:
        sent = beth.post(f"/children/{scene.amara}/hand-over/", {
            "kind": "protection-plan", "contact": scene.desk("Essex Council"), "words": "The family moves to you."})
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    with as_worker():
        flow.read_news(at=lambda: datetime.now(UTC))
    return urlsplit(sent.url).path


def code_at(place):
    return code_of(place.strip("/").split("/")[1])


def test_a_leg_sent_twice_is_one_and_a_missing_word_loses_no_other(scene, browse, leg):
    key = uuid4()
    assert leg(key) == leg(key)
    with browse("Olive") as olive:
        answer = olive.post(f"/events/{scene.event().pk}/here/", {**LEG, "key": str(uuid4()), "number": "",
                                                                  "contact": scene.desk("Merseyside Police")})
        text = answer.content.decode()
    assert answer.status_code == 422
    assert "Give your collar number" in text
    assert 'value="Tebay services"' in text
    assert re.search(r'name="key" value="[0-9a-f-]{36}"', text)


def test_an_officer_without_an_account_takes_over_by_the_code(scene, browse, leg, as_web):
    place = leg()
    with as_web({"sightline.officer": ""}):  # a request of its own: nobody is at work in it
        phone = Client()
        shown = phone.post("/road/", {"code": code_at(place).lower().replace("-", " ")}).content.decode()
        assert "A girl, 15 years old" in shown
        assert "Okafor" not in shown
        answer = {"code": code_at(place), "answer": "accept", **OFFICER}
        assert phone.post("/road/", {**answer, "number": ""}).status_code == 422
        for _ in range(2):
            done = phone.post("/road/", answer)
            assert done.status_code == 200
            assert "Merseyside Police protects the child now" in done.content.decode()
    assert scene.event().owner_agency.name == "Merseyside Police"
    kept = scene.everything("select act, officer_id, children, writes from access_auditentry where act like %s"
                            " order by id", "%by its code")
    assert {(act, officer, tuple(children)) for act, officer, children, _ in kept} == {
        ("open an offer by its code", None, (scene.amara,)), ("answer an offer by its code", None, (scene.amara,))}


def test_codes_cannot_be_guessed_for_long(scene, leg, as_web):
    place = leg()
    with as_web():
        phone = Client()
        for _ in range(WRONG_FROM_ONE_PLACE):
            answer = phone.post("/road/", {"code": "2222-2222"})
            assert answer.status_code == 404
        assert phone.post("/road/", {"code": code_at(place)}).status_code == 429
    assert scene.event().owner_agency.name == "Lancashire Council"


@pytest.mark.parametrize("code", ["", "x" * 500, "\x00\x01", "÷ß漢", "' or 1=1 --", "2222-2222"])
def test_whatever_is_typed_as_a_code_is_answered_in_words(scene, leg, as_web, code):
    leg()
    with as_web():
        answer = Client().post("/road/", {"code": code, "answer": "accept", **OFFICER})
        assert answer.status_code in (404, 422)
        assert "Okafor" not in answer.content.decode()


def test_the_council_that_receives_a_plan_gives_the_receipt_and_owes_the_conference(
        scene, browse, file_sent, as_worker):
    with browse("Carl") as carl:
        shown = carl.get(file_sent).content.decode()
        assert "Receive it, and give the receipt" in shown
        assert "A girl, 15 years old" in shown
        assert "Okafor" not in shown
        assert carl.get(f"{file_sent}pack/").status_code == 404
        assert carl.post(f"{file_sent}answer/", {"answer": "accept", "seen": "1"}).status_code == 302
        assert "Amara Okafor" in carl.get(f"{file_sent}pack/").content.decode()
    with as_worker():
        flow.read_news(at=lambda: datetime.now(UTC))
    owed = scene.everything("select a.name, d.code, d.state from duties_owedduty d"
                            " join access_agency a on a.id = d.owed_by_id where d.code = 'D-CP-2'")
    assert owed == [("Essex Council", "D-CP-2", "open")]
    with browse("Beth") as beth:
        assert "Received by Carl" in beth.get(f"/children/{scene.amara}/hand-over/").content.decode()
        assert beth.post(f"{file_sent}answer/", {"answer": "withdraw"}).status_code == 409


def test_a_pack_that_changed_since_it_was_previewed_is_shown_again_with_what_is_new(
        scene, browse, file_sent, send, as_worker):
    later = datetime.now(UTC) + timedelta(seconds=1)
    line = ('{"id": "h1", "child": "p7", "kind": "health.attendance", "at": "2026-05-22T09:00:00+01:00", "by":'
            ' "Knowsley Council", "facts": {"injury": "blunt"}, "identity": {"given": "Amara", "family": "Okafor",'
            ' "born_on": "2011-04-03", "upn": "A950000178301"}}')
    assert send("timeline", "Knowsley Council", line, at=later).accepted == 1
    with browse("Carl") as carl:
        answer = carl.post(f"{file_sent}answer/", {"answer": "accept", "seen": "1"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "The pack has changed since you looked" in text
        assert "Health, injuries and other needs: 1 instead of 0" in text
        assert 'name="seen" value="2"' in text
        assert "blunt" not in text
        assert carl.post(f"{file_sent}answer/", {"answer": "accept", "seen": "2"}).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "0"])
def test_a_version_that_never_was_is_no_acceptance_or_none_was_named(scene, browse, file_sent, seen):
    with browse("Carl") as carl:
        status = carl.post(f"{file_sent}answer/", {"answer": "accept", "seen": seen}).status_code
    assert status == (409 if seen == "0" else 302)


@pytest.mark.parametrize("step", ["look", "send", "change"])
def test_what_will_go_is_shown_before_anything_goes(scene, browse, step):
    form = {"kind": "protection-plan", "contact": scene.desk("Essex Council"), "words": "They move.", "step": step}
    with browse("Beth") as beth:
        answer = beth.post(f"/children/{scene.amara}/hand-over/", form)
        text = answer.content.decode()
    assert answer.status_code == (302 if step == "send" else 200)
    if step == "look":
        assert "What will go to Essex Council" in text
        assert "Excluded or suspended" in text
        assert "Where the child is" in text, "what does not go is named, too"
    if step == "change":
        assert "They move." in text
    assert scene.everything("select count(*) from responsibility_transfer") == [(1 if step == "send" else 0,)]


def test_a_school_cannot_be_handed_a_plan_and_the_form_says_so_before_the_look(scene, browse):
    with browse("Beth") as beth:
        answer = beth.post(f"/children/{scene.amara}/hand-over/", {
            "kind": "protection-plan", "contact": scene.desk("Brook High School"), "words": "x", "step": "look"})
    assert answer.status_code == 422
    assert "Choose to whom" in answer.content.decode()


def test_every_page_of_it_asks_few_questions(scene, browse, file_sent, leg, as_worker):
    place = leg()
    with browse("Carl") as carl:
        assert carl.post(f"{file_sent}answer/", {"answer": "accept"}).status_code == 302
    with as_worker():
        flow.read_news(at=lambda: datetime.now(UTC))
    ((duty,),) = scene.everything("select id from duties_owedduty where code = 'D-CP-2'")
    pages = {"Carl": [file_sent, f"{file_sent}pack/"], "Pat": [place],
             "Olive": [place, f"/events/{scene.event().pk}/", f"/events/{scene.event().pk}/here/"],
             "Beth": [file_sent, f"/children/{scene.amara}/hand-over/",
                      f"/children/{scene.amara}/hand-over/?kind=protection-plan&duty={duty}"]}
    for name, places in pages.items():
        with browse(name) as client:
            for one in places:
                with CaptureQueriesContext(connection) as asked:
                    assert client.get(one).status_code == 200, (name, one)
                require_few(asked, name, one)
    form = {"kind": "protection-plan", "contact": scene.desk("Essex Council"), "words": "They move.", "step": "look"}
    with browse("Beth") as beth:
        with CaptureQueriesContext(connection) as asked:
            shown = beth.post(f"/children/{scene.amara}/hand-over/", form)
        assert "Nothing has gone yet" in shown.content.decode()
    require_few(asked, "Beth", "what will go")


def require_few(asked, *where):
    ours = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(ours) <= MOST_QUERIES, (*where, ours)

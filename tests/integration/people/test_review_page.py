"""The review page: ordered by what hangs on it, side by side each weight in words, and closed to strangers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.responsibility.reviewing import doubts_to_review
from tests.integration.conftest import NOW
from tests.integration.people.conftest import record_of


def shown(answer):
    assert answer.status_code in (200, 422), answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_two_records_stand_side_by_side_with_each_weight_in_words_and_drawn(pair, browse):
    with browse("Beth") as beth:
        text = shown(beth.get(f"/doubts/{pair.doubt}/"))
    for words in ("Amara", "Zora", "Different: First name, Surname, Date of birth", "First names differ",
                  "Speaks against one child", "Speaks strongly for one child", "Says nothing either way",
                  "speaks a little against one child", "about 2 to 1 that they are two children", "−6.2", "+9.1",
                  "One bit for them doubles the odds", "Merseyside Police protects the child now",
                  "The child is missing"):
        assert words in text, words
    assert text.count("sightline-fall__for") == 3
    assert text.count("sightline-fall__against") == 3
    assert "style=" not in text


def test_a_doubt_that_nobody_weighed_is_shown_without_a_picture(pair, browse, everything):
    everything("update people_doubt set bits = null, parts = '[]'")
    with browse("Beth") as beth:
        text = shown(beth.get(f"/doubts/{pair.doubt}/"))
    assert "Nothing was weighed when this was asked" in text
    assert "<rect" not in text


def test_the_page_asks_at_most_ten_queries(pair, browse):
    with browse("Beth") as beth:
        for place in ("/doubts/", f"/doubts/{pair.doubt}/"):
            beth.get(place)
            with CaptureQueriesContext(connection) as asked:
                beth.get(place)
            own = [q["sql"] for q in asked if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK)", q["sql"])]
            assert len(own) <= 10, (place, len(own))


def test_first_comes_what_a_safety_event_hangs_on_then_duties_then_age(pair, send, everything, browse):
    def child(key, given, born):
        return record_of(send, everything, "Knowsley Council", key, identity={
            "given": given, "family": "Bright", "born_on": born, "postcode": "L36 9YZ"})[0]

    quiet, calm = child("q1", "Tola", "2009-02-02"), child("q2", "Bisi", "2008-03-03")
    oldest = pair.ask(quiet, calm)
    everything("update people_doubt set opened_at = %s where id = %s", NOW - timedelta(days=30), oldest)
    duties = pair.ask(pair.hers, quiet)
    everything("delete from duties_owedduty where false")
    everything("update people_doubt set opened_at = %s where id = %s", NOW - timedelta(days=1), duties)
    with pair.acting("Beth"):
        found, total = doubts_to_review(most=9)
    assert ([one.id for one in found], total) == ([pair.doubt, duties, oldest], 3)
    assert [(one.event, one.duties) for one in found] == [(True, True), (False, True), (False, False)]
    with pair.acting("Beth"):
        assert [one.id for one in doubts_to_review(most=1, start=1)[0]] == [duties]
    for name in ("Carl", "Dawn"):
        with pair.acting(name):
            assert doubts_to_review(most=9) == ([], 0)
    with browse("Beth") as beth:
        text = shown(beth.get("/doubts/"))
        assert text.index("A safety event is open") < text.index("Duties are open") < text.index(
            "Nothing open hangs on it")


def test_an_answer_that_needs_another_officer_says_so_and_is_confirmed_on_the_same_page(pair, browse):
    place = f"/doubts/{pair.doubt}/"
    pair.say("Beth", "same")
    with browse("Beth") as beth:
        assert "Somebody works on this child now, so another officer must confirm it" in shown(beth.get(place))
        sent = beth.post(place, {"seen": "same", "answer": "not-same", "reason": "A cousin."}, follow=True)
        assert "Another officer must confirm it before they are parted" in shown(sent)
        assert "Waits for a second officer" in shown(beth.get("/doubts/"))
        text = shown(beth.get(place))
        assert "You asked for this yourself" in text
        refused = beth.post(place, {"second": "yes", "answer": "not-same", "reason": "Quite sure."})
        assert "Another officer who may see both records must answer it" in shown(refused)
    with browse("Mary") as mary:
        assert "Beth said" in shown(mary.get(place))
        assert "Say in a sentence why" in shown(mary.post(place, {"second": "yes", "answer": "not-same"}))
        assert pair.person_of(pair.hers) == pair.person_of(pair.others)
        sent = mary.post(place, {"second": "yes", "answer": "not-same", "reason": "I rang the mother."}, follow=True)
        assert "I confirm it: they are not the same child" in sent.content.decode() or "i confirm it" in shown(sent)
    pair.settle()
    assert (pair.person_of(pair.hers), pair.person_of(pair.others)) == (pair.amara, pair.zora)
    with browse("Mary") as mary:
        text = shown(mary.get(place))
        assert "Asked by Beth: A cousin." in text
        assert "I rang the mother." in text


@pytest.mark.parametrize("name", ["Carl", "Lee", "Pat", "Dawn"])
def test_who_may_not_see_both_sides_or_settle_is_answered_nothing(pair, browse, name):
    place = f"/doubts/{pair.doubt}/"
    with browse(name) as client:
        for answer in (client.get(place), client.post(place, {"second": "yes", "answer": "same", "reason": "x"})):
            assert answer.status_code in (403, 404)
            assert not {"Amara", "Zora", "Mensah"} & set(re.findall(r"\w+", answer.content.decode()))

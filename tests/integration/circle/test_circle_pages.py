"""The page of a circle: who is named on it, what somebody says of a link, and what follows from that."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sightline.apps.access.acting import Acting
from sightline.apps.circle.actions import LinkChanged, LinkNeedsReason, judge_link
from sightline.apps.circle.queries import circle_seen, judgements_of_link
from sightline.domain.access.roles import RoleNotAllowed
from sightline.domain.circle.judging import Judged
from tests.integration.circle.telling_of_circles import NOW, arrested, file, lives

ON = NOW.date()


def text_of(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def touch_of(person):
    facts = circle_seen(person, on=ON)
    assert facts is not None
    ((said,),) = (facts.links.values(),)
    return said.touch


def say(acting: Acting, touch, judged: Judged, *, seen: int = 0, reason: str = "It was lost before he had it"):
    return judge_link(acting=acting, touch=touch, judged=judged, reason=reason, seen=seen, at=NOW)


def insert_refused(person, number: int, judged: str, who: Acting) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into circle_judgement (person_id, kind, key, number, judged, reason, officer_id, agency_id, at)"
            " values (%s, 'phone', '07700900123', %s, %s, 'x', %s, %s, now())",
            [person, number, judged, who.officer, who.agency])


def test_the_page_draws_the_circle_and_says_the_same_in_a_table(three, browse, child):
    with browse("Beth") as client:
        client.get(f"/children/{child('ann')}/circle/")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/children/{child('ann')}/circle/")
    text = text_of(response)
    assert response.status_code == 200
    assert response.content.decode().count("sightline-circle__other") == 2
    for words in ("Phone 1: 07700 900123", "Bob Barker", "Cat Cooper", "A hypothesis", "Say what it is",
                  "Links until", "Merseyside Police"):
        assert words in text, words
    asked = [q["sql"] for q in queries if q["sql"].lstrip().lower().startswith(("select", "with"))]
    assert len(asked) <= 10, asked


def test_a_child_whom_the_reader_may_not_see_is_counted_and_not_named(send, browse, child):
    send("timeline", "Merseyside Police", file(
        lives("ann"), arrested("ann"), lives("bob", "CM1 1QH"), arrested("bob")))
    with browse("Beth") as client:
        response = client.get(f"/children/{child('ann')}/circle/")
    assert "A child whom you may not see" in text_of(response)
    assert "Barker" not in text_of(response)
    assert str(child("bob")) not in response.content.decode()


@pytest.mark.parametrize("who", ["Carl", "Lee", "Pat", "Dawn"])
def test_for_everybody_else_there_is_no_such_page(three, browse, acting, child, who):
    with acting("Beth"):
        touch = touch_of(child("ann"))
    with browse(who) as client:
        for address in (f"/children/{child('ann')}/circle/", f"/links/{touch}/"):
            for response in (client.get(address), client.post(address, {"judged": "confirmed", "reason": "x"})):
                assert response.status_code in (403, 404)
                assert "Ann" not in text_of(response)


def test_a_dismissed_link_makes_no_sign_for_anybody_and_stays_on_the_page(three, browse, acting, child, shown):
    with acting("Beth"):
        touch = touch_of(child("ann"))
    with browse("Beth") as client:
        told = {"seen": "0", "judged": "dismissed", "reason": "Found in the street"}
        assert client.post(f"/links/{touch}/", told).status_code == 302
        assert shown() == set()
        text = text_of(client.get(f"/children/{child('ann')}/circle/"))
    assert "1 link dismissed" in text
    assert "Beth, Knowsley Council" in text
    assert "Found in the street" in text
    assert "Nothing links this child to others now" in text
    with acting("Beth") as beth:
        judge_link(acting=beth, touch=touch, judged=Judged.HYPOTHESIS, reason="It was not lost", seen=1,
                   at=datetime.now(UTC))
    assert len(shown()) == 3
    with acting("Beth"):
        assert [one.judged for one in judgements_of_link(touch)] == [Judged.HYPOTHESIS, Judged.DISMISSED]


@pytest.fixture
def dismissed(three, acting, child) -> None:
    """Let Beth dismiss Ann's link to the phone."""
    ann = child("ann")
    with acting("Beth") as beth:
        say(beth, touch_of(ann), Judged.DISMISSED)


def test_what_was_said_outlives_the_entries_it_was_said_of(dismissed, send, child, rows, shown):
    assert shown() == set()
    send("timeline", "Merseyside Police", file(arrested("ann", things=[])))
    assert len(rows("select 1 from circle_judgement")) == 1
    send("timeline", "Merseyside Police", file(arrested("ann")))
    assert rows("select judged from circle_touch where person_id = %s", child("ann")) == [("dismissed",)]
    assert shown() == set()


def test_of_two_who_judge_at_once_one_is_heard(three, acting, child):
    with acting("Beth") as beth:
        touch = touch_of(child("ann"))
        say(beth, touch, Judged.CONFIRMED)
        with pytest.raises(LinkChanged):
            say(beth, touch, Judged.DISMISSED)
        with pytest.raises(LinkChanged):
            say(beth, touch, Judged.CONFIRMED, seen=1)
        with pytest.raises(LinkNeedsReason):
            say(beth, touch, Judged.DISMISSED, seen=1, reason=" ")


@pytest.mark.parametrize("who", ["Carl", "Lee", "Pat"])
def test_who_may_not_see_a_link_may_not_judge_it(three, acting, child, who):
    with acting("Beth"):
        touch = touch_of(child("ann"))
    with acting(who) as one, pytest.raises((LinkChanged, RoleNotAllowed)):
        say(one, touch, Judged.DISMISSED)
    ann = child("ann")
    with acting("Carl") as carl:
        insert_refused(ann, 1, "dismissed", carl)


def test_nothing_is_said_out_of_turn(three, acting, child):
    ann = child("ann")
    with acting("Beth") as beth:
        say(beth, touch_of(ann), Judged.CONFIRMED)
        for number, judged in ((3, "dismissed"), (2, "confirmed")):
            insert_refused(ann, number, judged, beth)

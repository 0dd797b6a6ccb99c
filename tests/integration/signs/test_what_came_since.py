"""What came since an officer last looked at a child, and until when its signs are shown."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from sightline.apps.access.acting import at_task
from sightline.apps.record.actions import note_news
from sightline.apps.signs.actions import ReasonNeeded, SignNotShown, close, keep_for_longer
from sightline.apps.signs.looking import look, news_since
from sightline.apps.signs.models import Found, LastLook
from sightline.apps.signs.queries import signs_of
from sightline.flow import read_news
from tests.integration.conftest import EXCLUSION, NOW

SECOND = EXCLUSION.replace("PERM", "SUSP").replace("DB,X1", "DA,X2")
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def visit(acting, amara):
    """Let somebody look at Amara's page at an instant, and say what came since."""

    def visiting(name: str, at: datetime):
        with acting(name) as me:
            return look(officer=me.officer, person=amara, at=at)

    return visiting


def suspended_too(send, at: datetime = LATER) -> None:
    on = (NOW - timedelta(days=1)).strftime("%d/%m/%Y")
    assert send("exclusions", "Brook High School", SECOND.format(dob="03/04/2011", on=on), at=at).accepted == 1


def test_the_first_look_compares_with_nothing(visit):
    since = visit("Beth", NOW)
    assert (since.before_at, since.entries, since.signs) == (None, 0, ())


def test_an_entry_and_a_sign_that_grew_are_new_to_who_looked_before(visit, send):
    visit("Beth", NOW)
    suspended_too(send)
    since = visit("Beth", LATER + timedelta(hours=2))
    assert since.before_at == NOW
    assert since.entries == 1
    assert ("C05", "grown") in {(one.code, one.became) for one in since.signs}


def test_looks_within_the_hour_are_one_visit_so_that_what_is_new_stays_new(visit, send):
    visit("Beth", NOW)
    suspended_too(send)
    first = visit("Beth", LATER + timedelta(hours=2))
    again = visit("Beth", LATER + timedelta(hours=2, minutes=30))
    assert again == first
    assert visit("Beth", LATER + timedelta(hours=9)).entries == 0


def test_who_has_seen_it_does_not_make_it_old_for_another(visit, send):
    visit("Beth", NOW)
    suspended_too(send)
    assert visit("Mary", LATER + timedelta(hours=2)).before_at is None
    assert visit("Beth", LATER + timedelta(hours=2)).entries == 1


def test_a_sign_that_is_gone_or_was_closed_is_told(visit, send, acting, amara, as_worker):
    visit("Beth", NOW)
    with acting("Mary") as mary:
        sign = next(s for s in signs_of(amara) if s.code == "C05")
        close(sign=sign.id, outcome="stale", reason="Settled", officer=mary.officer, at=LATER)
    assert {(one.code, one.became) for one in visit("Beth", LATER + timedelta(hours=1)).signs} >= {("C05", "closed")}
    with as_worker(), at_task("test"):
        Found.objects.filter(pk=sign.id).update(gone_at=LATER + timedelta(hours=2))
    assert ("C05", "gone") in {(one.code, one.became) for one in visit("Beth", LATER + timedelta(hours=4)).signs}


def test_lee_is_told_only_of_entries_that_he_may_see(visit, send):
    visit("Lee", NOW)
    suspended_too(send)
    since = visit("Lee", LATER + timedelta(hours=2))
    assert (since.entries, since.signs) == (1, ())


def test_the_list_says_how_much_came_of_each_child_since_one_looked(visit, send, acting, amara):
    visit("Beth", NOW)
    with acting("Beth") as beth:
        assert news_since([amara], officer=beth.officer) == {}
    suspended_too(send)
    with acting("Beth") as beth:
        told = news_since([amara], officer=beth.officer)[amara]
        assert (told.seen_at, told.entries) == (NOW, 1)
        assert told.signs >= 1
    with acting("Mary") as mary:
        assert news_since([amara], officer=mary.officer) == {}, "she never looked"


def test_the_inbox_and_the_page_say_what_is_new(visit, send, browse, amara):
    visit("Beth", NOW)
    suspended_too(send)
    with browse("Beth") as client:
        assert "1 new entry and 1 sign that is new or has grown since you looked" in client.get(
            "/inbox/").content.decode()
        page = client.get(f"/children/{amara}/").content.decode()
        assert "Since you last looked" in page
        assert "(C05): rests on more than before" in page
        assert page.count("New to you") == 1
        assert "since you looked" not in client.get("/inbox/").content.decode()


def test_carl_can_neither_look_at_amara_nor_see_who_did(visit, acting, amara):
    visit("Beth", NOW)
    with acting("Carl"):
        assert not LastLook.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"):
        visit("Carl", NOW)


def test_a_sign_that_was_reviewed_is_kept_for_180_days_more(amara, acting, as_worker):
    with acting("Beth") as beth:
        sign = next(s for s in signs_of(amara) if s.code == "C05")
        assert sign.shown_until is not None
        near = sign.shown_until - timedelta(days=1)
        with pytest.raises(ReasonNeeded):
            keep_for_longer(sign=sign.id, reason="  ", acting=beth, at=near)
        keep_for_longer(sign=sign.id, reason="He is still out of school", acting=beth, at=near)
    again(amara, as_worker, at=sign.shown_until + timedelta(days=1))
    with acting("Beth"):
        kept = next(s for s in signs_of(amara) if s.code == "C05")
        assert kept.shown_until == near + timedelta(days=180)
        assert kept.kept is not None
        assert (kept.kept.officer, kept.kept.reason) == ("Beth", "He is still out of school")
    again(amara, as_worker, at=kept.shown_until + timedelta(days=1))
    with acting("Beth"):
        assert [s.code for s in signs_of(amara) if s.code == "C05"] == []


def test_only_who_sees_the_whole_record_keeps_a_sign_and_only_in_their_own_name(amara, acting):
    with acting("Beth"):
        sign = signs_of(amara)[0]
    for name in ("Lee", "Pat", "Carl", "Dawn"):
        with acting(name) as me, pytest.raises(SignNotShown):
            keep_for_longer(sign=sign.id, reason="x", acting=me, at=NOW)
    with (pytest.raises(DatabaseError, match="row-level security"), acting("Mary") as mary,
          connection.cursor() as cursor):
        cursor.execute("insert into signs_keeping (sign_id, because, reason, officer_id, agency_id, at, until)"
                       " select %s, '{}', 'x', o.id, %s, now(), now() + interval '1 year'"
                       " from access_officer o where o.name = 'Beth'", [sign.id, mary.agency])


def again(person, as_worker, *, at: datetime) -> None:
    """Read a person as if something had been told at the instant."""
    with as_worker():
        with at_task("test"):
            note_news([person], at=at)
        read_news(at=lambda: at)

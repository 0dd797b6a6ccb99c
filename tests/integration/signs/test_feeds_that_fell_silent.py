"""A feed that stops is found by the clock, its people are told once, and a child's page says who fell silent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.duties.silence import tell_of_silence
from sightline.apps.intake.listening import silent_feeds
from sightline.interfaces.serve.condition import condition
from tests.integration.conftest import EXCLUSION

HEADER = EXCLUSION.partition("\n")[0] + "\n"
ROW = "3404001,Brook High School,A950000178301,Amara,Okafor,03/04/2011,F,L36 9YZ,PERM,20/05/2026,,DB,X1\n"
# A school that sent each school day of a week, the last time on Friday 22 May 2026; Monday was a bank holiday.
SENT_AT = [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (18, 19, 20, 21, 22)]
SILENT_AT = datetime(2026, 5, 28, 12, tzinfo=UTC)
TOLD = ("select a.name, n.about from duties_notice n join access_agency a on a.id = n.to_agency_id"
        " where n.key like 'feed:%%' order by n.id is null, a.name")


@pytest.fixture
def tell_at(as_worker):
    def telling(at):
        with as_worker(), at_task("steps"):
            return tell_of_silence(book=agency_book(), at=at, most=50)

    return telling


@pytest.fixture
def kept(as_worker):
    def asking(statement, *values):
        with as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return asking


@pytest.fixture
def sent_each_day(send):
    for number, at in enumerate(SENT_AT):
        send("exclusions", "Brook High School", HEADER + ROW + "\n" * number, at=at)


def test_it_falls_silent_by_its_own_rhythm_and_its_people_are_told_once(sent_each_day, tell_at, kept):
    assert tell_at(SILENT_AT - timedelta(minutes=1)) == 0
    assert tell_at(SILENT_AT) == 1
    assert tell_at(SILENT_AT + timedelta(hours=1)) == 0
    told = dict(kept(TOLD))
    assert told["Brook High School"].startswith("Nothing has come from us for longer than usual")
    assert all("Amara" not in about for about in told.values())


def test_killed_while_it_tells_nobody_is_forgotten(sent_each_day, as_worker, tell_at):
    with pytest.raises(KeyboardInterrupt), as_worker(), at_task("steps"):
        assert tell_of_silence(book=agency_book(), at=SILENT_AT, most=50) == 1
        raise KeyboardInterrupt
    assert tell_at(SILENT_AT) == 1


def test_what_comes_again_ends_the_silence_and_the_next_one_is_told_anew(sent_each_day, send, tell_at, as_worker, kept):
    assert tell_at(SILENT_AT) == 1
    again = SILENT_AT + timedelta(hours=3)
    send("exclusions", "Brook High School", HEADER + ROW + "\n" * 9, at=again)
    with as_worker(), at_task("test"):
        assert silent_feeds(None, at=again) == []
    ((silent_at,),) = kept("select silent_at from intake_feedlife")
    assert silent_at > again + timedelta(days=2)
    assert tell_at(silent_at) == 1


def test_a_refused_file_tells_nothing_and_ends_no_silence(sent_each_day, send, as_worker):
    assert send("exclusions", "Brook High School", b"\x00\xff", at=SILENT_AT - timedelta(days=1)).state == "refused"
    with as_worker(), at_task("test"):
        (found,) = silent_feeds(None, at=SILENT_AT)
    assert (found.agency_name, found.feed, found.last_at) == ("Brook High School", "exclusions", SENT_AT[-1])


def test_the_pages_say_who_fell_silent_and_a_stranger_is_told_nothing(sent_each_day, browse, kept):
    ((amara,),) = kept("select distinct person_id from people_identity")
    with browse("Beth") as beth:
        page = beth.get(f"/children/{amara}/").content.decode()
    assert "Who has fallen silent" in page
    assert "Brook High School has told nothing since" in page
    with browse("Dawn") as dawn:
        page = dawn.get("/feeds/").content.decode()
    assert "Silent now" in page
    assert "Brook High School" in page
    with browse("Carl") as carl:
        assert carl.get("/feeds/").status_code == 403
        assert carl.get(f"/children/{amara}/").status_code == 404


def test_the_check_that_everything_runs_names_it(sent_each_day, as_web):
    with as_web():
        (found,) = condition(["feeds"])
    assert not found.well
    assert "Feeds that fell silent: 1 (Brook High School, exclusions, since 22 May 2026)" in found.says

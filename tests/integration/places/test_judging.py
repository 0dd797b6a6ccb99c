"""Who may judge a hypothesis and who learns of it: the hub, the police of the area; no school, and nobody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from sightline.apps.access.acting import Acting
from sightline.apps.places.actions import AlreadyJudged, JudgementNeedsReason, judge
from sightline.apps.places.queries import (
    first_signs_of,
    hypotheses,
    hypothesis_counts,
    judgements_of,
    silent_of,
)
from sightline.apps.places.queries import hypothesis as hypothesis_of
from sightline.domain.access.roles import RoleNotAllowed
from sightline.domain.places.judging import Judged
from tests.integration.conftest import NOW
from tests.integration.places.telling import file, group

TABLES = ("places_stay", "places_hypothesis", "places_grounds", "places_firstsign", "places_judgement")


def say(acting: Acting, hypothesis, judged: Judged, *, seen: int, reason: str = "They were in one fight") -> None:
    judge(acting=acting, hypothesis=hypothesis, judged=judged, reason=reason, seen=seen, grounds=1, at=NOW)


def test_the_hub_sees_the_pupils_and_the_police_only_how_many_and_in_which_parts_of_life(hypothesis, acting):
    with acting("Beth"):
        (found,) = hypotheses(most=10)
        assert [one.title for one in first_signs_of(hypothesis)]
        assert len(first_signs_of(hypothesis)) == found.pupils == 3
        assert silent_of(hypothesis) == ["Brook High School", "Merseyside Police"]
    with acting("Pat"):
        assert hypothesis_of(hypothesis) == found
        assert found.families == {"justice": 3}
        assert first_signs_of(hypothesis) == []
        assert silent_of(hypothesis) == []


@pytest.mark.parametrize("who", ["Carl", "Lee", "Dawn"])
def test_another_county_a_school_and_an_inspector_see_no_row_of_it(hypothesis, acting, who):
    with acting("Beth") as beth:
        say(beth, hypothesis, Judged.CONFIRMED, seen=0)
    with acting(who):
        assert hypotheses(most=10) == []
        assert hypothesis_of(hypothesis) is None
        assert (first_signs_of(hypothesis), judgements_of(hypothesis), silent_of(hypothesis)) == ([], [], [])
        for table in TABLES:
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,), table


def test_a_pupil_of_another_council_is_a_number_and_no_name(send, acting, rows):
    told = [one.replace("L36 9YZ", "CM1 1QH") if '"cat"' in one else one for one in group("ann", "bob", "cat")]
    send("timeline", "Essex Council", file(told))
    ((hypothesis,),) = rows("select id from places_hypothesis")
    with acting("Beth"):
        found = hypothesis_of(hypothesis)
        assert found is not None
        assert (found.pupils, len(first_signs_of(hypothesis))) == (3, 2)
    with acting("Carl"):  # whose council is responsible for one of them
        assert hypothesis_of(hypothesis) == found
        assert len(first_signs_of(hypothesis)) == 1
    assert len(rows("select 1 from duties_notice where key like 'hypothesis:%%'")) == 2


def test_the_council_of_who_arrived_learns_nothing_by_that(send, acting, rows):
    told = [one.replace("L36 9YZ", "CM1 1QH") if '"zed"' in one else one for one in group("ann", "bob", "cat")]
    send("timeline", "Knowsley Council", file(told))
    ((hypothesis,),) = rows("select id from places_hypothesis")
    with acting("Carl"):
        assert hypothesis_of(hypothesis) is None
    assert len(rows("select 1 from duties_notice where key like 'hypothesis:%%'")) == 1


def test_a_judgement_is_kept_with_its_officer_reason_and_grounds_and_can_be_reopened(hypothesis, acting):
    with acting("Pat") as pat:
        say(pat, hypothesis, Judged.DISMISSED, seen=0)
    with acting("Beth") as beth:
        say(beth, hypothesis, Judged.OPEN, seen=1, reason="Their parents name one flat")
        say(beth, hypothesis, Judged.CONFIRMED, seen=2, reason="The flat is known")
        told = judgements_of(hypothesis)
    assert [(one.judged, one.officer, one.agency, one.pupils) for one in told] == [
        (Judged.CONFIRMED, "Beth", "Knowsley Council", 3), (Judged.OPEN, "Beth", "Knowsley Council", 3),
        (Judged.DISMISSED, "Pat", "Merseyside Police", 3)]


def test_what_cannot_follow_and_what_has_no_reason_is_refused(hypothesis, acting):
    with acting("Beth") as beth:
        with pytest.raises(JudgementNeedsReason):
            say(beth, hypothesis, Judged.CONFIRMED, seen=0, reason="  ")
        with pytest.raises(AlreadyJudged):
            say(beth, hypothesis, Judged.OPEN, seen=0)
        with pytest.raises(AlreadyJudged):
            judge(acting=beth, hypothesis=hypothesis, judged=Judged.CONFIRMED, reason="x", seen=0, grounds=2, at=NOW)
        say(beth, hypothesis, Judged.CONFIRMED, seen=0)
        with pytest.raises(AlreadyJudged):
            say(beth, hypothesis, Judged.DISMISSED, seen=0)
        with pytest.raises(AlreadyJudged):
            say(beth, hypothesis, Judged.DISMISSED, seen=1)


@pytest.mark.parametrize("who", ["Carl", "Lee"])
def test_who_may_not_see_it_may_not_judge_it(hypothesis, acting, who):
    with acting(who) as one, pytest.raises((AlreadyJudged, RoleNotAllowed)):
        say(one, hypothesis, Judged.CONFIRMED, seen=0)


@pytest.mark.parametrize("judged", ["open", "nonsense"])
def test_the_database_refuses_a_step_that_is_none(hypothesis, acting, judged):
    with pytest.raises(DatabaseError), acting("Beth") as beth, connection.cursor() as cursor:
        cursor.execute(
            "insert into places_judgement (hypothesis_id, number, grounds_id, judged, reason, officer_id, agency_id,"
            " at) select h.id, 1, g.id, %s, 'x', %s, %s, now() from places_hypothesis h"
            " join places_grounds g on g.hypothesis_id = h.id", [judged, beth.officer, beth.agency])


@pytest.mark.parametrize("statement", [
    "update places_judgement set reason = 'x'", "delete from places_judgement", "update places_grounds set pupils = 9",
    "update places_firstsign set title = 'x'", "update places_hypothesis set gone_at = now()"])
def test_nobody_on_a_page_changes_what_was_found_or_said(hypothesis, acting, statement):
    with acting("Beth") as beth:
        say(beth, hypothesis, Judged.CONFIRMED, seen=0)
    with pytest.raises(DatabaseError), acting("Beth"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_inspector_and_a_manager_count_and_others_count_nothing(hypothesis, acting):
    with acting("Beth") as beth:
        say(beth, hypothesis, Judged.CONFIRMED, seen=0)
    since = NOW - timedelta(days=1)
    for who in ("Dawn", "Mary"):
        with acting(who):
            (counted,) = hypothesis_counts(since=since)
        assert (counted.council, counted.found, counted.waiting, counted.confirmed, counted.gone) == (
            "Knowsley Council", 1, 0, 1, 0)
    for who in ("Beth", "Carl", "Lee", "Pat"):
        with acting(who):
            assert hypothesis_counts(since=since) == []


def test_the_pages_of_the_hub_say_what_it_is_and_take_a_judgement(hypothesis, browse, rows):
    with browse("Beth") as client:
        assert "First signs at Brook High School since" in client.get("/places/hypotheses/").content.decode()
        address = f"/places/hypotheses/{hypothesis}/"
        shown = client.get(address).content.decode()
        for words in ("What is it?", "Why is it shown?", "What speaks against it?", "What can you do?", "Ann Abbot",
                      "Stopped by police", "No pupil of this school is known to have shown a first sign",
                      "All are of one kind", "the week of the arrival"):
            assert words in shown, words
        assert "Zephyr" not in shown
        assert "recruit" not in shown.lower()
        wrong = client.post(address, {"seen": "0", "grounds": "1", "judged": "confirmed", "reason": ""})
        assert (wrong.status_code, "Say in a sentence why" in wrong.content.decode()) == (422, True)
        told = {"seen": "0", "grounds": "1", "judged": "dismissed", "reason": "One fight"}
        assert client.post(address, told).status_code == 302
        again = client.post(address, told)
        assert (again.status_code, "Somebody has said something of this meanwhile" in again.content.decode()) == (
            422, True)
        assert "One fight" in client.get(address).content.decode()
    ((act, writes),) = rows("select act, writes from access_auditentry where writes and act like '%%hypothesis%%'")
    assert (act, writes) == ("judge a hypothesis about a place", True)


def test_the_child_who_arrived_has_nothing_of_it_on_the_page(hypothesis, browse, rows):
    ((arrived,),) = rows("select person_id from places_stay where arrived")
    with browse("Beth") as client:
        shown = client.get(f"/children/{arrived}/").content.decode()
    assert "Zephyr" in shown
    for words in ("hypothesis", "/places/hypotheses/0", "recruit", "C25", str(hypothesis)):
        assert words not in shown.lower(), words


def test_the_police_page_names_no_pupil_and_the_pages_ask_few_questions(hypothesis, browse):
    with browse("Pat") as client:
        shown = client.get(f"/places/hypotheses/{hypothesis}/").content.decode()
        assert "3 pupils whose record is not open to you" in shown
        assert "Abbot" not in shown
    with browse("Beth") as client:
        client.get("/help/")
        for address in ("/places/hypotheses/", f"/places/hypotheses/{hypothesis}/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 10
    with browse("Lee") as client:
        assert client.get(f"/places/hypotheses/{hypothesis}/").status_code == 403
        assert client.get("/places/hypotheses/").status_code == 403
    with browse("Dawn") as client:
        assert "Knowsley Council" in client.get("/oversight/hypotheses/").content.decode()



"""A plan passes when the receiving conference accepts it: part, duties and outcome move, and nothing else."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.record.actions import Origin, Telling, append, note_news
from sightline.domain.intake.row import Withdrawn

PLAN = {"id": "k1", "child": "k", "kind": "care.plan", "at": "2026-10-05", "by": "Knowsley Council",
        "facts": {"type": "child protection"},
        "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "upn": "A950000178301"}}
DUTIES = ("select d.code, a.name, d.state from duties_owedduty d join access_agency a on a.id = d.owed_by_id"
          " where d.code in ('D-CP-1', 'D-CP-2') order by d.opened_at, d.code, d.state desc")
PARTS = ("select a.name, i.part, i.until is null from people_involvement i join access_agency a on a.id = i.agency_id"
         " where i.part in ('council that holds the protection plan', 'council where the child lives')"
         " order by i.since, i.id")
HOLDS, HOME = "council that holds the protection plan", "council where the child lives"
TOLD = ("select a.name, n.about from duties_notice n join access_agency a on a.id = n.to_agency_id"
        " where n.key like %s order by n.key")
CONFERENCE = {"kind": "care.conference", "decision": "accepted as it stands", "attendees": "Knowsley Council"}


def now():
    return datetime.now(UTC)


@pytest.fixture
def received(scene, browse, send, as_worker):
    """Let Knowsley make a plan, and hand it to Essex, which receives it; gives the address of the handover."""
    assert send("timeline", "Knowsley Council", json.dumps(PLAN)).accepted == 1
    with browse("Beth") as beth:
        sent = beth.post(f"/children/{scene.amara}/hand-over/", {
            "kind": "protection-plan", "contact": scene.desk("Essex Council"), "words": "The family moves to you."})
        assert sent.status_code == 302
    place = urlsplit(sent.url).path
    read(as_worker)
    with browse("Carl") as carl:
        assert carl.post(f"{place}answer/", {"answer": "accept", "seen": "1"}).status_code == 302
    read(as_worker)
    return place


def read(as_worker):
    with as_worker():
        flow.read_news(at=now)


@pytest.fixture
def confer(scene, received, browse, as_worker):
    """Let Carl record on the duty's page how Essex's conference answered; gives the response."""

    def conferring(transfer):
        ((duty,),) = scene.everything("select id from duties_owedduty where code = 'D-CP-2'")
        with browse("Carl") as carl:
            assert "Amara Okafor" in carl.get(f"/duties/{duty}/").content.decode(), "who received it knows the name"
            shown = carl.get(received).content.decode()
            assert f"/duties/{duty}/" in shown, "the page of the handover leads to the conference"
            at = now()
            form = {**CONFERENCE, "at_day": at.day, "at_month": at.month, "at_year": at.year}
            answer = carl.post(f"/duties/{duty}/act/", {**form, **({"transfer": transfer} if transfer else {})})
        read(as_worker)
        return answer

    return conferring


def test_until_the_conference_the_origin_holds_the_plan_and_owes_its_review(scene, received):
    assert (HOLDS in {part for name, part, stands in scene.everything(PARTS) if stands and name == "Knowsley Council"})
    assert scene.everything(DUTIES) == [
        ("D-CP-1", "Knowsley Council", "open"), ("D-CP-2", "Essex Council", "open")]


def test_accepted_the_plan_the_sight_and_the_review_pass_and_the_giver_keeps_the_outcome(
        scene, received, confer, browse):
    owner, legs = scene.event().owner_agency.name, scene.everything("select count(*) from responsibility_ownerchange")
    assert confer("accepted").status_code == 302
    assert scene.everything(DUTIES) == [
        ("D-CP-1", "Knowsley Council", "met"), ("D-CP-2", "Essex Council", "met"), ("D-CP-1", "Essex Council", "open")]
    parts = scene.everything(PARTS)
    assert {(name, part) for name, part, stands in parts if stands} == {
        ("Essex Council", HOLDS), ("Essex Council", HOME)}
    assert ("Knowsley Council", HOLDS, False) in parts, "the part that ended stays with its end"
    ((entry,),) = scene.everything("select id from record_entry where kind = 'care.conference'")
    with browse("Beth") as beth:
        page = beth.get(received).content.decode()
        assert "Essex Council is responsible for the plan." in page
        assert "12:00am" not in page, "a day is not midnight"
        assert "accepted as it stands" not in page
        assert str(entry) not in beth.get(f"/children/{scene.amara}/").content.decode()
        assert "accepted as it stands" not in beth.get(f"/children/{scene.amara}/").content.decode()
    with browse("Carl") as carl:
        record = carl.get(f"/children/{scene.amara}/").content.decode()
        assert "accepted as it stands" in record
        assert "Excluded or suspended" in record, "who holds the plan sees the whole record"
    told = dict(scene.everything(TOLD, "transfer:%:conference:%"))
    assert "is responsible for it now" in told["Knowsley Council"]
    assert "you are responsible for it now" in told["Essex Council"]
    assert (scene.event().owner_agency.name, scene.everything("select count(*) from responsibility_ownerchange")) == (
        owner, legs), "a plan moves nobody's safety"


def test_not_accepted_nothing_passes_and_both_sides_are_told(scene, received, confer, browse):
    before = scene.everything(PARTS)
    assert confer("not-accepted").status_code == 302
    assert scene.everything(DUTIES) == [
        ("D-CP-1", "Knowsley Council", "open"), ("D-CP-2", "Essex Council", "met")]
    assert scene.everything(PARTS) == before
    with browse("Beth") as beth:
        assert "Knowsley Council is responsible for the plan" in beth.get(received).content.decode()
    assert {name for name, about in scene.everything(TOLD, "transfer:%:conference:%")} == {
        "Knowsley Council", "Essex Council"}


def test_a_conference_that_says_not_whether_it_accepted_is_asked_again(scene, received, confer):
    answer = confer("")
    assert answer.status_code == 422
    assert "Did the conference accept the plan?" in answer.content.decode()


def test_taken_back_the_plan_is_the_origins_again(scene, received, confer, as_worker):
    confer("accepted")
    withdrawn = scene.everything("select count(*) from responsibility_planconference where ended_at is null")
    assert withdrawn == [(1,)]
    ((identity, key, agency),) = scene.everything(
        "select identity_id, source_key, told_by_id from record_entry where kind = 'care.conference'")
    with as_worker(), at_task("test"):
        append([Telling(0, identity, Withdrawn(key, "recorded of the wrong child"))],
               origin=Origin(agency=agency, agency_name="Essex Council"), at=now())
    read(as_worker)
    assert scene.everything("select count(*) from responsibility_planconference where ended_at is null") == [(0,)]
    assert ("Knowsley Council", HOLDS, True) in scene.everything(PARTS)
    assert ("D-CP-1", "Knowsley Council", "open") in scene.everything(DUTIES)


def test_read_again_and_again_it_is_kept_and_told_once(scene, received, confer, as_worker):
    confer("accepted")
    for _ in range(2):
        with as_worker(), at_task("test"):
            note_news([scene.amara], at=now())
        read(as_worker)
    assert scene.everything("select count(*) from responsibility_planconference") == [(1,)]
    assert len(scene.everything(TOLD, "transfer:%:conference:%")) == 2

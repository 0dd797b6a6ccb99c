"""The pack of a handover: what comes and what does not, its versions, and who sees it when."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.responsibility.queries import packs_of, transfer
from sightline.apps.responsibility.transfers import PackChanged, TransferRefused, accept, hand_over, offer, withdraw
from sightline.domain.responsibility.sections import HandoverKind
from tests.integration.conftest import NOW
from tests.stopping import Stopped, stopped_after

SOON = NOW + timedelta(minutes=60)


@pytest.fixture
def read_again(as_worker):
    """Let the worker read whoever has news."""

    def reading(at=NOW):
        with as_worker():
            flow.read_news(at=lambda: at)

    return reading


@pytest.fixture
def offered(scene, read_again):
    """Let Olive offer Amara's safety to an agency, and the worker make the pack; gives the transfer."""

    def offering(to="Knowsley Council"):
        with scene.acting("Olive") as olive:
            made = offer(acting=olive, event=scene.event().pk, to_contact=scene.desk(to), words="She is at our office.",
                         answer_by=SOON, at=NOW)
        read_again()
        return made

    return offering


def sections(pack):
    return {one["section"]: one for one in pack.sections}


def test_before_the_answer_both_sides_see_what_will_come_and_nobody_the_words(offered, scene):
    made = offered("Essex Council")
    for name in ("Olive", "Carl"):
        with scene.acting(name):
            (pack,) = packs_of(made, most=5)
        assert (pack.number, pack.preview["age"], pack.preview["sex"]) == (1, 15, "F")
        assert pack.preview["where"] == "Lancashire"
        assert dict(pack.preview["sections"])["School"] == 1
        assert "Okafor" not in json.dumps([pack.preview, pack.withheld])
        assert (pack.sections is None) == (name == "Carl")


def test_the_receiver_has_the_pack_with_the_acceptance_and_the_giver_the_outcome_alone(offered, scene, read_again):
    made = offered("Essex Council")
    with scene.acting("Carl"):
        accept(transfer=made, at=NOW, seen_version=1)
        (pack,) = packs_of(made, most=5)
        held = sections(pack)
        assert {"key": "name", "label": "Name", "words": "Amara Okafor"} in held["Who the child is"]["lines"]
        assert [e["kind"] for e in held["School"]["entries"]] == ["school.exclusion"]
        assert held["Warning signs, with their reasons"]["lines"]
        assert any("D-EX-" in line["words"] for line in held["What is owed now, and by when"]["lines"])
        told = {line["label"]: line["words"] for line in held["Who has been told, and who has not"]["lines"]}
        assert told["Lancashire Council"].startswith("Told first")
        assert "Duty desk, Safeguarding: 01632 960001" in [c["words"] for c in held["Whom to ring"]["lines"]]
        assert {n["label"] for n in held["Health, injuries and other needs"]["lines"] if n["words"] is None} == {
            "Conditions, medicine, allergies", "Language"}
    read_again(NOW + timedelta(minutes=1))
    with scene.acting("Olive"):
        assert transfer(made).state == "accepted"
        assert packs_of(made, most=5) == []


def test_a_force_gets_what_the_night_needs_and_is_told_what_it_does_not_get(offered, scene):
    made = offered("Merseyside Police")
    with scene.acting("Pat"):
        accept(transfer=made, at=NOW, seen_version=1)
        (pack,) = packs_of(made, most=5)
        assert "School" not in sections(pack)
        assert {"what": "School", "because": "not needed for this function", "items": 1} in pack.withheld
        assert {"what": "Numbers of other services", "because": "not needed for this function", "items": 1} in (
            pack.withheld)
        assert "A950000178301" not in json.dumps(pack.sections)


def test_a_giver_with_sight_of_its_own_part_gives_no_more_than_that(amara, tell, scene, acting, read_again):
    tell("M5", "missing-report", NOW - timedelta(minutes=30), agency="Lancashire Constabulary")
    with acting("Rob") as rob:
        made = offer(acting=rob, event=scene.event().pk, to_contact=scene.desk("Merseyside Police"), words="Take over",
                     answer_by=SOON, at=NOW)
    read_again()
    with acting("Pat"):
        accept(transfer=made, at=NOW)
        (pack,) = packs_of(made, most=5)
    because = {(one["what"], one["because"]) for one in pack.withheld}
    assert ("Warning signs, with their reasons", "told by an agency that has not shared it") in because
    assert "excluded" not in json.dumps(pack.sections).lower()


def test_a_newer_word_makes_a_newer_version_and_nothing_else_does(offered, scene, read_again, send, border):
    made = offered("Knowsley Council")
    for minute in (1, 2):
        with scene.as_worker(), at_task("test"), connection.cursor() as cursor:
            cursor.execute("insert into record_news (person_id, at) values (%s, now())", [scene.amara])
        read_again(NOW + timedelta(minutes=minute))
    assert scene.everything("select number from responsibility_pack") == [(1,)]
    _told_of_an_injury(send)
    with pytest.raises(PackChanged), transaction.atomic(), scene.acting("Beth"):
        accept(transfer=made, at=NOW + timedelta(minutes=5), seen_version=1)
    assert scene.event().owner_agency.name == "Lancashire Council"
    with scene.acting("Beth"):
        accept(transfer=made, at=NOW + timedelta(minutes=5), seen_version=2)
        assert transfer(made).seen_version == 2
        assert [pack.number for pack in packs_of(made, most=5)] == [2, 1]


def _told_of_an_injury(send):
    line = {"id": "i1", "child": "p7", "kind": "health.attendance", "at": (NOW + timedelta(minutes=3)).isoformat(),
            "by": "Knowsley Council", "facts": {"injury": "blunt"},
            "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "upn": "A950000178301"}}
    assert send("timeline", "Knowsley Council", json.dumps(line), at=NOW + timedelta(minutes=4)).accepted == 1


def test_what_comes_after_the_acceptance_makes_a_version_as_long_as_the_receiver_owns(offered, scene, send, tell):
    made = offered("Merseyside Police")
    with scene.acting("Pat"):
        accept(transfer=made, at=NOW, seen_version=1)
    _told_of_an_injury(send)
    with scene.acting("Pat"):
        newest, first = packs_of(made, most=5)
        assert sections(newest)["Health, injuries and other needs"]["entries"] == []
        told_later = {"what": "Health, injuries and other needs", "items": 1,
                      "because": "told by an agency that has not shared it"}
        assert (told_later in newest.withheld, told_later in first.withheld) == (True, False)
    tell("M9", "missing-report", NOW + timedelta(hours=1), agency="Lancashire Constabulary")
    with scene.acting("Pat"):
        assert all(pack.sections is None for pack in packs_of(made, most=5))


def test_packs_are_never_changed_and_never_written_by_a_page(offered, scene):
    offered()
    for statement in ("update responsibility_pack set number = 9", "delete from responsibility_packcontent",
                      "update responsibility_packcontent set sections = '[]'", "delete from responsibility_pack"):
        with pytest.raises(DatabaseError), scene.as_worker(), at_task("test"), transaction.atomic(), \
                connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(DatabaseError), scene.acting("Olive"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("statements", range(0, 60, 3))
def test_killed_anywhere_while_the_pack_is_made_it_is_made_by_the_next_reading_once(scene, read_again, statements):
    with scene.acting("Olive") as olive:
        made = offer(acting=olive, event=scene.event().pk, to_contact=scene.desk("Knowsley Council"), words="Come",
                     answer_by=SOON, at=NOW)
    with scene.as_worker(), suppress(Stopped), transaction.atomic():
        with connection.execute_wrapper(stopped_after(statements)):
            flow.read_news(at=lambda: NOW)
        raise Stopped
    read_again()
    assert scene.everything("select number from responsibility_pack where transfer_id = %s", made) == [(1,)]
    assert scene.everything("select count(*) from responsibility_packcontent") == [(1,)]


def test_withdrawn_or_refused_the_preview_is_gone_from_the_receiver(offered, scene):
    made = offered("Essex Council")
    with scene.acting("Olive"):
        withdraw(transfer=made, at=NOW)
    with scene.acting("Carl"):
        assert packs_of(made, most=5) == []


def test_a_council_hands_a_plan_over_and_the_receipt_is_by_name(scene, read_again, acting):
    essex = scene.desk("Essex Council")
    with acting("Beth") as beth:
        made = hand_over(acting=beth, person=scene.amara, kind=HandoverKind.PLAN, to_contact=essex,
                         words="The family moves.", at=NOW)
    read_again()
    owner = scene.event().owner_agency.name
    with acting("Carl") as carl:
        accept(transfer=made, at=NOW + timedelta(minutes=5))
        (pack,) = packs_of(made, most=5)
        assert "Where the child is" not in sections(pack)
        assert "School" in sections(pack)
        assert transfer(made).answered_by == carl.officer_name
    read_again(NOW + timedelta(minutes=6))
    assert scene.event().owner_agency.name == owner, "a plan moves nobody's safety"
    with acting("Carl"):
        assert len(packs_of(made, most=5)) == 1, "who received it keeps it"
    with acting("Carl"), connection.cursor() as cursor:
        cursor.execute("select count(*) from record_entry")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(("giver", "kind", "to"), [
    ("Lee", HandoverKind.PLAN, "Essex Council"), ("Pat", HandoverKind.SCHOOL_FILE, "Brook High School"),
    ("Beth", HandoverKind.PLAN, "Merseyside Police"), ("Beth", HandoverKind.SAFETY, "Essex Council"),
    ("Beth", HandoverKind.PLACEMENT, "Knowsley Council"),
])
def test_what_an_agency_does_not_hand_over_is_refused_in_words(scene, acting, giver, kind, to):
    desk = scene.desk(to)
    with pytest.raises(TransferRefused), acting(giver) as somebody:
        hand_over(acting=somebody, person=scene.amara, kind=kind, to_contact=desk, words="x", at=NOW)


def test_nobody_hands_over_a_child_in_whose_life_they_have_no_part(scene, acting):
    desk = scene.desk("Knowsley Council")
    with pytest.raises(DatabaseError, match="row-level security"), acting("Carl") as carl:
        hand_over(acting=carl, person=scene.amara, kind=HandoverKind.PLAN, to_contact=desk, words="x", at=NOW)

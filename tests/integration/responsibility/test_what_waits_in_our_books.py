"""What waits in our own books becomes a sign by the clock: each found at its minute, and answered late when it ends."""

import json
from datetime import timedelta

import pytest

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.disclosure.actions import ask_for
from sightline.apps.duties.work import open_notice
from sightline.apps.people.answers import answer
from sightline.apps.responsibility.transfers import accept, expire_offers, offer
from sightline.apps.signs.queries import to_look_again
from tests.integration.conftest import NOW

SOON = NOW + timedelta(minutes=60)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def round_at(as_worker):
    """Do at an instant what the round of each minute does: read what is new, and again whose time has come."""

    def looking(at):
        with as_worker():
            flow.read_news(at=lambda: at)
            while True:
                with at_task("look again"):
                    due = to_look_again(at=at, most=500)
                    if not due:
                        return
                    flow.read(due, book=agency_book(), at=at)

    return looking


@pytest.fixture
def shown(everything):
    def asking(person, code):
        return [row[0] for row in everything(
            "select array_to_string(reasons, ' | ') from signs_found"
            " where person_id = %s and code = %s and gone_at is null", person, code)]

    return asking


def test_a_handover_that_nobody_accepts_is_shown_at_its_limit_and_says_when_it_was_accepted_late(
        scene, round_at, shown):
    def offered(until, at):
        with scene.acting("Olive") as olive:
            return offer(acting=olive, event=scene.event().pk, to_contact=scene.desk("Knowsley Council"),
                         words="She wants to go home.", answer_by=until, at=at)

    offered(SOON, NOW)
    round_at(SOON - MINUTE)
    assert shown(scene.amara, "F06") == []
    round_at(SOON)
    (words,) = shown(scene.amara, "F06")
    assert "Offered to Knowsley Council on 22 May 2026 at 11:00, and nobody there accepted" in words
    with scene.as_worker(), at_task("steps"):
        assert expire_offers(book=agency_book(), at=SOON, most=10) == 1
    again = offered(SOON + DAY, SOON + 2 * MINUTE)
    with scene.acting("Mary"):
        accept(transfer=again, at=SOON + 5 * MINUTE)
    round_at(SOON + 6 * MINUTE)
    (words,) = shown(scene.amara, "F06")
    assert "accepted, late, on 22 May 2026 at 12:05" in words


def test_a_referral_that_nobody_opens_is_shown_after_a_day_and_opened_late_says_so(scene, send, round_at, shown):
    send("timeline", "Knowsley Council", (
        '{"id": "r", "child": "a", "kind": "care.referral", "at": "2026-05-22T09:00:00+01:00", "by": "a school",'
        ' "identity": {"given": "Amara", "family": "Okafor", "born_on": "2011-04-03", "upn": "A950000178301"}}\n'))
    ((person, notice, made_at),) = scene.everything(
        "select n.person_id, n.id, n.made_at from duties_notice n join duties_owedduty d on d.id = n.duty_id"
        " where d.code = 'D-REF-1'")
    round_at(made_at + DAY - MINUTE)
    assert shown(person, "F15") == []
    round_at(made_at + DAY)
    assert "Knowsley Council was told of the referral" in shown(person, "F15")[0]
    with scene.acting("Mary") as mary:
        open_notice(notice=notice, officer=mary.officer, at=made_at + DAY + MINUTE)
    assert scene.everything("select person_id from record_news") == [(person,)], "the book itself says that it changed"
    round_at(made_at + DAY + 2 * MINUTE)
    assert "opened, late," in shown(person, "F15")[0]


def test_a_duty_of_which_everybody_was_told_in_vain_is_shown_at_once(amara, everything, round_at, shown):
    ((notice, duty),) = everything("select n.id, d.id from duties_notice n join duties_owedduty d on d.id = n.duty_id"
                                   " where d.code = 'D-EX-4'")
    assert shown(amara, "F07") == []
    everything("update duties_notice set nobody_since = %s where id = %s returning id", SOON, notice)
    round_at(SOON)
    assert "Nobody had this in hand on 22 May 2026 at 12:00: Screen" in shown(amara, "F07")[0]
    everything("update duties_owedduty set acknowledged_at = %s where id = %s returning id", SOON + DAY, duty)
    round_at(SOON + DAY)
    assert "taken up, late," in shown(amara, "F07")[0]


def test_an_agency_that_was_asked_and_does_not_answer_is_shown_after_a_day(scene, round_at, shown):
    with scene.acting("Pat"):
        assert ask_for(person=scene.amara, wanted="Who works with her?", purpose="She was found.", at=NOW)
    round_at(NOW + DAY - MINUTE)
    assert shown(scene.amara, "F10") == []
    round_at(NOW + DAY)
    assert "Council was asked on 22 May 2026 at 11:00 what it knows, and has not answered" in shown(
        scene.amara, "F10")[0]


def test_a_doubt_that_waits_for_two_working_days_is_shown_on_both_sides(scene, send, round_at, shown):
    line = {"id": "e1", "child": "c9", "kind": "child.home", "at": "2026-05-01", "by": "Essex Council",
            "facts": {"postcode": "CM1 1QH"}, "identity": {
                "given": "Amara", "family": "Okafer", "born_on": "2011-04-03", "sex": "M", "postcode": "CM1 1QH"}}
    assert send("timeline", "Essex Council", json.dumps(line)).accepted == 1
    ((doubt, one, other),) = scene.everything(
        "select d.id, a.person_id, b.person_id from people_doubt d join people_identity a on a.id = d.one_id"
        " join people_identity b on b.id = d.other_id where d.answer = 'open'")
    limit = NOW.replace(day=27, hour=23)  # Friday; the weekend and the bank holiday on Monday do not count
    round_at(limit - MINUTE)
    assert shown(one, "F11") == shown(other, "F11") == []
    round_at(limit)
    assert all("nobody has answered" in shown(side, "F11")[0] for side in (one, other))
    with scene.acting("Mary") as mary:
        pass
    with scene.as_worker(), at_task("test"):
        answer(doubt=doubt, answer="cannot-tell", reason="Too little is known.", officer=mary.officer,
               at=limit + MINUTE)
    assert sorted(row[0] for row in scene.everything("select person_id from record_news")) == sorted([one, other])
    round_at(limit + 2 * MINUTE)
    assert "answered, late," in shown(one, "F11")[0]

"""The stranger's question: yes, no or ring, whom to ring, and nothing else; limited, kept, and the desk is told."""

import statistics
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_agency
from sightline.apps.access.models import Contact
from sightline.apps.disclosure import asking
from sightline.apps.disclosure.actions import shield
from sightline.apps.disclosure.asking import NotForThisAgency, ask_if_known
from sightline.apps.duties.queries import notices_to
from sightline.apps.people.queries import audit_of
from sightline.domain.disclosure.asking import MAY_ASK, MOST_OF_AN_AGENCY, MOST_OF_AN_OFFICER, WITHIN, Answered
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.identity import Identity
from tests.integration.conftest import DESKS

NOW = datetime(2026, 5, 22, 10, 0, tzinfo=UTC)
BORN = date(2011, 4, 3)
NIGHT = {"name": "Night team", "job": "Emergency duty", "phone": "01632 960009"}
QUESTION = {"given": "Amara", "family": "Okafor", "born_on_day": "3", "born_on_month": "4", "born_on_year": "2011",
            "because": "Alone on the platform", "ring_back": "07700 900123"}


@pytest.fixture
def ask(scene, acting, partnership):
    """Ask as somebody of the cast, standing in Essex, where nobody knows her."""

    def asking_as(name="Carl", *, at=NOW, given="Amara", family="Okafor", born=BORN, **numbers):
        with acting(name):
            return ask_if_known(
                Identity("", "", given=given, family=family, born_on=born, identifiers=numbers),
                because="Alone on the platform", here=partnership.agencies["Essex Council"],
                ring_back="07700 900123", at=at)

    return asking_as


@pytest.mark.parametrize(("asked", "answer", "whom"), [
    ({}, Answered.YES, "Knowsley Council"),
    ({"given": None, "family": None, "born": None, "upn": "A950000178301"}, Answered.YES, "Knowsley Council"),
    ({"given": "AMARA", "family": "O'Kafor"}, Answered.YES, "Knowsley Council"),
    ({"given": "Amarah"}, Answered.RING, "Knowsley Council"),
    ({"family": "Okafar"}, Answered.RING, "Knowsley Council"),
    ({"born": date(2011, 3, 4)}, Answered.RING, "Knowsley Council"),
    ({"born": date(2011, 4, 9)}, Answered.RING, "Knowsley Council"),
    ({"given": "Zuri"}, Answered.NO, "Essex Council"),
    ({"born": date(2009, 4, 9)}, Answered.NO, "Essex Council"),
    ({"given": None, "family": None, "born": None, "upn": "H801200001001"}, Answered.NO, "Essex Council"),
])
def test_the_answer_is_yes_no_or_ring_with_whom_to_ring(ask, asked, answer, whom):
    reply = ask(**asked)
    assert (reply.answer, reply.ring.contact.agency, reply.ring.name) == (answer, whom, "Duty desk")


def test_the_reply_holds_an_answer_and_a_contact_and_nothing_of_the_child(ask, scene):
    reply = ask()
    words = ("Amara", "Okafor", "L36", "Brook", "school", "exclu", str(scene.amara))
    assert not [word for word in words if word in repr(reply)]


def test_the_duty_desk_is_told_who_asks_and_where_to_ring_back(ask, acting, scene):
    ask(at=datetime(2026, 5, 22, 0, 10, tzinfo=UTC))
    with acting("Beth") as beth:
        notice = next(n for n in notices_to(beth.agency, most=20) if n.key.startswith("known:"))
    assert notice.about == ("Carl of Essex Council asked at 01:10 whether a child is known here, and rings you."
                            " Ring back on 07700 900123")
    assert notice.person == scene.amara


def test_nobody_is_told_of_a_question_about_nobody(ask, scene):
    ask(given="Zuri")
    assert scene.rows("select count(*) from duties_notice where key like 'known:%%'") == [(0,)]
    assert scene.rows("select answer, told_agency_id from disclosure_question") == [("no", None)]


def test_the_question_stands_in_the_audit_of_the_child_with_its_purpose(ask, acting, scene):
    ask()
    with acting("Mary"):
        looked = audit_of(scene.amara, most=5)[0]
    assert (looked.officer, looked.agency, looked.purpose, looked.act) == (
        "Carl", "Essex Council", "assess", "ask if a child is known")
    kept = scene.rows("select * from disclosure_question")
    assert "Amara" not in repr(kept)
    assert "2011" not in repr(kept)


def test_outside_office_hours_the_out_of_hours_desk_is_rung(ask, as_worker, scene):
    with as_worker(), at_task("test"):
        keep_agency(name="Knowsley Council", kind="council", area="Knowsley", desks={**DESKS, "out-of-hours": NIGHT})
        Contact.objects.filter(agency__name="Knowsley Council", desk="safeguarding").update(
            hours=[(weekday, "08:30", "17:30") for weekday in range(5)])
    day, night, sunday = (datetime(2026, 5, 22, 16, 29, tzinfo=UTC), datetime(2026, 5, 22, 16, 30, tzinfo=UTC),
                          datetime(2026, 5, 24, 11, 0, tzinfo=UTC))
    assert [ask(at=at).ring.name for at in (day, night, sunday)] == ["Duty desk", "Night team", "Night team"]
    assert {row[0] for row in scene.rows(
        "select c.desk from duties_notice n join access_contact c on c.id = n.to_contact_id"
        " where n.key like 'known:%%'")} == {"safeguarding", "out-of-hours"}


def test_a_shielded_child_is_answered_like_a_doubtful_one_until_the_shield_ends(ask, acting, scene):
    with acting("Beth") as beth:
        shield(acting=beth, person=scene.amara, shielded=True, reasons="Her mother fled", at=NOW)
    shielded, doubtful = ask(), ask(given="Amarah")
    assert (shielded.answer, shielded.ring) == (doubtful.answer, doubtful.ring)
    assert shielded.answer is Answered.RING
    with acting("Beth") as beth:
        shield(acting=beth, person=scene.amara, shielded=False, reasons="They moved", at=NOW)
    assert ask().answer is Answered.YES


def test_who_asks_too_often_is_stopped_and_told_to_ring(ask, scene):
    for n in range(MOST_OF_AN_OFFICER):
        assert ask(given=f"Zuri{'abcdefgh'[n]}").answer is Answered.NO
    for _ in range(3):
        stopped = ask()
        assert (stopped.answer, stopped.ring.contact.agency) == (Answered.TOO_OFTEN, "Essex Council")
    assert ask(at=NOW + WITHIN + timedelta(seconds=1)).answer is Answered.YES
    kept = scene.rows("select answer, count(*) from disclosure_question group by answer order by answer")
    assert kept == [("no", MOST_OF_AN_OFFICER), ("too often", 3), ("yes", 1)]


def test_an_agency_that_asks_too_often_is_stopped_whoever_asks(ask, acting, scene, as_worker, partnership):
    with as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute(
            "insert into disclosure_question (id, officer_id, agency_id, asked_at, purpose, because, ring_back,"
            " here_id, answer) select gen_random_uuid(), %s, %s, %s, 'protect', 'x', '1', %s, 'no'"
            " from generate_series(1, %s)",
            [partnership.officers["Dawn"], partnership.agencies["Essex Council"], NOW,
             partnership.agencies["Essex Council"], MOST_OF_AN_AGENCY])
    assert ask().answer is Answered.TOO_OFTEN
    assert ask("Pat").answer is Answered.YES


@pytest.mark.parametrize("name", ["Lee", "Dawn"])
def test_who_has_no_ground_to_ask_gets_no_answer_at_all(ask, name):
    with pytest.raises(NotForThisAgency):
        ask(name)


def test_the_database_and_the_domain_have_one_list_of_who_may_ask_and_how_often(db):
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = 'sightline_ask_if_known'")
        (text,) = cursor.fetchone()
    kinds = ", ".join(sorted(f"'{kind}'" for kind in MAY_ASK))
    assert f"not in ({kinds})" in text
    assert f">= {MOST_OF_AN_OFFICER}" in text
    assert f">= {MOST_OF_AN_AGENCY}" in text
    assert timedelta(hours=1) == WITHIN
    assert "interval '1 hour'" in text
    assert set(MAY_ASK) <= set(AgencyKind)


def test_where_the_question_cannot_be_answered_it_says_whom_to_ring(ask, monkeypatch, scene):
    monkeypatch.setattr(asking, "_sets", lambda keys: "no json at all")
    reply = ask()
    assert (reply.answer, reply.ring.contact.agency, reply.question) == (Answered.NOT_ANSWERED, "Essex Council", None)


def test_known_and_unknown_take_about_as_long(ask, acting, partnership, scene):
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for n in range(30):
        for which, given in (("known", "Amara"), ("unknown", "Abena")):
            began = time.perf_counter()
            ask(given=given, at=NOW + timedelta(hours=2 * n))
            took[which].append(time.perf_counter() - began)
    medians = {which: statistics.median(times) for which, times in took.items()}
    assert abs(medians["known"] - medians["unknown"]) < 0.015, medians


def test_the_question_of_others_is_not_to_be_seen(ask, acting, scene):
    ask("Pat")
    with acting("Carl"), connection.cursor() as cursor:
        cursor.execute("select count(*) from disclosure_question")
        assert cursor.fetchone() == (0,)
    for statement in ("insert into disclosure_question select * from disclosure_question",
                      "update disclosure_question set answer = 'yes'", "delete from disclosure_question"):
        with pytest.raises(DatabaseError), acting("Pat"), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_answers_without_echoing_the_name_and_asks_few_questions(browse, partnership, scene):
    with browse("Carl") as carl:
        assert carl.get("/known/").status_code == 200
        assert carl.post("/known/", QUESTION).status_code == 422
        assert carl.post("/known/", {**QUESTION, "here": str(partnership.agencies["Essex Council"]),
                                     "ring_back": "my mobile"}).status_code == 422
        shown = carl.post("/known/", {**QUESTION, "here": str(partnership.agencies["Essex Council"])})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Yes, this child is known." in page
    assert "Knowsley Council" in page
    assert [word for word in ("Amara", "Okafor", "Brook High", "exclu", str(scene.amara)) if word in page] == []
    with browse("Lee") as lee:
        assert lee.get("/known/").status_code == 403


def test_the_desk_opens_the_question_from_its_notice(browse, partnership, scene, acting):
    with browse("Carl") as carl:
        carl.post("/known/", {**QUESTION, "here": str(partnership.agencies["Essex Council"])})
    (question,) = (row[0] for row in scene.rows("select id from disclosure_question"))
    with browse("Beth") as beth:
        page = beth.get(f"/questions/{question}/").content.decode()
        assert "Carl asked whether a child is known" in page
        assert "tel:07700900123" in page
    with browse("Pat") as pat:
        assert pat.get(f"/questions/{question}/").status_code == 404

"""Withdrawn and answered at once, on a leg of the road, a plan or a file: one outcome, and both sides know."""

import threading
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from sightline.apps.responsibility.road import Condition, Named, hand_over_here
from sightline.apps.responsibility.transfers import hand_over
from sightline.domain.responsibility.sections import HandoverKind
from tests.integration.conftest import NOW

LATER = NOW + timedelta(minutes=5)
REFUSED = "'no car free', 'Lancashire', 'R1', null"
SIGNED_IN = f"select sightline_answer_transfer(%s, '{{answer}}', {REFUSED}, %s)"
WAYS = {
    "signed in": SIGNED_IN,
    "on the giver's phone": f"select sightline_answer_here(%s, '{{answer}}', 'PC Bootle', '7781', {REFUSED}, %s)",
    "by the code": f"select sightline_answer_by_code(%s, '{{answer}}', 'PC Bootle', '7781', {REFUSED}, %s)",
}
TOLD = ("select a.name from duties_notice n join access_agency a on a.id = n.to_agency_id where n.key like %s"
        " and n.key not like '%%:offered' order by 1")


@pytest.fixture
def at_once(transactional_db, border, postgres):
    """Let several people act at the same instant, each in a session of the pages' role; some die before they commit."""

    def racing(*acts, dies=()):
        start, answers = threading.Barrier(len(acts)), [None] * len(acts)

        def act(number, name, statement, which):
            with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
                if name:
                    work = border.work[name]
                    session.execute("select * from sightline_begin_work(%s, %s, %s)", [work.officer, work.work, NOW])
                start.wait(timeout=20)
                answers[number] = session.execute(statement, [which, LATER]).fetchone()[0]
                if number in dies:
                    session.rollback()
                    answers[number] = "died"

        threads = [threading.Thread(target=act, args=(number, *what)) for number, what in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert None not in answers, "somebody never got an answer"
        return answers

    return racing


@pytest.fixture
def leg(scene):
    """Let Olive hand Amara over beside the road to the police of Merseyside; gives the transfer."""
    desk, event = scene.desk("Merseyside Police"), scene.event().pk
    calm = Condition(seen_and_spoken_to=True, fed=True, injuries="none seen", said="")
    with scene.acting("Olive") as olive:
        return hand_over_here(
            acting=olive, event=event, to_contact=desk, key=uuid4(), at=NOW, place="Tebay services",
            giver=Named("PC Shap", "1042"), condition=calm, digest_of=lambda transfer: f"digest of {transfer}")


@pytest.fixture
def plan(scene):
    """Let Beth hand a plan of Amara's to Essex; gives the transfer."""
    desk = scene.desk("Essex Council")
    with scene.acting("Beth") as beth:
        return hand_over(acting=beth, person=scene.amara, kind=HandoverKind.PLAN, to_contact=desk, words="They move.",
                         at=NOW)


def told(scene, transfer):
    return [name for (name,) in scene.everything(TOLD, f"transfer:{transfer}:%")]


def state(scene, transfer):
    ((found,),) = scene.everything("select state from responsibility_transfer where id = %s", transfer)
    return found


@pytest.mark.parametrize(("way", "answer"), [(way, answer) for way in WAYS for answer in ("accepted", "refused")] * 2)
def test_a_leg_is_withdrawn_or_answered_and_never_both(at_once, scene, leg, way, answer):
    which = f"digest of {leg}" if way == "by the code" else leg
    taker = {"signed in": "Pat", "on the giver's phone": "Olive", "by the code": ""}[way]
    answers = at_once(("Olive", SIGNED_IN.format(answer="withdrawn"), leg),
                      (taker, WAYS[way].format(answer=answer), which))
    won = state(scene, leg)
    assert set(answers) == {won}
    assert won in ("withdrawn", answer)
    owner = "Merseyside Police" if won == "accepted" else "Lancashire Council"
    assert scene.event().owner_agency.name == owner
    assert scene.everything("select count(*) from responsibility_ownerchange where transfer_id = %s", leg) == [
        (1 if won == "accepted" else 0,)]
    assert scene.everything("select count(*) from responsibility_dispute where transfer_id = %s", leg) == [
        (1 if won == "refused" else 0,)]
    road = ["Merseyside Police"] if won != "withdrawn" and way != "signed in" else []
    assert told(scene, leg) == sorted([*road, "Merseyside Police" if won == "withdrawn" else "Lancashire Council"])


@pytest.mark.parametrize("round_", range(2))
@pytest.mark.parametrize("answer", ["accepted", "refused"])
def test_a_plan_is_withdrawn_or_answered_and_never_both(at_once, scene, plan, answer, round_):
    owner = scene.event().owner_agency.name
    answers = at_once(("Beth", SIGNED_IN.format(answer="withdrawn"), plan),
                      ("Carl", SIGNED_IN.format(answer=answer), plan))
    won = state(scene, plan)
    assert set(answers) == {won}
    assert told(scene, plan) == ["Essex Council" if won == "withdrawn" else "Knowsley Council"]
    parts = scene.everything("select count(*) from people_involvement i join access_agency a on a.id = i.agency_id"
                             " where a.name = 'Essex Council' and i.until is null")
    assert parts == [(1 if won == "accepted" else 0,)], "sight of the child goes with the receipt alone"
    assert scene.event().owner_agency.name == owner


@pytest.mark.parametrize("dead", [0, 1])
def test_who_dies_before_the_end_has_done_nothing_and_the_other_is_heard(at_once, scene, leg, dead):
    answers = at_once(("Olive", SIGNED_IN.format(answer="withdrawn"), leg),
                      ("Pat", SIGNED_IN.format(answer="accepted"), leg), dies=(dead,))
    assert answers[dead] == "died"
    won = state(scene, leg)
    assert won == ("accepted" if dead == 0 else "withdrawn")
    assert scene.event().owner_agency.name == ("Merseyside Police" if dead == 0 else "Lancashire Council")
    assert told(scene, leg) == ["Lancashire Council" if dead == 0 else "Merseyside Police"]

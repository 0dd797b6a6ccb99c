"""Two people act at once on one transfer, in transactions of their own: one of them wins, and one agency owns."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.responsibility.transfers import offer
from tests.integration.conftest import NOW

ANSWER = "select sightline_answer_transfer(%s, %s, 'no bed', 'Lancashire', 'R1', null, %s)"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def at_once(transactional_db, border, postgres):
    """Let several officers answer a transfer at the same instant, each in a session of the pages' role."""

    def racing(transfer, *acts):
        start, answers = threading.Barrier(len(acts)), [None] * len(acts)

        def act(number, name, answer):
            acting = border.work[name]
            with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
                session.execute("select * from sightline_begin_work(%s, %s, %s)", [acting.officer, acting.work, NOW])
                start.wait(timeout=20)
                answers[number] = session.execute(ANSWER, [transfer, answer, LATER]).fetchone()[0]

        threads = [threading.Thread(target=act, args=(number, *what)) for number, what in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert None not in answers, "somebody never got an answer"
        return answers

    return racing


def offered(scene):
    """Let Olive of Lancashire offer Amara's safety to Knowsley."""
    with scene.acting("Olive") as olive:
        return offer(acting=olive, event=scene.event().pk, to_contact=scene.desk("Knowsley Council"),
                     words="She is at our office.", answer_by=NOW + timedelta(hours=1), at=NOW)


@pytest.mark.parametrize("round_", range(4))
@pytest.mark.parametrize(("acts", "possible"), [
    ((("Beth", "accepted"), ("Mary", "accepted")), {("accepted", "accepted")}),
    ((("Beth", "accepted"), ("Olive", "withdrawn")), {("accepted", "accepted"), ("withdrawn", "withdrawn")}),
    ((("Beth", "accepted"), ("Mary", "refused")), {("accepted", "accepted"), ("refused", "refused")}),
])
def test_of_two_at_once_one_is_heard_and_both_learn_which(
        at_once, scene, acts, possible, round_):
    transfer = offered(scene)
    answers = at_once(transfer, *acts)
    assert tuple(answers) in possible
    owner = "Knowsley Council" if answers[0] == "accepted" else "Lancashire Council"
    assert scene.event().owner_agency.name == owner
    assert scene.everything("select count(*) from responsibility_ownerchange where transfer_id is not null") == [
        (1 if owner == "Knowsley Council" else 0,)]
    assert scene.everything("select count(*) from duties_notice where key like 'transfer:%%'"
                            " and key not like '%%offered'") == [(1,)]


def test_a_transfer_is_answered_while_the_worker_reads_the_same_child(at_once, scene):
    transfer = offered(scene)
    with scene.as_worker(), at_task("test"), connection.cursor() as cursor:
        cursor.execute("insert into record_news (person_id, at) select id, now() from people_person"
                       " on conflict do nothing")
    reader = threading.Thread(target=_read)
    reader.start()
    assert at_once(transfer, ("Beth", "accepted")) == ["accepted"]
    reader.join(timeout=60)
    assert scene.event().owner_agency.name == "Knowsley Council"


def _read():
    try:
        flow.read_news(at=lambda: LATER)
    finally:
        connection.close()

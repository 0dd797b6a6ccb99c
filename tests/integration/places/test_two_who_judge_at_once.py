"""Two people say something of one hypothesis at the same instant: one is heard, and the other is told."""

import threading

import psycopg
import pytest
from django.db import connection

from tests.integration.conftest import NOW

SAY = """
insert into places_judgement (hypothesis_id, number, grounds_id, judged, reason, officer_id, agency_id, at)
select h.id, %s, g.id, %s, 'at the same instant', %s, %s, %s
from places_hypothesis h join places_grounds g on g.hypothesis_id = h.id and g.number = h.number where h.id = %s
"""
COUNT = "select count(*) from places_judgement where hypothesis_id = %s"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_of_two_who_judge_at_once_one_is_heard(hypothesis, partnership, postgres, rows, round_):
    people, ends = (("Beth", "confirmed"), ("Pat", "dismissed")), {}
    start = threading.Barrier(len(people))

    def judge(name: str, judged: str) -> None:
        acting = partnership.work[name]
        try:
            with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
                session.execute("select * from sightline_begin_work(%s, %s, %s)", [acting.officer, acting.work, NOW])
                ((seen,),) = session.execute(COUNT, [hypothesis]).fetchall()
                start.wait(timeout=20)
                session.execute(SAY, [seen + 1, judged, acting.officer, acting.agency, NOW, hypothesis])
            ends[name] = "heard"
        except psycopg.errors.UniqueViolation:
            ends[name] = "told that somebody was first"

    threads = [threading.Thread(target=judge, args=one) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends.values()) == ["heard", "told that somebody was first"]
    heard = next(dict(people)[name] for name, end in ends.items() if end == "heard")
    assert rows("select number, judged from places_judgement") == [(1, heard)]

"""Two officers decide one screen, or begin one charging decision, at the same instant: one is heard."""

import threading

import psycopg
import pytest
from django.db import connection

from tests.integration.conftest import NOW

SCREEN = """
insert into custody_screendecision (event_id, number, agency_id, decided_by_id, decided_at, edition, outcome, reasons,
  shown, facts, answers) values (%(event)s, 1, %(agency)s, %(officer)s, %(at)s, '1', 'could not be asked',
  'at the same instant', '[]', '[]', '{}')
"""
CHARGING = """
insert into custody_charging (event_id, agency_id, opened_by_id, opened_at, state, offence, offence_kind, direct_why,
  reasonable_why, schedule_4_how, referral_why, defence_why, supervisor_reason, same_reason, reasons, prosecutor,
  prosecutor_words) values (%(event)s, %(agency)s, %(officer)s, %(at)s, 'considering', '', '', '', '', '', '', '', '',
  '', '', '', '')
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", [SCREEN, CHARGING], ids=["screen", "charging"])
def test_of_two_who_decide_at_once_one_is_heard(held, force, postgres, statement):
    event, ends = held.event().id, {}
    start = threading.Barrier(2)

    def decide(name: str) -> None:
        me = force.work[name]
        try:
            with psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"])) as session:
                session.execute("select * from sightline_begin_work(%s, %s, %s)", [me.officer, me.work, NOW])
                start.wait(timeout=20)
                session.execute(statement, {"event": event, "agency": me.agency, "officer": me.officer, "at": NOW})
            ends[name] = "heard"
        except psycopg.errors.UniqueViolation:
            ends[name] = "told that somebody was first"

    threads = [threading.Thread(target=decide, args=(name,)) for name in ("Sam", "Sue")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends.values()) == ["heard", "told that somebody was first"]

"""One officer releases a child while another changes the journey: they wait for each other, and the gate sees both."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from tests.integration.conftest import NOW

RELEASE = """
update custody_release r set state = 'released', released_at = %(at)s, mode = 'escorted',
  release_entry_id = e.ground_id,
  expected_at = %(at)s::timestamptz + interval '90 minutes'
from responsibility_safetyevent e where r.event_id = %(event)s and e.id = r.event_id
"""
ALONE = """
insert into custody_leg (release_id, way, escort, origin, destination, departs_at, arrives_at)
select id, 'train', '', 'Preston', 'L36 9YZ', %(at)s::timestamptz + interval '2 hours', %(at)s::timestamptz
  + interval '3 hours' from custody_release where event_id = %(event)s
"""
NO_JOURNEY = """
update custody_leg set taken_out_at = %(at)s
where release_id = (select id from custody_release where event_id = %(event)s)
"""


@pytest.fixture
def session(force, postgres):
    """Open a session of the pages in which an officer is at work; nothing is kept before it is committed."""
    opened: list[psycopg.Connection] = []

    def begin(name: str) -> psycopg.Connection:
        me = force.work[name]
        one = psycopg.connect(postgres.dsn("web", connection.settings_dict["NAME"]))
        opened.append(one)
        one.execute("select * from sightline_begin_work(%s, %s, %s)", [me.officer, me.work, NOW])
        return one

    yield begin
    for one in opened:
        one.close()


def meanwhile(work: Callable[[], object]) -> tuple[threading.Thread, list[str]]:
    """Do something that has to wait, in a thread of its own; how it ended is in the list when the thread is over."""
    ended: list[str] = []

    def doing() -> None:
        try:
            work()
            ended.append("done")
        except psycopg.errors.CheckViolation as refused:
            ended.append(refused.diag.message_primary or "")

    thread = threading.Thread(target=doing)
    thread.start()
    thread.join(timeout=0.5)
    assert thread.is_alive(), f"it did not wait: {ended}"
    return thread, ended


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("change", "fails"), [(ALONE, "not-alone"), (NO_JOURNEY, "journey")])
def test_who_releases_waits_for_who_changes_the_journey_and_is_refused_by_what_it_became(held, session, change, fails):
    held.plan()
    told = {"event": held.event().id, "at": NOW}
    changing, releasing = session("Sue"), session("Sam")
    changing.execute(change, told)
    thread, ended = meanwhile(lambda: releasing.execute(RELEASE, told))
    changing.commit()
    thread.join(timeout=20)
    assert ended == [f"the release gate refuses: {fails}"]
    assert held.everything("select state from custody_release") == [("planned",)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [ALONE, NO_JOURNEY])
def test_who_changes_the_journey_waits_for_who_releases_and_comes_too_late(held, session, change):
    held.plan()
    told = {"event": held.event().id, "at": NOW}
    changing, releasing = session("Sue"), session("Sam")
    releasing.execute(RELEASE, told)
    thread, ended = meanwhile(lambda: changing.execute(change, told))
    releasing.commit()
    thread.join(timeout=20)
    assert ended == ["the plan of a release that has happened does not change"]
    assert held.everything("select l.taken_out_at from custody_leg l") == [(None,)]

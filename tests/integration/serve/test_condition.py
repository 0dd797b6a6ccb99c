"""The list of findings says in words what is not well, and asks a database that does not answer only once."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from sightline.apps.access.acting import at_task
from sightline.apps.access.actions import keep_audit
from sightline.apps.access.sealing import seal
from sightline.interfaces.serve import condition

AT_TASK = {"sightline.task": "test"}


def found(name):
    (finding,) = condition.condition([name])
    return finding


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_process_that_sees_everything_is_not_well(db, as_web):
    with as_web():
        assert found("database").well
    execute("set local role sightline_reader")
    assert "sees everything" in found("database").says


def test_a_missing_migration_is_told(db):
    execute("delete from django_migrations where app = 'sessions'")
    assert found("database").says == "Apps that wait for a migration: 1. Run sightline migrate."


def test_no_worker_and_no_scheduler_are_told(db):
    assert "No worker has ever run" in found("worker").says
    assert "never run" in found("scheduler").says


@pytest.mark.parametrize(("seconds", "well"), [(5, True), (29, True), (31, False), (7300, False)])
def test_a_worker_is_well_for_thirty_seconds_after_its_last_sign_of_life(db, seconds, well):
    execute(
        "insert into procrastinate_workers (last_heartbeat) values (statement_timestamp() - make_interval(secs => %s))",
        seconds,
    )
    assert found("worker").well == well
    assert "ago" in found("worker").says


@pytest.mark.parametrize(("seconds", "well"), [(60, True), (170, True), (190, False)])
def test_a_scheduler_is_well_for_three_minutes(db, seconds, well):
    execute(
        "insert into procrastinate_periodic_defers (task_name, defer_timestamp) "
        "values ('x', extract(epoch from statement_timestamp())::bigint - %s)",
        seconds,
    )
    assert found("scheduler").well == well


@pytest.mark.parametrize(
    ("status", "waited", "later", "well"),
    [("todo", 10, None, True), ("todo", 301, None, False), ("todo", 301, 60, True), ("succeeded", 301, None, True)],
)
def test_a_job_may_wait_five_minutes_beyond_its_time(db, status, waited, later, well):
    execute(
        "insert into procrastinate_jobs (queue_name, task_name, status, scheduled_at) "
        "values ('default', 'x', %s, statement_timestamp() + make_interval(secs => %s))",
        status, later,
    )
    execute("update procrastinate_events set at = statement_timestamp() - make_interval(secs => %s)", waited)
    assert found("queue").well == well


@pytest.mark.parametrize(("seconds", "well"), [(10, True), (299, True), (301, False)])
def test_news_of_a_child_may_wait_five_minutes_to_be_read(as_web, as_worker, seconds, well):
    assert found("news").well
    with as_worker(AT_TASK):
        execute("insert into people_person (made_at) values (now())")
        execute("insert into record_news (person_id, at) select id, statement_timestamp() - make_interval(secs => %s)"
                " from people_person", seconds)
    with as_web():
        assert found("news").well == well
        assert "waits to be read since" in found("news").says


@pytest.fixture
def make_notice(as_worker):
    """Make a notice that is to be sent at an instant."""

    def making(*, due_seconds_ago):
        with as_worker(AT_TASK):
            execute("insert into people_person (made_at) values (now())")
            execute("insert into access_agency (slug, name, kind, area, code, nation)"
                    " values ('a', 'A', 'council', '', '', 'england')")
            execute("insert into access_contact (agency_id, desk, name, job, phone, email)"
                    " select id, 'safeguarding', 'Desk', 'Desk', '', 'desk@a.example' from access_agency")
            execute("insert into duties_notice"
                    " (key, person_id, to_agency_id, to_contact_id, about, made_at, tries, next_try_at)"
                    " select 'k', p.id, c.agency_id, c.id, 'x', now(), 1,"
                    "  statement_timestamp() - make_interval(secs => %s)"
                    " from people_person p, access_contact c", due_seconds_ago)

    return making


@pytest.mark.parametrize(("seconds", "well"), [(-60, True), (299, True), (301, False)])
def test_a_notice_that_nobody_sends_is_told(make_notice, as_web, seconds, well):
    assert found("notices").says == "No notice waits to be sent."
    make_notice(due_seconds_ago=seconds)
    with as_web():
        assert found("notices").well == well


def test_notices_that_fail_are_told_with_their_reason_until_one_is_sent(make_notice, as_web, as_worker):
    make_notice(due_seconds_ago=-240)
    with as_worker(AT_TASK):
        for words in ("The first.", "The mail server did not take it (TimeoutError)."):
            execute("insert into duties_delivery (notice_id, channel, at, outcome, words)"
                    " select id, 'e-mail', now(), 'failed', %s from duties_notice", words)
    with as_web():
        assert not found("notices").well
        assert found("notices").says == ("Notices whose message fails and is tried again: 1. "
                                         "The mail server did not take it (TimeoutError).")
    with as_worker(AT_TASK):
        execute("update duties_notice set next_try_at = null, sent_at = now()")
    with as_web():
        assert found("notices").well


@pytest.mark.alone
def test_a_row_of_the_audit_that_nobody_seals_is_told(transactional_db, as_web, as_worker, monkeypatch):
    assert found("seal").says == "The audit was never sealed. Every row is sealed."
    for number in (1, 2):
        with as_worker(), at_task("test"):
            keep_audit(None, act=f"act {number}")
        assert found("seal").well
        if number == 1:
            with as_worker(), at_task("seal"):
                assert seal() is not None
            assert "Every row is sealed" in found("seal").says
            assert "last sealed 0 seconds ago" in found("seal").says
    with as_web():
        assert "The oldest row not sealed yet is" in found("seal").says
        monkeypatch.setattr(condition, "OLDEST_UNSEALED_ROW", timedelta(0))
        assert not found("seal").well


def test_too_little_room_is_told(db, monkeypatch):
    monkeypatch.setattr(condition, "LEAST_FREE_GIGABYTES", 1e9)
    assert not found("disk").well


def test_a_database_that_does_not_answer_is_asked_once(db, monkeypatch):
    asked = []

    def silent():
        asked.append(1)
        raise DatabaseError

    monkeypatch.setattr(condition, "CHECKS", dict.fromkeys(condition.CHECKS, silent) | {"disk": condition.disk})
    told = {finding.name: finding for finding in condition.condition()}
    assert len(asked) == 1
    assert told["database"].says == condition.SILENT
    assert told["worker"].says == "Unknown."
    assert told["disk"].well


def test_a_database_that_is_known_to_be_silent_is_not_asked_at_all(monkeypatch):
    monkeypatch.setattr(condition, "CHECKS", dict.fromkeys(condition.CHECKS) | {"disk": condition.disk})
    told = {finding.name: finding.well for finding in condition.condition(answers=False)}
    assert told == {name: name == "disk" for name in condition.CHECKS}


def test_readyz_is_503_until_a_worker_lives_and_healthz_is_200_all_the_while(db):
    client = Client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert set(json.loads(answer.content)["checks"]) == {"database", "worker", "scheduler", "queue"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failed_job_closes_nothing_but_the_check_shows_it(db):
    with transaction.atomic():
        execute("insert into procrastinate_jobs (queue_name, task_name, status) values ('default', 'x', 'failed')")
    assert not found("failed_jobs").well
    assert "failed_jobs" not in condition.READY


def test_health_is_answered_to_any_host_name_and_without_a_session(db):
    answer = Client(headers={"host": "10.0.0.7"}).get("/healthz")
    assert answer.status_code == 200
    assert not answer.cookies

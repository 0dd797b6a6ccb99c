"""An operator sees what failed, runs it again or lets go of it; a page may put a job into the queue and no more."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.interfaces.jobs.failed import failed_jobs, let_go, run_again
from sightline.interfaces.jobs.upkeep import clear_done_jobs
from tests.running import command

NOW = datetime(2026, 5, 10, 22, 15, tzinfo=UTC)


def failed_job():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, attempts) "
            "values ('default', 'notices.send', 'doing', 3) returning id"
        )
        job = cursor.fetchone()[0]
        cursor.execute("update procrastinate_jobs set status = 'failed' where id = %s", [job])
        return job


def test_what_failed_is_listed_with_its_task_and_attempts(db, as_worker):
    job = failed_job()
    with as_worker():
        (found,) = failed_jobs()
    assert (found.id, found.task, found.attempts) == (job, "notices.send", 3)
    assert found.failed_at is not None


def test_a_failed_job_is_run_again(db, as_worker):
    job = failed_job()
    with as_worker():
        assert run_again(job, at=NOW)
        assert failed_jobs() == []
    again = ProcrastinateJob.objects.get(id=job)
    assert (again.status, again.attempts, again.scheduled_at) == ("todo", 4, NOW)


def test_a_failed_job_is_let_go_of(db, as_worker):
    job = failed_job()
    with as_worker():
        assert let_go(job)
    assert not ProcrastinateJob.objects.exists()


def test_only_failed_jobs_are_touched(db, as_worker):
    clear_done_jobs.defer(timestamp=1)
    waiting = ProcrastinateJob.objects.get()
    with as_worker():
        assert not run_again(waiting.id, at=NOW)
        assert not let_go(waiting.id)
        assert not let_go(10**12)
    assert ProcrastinateJob.objects.get().status == "todo"


def test_a_page_may_put_a_job_into_the_queue(db, as_web):
    with as_web():
        clear_done_jobs.defer(timestamp=1)
        assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "delete from procrastinate_jobs",
        "update procrastinate_jobs set status = 'failed'",
        "insert into procrastinate_workers default values",
        "delete from django_migrations",
        "insert into auth_permission (name, content_type_id, codename) values ('x', 1, 'x')",
        "truncate procrastinate_events",
    ],
)
def test_a_page_may_do_no_more_with_tables_that_are_not_ours(db, as_web, statement):
    with pytest.raises(DatabaseError, match="permission denied"), as_web(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_page_keeps_sessions_and_a_job_may_only_clear_them(db, as_web, as_worker):
    with as_web(), connection.cursor() as cursor:
        cursor.execute("insert into django_session values ('k', 'd', now())")
        cursor.execute("update django_session set session_data = 'e'")
    with as_worker(), connection.cursor() as cursor:
        cursor.execute("delete from django_session")
    with pytest.raises(DatabaseError, match="permission denied"), as_worker(), connection.cursor() as cursor:
        cursor.execute("insert into django_session values ('k', 'd', now())")


def test_the_command_says_that_nothing_failed_and_names_what_it_does_not_know(tmp_path):
    data = tmp_path / "data"
    assert command(data, "migrate").returncode == 0
    assert command(data, "jobs").stdout == "No job failed.\n"
    refused = command(data, "jobs", "--again", "7", "--json")
    assert refused.returncode == 1
    assert refused.stdout == '{"failed": [], "unknown": [7]}\n'

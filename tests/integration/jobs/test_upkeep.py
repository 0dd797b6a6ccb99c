"""What a killed worker left is run again, what kills its worker each time is set aside, what is done is cleared."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.interfaces.jobs.queues import READING, ROUNDS
from sightline.interfaces.jobs.upkeep import MOST_ATTEMPTS, clear_done_jobs, clear_ended_sessions, retry_stalled_jobs
from sightline.interfaces.jobs.worker import run_jobs
from sightline.interfaces.serve import condition


@pytest.fixture
def session(transactional_db, postgres):
    """A session of the restricted role that runs jobs."""
    with psycopg.connect(postgres.dsn("worker", connection.settings_dict["NAME"]), autocommit=True) as session:
        yield session


def job_left_by_a_worker(session, *, silent, attempts=0, queueing_lock=None):
    """Make a job that a worker began, whose last sign of life is so long ago."""
    silent_seconds = silent.total_seconds()
    worker = session.execute(
        "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) returning id",
        [silent_seconds],
    ).fetchone()[0]
    return session.execute(
        """
        insert into procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id, queueing_lock)
        values ('default', 'upkeep.clear_done_jobs', '{"timestamp": 1}', 'doing', %s, %s, %s) returning id
        """,
        [attempts, worker, queueing_lock],
    ).fetchone()[0]


def work_the_queue_off():
    """Run jobs until none waits, in a thread: the tests of the browser leave an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(run_jobs, wait=False).result()


def status(job):
    return ProcrastinateJob.objects.get(id=job).status


def findings():
    return {finding.name: finding for finding in condition.condition()}


def test_a_job_of_a_silent_worker_is_run_again(session):
    job = job_left_by_a_worker(session, silent=timedelta(seconds=45))
    assert not findings()["stalled_jobs"].well
    retry_stalled_jobs.defer(timestamp=1)
    work_the_queue_off()
    work_the_queue_off()
    assert status(job) == "succeeded"
    assert findings()["stalled_jobs"].well


def test_a_job_whose_like_waits_already_ends_and_what_was_left_beside_it_is_run(session):
    left = job_left_by_a_worker(session, silent=timedelta(minutes=2), queueing_lock="upkeep.clear_done_jobs")
    beside = job_left_by_a_worker(session, silent=timedelta(minutes=2))
    waiting = clear_done_jobs.configure(schedule_in={"hours": 1}).defer(timestamp=2)
    retry_stalled_jobs.defer(timestamp=1)
    work_the_queue_off()
    work_the_queue_off()
    assert (status(left), status(beside), status(waiting)) == ("aborted", "succeeded", "todo")
    assert findings()["stalled_jobs"].well


def test_a_job_of_a_worker_that_lives_is_left_alone(session):
    job = job_left_by_a_worker(session, silent=timedelta(seconds=5))
    retry_stalled_jobs.defer(timestamp=1)
    work_the_queue_off()
    assert status(job) == "doing"


def test_a_job_that_killed_its_worker_too_often_is_set_aside_where_the_check_shows_it(session):
    job = job_left_by_a_worker(session, silent=timedelta(minutes=2), attempts=MOST_ATTEMPTS)
    retry_stalled_jobs.defer(timestamp=1)
    work_the_queue_off()
    assert status(job) == "failed"
    assert findings()["failed_jobs"].says == "Jobs that failed: 1. See sightline jobs."


def test_jobs_that_ended_well_a_fortnight_ago_are_cleared_and_failed_ones_kept(session):
    kept = {}
    for ended, days in (("succeeded", 15), ("succeeded", 13), ("failed", 400), ("cancelled", 15)):
        job = session.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('default', 'x', %s) returning id",
            [ended],
        ).fetchone()[0]
        session.execute("delete from procrastinate_events where job_id = %s", [job])
        session.execute(
            "insert into procrastinate_events (job_id, type, at) "
            "values (%s, 'succeeded', now() - make_interval(days => %s))",
            [job, days],
        )
        kept[job] = (ended, days) in (("succeeded", 13), ("failed", 400))
    clear_done_jobs.defer(timestamp=1)
    work_the_queue_off()
    there = set(ProcrastinateJob.objects.values_list("id", flat=True))
    assert {job: job in there for job in kept} == kept


def test_a_job_put_into_the_queue_is_gone_with_the_transaction_that_failed(transactional_db):
    with pytest.raises(RuntimeError), transaction.atomic():
        clear_done_jobs.defer(timestamp=1)
        raise RuntimeError
    assert not ProcrastinateJob.objects.exists()


def test_sessions_that_have_ended_are_cleared_with_what_was_noted_beside_them(db, as_worker):
    with connection.cursor() as cursor:
        cursor.execute("insert into access_officer (password, email, name, is_active)"
                       " values ('', 'beth@agency.example', 'Beth', true)")
        for key, hours, noted_days in (("ended", -1, 2), ("ended just now", -1, 0), ("lasts", 1, 2)):
            cursor.execute("insert into django_session values (%s, '', now() + make_interval(hours => %s))",
                           [key, hours])
            cursor.execute("insert into usersessions_usersession"
                           " (created_at, ip, last_seen_at, session_key, user_agent, data, user_id)"
                           " select now() - make_interval(days => %s), '192.0.2.77', now(), %s, '', '{}', id"
                           " from access_officer", [noted_days, key])
    with as_worker():
        clear_ended_sessions(timestamp=1)
    assert set(Session.objects.values_list("session_key", flat=True)) == {"lasts"}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"ended just now", "lasts"}


def test_the_tasks_are_planned_and_none_waits_twice():
    planned = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert planned["upkeep.retry_stalled_jobs"] == "* * * * *"
    assert planned["story.count_links"] == "35 * * * *"
    assert planned["upkeep.clear_done_jobs"] == "40 3 * * *"
    assert planned["upkeep.clear_ended_sessions"] == "20 3 * * *"
    assert all(app.tasks[name].queueing_lock == name for name in planned if name.startswith("upkeep."))


def test_every_job_stands_in_a_queue_that_somebody_works_off():
    ours = {name: task.queue for name, task in app.tasks.items() if task.queue != "builtin"}
    assert set(ours.values()) == {READING, ROUNDS}
    assert {name for name, queue in ours.items() if queue == READING} == {
        "story.read_file", "story.read_news", "story.settle_doubt"}

"""Jobs that look after the other jobs: run again what a killed worker left, and clear away what is long done.

A module of jobs looks like this one: tasks with plain arguments (ids, never values), each safe to run twice, named in
PROCRASTINATE_IMPORT_PATHS of the settings.
"""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from sightline.interfaces.jobs.queues import ROUNDS

# A job that took its worker with it this often is set aside as failed, where `sightline check` shows it.
MOST_ATTEMPTS = 5

KEEP_DONE_HOURS = 14 * 24

# A note just made may be there a moment before its session.
NOTE_BEFORE_SESSION = timedelta(days=1)


@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(name="upkeep.retry_stalled_jobs", queue=ROUNDS, queueing_lock="upkeep.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back into the queue whose worker has sent no sign of life for 30 seconds.

    The queue itself never does: a job of a worker killed with -9 would be "doing" for ever. Where another that does
    the same (of the same queueing lock) waits already, the one that was left ends.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.attempts >= MOST_ATTEMPTS:
            await _end(jobs, job, Status.FAILED)
            continue
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await _end(jobs, job, Status.ABORTED)


async def _end(jobs: JobManager, job: Job, status: Status) -> None:
    assert job.id is not None
    await jobs.finish_job_by_id_async(job.id, status, delete_job=False)


@app.periodic(cron="40 3 * * *", periodic_id="clear")
@app.task(name="upkeep.clear_done_jobs", queue=ROUNDS, queueing_lock="upkeep.clear_done_jobs", pass_context=True)
async def clear_done_jobs(context: JobContext, timestamp: int) -> None:
    """Delete jobs that ended well, or were cancelled, a fortnight ago; failed ones stay until somebody looks."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_DONE_HOURS, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="20 3 * * *", periodic_id="sessions")
@app.task(name="upkeep.clear_ended_sessions", queue=ROUNDS, queueing_lock="upkeep.clear_ended_sessions")
def clear_ended_sessions(timestamp: int) -> None:
    """Delete sessions that have ended, and the notes of address and browser that were kept beside them."""
    Session.objects.filter(expire_date__lt=Now()).delete()
    ended = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    ended.filter(created_at__lt=Now() - NOTE_BEFORE_SESSION).delete()

"""Say whether everything that must run is running: one list of findings for `sightline check`, /readyz and pages."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists, Max, Min, OuterRef, Q
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from sightline.apps.access.sealing import unsealed
from sightline.apps.duties.sending import outbox, unreached
from sightline.apps.intake.listening import silent_feeds
from sightline.apps.people.dry_spells import dry_now
from sightline.apps.population.queries import runs
from sightline.apps.record.queries import unread_since
from sightline.domain.people.inputs import INPUTS

# A worker says every 10 s that it lives; after 30 s its jobs are taken from it (sightline.interfaces.jobs.upkeep).
SILENT_WORKER = timedelta(seconds=30)
# Something is due every minute.
SILENT_SCHEDULER = timedelta(minutes=3)
OLDEST_WAITING_JOB = timedelta(minutes=5)
# News is read as it comes, and looked for each minute; the audit is sealed each minute; notices are sent at once.
OLDEST_UNREAD_NEWS = timedelta(minutes=5)
OLDEST_UNSEALED_ROW = timedelta(minutes=5)
OLDEST_DUE_NOTICE = timedelta(minutes=5)
MOST_NAMED = 5
# Everybody is read every night. One of a county takes minutes, one of England on a cluster an hour or two.
LONGEST_READING = timedelta(hours=6)
OLDEST_READING = timedelta(hours=36)
RUNS_LOOKED_AT = 20
LEAST_FREE_GIGABYTES = 1.0
SILENT = "The database does not answer. Start it with sightline serve."


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, and what to say about it in plain words."""

    name: str
    well: bool
    says: str


def condition(names: Iterable[str] | None = None, *, answers: bool = True) -> list[Finding]:
    """Look at everything, or at the checks that are named.

    A database that does not answer is asked once, not once for every check, and not at all if `answers` says that this
    is known.
    """
    found: list[Finding] = []
    for name in CHECKS if names is None else names:
        try:
            if answers or name == "disk":
                well, says = CHECKS[name]()
            else:
                well, says = False, SILENT if name == "database" else "Unknown."
        except DatabaseError:
            answers, well, says = False, False, SILENT
        found.append(Finding(name, well, says))
    return found


def as_document(found: list[Finding]) -> dict[str, Any]:
    """Give the findings as a JSON document: `well`, and each finding by its name."""
    return {
        "well": all(finding.well for finding in found),
        "checks": {finding.name: {k: v for k, v in asdict(finding).items() if k != "name"} for finding in found},
    }


def database() -> tuple[bool, str]:
    """Look whether we are connected as a role that row-level security binds, to a database with all migrations."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        if cursor.fetchone() != (False,):
            return False, "This process is connected as a role that sees everything. Start it with sightline serve."
    missing = _last_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        return False, f"Apps that wait for a migration: {len(missing)}. Run sightline migrate."
    return True, "The database answers and has all migrations."


def worker() -> tuple[bool, str]:
    """Look when a worker last said that it lives."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if last is None:
        return False, "No worker has ever run. Start it with sightline serve."
    age = _database_clock() - last
    return age <= SILENT_WORKER, f"A worker last gave a sign of life {_long(age)} ago."


def scheduler() -> tuple[bool, str]:
    """Look when a periodic job was last put into the queue."""
    last = ProcrastinatePeriodicDefer.objects.aggregate(last=Max("defer_timestamp"))["last"]
    if last is None:
        return False, "The scheduler has never run. It is part of the worker: start it with sightline serve."
    age = timedelta(seconds=_database_clock().timestamp() - last)
    return age <= SILENT_SCHEDULER, f"The scheduler last put a job into the queue {_long(age)} ago."


def failed_jobs() -> tuple[bool, str]:
    """Look for jobs that gave up; they stay here until somebody sees to them."""
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    return not failed, f"Jobs that failed: {failed}. See sightline jobs." if failed else "No job failed."


def stalled_jobs() -> tuple[bool, str]:
    """Look for jobs whose worker fell silent; the scheduler puts them back each minute, so none should stay."""
    limit = _database_clock() - SILENT_WORKER
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=limit)
    stalled = ProcrastinateJob.objects.filter(silent, status="doing").count()
    return not stalled, f"Jobs that stalled: {stalled}." if stalled else "No job is stalled."


def queue() -> tuple[bool, str]:
    """Look how long the oldest job that could run has been waiting."""
    now = _database_clock()
    ready = ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now), status="todo")
    waiting = ProcrastinateEvent.objects.filter(
        Exists(ready.filter(id=OuterRef("job_id"))), type__in=("deferred", "deferred_for_retry")
    )
    since = waiting.aggregate(since=Min("at"))["since"]
    if since is None:
        return True, "No job is waiting."
    age = now - since
    return age <= OLDEST_WAITING_JOB, f"The oldest waiting job was put into the queue {_long(age)} ago."


def news() -> tuple[bool, str]:
    """Look since when something new of a child waits to be read for signs and duties."""
    since = unread_since()
    if since is None:
        return True, "All that came has been read for signs and duties."
    age = _database_clock() - since
    return age <= OLDEST_UNREAD_NEWS, f"The oldest news waits to be read since {_long(age)}."


def notices() -> tuple[bool, str]:
    """Look for notices that cannot be sent, and for ones that nobody sends."""
    found = outbox()
    if found.failing:
        return False, f"Notices whose message fails and is tried again: {found.failing}. {found.because}".strip()
    if found.due_since is None:
        return True, "No notice waits to be sent."
    age = _database_clock() - found.due_since
    return age <= OLDEST_DUE_NOTICE, f"The oldest notice waits to be sent since {_long(age)}."


def reached() -> tuple[bool, str]:
    """Look whether there is a notice that nobody opened although everybody who could be told was told."""
    number, since = unreached()
    if since is None:
        return True, "Every notice reached somebody, or somebody is still to be told."
    age = _database_clock() - since
    return False, (f"Notices that nobody opened although everybody was told: {number}, the oldest since {_long(age)}."
                   " Ring the agencies; the page Who leaves things unread names the desks.")


def feeds() -> tuple[bool, str]:
    """Look whether an agency's feed has told nothing for longer than its own rhythm allows."""
    found = silent_feeds(None, at=_database_clock())
    if not found:
        return True, "No feed has been silent for longer than is usual for it."
    names = "; ".join(f"{one.agency_name}, {one.feed}, since {one.last_at:%d %B %Y}" for one in found[:MOST_NAMED])
    return False, f"Feeds that fell silent: {len(found)} ({names}). Ask the agency; nothing told is no safety."


def inputs() -> tuple[bool, str]:
    """Look whether an agency tells much less of something that records are compared by than it did."""
    found = dry_now()
    if not found:
        return True, "Nothing that records are compared by has dried up."
    names = "; ".join(f"{one.agency_name}, {INPUTS[one.name]}, {one.before * 100:.0f} % before, {one.now * 100:.0f} %"
                      f" since {one.week:%d %B %Y}" for one in found[:MOST_NAMED])
    return False, (f"Inputs that dried up: {len(found)} ({names}). Ask the agency; until it is told again, children may"
                   " not be found to be one.")


def seal() -> tuple[bool, str]:
    """Look when the audit was last sealed, and since when a row waits for the next seal."""
    sealed_at, waits_since = unsealed()
    now = _database_clock()
    last = f"The audit was last sealed {_long(now - sealed_at)} ago." if sealed_at else "The audit was never sealed."
    if waits_since is None:
        return True, f"{last} Every row is sealed."
    age = now - waits_since
    return age <= OLDEST_UNSEALED_ROW, f"{last} The oldest row not sealed yet is {_long(age)} old."


def everybody() -> tuple[bool, str]:
    """Look whether the last reading of everybody was finished, and whether somebody differed or could not be read."""
    found = next((one for one in runs(most=RUNS_LOOKED_AT) if one.kind == "check"), None)
    if found is None:
        return True, "Everybody was not read yet: the first time is tonight."
    age = _database_clock() - found.asked_at
    if found.done_at is None:
        return age <= LONGEST_READING, (f"The reading of everybody that was due {_long(age)} ago is not finished:"
                                        f" {found.done} of {found.partitions or 'an unknown number of'} shares.")
    if age > OLDEST_READING:
        return False, f"Everybody was last read {_long(age)} ago, and should be every night. See logs/worker.log."
    if found.unread:
        return False, (f"Children who could not be read last night: {found.unread}. What is kept of them stays as it"
                       " was; logs/worker.log names the line, for who makes Sightline.")
    if found.differed:
        return False, (f"Children who differed last night without a reason: {found.differed}. They were read again;"
                       " see logs/worker.log, and tell who makes Sightline.")
    return True, f"Everybody was read {_long(age)} ago; nobody differed without a reason."


def disk() -> tuple[bool, str]:
    """Look how much room is left where the data folder is."""
    free = shutil.disk_usage(settings.STATIC_ROOT).free / 1e9
    return free >= LEAST_FREE_GIGABYTES, f"{free:.1f} GB are free in the data folder."


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "database": database,
    "worker": worker,
    "scheduler": scheduler,
    "failed_jobs": failed_jobs,
    "stalled_jobs": stalled_jobs,
    "queue": queue,
    "news": news,
    "notices": notices,
    "reached": reached,
    "feeds": feeds,
    "inputs": inputs,
    "seal": seal,
    "everybody": everybody,
    "disk": disk,
}

# Whether pages can be served, and what they start is done. A job that failed is a reason to look, not to close.
READY = ("database", "worker", "scheduler", "queue")


@cache
def _last_migrations() -> set[tuple[str, str]]:
    """Name the last migration of each app, read from the program once."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _database_clock() -> datetime:
    """Ask the database what time it is: the signs of life were written by its clock."""
    with connection.cursor() as cursor:
        cursor.execute("select statement_timestamp()")
        row = cursor.fetchone()
    assert row is not None
    told: datetime = row[0]
    return told


def _long(age: timedelta) -> str:
    seconds = max(0, round(age.total_seconds()))
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"

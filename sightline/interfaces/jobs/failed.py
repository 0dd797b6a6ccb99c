"""Jobs that gave up: seen, run again, or let go of, by an operator who looked into why."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


@dataclass(frozen=True)
class FailedJob:
    """One job that failed: its number, what it was to do, how often it was tried and when it last was."""

    id: int
    task: str
    attempts: int
    failed_at: datetime | None


def failed_jobs() -> list[FailedJob]:
    """Give all jobs that failed, the oldest first."""
    rows = ProcrastinateJob.objects.filter(status="failed").annotate(last=Max("procrastinateevent__at")).order_by("id")
    return [FailedJob(row.id, row.task_name, row.attempts, row.last) for row in rows]


def run_again(job: int, *, at: datetime) -> bool:
    """Put a failed job back into the queue for `at`; says whether there was one of that number."""
    if not _exists(job):
        return False
    app.job_manager.retry_job_by_id(job, retry_at=at)
    return True


def let_go(job: int) -> bool:
    """Remove a failed job for good; says whether there was one of that number."""
    # The queue's own models refuse to write by their usual manager; it has no other way to remove one job.
    removed, _ = ProcrastinateJob._base_manager.filter(id=job, status="failed").delete()
    return removed > 0


def _exists(job: int) -> bool:
    return ProcrastinateJob.objects.filter(id=job, status="failed").exists()

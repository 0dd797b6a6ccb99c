"""Jobs that freeze what is measured: every month by themselves, and when somebody asks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from sightline.apps.access.acting import at_task
from sightline.apps.insight.freezing import PERIOD, freeze
from sightline.apps.insight.queries import snapshots
from sightline.interfaces.jobs.queues import ROUNDS

EVERY = timedelta(days=28)
"""A snapshot is made by night when the newest is so old: some twelve a year. Our own choice."""
LOCK = "measuring.freeze"


@app.periodic(cron="15 1 * * *", periodic_id="freeze")
@app.task(name="measuring.freeze_in_time", queue=ROUNDS, queueing_lock="measuring.freeze_in_time")
def freeze_in_time(timestamp: int) -> None:
    """Freeze what is measured where that was not done for four weeks."""
    now = datetime.now(UTC)
    with at_task("measure"):
        newest = snapshots(most=1)
        if not newest or newest[0].made_at <= now - EVERY:
            freeze(start=now - PERIOD, until=now, officer=None, at=now)


@app.task(name="measuring.freeze_now", queue=ROUNDS)
def freeze_now(officer: str, start: str, until: str) -> None:
    """Freeze what is measured of a period, as an officer asked."""
    with at_task("measure"):
        freeze(start=datetime.fromisoformat(start), until=datetime.fromisoformat(until), officer=UUID(officer),
               at=datetime.now(UTC))

"""Jobs that keep the record trustworthy: seal the audit, anchor the seal outside, forget what need not be kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from sightline.apps.access.acting import at_task
from sightline.apps.access.anchors import anchor
from sightline.apps.access.sealing import seal
from sightline.apps.custody.saving import forget_old
from sightline.apps.intake.actions import forget_content
from sightline.interfaces.jobs.queues import ROUNDS

KEEP_CONTENT = timedelta(days=30)
"""The bytes of a file are kept for so long after it was read (our own choice; the entries stay)."""


@app.periodic(cron="* * * * *", periodic_id="seal")
@app.task(name="keeping.seal_audit", queue=ROUNDS, queueing_lock="keeping.seal_audit")
def seal_audit(timestamp: int) -> None:
    """Seal the audit up to the line below which no row can appear, and anchor the seal outside the database."""
    with at_task("seal"):
        sealed = seal()
    if sealed is not None:
        anchor(seal=sealed.id, chain=sealed.chain, entries=sealed.entries, file=Path(settings.AUDIT_ANCHORS),
               at=datetime.now(UTC))


@app.periodic(cron="10 3 * * *", periodic_id="forget")
@app.task(name="keeping.forget_file_content", queue=ROUNDS, queueing_lock="keeping.forget_file_content")
def forget_file_content(timestamp: int) -> None:
    """Remove the bytes of files that were read a month ago."""
    with at_task("forget"):
        forget_content(before=datetime.now(UTC) - KEEP_CONTENT)


@app.periodic(cron="20 3 * * *", periodic_id="forget_typed")
@app.task(name="keeping.forget_what_was_typed", queue=ROUNDS, queueing_lock="keeping.forget_what_was_typed")
def forget_what_was_typed(timestamp: int) -> None:
    """Remove what was typed into forms of custody cases and sent since, thrown away, or left for its time."""
    with at_task("forget"):
        forget_old(at=datetime.now(UTC))

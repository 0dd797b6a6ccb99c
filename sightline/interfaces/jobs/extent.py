"""The job that estimates the extent from our own lists, one at a time, after an officer asked for it."""

from contextlib import suppress
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sightline.interfaces.jobs.queues import ROUNDS
from sightline.interfaces.jobs.story import now


@app.task(name="insight.estimate_extent", queue=ROUNDS, retry=2)
def estimate_extent(request: str) -> None:
    """Answer one request; one that was answered already is left."""
    from sightline.apps.insight.estimating_own import answer_request

    answer_request(UUID(request), at=now)


def ask_to_estimate(request: UUID) -> None:
    """Put a request into the queue."""
    with suppress(AlreadyEnqueued):
        estimate_extent.configure(queueing_lock=f"extent {request}").defer(request=str(request))

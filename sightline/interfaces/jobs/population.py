"""Jobs that read everybody: each night, after a new edition of the rule book, and for previews."""

import logging
from contextlib import suppress

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sightline.apps.access.acting import at_task
from sightline.apps.access.alone import alone
from sightline.apps.population import actions
from sightline.apps.population.queries import to_go_on_with
from sightline.domain.signs.catalogue import RULES
from sightline.interfaces.jobs.queues import ROUNDS
from sightline.interfaces.jobs.story import ask_to_send, now
from sightline.interfaces.population.carrying import carry

READING_EVERYBODY = 7_205
"""The number of the lock under which one process has everybody read."""
_log = logging.getLogger(__name__)


@app.periodic(cron="40 1 * * *", periodic_id="everybody")
@app.task(name="population.every_night", queue=ROUNDS, queueing_lock="population.every_night")
def every_night(timestamp: int) -> None:
    """Ask for a comparison of everybody with what is kept."""
    with at_task("population"):
        actions.ask(because=actions.NIGHT, at=now())
    ask_to_carry()


@app.periodic(cron="*/10 * * * *", periodic_id="new_edition")
@app.task(name="population.look_for_a_new_edition", queue=ROUNDS, queueing_lock="population.look_for_a_new_edition")
def look_for_a_new_edition(timestamp: int) -> None:
    """Ask for everybody to be read where the rule book is a new one, and go on with what a killed worker left."""
    with at_task("population"):
        if actions.note_book(RULES, at=now()):
            actions.ask(because=actions.NEW_EDITION, at=now())
        left = to_go_on_with()
    if left:
        ask_to_carry()


def ask_to_carry() -> None:
    """Put the reading of everybody into the queue, where it does not stand there already."""
    with suppress(AlreadyEnqueued):
        read_everybody.configure(queueing_lock="population.read_everybody").defer()


@app.task(name="population.read_everybody", queue=ROUNDS, pass_context=True, retry=3)
def read_everybody(context: JobContext) -> None:
    """Work through every run that is not done; asked to stop, leave the rest to the next worker.

    One at a time: who finds another at it leaves. Were this the queue's own lock, a killed worker's job would hold it.
    """
    with alone(READING_EVERYBODY) as free:
        if not free:
            return
        with at_task("population"):
            left = to_go_on_with()
        for run in left:
            if not carry(run, at=now, stop=context.should_abort):
                return
            _log.info("Everybody was read: run %s.", run)
            ask_to_send()

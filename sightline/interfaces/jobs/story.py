"""Jobs that carry the story on: read what came, look again, take the steps that are due."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import perf_counter, sleep
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sightline import flow
from sightline.apps.access.acting import at_task
from sightline.apps.access.queries import agency_book
from sightline.apps.custody.alarms import raise_alarms, raise_departure_alarms
from sightline.apps.custody.referred import send_due
from sightline.apps.disclosure.keeping import end_in_time, warn_of_ends
from sightline.apps.disclosure.waiting import remind_of_requests
from sightline.apps.duties.covering import tell_covers
from sightline.apps.duties.escalation import take_steps
from sightline.apps.duties.following import follow, note_acted
from sightline.apps.duties.night import hand_over_duties, route_duties
from sightline.apps.duties.silence import tell_of_dry_inputs, tell_of_silence
from sightline.apps.intake.actions import ReadBySomebodyElse
from sightline.apps.intake.queries import unfinished
from sightline.apps.people import how_good
from sightline.apps.people.again import weigh_again
from sightline.apps.people.answers import answered
from sightline.apps.responsibility.night import hand_over_events, route_events
from sightline.apps.responsibility.transfers import escalate_disputes, expire_offers
from sightline.apps.signs.measuring import measure
from sightline.apps.signs.queries import to_look_again
from sightline.apps.signs.relinked import SETTLING
from sightline.interfaces.channels import served
from sightline.interfaces.jobs.post import send_notices
from sightline.interfaces.jobs.queues import READING, ROUNDS

_log = logging.getLogger(__name__)

PEOPLE_A_LOOK = 500
REFERRALS_A_STEP = 100
DUTIES_A_STEP = 200
RESTS = 2
"""After each step the round rests so many times as long as the step took: what agencies send goes first."""
MEASURE_AFTER_SECONDS = 60
PLACES_AFTER_SECONDS = 5
"""What changes for a school in these seconds is looked at once: a day's first signs of a school come in one file."""


def now() -> datetime:
    """Read the clock: the only place where jobs do."""
    return datetime.now(UTC)


@app.task(name="story.read_file", queue=READING, retry=3)
def read_file(submission: int) -> None:
    """Read one file that an agency sent, unless a command reads it just now, and everybody of whom news is held."""
    with suppress(ReadBySomebodyElse):
        flow.work_through(submission, at=now, progress=lambda done, rows: None)
    _read_news()


@app.task(name="story.read_news", queue=READING, retry=3)
def read_news() -> None:
    """Read everybody of whom something new is held."""
    _read_news()


def _read_news() -> None:
    if flow.read_news(at=now):
        ask_to_send()
        with suppress(AlreadyEnqueued):
            ask_of_places.configure(
                queueing_lock="story.ask_of_places", schedule_in={"seconds": PLACES_AFTER_SECONDS}).defer()


@app.task(name="story.ask_of_places", queue=ROUNDS, retry=3)
def ask_of_places() -> None:
    """Look at the schools of which something changed, for first signs of several pupils after an arrival."""
    flow.ask_of_places(at=now)
    ask_to_send()


@app.task(name="story.settle_doubt", queue=READING, retry=3)
def settle_doubt(doubt: str) -> None:
    """Carry out what a person answered to a doubt, and read both children again."""
    flow.settle(UUID(doubt), at=now)


@app.task(name="story.read_after_switch", queue=ROUNDS, retry=3)
def read_after_switch(code: str, area: int) -> None:
    """Read the children again on whom a sign is shown that their council has just switched off, or on."""
    flow.read_after_switch(code, area=area, at=now)


@app.periodic(cron="25 * * * *", periodic_id="measure_signs")
@app.task(name="story.measure_signs", queue=ROUNDS, queueing_lock="story.measure_signs")
def measure_signs(timestamp: int) -> None:
    """Count anew how often each sign was right."""
    with at_task("measure"):
        measure(at=now())


@app.periodic(cron="35 * * * *", periodic_id="count_links")
@app.task(name="story.count_links", queue=ROUNDS, queueing_lock="story.count_links")
def count_links(timestamp: int) -> None:
    """Count anew how records were linked, and what agencies tell to compare them by."""
    with at_task("measure"):
        how_good.count_links(settling=SETTLING, at=now())


@app.periodic(cron="10 2 * * *", periodic_id="weigh_again")
@app.task(name="story.weigh_again", queue=ROUNDS, queueing_lock="story.weigh_again")
def weigh_records_again(timestamp: int) -> None:
    """Weigh every record again with the weights of today, at night: what would move is asked."""
    weigh_again(at=now)


def ask_to_measure() -> None:
    """Have signs counted anew within the minute after somebody closed one, once however many were closed."""
    with suppress(AlreadyEnqueued):
        measure_signs.configure(
            queueing_lock="story.measure_signs", schedule_in={"seconds": MEASURE_AFTER_SECONDS}).defer(timestamp=0)


@app.periodic(cron="* * * * *", periodic_id="look_again")
@app.task(name="story.look_again", queue=ROUNDS, queueing_lock="story.look_again")
def look_again(timestamp: int) -> None:
    """Do what time alone brings about, and what a killed worker left undone: nothing waits for somebody to ask."""
    with at_task("look again"):
        files, doubts = unfinished(), answered(most=100)
    for submission in files:
        with suppress(AlreadyEnqueued):
            read_file.configure(queueing_lock=f"file {submission}").defer(submission=submission)
    _do_all([*(partial(flow.settle, doubt, at=now) for doubt in doubts), partial(flow.read_news, at=now), _read_due,
             _send_referrals, partial(flow.ask_of_places, at=now), _note_acted, *_due_steps(), ask_to_send])


def _do_all(parts: Iterable[Callable[[], object]]) -> None:
    """Do every part, whichever fails: a fault in one keeps no child's alarm back. Then fail as the first one did."""
    first: Exception | None = None
    for part in parts:
        try:
            part()
        except Exception as error:
            _log.exception("A part of the round of the minute failed; the others go on.")
            first = first or error
    if first is not None:
        raise first


def ask_to_send() -> None:
    """Put the sending of notices into the queue, where it does not stand there already."""
    with suppress(AlreadyEnqueued):
        send_notices.configure(queueing_lock="post.send_notices").defer()


def _read_due() -> None:
    """Read again those whose signs or duties may stand otherwise by now, each once."""
    due = now()
    while True:
        with at_task("look again"):
            people = to_look_again(at=due, most=PEOPLE_A_LOOK)
            if not people:
                return
            flow.look_again(people, at=max(now(), due))


def _send_referrals() -> None:
    """Send the referrals of arrests whose time has come, and read the children again: their duties are met by that."""
    sent = 0
    while True:
        with at_task("referrals"):
            done = send_due(book=agency_book(), at=now(), most=REFERRALS_A_STEP)
        if not done:
            break
        sent += done
    if sent:
        flow.read_news(at=now)


def _note_acted() -> None:
    with at_task("steps"):
        note_acted(at=now())


def _due_steps() -> Iterator[Callable[[], None]]:
    """Give what is to be done by the clock: children on a journey first, the night, then the steps; notices are last.

    In a flood the round may take longer than its minute, and files are read meanwhile.
    """
    for steps in (raise_alarms, raise_departure_alarms, hand_over_duties, hand_over_events, route_duties, route_events,
                  take_steps, expire_offers, escalate_disputes, warn_of_ends, end_in_time, remind_of_requests,
                  tell_of_silence, tell_of_dry_inputs, partial(tell_covers, served=served()),
                  partial(follow, served=served())):
        yield partial(_until_done, steps)


def _until_done(steps: Callable[..., int]) -> None:
    while True:
        began = perf_counter()
        with at_task("steps"):
            if not steps(book=agency_book(), at=now(), most=DUTIES_A_STEP):
                return
        sleep(RESTS * (perf_counter() - began))

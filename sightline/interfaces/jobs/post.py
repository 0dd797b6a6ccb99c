"""Jobs that send: messages that hold nothing but that something waits, and where; and what became of them."""

from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings
from procrastinate.contrib.django import app

from sightline.apps.access.acting import at_task
from sightline.apps.access.addresses import not_proven, say_of_test
from sightline.apps.access.alone import alone
from sightline.apps.duties.sending import Outcome, Waiting, accepted, arrived, claim, due, settle
from sightline.interfaces.channels import CHANNELS, served
from sightline.interfaces.channels.message import Message
from sightline.interfaces.channels.notify import outcome_of, whether_it_arrived
from sightline.interfaces.channels.proof import words_of
from sightline.interfaces.jobs.queues import ROUNDS

SENDING = 7_203
"""The number of the lock under which one process sends."""
NOTICES_A_MESSAGE = 500
ASKED_AT_ONCE = 200


@app.task(name="post.send_notices", queue=ROUNDS)
def send_notices() -> None:
    """Send what waits in the outbox, one message an address; what fails is tried again later.

    One process at a time sends: who finds another at it leaves. What came meanwhile is seen by the other, which looks
    once more after it has let go. (Were this the queue's own lock, a job that a killed worker left would hold it.)
    """
    while True:
        with alone(SENDING) as free:
            if not free:
                return
            while waiting := _claimed():
                outcome = _send(waiting)
                with at_task("send"):
                    settle(waiting, outcome, at=datetime.now(UTC))
        if not _something_is_due():
            return


def _something_is_due() -> bool:
    with at_task("send"):
        return due(at=datetime.now(UTC))


def _claimed() -> Waiting | None:
    with at_task("send"):
        return claim(at=datetime.now(UTC), most=NOTICES_A_MESSAGE, served=served())


def _send(waiting: Waiting) -> Outcome:
    """Send one message by its channel; an address that is gone or a channel that is unknown fails for good."""
    if waiting.channel not in CHANNELS:
        return Outcome(taken=False, for_good=True, words="There is no such channel. Look at this contact's channels.")
    return CHANNELS[waiting.channel](Message(
        address=waiting.address, name=waiting.message_id, notices=waiting.notices,
        inbox=f"{settings.SIGHTLINE_ADDRESS}/inbox/", at=datetime.now(UTC), again=waiting.again,
        contact=waiting.contact.id, edition=waiting.contact.webhook_edition))


@app.periodic(cron="* * * * *", periodic_id="arrived")
@app.task(name="post.ask_whether_arrived", queue=ROUNDS, queueing_lock="post.ask_whether_arrived")
def ask_whether_arrived(timestamp: int) -> None:
    """Ask GOV.UK Notify what became of the messages that it accepted."""
    with at_task("send"):
        asked = accepted(at=datetime.now(UTC), most=ASKED_AT_ONCE)
    service = settings.NOTIFY
    if service is None:
        return
    for _, remote in asked:
        told = whether_it_arrived(remote, service=service)
        if told is not None:
            with at_task("send"):
                arrived(remote=remote, delivered=told[0], words=told[1], at=datetime.now(UTC))


@app.task(name="post.note_arrival", queue=ROUNDS, retry=3)
def note_arrival(remote: str, status: str) -> None:
    """Write down what GOV.UK Notify told of a message by itself; one that is not ours, or has ended, stays as it is."""
    told = outcome_of(status)
    if told is not None:
        with at_task("send"):
            arrived(remote=remote, delivered=told[0], words=told[1], at=datetime.now(UTC))


@app.task(name="post.send_test", queue=ROUNDS, retry=3)
def send_test(contact: int, channel: str) -> None:
    """Send the code that proves an address which was entered, and write down what came of it.

    Killed between the two, it sends the same code again.
    """
    with at_task("send"):
        waits = not_proven(contact).get(channel)
    if waits is None:
        return
    address = waits[0]
    outcome = CHANNELS[channel](Message(
        address=address, name=f"test.{contact}.{uuid4()}", notices=(), inbox=f"{settings.SIGHTLINE_ADDRESS}/desks/",
        at=datetime.now(UTC), again=False, contact=contact, edition=0,
        words=words_of(contact=contact, channel=channel, address=address)))
    said = "The test message was sent." if outcome.taken else f"The test message failed. {outcome.words}"
    with at_task("send"):
        say_of_test(contact=contact, channel=channel, address=address, said=said)

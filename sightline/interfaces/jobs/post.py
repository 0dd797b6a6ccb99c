"""Jobs that send: e-mails that hold nothing but that something waits, and where."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from procrastinate.contrib.django import app

from sightline.apps.access.acting import at_task
from sightline.apps.duties.sending import Waiting, claim, settle

NOTICES_A_MESSAGE = 500

SUBJECT = "Sightline: something waits for you"
BODY = """{count} in Sightline for your desk.

Open your inbox to see what it is: {address}/inbox/

This message holds nothing of any child. Do not answer it.
"""


@app.task(name="post.send_notices", retry=3, lock="post.send_notices")
def send_notices() -> None:
    """Send what waits in the outbox, one message a contact; what fails is tried again later."""
    while True:
        with at_task("send"):
            waiting = claim(at=datetime.now(UTC), most=NOTICES_A_MESSAGE)
        if waiting is None:
            return
        failed_because = _send(waiting)
        with at_task("send"):
            settle(waiting.notices, at=datetime.now(UTC), failed_because=failed_because)


def _send(waiting: Waiting) -> str | None:
    """Send one message and give why it failed, in words without addresses, or None."""
    if not waiting.email:
        return None
    if not settings.MAIL_LEAVES:
        return "No mail server is set: set SIGHTLINE_SMTP_URL."
    count = len(waiting.notices)
    things = "1 thing waits" if count == 1 else f"{count} things wait"
    message = EmailMessage(
        SUBJECT, BODY.format(count=things, address=settings.SIGHTLINE_ADDRESS), to=[waiting.email],
        headers={"Message-ID": f"<{waiting.message_id}@sightline>"})
    try:
        message.send()
    except OSError as error:
        return f"The mail server did not take it ({type(error).__name__})."
    except Exception as error:
        # An address that cannot be written into a message must not hold up those of others.
        return f"The message could not be written; look at this contact's e-mail address ({type(error).__name__})."
    return None

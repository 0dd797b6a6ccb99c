"""The ways by which a message leaves: one file a channel, each with `send(message)` that says how it went."""

from collections.abc import Callable, Mapping

from django.conf import settings

from sightline.apps.duties.sending import INBOX, Outcome
from sightline.interfaces.channels import mail, notify_email, text, webhook
from sightline.interfaces.channels.message import Message


def stand_in_inbox(message: Message) -> Outcome:
    """Give a notice that has no other way as sent: it stands in the inbox."""
    return Outcome(taken=True)


CHANNELS: Mapping[str, Callable[[Message], Outcome]] = {
    INBOX: stand_in_inbox, "e-mail": mail.send, "text": text.send, "notify-email": notify_email.send,
    "webhook": webhook.send,
}

def served() -> frozenset[str]:
    """Name the channels besides e-mail that are set up, so that a contact without an order of its own gets them."""
    notify = settings.NOTIFY
    return frozenset({"text"} if notify is not None and notify.text_template else ())

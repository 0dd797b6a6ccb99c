"""Speak with GOV.UK Notify: send under our own reference, once, and ask whether a message arrived.

That Notify accepted a message says nothing of its delivery. It does not know a reference that it has seen already, so
before a message is sent again we ask whether it is there.
"""

from collections.abc import Callable
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.exceptions import RequestException

from sightline.apps.duties.sending import Outcome
from sightline.config.notify import NotifyService
from sightline.interfaces.channels.message import Message

TIMEOUT_SECONDS = 20
NOT_SET = Outcome(taken=False, for_good=True, words="GOV.UK Notify is not set up: set SIGHTLINE_NOTIFY_KEY and its"
                                                    " templates.")
ARRIVED = frozenset({"delivered", "sent"})  # `sent` is the end of an international text message
FAILED = {
    "permanent-failure": "The number or address does not exist.",
    "temporary-failure": "The telephone or mailbox could not be reached for three days.",
    "technical-failure": "GOV.UK Notify could not send it.",
}
FOR_GOOD = 400
RefusedBy = dict[int, str]
REFUSED: RefusedBy = {
    400: "GOV.UK Notify refused it; look at this contact's number or address, and at the templates",
    403: "GOV.UK Notify does not know our key, or our clock is wrong; look at SIGHTLINE_NOTIFY_KEY",
    429: "GOV.UK Notify takes no more from us just now",
}


def client(service: NotifyService) -> NotificationsAPIClient:
    """Make a client: it is not to be shared between threads."""
    return NotificationsAPIClient(service.key, base_url=service.url, timeout=TIMEOUT_SECONDS)


def send_once(
    message: Message, service: NotifyService, *, send: Callable[[NotificationsAPIClient], dict[str, Any]]
) -> Outcome:
    """Send over a client, unless Notify has this very message already; say how it went, in words without addresses."""
    speaks = client(service)
    try:
        known = speaks.get_all_notifications(reference=message.name)["notifications"] if message.again else []
        answer = known[0] if known else send(speaks)
        return Outcome(taken=True, remote=str(answer["id"]))
    except APIError as error:
        words = REFUSED.get(error.status_code, "GOV.UK Notify did not take it")
        return Outcome(taken=False, for_good=error.status_code == FOR_GOOD, words=f"{words} ({error.status_code}).")
    except (RequestException, KeyError, TypeError) as error:
        return Outcome(taken=False, words=f"GOV.UK Notify did not answer as it should ({type(error).__name__}).")


def whether_it_arrived(remote: str, *, service: NotifyService) -> tuple[bool, str] | None:
    """Ask Notify how a message goes on: (arrived, words), or None while nobody knows."""
    try:
        status = str(client(service).get_notification_by_id(remote)["status"])
    except (APIError, RequestException, KeyError, TypeError):
        return None
    return outcome_of(status)


def outcome_of(status: str) -> tuple[bool, str] | None:
    """Say what a status of Notify means: (arrived, words), or None where it is not the end."""
    if status in ARRIVED:
        return True, ""
    return (False, FAILED[status]) if status in FAILED else None

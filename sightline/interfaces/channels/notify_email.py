"""Send an e-mail over GOV.UK Notify, which says whether it arrived."""

from django.conf import settings

from sightline.apps.duties.sending import Outcome
from sightline.interfaces.channels.message import Message
from sightline.interfaces.channels.notify import NOT_SET, send_once


def send(message: Message) -> Outcome:
    """Send one e-mail and say how it went; the template has the places ((things)) and ((inbox))."""
    service = settings.NOTIFY
    if service is None or not service.email_template:
        return NOT_SET
    template = service.email_template
    return send_once(message, service, send=lambda speaks: speaks.send_email_notification(
        email_address=message.address, template_id=template, reference=message.name,
        personalisation={"things": message.things, "inbox": message.inbox}))

"""Send a text message over GOV.UK Notify."""

from django.conf import settings

from sightline.apps.duties.sending import Outcome
from sightline.interfaces.channels.message import Message
from sightline.interfaces.channels.notify import NOT_SET, send_once


def send(message: Message) -> Outcome:
    """Send one text message and say how it went; the template has the places ((things)) and ((inbox))."""
    service = settings.NOTIFY
    if service is None or not service.text_template:
        return NOT_SET
    template = service.text_template
    return send_once(message, service, send=lambda speaks: speaks.send_sms_notification(
        phone_number=message.address, template_id=template, reference=message.name,
        personalisation={"things": message.things, "inbox": message.inbox}))

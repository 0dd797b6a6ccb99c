"""Send an e-mail over the installation's mail server."""

from django.conf import settings
from django.core.mail import EmailMessage

from sightline.apps.duties.sending import Outcome
from sightline.interfaces.channels.message import Message

SUBJECT = "Sightline: something waits for you"
BODY = """{things} in Sightline for your desk.

Open your inbox to see what it is: {inbox}

This message holds nothing of any child. Do not answer it.
"""


def send(message: Message) -> Outcome:
    """Send one e-mail and say how it went, in words without addresses."""
    if not settings.MAIL_LEAVES:
        return Outcome(taken=False, words="No mail server is set: set SIGHTLINE_SMTP_URL.")
    email = EmailMessage(SUBJECT, BODY.format(things=message.things, inbox=message.inbox), to=[message.address],
                         headers={"Message-ID": f"<{message.name}@sightline>"})
    try:
        email.send()
    except OSError as error:
        return Outcome(taken=False, words=f"The mail server did not take it ({type(error).__name__}).")
    except Exception as error:
        # An address that cannot be written into a message must not hold up those of others.
        return Outcome(taken=False, for_good=True, words=(
            f"The message could not be written; look at this contact's e-mail address ({type(error).__name__})."))
    return Outcome(taken=True)

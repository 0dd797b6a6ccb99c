"""Beth, her password, and the code that her authenticator app shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from sightline.apps.access.models import Officer

BETH, PASSWORD = "beth.okafor@knowsley.example", "copper lantern meadow"
SECRET = generate_totp_secret()


def code(step: int = 0) -> str:
    """Give the code that Beth's app shows now, or `step` half minutes from now."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + step))


def sign_in(client: Client, officer: Officer) -> None:
    """Sign an officer in as if password and second factor had just been given."""
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()

"""What differs in our sign-in from what allauth does by itself: nobody signs up, secrets are sealed, words are ours."""

import logging
import time
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from markupsafe import Markup
from qrcode.main import QRCode

from sightline.interfaces.web.sign_in.sealing import seal, unseal

log = logging.getLogger(__name__)

_QR = Markup(
    '<svg class="sightline-qr" viewBox="0 0 {size} {size}" role="img" aria-label="Code to scan with your app">'
    '<rect width="{size}" height="{size}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>'
)
WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use your passkey",
}
WRONG_CODE = "This code is not right. Enter the newest one that your app shows"


class Accounts(DefaultAccountAdapter):
    """Hold the rules of passwords and accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask your agency’s administrator",
        "email_password_mismatch": "The e-mail address or the password is not right",  # nosec B105
        "enter_current_password": "Enter your present password",  # nosec B105
        "incorrect_password": "The password is not right",  # nosec B105
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link was used already or is too old. Ask for a new one",  # nosec B105
        "too_many_login_attempts": "Too many tries. Wait 15 minutes, then try again",
        "rate_limited": "Too many tries. Wait 15 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Keep sign-up closed: accounts are made by an administrator."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for a new proof before a change of second factors, unless there was any proof within five minutes.

        Left to itself, allauth asks for the password again in the minute after it was typed.
        """
        request = context.request
        proofs = [record["at"] for record in get_authentication_records(request, request.user)]
        fresh = bool(proofs) and time.time() - max(proofs) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the ways to prove again who one is, the quickest first: a visitor of a demonstration knows the code."""
        order = ["mfa_reauthenticate:webauthn", "reauthenticate", "mfa_reauthenticate"]
        if settings.DEMONSTRATION:
            order.insert(0, order.pop())
        methods = super().get_reauthentication_methods(user)
        methods.sort(key=lambda method: order.index(method["id"]))
        return [method | {"description": WAYS[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message about an account; where the mail server fails, the step that caused it still counts.

        The page that asked for a new password says what to do when no message comes.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # what smtplib raises are OSErrors too
            log.exception("A message could not be sent: %s", template_prefix)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the officer's own sign-in page."""
        return reverse("mfa_index")


class SecondFactors(DefaultMFAAdapter):
    """Hold the rules of second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "You must keep one second factor. Add another before you remove this one",
        "incorrect_code": WRONG_CODE,
        "unreadable_passkey": "Your browser sent no passkey that can be read. Try again, or use another way",
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return seal(text.encode(), "second factor").decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a kept secret."""
        return unseal(encrypted_text.encode(), "second factor").decode()

    def build_totp_svg(self, url: str) -> Markup:
        """Draw the code to scan as a picture that may stand in the page: one path, no style."""
        code = QRCode(border=2)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return _QR.format(size=len(rows), squares=squares)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last second factor: an officer without one could not work."""
        return others(authenticator.user_id, authenticator.pk)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Name a new passkey, so that its owner can tell it from the others."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"

    def _get_site_name(self) -> str:
        return "Sightline"


def others(officer: UUID, authenticator: int) -> bool:
    """Tell whether the officer has another second factor besides this one; recovery codes alone are none."""
    main = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=officer, type__in=main).exclude(pk=authenticator).exists()

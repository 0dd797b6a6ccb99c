"""What a browser sends as a passkey may be anything; what is no passkey is refused like a wrong one.

allauth's forms take the parts of it for granted and fail with an error of the service when they are missing.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class _Readable(AuthenticateWebAuthnForm):
    """Refuse what cannot be read."""

    def clean_credential(self) -> Authenticator:
        """Check the passkey as allauth does."""
        try:
            return super().clean_credential()
        except MALFORMED:
            raise get_adapter().validation_error("unreadable_passkey") from None


class SecondPasskey(_Readable):
    """Take a passkey as second factor."""


class OnlyPasskey(_Readable, LoginWebAuthnForm):
    """Take a passkey without a password."""


class PasskeyAgain(_Readable, ReauthenticateWebAuthnForm):
    """Take a passkey as a new proof."""


class NewPasskey(AddWebAuthnForm):
    """Add a passkey."""

    def clean(self) -> dict[str, Any]:
        """Check the new passkey as allauth does."""
        try:
            return super().clean()
        except MALFORMED:
            raise get_adapter().validation_error("unreadable_passkey") from None

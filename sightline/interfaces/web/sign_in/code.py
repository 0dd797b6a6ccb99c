"""A code from an authenticator app opens once.

A code is good for a minute and a half here, because clocks differ and people type slowly. allauth remembers a used
code for half a minute only, so these forms remember it for as long as it is good (RFC 6238, section 5.2).
"""

from uuid import UUID

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django import forms
from django.core.cache import cache


def good_for() -> int:
    """Give the seconds for which one code is good."""
    return app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


def used(officer: UUID, code: str) -> str:
    """Name the place in the cache that says that this officer used this code."""
    return f"code-used:{officer}:{code.replace(' ', '')}"


class _OpensOnce(BaseAuthenticateForm):
    """Refuse a code that was used already."""

    code = forms.CharField(
        label="Code",
        max_length=32,
        error_messages={"required": "Enter the code"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Check the code as allauth does, and then that it was not used before."""
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(
            used(self.user.pk, code), True, timeout=good_for()
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceOnly(_OpensOnce, AuthenticateForm):
    """Ask for the code at sign-in."""


class OnceOnlyAgain(_OpensOnce, ReauthenticateForm):
    """Ask for the code as a new proof."""

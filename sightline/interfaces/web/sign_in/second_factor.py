"""Nobody goes on with a password alone: an officer without a second factor is led to set one up before anything else.

The proof is kept in the session, so a page costs no query for it. Setting one up counts as its first proof. A session
that proved only a password although a second factor exists by now (it was set up elsewhere) must prove that first.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from sightline.apps.access.actions import keep_audit
from sightline.interfaces.web.sign_in.adapter import others
from sightline.interfaces.web.sign_in.leading import lead_to

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PROVING = frozenset({"account_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
SETTING_UP = PROVING | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


class SecondFactor:
    """Let through only sessions that proved a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check is made when the page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, parts: object, named: object) -> HttpResponse | None:
        """Lead an officer without proof to where it is given."""
        if not request.user.is_authenticated or proved(request):
            return None
        page = request.resolver_match.url_name if request.resolver_match else None
        if get_adapter().is_mfa_enabled(request.user, MAIN):
            return None if page in PROVING else lead_to(request, "mfa_reauthenticate")
        return None if page in SETTING_UP else lead_to(request, "mfa_index")


def proved(request: HttpRequest) -> bool:
    """Tell whether this session proved a second factor."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


@receiver(authenticator_added)
def count_as_proof(
    sender: type[Authenticator], request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **_: Any
) -> None:
    """Take the setting up of a second factor as its first proof."""
    if authenticator.type in MAIN:
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


def not_the_last(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse to remove an officer's last second factor."""

    @wraps(view)
    def kept(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponseBase:
        officer = request.user.pk
        if officer is not None and not others(officer, _named_or_app(officer, named.get("pk"))):
            messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return view(request, *parts, **named)

    return kept


def _named_or_app(officer: UUID, passkey: int | None) -> int:
    """Give the id of the passkey that is named, else of the officer's authenticator app (0 where there is none)."""
    if passkey is not None:
        return passkey
    app = Authenticator.objects.filter(user_id=officer, type=Authenticator.Type.TOTP).values_list("pk", flat=True)
    return app.first() or 0


@transaction.atomic
def forget_second_factors(officer: UUID) -> int:
    """Remove every second factor of an officer who lost them, recovery codes included; gives how many they were."""
    removed, _ = Authenticator.objects.filter(user_id=officer).delete()
    keep_audit(None, act="remove second factors", writes=True, about={"officer": str(officer)})
    return removed

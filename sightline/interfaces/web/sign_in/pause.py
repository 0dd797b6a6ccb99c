"""A session that was left alone pauses; the officer proves again who it is, and goes on where the work stopped.

Nothing is lost by a pause: a form that is sent into a paused session is kept, sealed, and goes on after the proof. The
limits are those of NIST SP 800-63B for this level: 30 minutes without use, 12 hours since the last proof.
"""

import time
from collections.abc import Callable
from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from sightline.interfaces.web.sign_in.leading import lead_to
from sightline.interfaces.web.sign_in.second_factor import PROVING

SEEN = "seen_at"
UNATTENDED = frozenset({"inbox_new", "custody_desk_new"})  # a page asks by itself: that keeps no session awake
BY_SCRIPT = frozenset({"keep-typed"})
NOTE_EVERY = 60  # seconds: the session is written to the database when it changes, which need not be at every page


class Pause:
    """Ask for a new proof when a session was left alone or is old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the check is made when the page is known and the form is known to be ours."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, parts: object, named: object) -> HttpResponse | None:
        """Note that the session is used, or lead to the proof."""
        if not request.user.is_authenticated:
            return None
        page = request.resolver_match.url_name if request.resolver_match else None
        if page in PROVING:
            return None
        now = time.time()
        if not paused(request, now):
            if page not in UNATTENDED and now - request.session.get(SEEN, 0) > NOTE_EVERY:
                request.session[SEEN] = now
            return None
        if page in BY_SCRIPT and request.headers.get("Accept") == "application/json":
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)  # the script says so, and asks to sign in
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:  # an administrator took the password and the second factors away meanwhile
            logout(request)
            return redirect("account_login")
        if request.method == "POST":
            messages.info(request, "What you sent is kept. Prove who you are, and it goes on.")
        return lead_to(request, ways[0]["url"])


def paused(request: HttpRequest, now: float) -> bool:
    """Tell whether a session must be proved again, at `now` in seconds since 1970."""
    records = get_authentication_records(request, request.user)
    proved_at = max((record["at"] for record in records), default=0)
    used_at = max(proved_at, request.session.get(SEEN, 0))
    idle = now - used_at > settings.SESSION_IDLE.total_seconds()
    return idle or now - proved_at > settings.SESSION_PROOF.total_seconds()

"""Hear from GOV.UK Notify what became of a message: its documented callback, with the token that we gave it.

The call says to whom and when as well: none of that is read further, kept or logged. What is told goes to a job by the
id of the message and its status; the job writes only of messages that we sent, and only the first end of each, so that
calls that come twice, late or of something else change nothing. Asking every minute stays the net below.
"""

import hmac
import json
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sightline.interfaces.channels.notify import outcome_of
from sightline.interfaces.jobs.post import note_arrival
from sightline.interfaces.web.sign_in.throttle import whence

MOST_BYTES = 10_000
MOST_WRONG, MOST_TOLD = 20, 3000
A_MINUTE = 60
"""How many calls with a wrong token and with ours are heard from one place within a minute (our own numbers: Notify
sends 3,000 messages a minute for a service at the most, and repeats a call that failed after five minutes)."""


@csrf_exempt
@require_POST
def arrived(request: HttpRequest) -> HttpResponse:
    """Take one call: 204 for whatever is well told, known to us or not; 403 without our token."""
    if settings.NOTIFY is None or not settings.NOTIFY.callback_token:
        raise Http404
    ours = _is_ours(request.headers.get("Authorization", ""), settings.NOTIFY.callback_token)
    if _too_many(request, ours=ours):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    if not ours:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    told = _read(request.body)
    if told is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    remote, status = told
    if outcome_of(status) is not None:
        note_arrival.defer(remote=str(remote), status=status)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _is_ours(header: str, token: str) -> bool:
    """Tell whether a header holds the token, in a time that says nothing of how much of it was right."""
    given = header[:7].lower() == "bearer " and header[7:]
    return hmac.compare_digest((given or "").encode(), token.encode())


def _too_many(request: HttpRequest, *, ours: bool) -> bool:
    """Count a call from its place within the minute; who guesses has fewer."""
    key = f"notify-callback:{ours}:{whence(request)}"
    if cache.add(key, 1, A_MINUTE):
        return False
    try:
        return int(cache.incr(key)) > (MOST_TOLD if ours else MOST_WRONG)
    except ValueError:  # the minute ended between the two
        return False


def _read(body: bytes) -> tuple[UUID, str] | None:
    """Read the id and the status; everything else is let go of."""
    try:
        told = json.loads(body)
        return UUID(told["id"]), str(told["status"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

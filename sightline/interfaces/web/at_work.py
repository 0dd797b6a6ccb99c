"""Bind each page to the officer, the agency and the purpose: one transaction, one audit entry, denied by default.

The piece of work that the session names is checked by the database itself. A page outside a piece of work sees no row
of any child. The audit entry is written in the page's own transaction: what cannot be recorded is not shown.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from sightline.apps.access.acting import Acting, begin_work
from sightline.apps.access.actions import keep_audit
from sightline.apps.record.queries import has_news
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.shell import Standing

WORK = "work"
LONGEST_WAIT_SECONDS = 1.5
PAUSE_SECONDS = 0.05


class AtWorkRequest(HttpRequest):
    """Describe a request that has passed the guard: somebody acts, at an instant."""

    acting: Acting
    at: datetime
    noted: "Noted"
    standing: Standing


@dataclass(slots=True)
class Noted:
    """Collect what the page did, for its audit entry: ids only; `unattended` where a script asked and nobody acted."""

    act: str = ""
    writes: bool = False
    children: set[UUID] = field(default_factory=set)
    about: dict[str, Any] = field(default_factory=dict)
    unread: set[UUID] = field(default_factory=set)
    unattended: bool = False


class AtWork:
    """Open the transaction of a signed-in officer's page, and keep what was looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the page inside the officer's piece of work, or outside any."""
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]
        request.acting = None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            response = self._within(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if request.acting is not None and request.noted.unread:  # type: ignore[attr-defined]
            _wait_until_read(request.acting, request.noted.unread)  # type: ignore[attr-defined]
        return response

    def _within(self, request: HttpRequest) -> HttpResponseBase:
        noted = request.noted = Noted()  # type: ignore[attr-defined]
        at: datetime = request.at  # type: ignore[attr-defined]
        work = _uuid(request.session.get(WORK))
        acting = begin_work(UUID(str(request.user.pk)), work, at=at) if work else None
        request.acting = acting  # type: ignore[attr-defined]
        request.standing = _standing(acting)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if acting is not None and response.status_code < 500 and not (noted.unattended and not noted.children):
            match = request.resolver_match
            about = {**noted.about, **{name: str(value) for name, value in (match.kwargs if match else {}).items()}}
            keep_audit(acting, act=noted.act or (match.view_name if match else "no such page"), writes=noted.writes,
                       children=noted.children, refused=response.status_code in (403, 404, 409), about=about)
        return response


def page(verb: Verb) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page: a purpose must be stated, and the role must allow the act."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?{urlencode({'next': _after(request)})}")
            acting: Acting | None = request.acting  # type: ignore[attr-defined]
            if acting is None:
                return redirect(f"{reverse('purpose')}?{urlencode({'next': _after(request)})}")
            if not may(acting.role, verb):
                raise PermissionDenied
            return view(request, *parts, **named)

        return guarded

    return guard


def _after(request: HttpRequest) -> str:
    """Give where to go on after the sign-in: of a form, the page on which it says that it stands."""
    back = request.POST.get("back", "")
    return back if back.startswith("/") else request.get_full_path()


def note(
    request: AtWorkRequest, act: str, *, children: Iterable[UUID] = (), writes: bool = False,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Note for the audit what the page did with whose record; `about` holds ids only."""
    request.noted.act = act
    request.noted.writes = request.noted.writes or writes
    request.noted.children.update(children)
    request.noted.about.update(about or {})


def unattended(request: AtWorkRequest) -> None:
    """Note that a page asks by itself and is answered by a number: nobody looked, so the audit keeps nothing."""
    request.noted.unattended = True


def changed(request: AtWorkRequest, act: str, *, child: UUID) -> None:
    """Note that something was recorded of a child: the next page waits a moment until it has been read."""
    note(request, act, children=[child], writes=True)
    request.noted.unread.add(child)


def _wait_until_read(acting: Acting, people: set[UUID]) -> None:
    """Wait until the worker has read what was just recorded, but no longer than a person would notice."""
    until = time.monotonic() + LONGEST_WAIT_SECONDS
    while people and time.monotonic() < until:
        with transaction.atomic():
            begin_work(acting.officer, acting.work, at=datetime.now(UTC))
            people = {person for person in people if has_news(person)}
        time.sleep(PAUSE_SECONDS if people else 0)


def _standing(acting: Acting | None) -> Standing | None:
    if acting is None:
        return None
    return Standing(f"{acting.role.words}, {acting.agency_name}", PURPOSES[acting.purpose].words)


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None

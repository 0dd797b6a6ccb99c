"""Show every part of the pages with invented values; outside tests and development there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.domain.vocabulary.duty import DutyState
from sightline.interfaces.web import errors
from sightline.interfaces.web.look import examples
from sightline.interfaces.web.look.forms import Decision
from sightline.interfaces.web.moments import counted
from sightline.interfaces.web.shell import Destination, Shell, Standing

PLACES = (
    ("Inbox", "/_look/list/"),
    ("Find a child", "/_look/record/"),
    ("Import", "/_look/form/"),
    ("Doubts", "/_look/doubts/"),
    ("Rule book", "/_look/rules/"),
    ("Help", "/_look/help/"),
)

View = Callable[..., HttpResponse]


def only_for_looking(view: View) -> View:
    """Answer only where the look page is switched on, and put an invented officer around it."""

    @wraps(view)
    def looked_at(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponse:
        if not (settings.SHOW_LOOK or settings.DEBUG):
            raise Http404
        request.shell = _around(request.path)  # type: ignore[attr-defined]
        return view(request, *parts, **named)

    return looked_at


def _around(path: str) -> Shell:
    return Shell(
        signed_in_as="Beth Okafor",
        standing=Standing("Knowsley Council", "Protecting a child in Knowsley"),
        destinations=tuple(Destination(words, href, path.startswith(href)) for words, href in PLACES),
        change_purpose="/_look/form/",
        demonstration=True,
        home="/_look/",
    )


@only_for_looking
def look(request: HttpRequest) -> HttpResponse:
    """Show the parts one after another."""
    return render(request, "look/parts.html", {"at": examples.AT, "examples": examples})


@only_for_looking
def record(request: HttpRequest) -> HttpResponse:
    """Show the parts as they stand together on a child's record."""
    return render(request, "look/record.html", {"at": examples.AT, "examples": examples})


@only_for_looking
def queue(request: HttpRequest) -> HttpResponse:
    """Show the parts as they stand together on a list of duties, all of them or the late ones only."""
    return render(request, "look/list.html", _list(request))


@only_for_looking
def said(request: HttpRequest) -> HttpResponse:
    """Show what a page says after a step: that it was done, and what needs care."""
    messages.success(request, "Your decision is recorded.")
    messages.warning(request, "Blackpool has not answered since 1 May 2026.")
    return render(request, "look/list.html", _list(request))


def _list(request: HttpRequest) -> dict[str, Any]:
    late = request.GET.get("state") == "late"
    duties = [duty for duty in examples.DUTIES if not late or duty.state == DutyState.LATE]
    found = f"{counted(len(duties), 'duty', 'duties')}, 1 of them late"
    return {"at": examples.AT, "examples": examples, "duties": duties, "found": found}


@only_for_looking
def form(request: HttpRequest) -> HttpResponse:
    """Show a form as it is first seen, and as it comes back when something is wrong."""
    decision = Decision(request.POST if request.method == "POST" else None)
    if decision.is_valid():
        messages.success(request, f"Your decision is recorded: {decision.cleaned_data['reasons']}")
        return redirect("look_record")
    return render(request, "look/form.html", {"form": decision})


@only_for_looking
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show one of the error pages."""
    pages: dict[int, Callable[[], HttpResponse]] = {
        400: lambda: errors.bad_request(request, Exception()),
        403: lambda: errors.forbidden(request, Exception()),
        404: lambda: errors.not_found(request, Exception()),
        409: lambda: errors.conflict(request),
        429: lambda: errors.too_many(request),
        500: lambda: errors.broken(request),
    }
    if status not in pages:
        raise Http404
    return pages[status]()

"""The notices to an agency: that one was opened is kept, that one was read is said."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sightline.apps.duties.queries import deliveries_of, duty, notice, notices_to
from sightline.apps.duties.work import acknowledge_notice, deliver_to, open_notice
from sightline.apps.people.queries import names_of
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.showing import duty_shown
from sightline.interfaces.web.shown import Choice, Filter

A_PAGE = 25
NOTICES_OF = (("", "Everybody here"), ("mine", "Me"))
NOTICE_STATES = (("", "All"), ("new", "Not acknowledged"))


@page(Verb.SEE_QUEUE)
def notices(request: AtWorkRequest) -> HttpResponse:
    """Show the notices to the agency, those not acknowledged first; that they stand here is their delivery."""
    whose, state = _chosen(request, "whose", NOTICES_OF), _chosen(request, "state", NOTICE_STATES)
    number = _number(request.GET.get("page"))
    deliver_to(agency=request.acting.agency, at=request.at)
    found = notices_to(request.acting.agency, officer=request.acting.officer if whose == "mine" else None,
                       waiting=state == "new", most=A_PAGE + 1, start=(number - 1) * A_PAGE)
    names = names_of(n.person for n in found)
    note(request, "see notices", children=names)
    return render(request, "inbox/notices.html", {
        "at": request.at, "notices": found[:A_PAGE], "names": names, "number": number, "more": len(found) > A_PAGE,
        "filters": (_filter("whose", "To", NOTICES_OF, whose), _filter("state", "Which", NOTICE_STATES, state)),
        "narrowed": bool(whose or state), "query": urlencode({"whose": whose, "state": state})})


@page(Verb.SEE_QUEUE)
def one_notice(request: AtWorkRequest, notice_id: UUID) -> HttpResponse:
    """Show one notice; opening it is kept, acknowledging it is a button."""
    found = notice(notice_id)
    if found is None:
        raise Http404
    note(request, "open a notice", children=[found.person], writes=True)
    if found.to_agency_id == request.acting.agency:
        open_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
        found = replace(found, opened_at=found.opened_at or request.at)
    owed = duty(found.duty) if found.duty else None
    return render(request, "inbox/notice.html", {
        "at": request.at, "notice": found, "name": names_of([found.person]).get(found.person),
        "deliveries": deliveries_of(notice_id), "handover": _handover(found.key),
        "duty": duty_shown(owed, viewer=request.acting.officer) if owed else None,
        "ours": found.to_agency_id == request.acting.agency})


def _handover(key: str) -> str | None:
    """Give the address of the safety event or the offer that a notice is about, where it is about one."""
    kind, *named = key.split(":")
    page_of = {"safety": "event", "transfer": "transfer", "dispute": "transfer"}.get(kind)
    return reverse(page_of, args=[named[0]]) if page_of else None


@require_POST
@page(Verb.ACKNOWLEDGE)
def acknowledge(request: AtWorkRequest, notice_id: UUID) -> HttpResponse:
    """Acknowledge a notice."""
    found = notice(notice_id)
    if found is None or found.to_agency_id != request.acting.agency:
        raise Http404
    acknowledge_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
    note(request, "acknowledge a notice", children=[found.person], writes=True)
    messages.success(request, "You have acknowledged the notice")
    return redirect("notice", notice_id)


def _chosen(request: AtWorkRequest, name: str, offered: tuple[tuple[str, str], ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in dict(offered) else offered[0][0]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 100_000 else 1


def _filter(name: str, words: str, offered: tuple[tuple[str, str], ...], chosen: str) -> Filter:
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in offered))

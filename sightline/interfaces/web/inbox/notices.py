"""The notices to an agency: that one was opened is kept, that one was read is said."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sightline.apps.duties.following import waits_of
from sightline.apps.duties.queries import deliveries_of, duty, notice, notices_to
from sightline.apps.duties.unread import handed_over
from sightline.apps.duties.work import acknowledge_notice, deliver_to, open_notice
from sightline.apps.people.queries import names_of
from sightline.domain.access.roles import Role, may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.child.showing import duty_shown
from sightline.interfaces.web.handover.receipts import tell_of_knowing
from sightline.interfaces.web.inbox.reached import delivery_rows, waiting_words
from sightline.interfaces.web.shown import Choice, Filter, Link

A_PAGE = 25
MOST_LISTED = 500
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
    names = names_of(n.person for n in found if n.person)
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
    children = [found.person] if found.person else []
    note(request, "open a notice", children=children, writes=True)
    if found.to_agency_id == request.acting.agency:
        open_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
        found = replace(found, opened_at=found.opened_at or request.at)
    owed = duty(found.duty) if found.duty else None
    return render(request, "inbox/notice.html", {
        "at": request.at, "notice": found, "name": next(iter(names_of(children).values()), None),
        "deliveries": delivery_rows(deliveries_of(notice_id)), "leads_to": _leads_to(found.key, request.acting.role),
        "waits": waiting_words(waits_of(notice_id)),
        "listed": handed_over(notice_id, most=MOST_LISTED) if found.key.startswith("morning:") else None,
        "duty": duty_shown(owed, viewer=request.acting.officer) if owed else None,
        "ours": found.to_agency_id == request.acting.agency})


LEADS_TO = {
    "safety": ("event", "See who protects the child, and answer"),
    "transfer": ("transfer", "See the handover, and answer"),
    "dispute": ("transfer", "See who protects the child, and answer"),
    "release": ("release", "See the release and the journey"),
    "referral": ("referral", "See the referral, and what the police know"),
    "disclosure": ("disclosure", "See what was shared, and say what you do with it"),
    "request": ("request", "See what they need, and answer"),
    "known": ("question", "See who asked, and ring back"),
    "hypothesis": ("hypothesis", "See what it rests on, and confirm or dismiss it"),
}


def _leads_to(key: str, role: type[Role]) -> Link | None:
    """Give the page of what a notice is about, where it is about more than a duty and the role may open it."""
    kind, *named = key.split(":")
    if kind == "hypothesis" and not may(role, Verb.JUDGE_PLACE):
        return None
    if kind == "night" and len(named) == 3:
        kind = "safety"  # night:EVENT:TIME:DAY, while a duty of the night has its own page
    if kind == "given":
        return Link("See your list", f"{reverse('inbox')}?whose=mine")
    if kind not in LEADS_TO:
        return None
    name, words = LEADS_TO[kind]
    return Link(words, reverse(name, args=[named[0]]))


@require_POST
@page(Verb.ACKNOWLEDGE)
def acknowledge(request: AtWorkRequest, notice_id: UUID) -> HttpResponse:
    """Acknowledge a notice."""
    found = notice(notice_id)
    if found is None or found.to_agency_id != request.acting.agency:
        raise Http404
    acknowledge_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
    if found.acknowledged_at is None and found.key.startswith("safety:"):
        tell_of_knowing(request.acting, UUID(found.key.split(":")[1]), at=request.at)
    note(request, "acknowledge a notice", children=[found.person] if found.person else [], writes=True)
    messages.success(request, "You have acknowledged the notice")
    return redirect("notice", notice_id)


def _chosen(request: AtWorkRequest, name: str, offered: tuple[tuple[str, str], ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in dict(offered) else offered[0][0]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 100_000 else 1


def _filter(name: str, words: str, offered: tuple[tuple[str, str], ...], chosen: str) -> Filter:
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in offered))

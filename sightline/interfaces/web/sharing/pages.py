"""Decide whether to share, see what was shared of a child and what became of it, and end it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.disclosure.actions import (
    DisclosureRefused,
    ask_for,
    disclose,
    end,
    say_received,
    say_removed,
    shield,
)
from sightline.apps.disclosure.queries import (
    DisclosureFacts,
    RecipientFacts,
    asked_for,
    disclosure,
    disclosures_of,
    is_shielded,
    requests_of,
)
from sightline.apps.people.queries import names_of
from sightline.apps.record.queries import entries_named
from sightline.domain.access.roles import Sight, may
from sightline.domain.access.verbs import Verb
from sightline.domain.disclosure.gateways import BY_CODE, coming
from sightline.domain.disclosure.weighing import WHY_WORDS, Outcome
from sightline.domain.intake.row import Told
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.child.showing import entry_shown
from sightline.interfaces.web.sharing.filling import offered_for
from sightline.interfaces.web.sharing.forms import EndForm, ReceiptForm, RequestForm, ShareForm, ShieldForm

MOST = 100
DECIDED = {
    Outcome.SHARE: "Shared with {}", Outcome.PART: "Shared in part with {}", Outcome.REFUSE: "Not shared with {}",
}


@page(Verb.DECIDE)
def share(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Decide whether to share: what is decided either way is kept, and who is told sees what was chosen."""
    name = names_of([person]).get(person)
    if name is None:
        raise Http404
    asked = {part: _an_id(request.GET.get(part, "")) for part in ("about", "duty", "request", "replaces")}
    offered = offered_for(person, acting=request.acting, **asked)
    form = ShareForm(request.POST or None, offered=offered, now=request.at)
    note(request, "see a child", children=[person])
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = _disclose(request, person, form)
        except DisclosureRefused as refused:
            form.add_error(None, str(refused))
        else:
            changed(request, "decide whether to share", child=person)
            messages.success(request, "Your decision is recorded")
            return redirect("disclosure", made)
    return render(request, "sharing/share.html", {
        "at": request.at, "person": person, "name": name, "form": form, "offered": offered, "coming": coming(),
        "gateways": {one.code: f"{one.sentence} {one.authority}." for one in offered.gateways},
    }, status=422 if request.method == "POST" else 200)


def _disclose(request: AtWorkRequest, person: UUID, form: ShareForm) -> UUID:
    """Record the decision on the timeline, and what hangs on it."""
    draft = form.draft(person)
    weighed, told = draft.weighed, " and ".join(one.name for one in draft.recipients)
    facts = {"outcome": f"{DECIDED[weighed.outcome].format(told)}.",
             "reasons": f"{weighed.purpose} May it help them: {weighed.facilitates_because}"
                        f" Would it harm the child more: {weighed.harms_because}"}
    if draft.about:
        facts["about"] = draft.about
    telling = Told("decision.made", request.at, f"share/{request.at.isoformat()}", facts)
    decision = record(request.acting, person, telling, at=request.at)
    return disclose(draft, decision=decision, at=request.at)


@page(Verb.SEE_CHILD)
def of_a_child(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show what went where, why and until when, what was not shared, and what is asked for."""
    name = names_of([person]).get(person)
    if name is None:
        raise Http404
    note(request, "see what was shared", children=[person])
    return _show_of_a_child(request, person, name)


def _show_of_a_child(
    request: AtWorkRequest, person: UUID, name: str, *, asking: RequestForm | None = None,
    shielding: ShieldForm | None = None, status: int = 200,
) -> HttpResponse:
    deciding = may(request.acting.role, Verb.DECIDE)
    whole = request.acting.role.sight is Sight.WHOLE
    return render(request, "sharing/disclosures.html", {
        "at": request.at, "person": person, "name": name, "mine": request.acting.agency,
        "disclosures": disclosures_of(person, most=MOST), "requests": requests_of(person, most=MOST),
        "gateways": BY_CODE, "why": WHY_WORDS, "deciding": deciding, "whole": whole,
        "shielded": is_shielded(person), "asking": (asking or RequestForm()) if deciding else None,
        "shielding": (shielding or ShieldForm()) if deciding and whole else None,
        "failed": asking or shielding}, status=status)


@require_POST
@page(Verb.DECIDE)
def ask(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Ask the council that is responsible for the child to share something."""
    name = names_of([person]).get(person)
    if name is None:
        raise Http404
    form = RequestForm(request.POST)
    note(request, "ask for something of a child", children=[person])
    if form.is_valid():
        try:
            made = ask_for(person=person, at=request.at, **form.cleaned_data)
        except DisclosureRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "ask for something of a child", children=[person], writes=True)
            return redirect("request", made)
    return _show_of_a_child(request, person, name, asking=form, status=422)


@require_POST
@page(Verb.DECIDE)
def keep_confidential(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Keep the child's whereabouts confidential, or do so no more."""
    name = names_of([person]).get(person)
    if name is None or request.acting.role.sight is not Sight.WHOLE:
        raise Http404
    form = ShieldForm(request.POST)
    note(request, "keep a child's whereabouts confidential", children=[person])
    if not form.is_valid():
        return _show_of_a_child(request, person, name, shielding=form, status=422)
    shield(acting=request.acting, person=person, shielded=request.POST.get("shielded") == "yes",
           reasons=form.cleaned_data["reasons"], at=request.at)
    note(request, "keep a child's whereabouts confidential", children=[person], writes=True)
    return redirect("disclosures", person)


@page(Verb.SEE_CHILD)
def one(request: AtWorkRequest, disclosure_id: UUID) -> HttpResponse:
    """Show one decision: to who holds it the whole of it, to who was told what they were told."""
    found = _found(disclosure_id)
    note(request, "see what was shared", children=[found.person])
    return _show(request, found)


@require_POST
@page(Verb.DECIDE)
def take_back(request: AtWorkRequest, disclosure_id: UUID) -> HttpResponse:
    """End a disclosure at once: who was told sees it no more, and is told so."""
    found = _found(disclosure_id)
    form = EndForm(request.POST)
    note(request, "take back what was shared", children=[found.person])
    if form.is_valid():
        try:
            with transaction.atomic():
                end(disclosure=disclosure_id, why=form.reason, words=form.cleaned_data["words"], at=request.at)
        except DisclosureRefused as refused:
            form.add_error(None, str(refused))
        else:
            read_news.defer()
            note(request, "take back what was shared", children=[found.person], writes=True)
            return redirect("disclosure", disclosure_id)
    return _show(request, found, ending=form, status=422)


@require_POST
@page(Verb.ACKNOWLEDGE)
def receipt(request: AtWorkRequest, disclosure_id: UUID) -> HttpResponse:
    """Say by name that our agency has it, or has removed its copies."""
    found = _found(disclosure_id)
    ours = _ours(request, found)
    if ours is None:
        raise Http404
    form = ReceiptForm(request.POST, removing=_over(request, found))
    note(request, "say what became of what was shared", children=[found.person])
    if form.is_valid():
        say = say_removed if _over(request, found) else say_received
        try:
            say(recipient=ours.id, officer=request.acting.officer, words=form.cleaned_data["words"], at=request.at)
        except DisclosureRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "say what became of what was shared", children=[found.person], writes=True)
            return redirect("disclosure", disclosure_id)
    return _show(request, found, saying=form, status=422)


@page(Verb.SEE_CHILD)
def one_request(request: AtWorkRequest, request_id: UUID) -> HttpResponse:
    """Show what is asked for, and what came of it."""
    found = asked_for(request_id)
    if found is None:
        raise Http404
    note(request, "see what is asked for", children=[found.person])
    answered = disclosure(found.answered_by) if found.answered_by else None
    return render(request, "sharing/request.html", {
        "at": request.at, "asked": found, "answered": answered, "name": names_of([found.person]).get(found.person),
        "answering": found.asked_id == request.acting.agency and not found.answered_by
        and may(request.acting.role, Verb.DECIDE)})


def _found(disclosure_id: UUID) -> DisclosureFacts:
    found = disclosure(disclosure_id)
    if found is None:
        raise Http404
    return found


def _ours(request: AtWorkRequest, found: DisclosureFacts) -> RecipientFacts | None:
    mine = request.acting.agency
    return next((r for r in found.recipients if r.agency_id == mine), None) if found.shares else None


def _over(request: AtWorkRequest, found: DisclosureFacts) -> bool:
    return found.ended_at is not None or (found.until is not None and found.until <= request.at)


def _show(
    request: AtWorkRequest, found: DisclosureFacts, *, ending: EndForm | None = None, saying: ReceiptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    over, ours = _over(request, found), _ours(request, found)
    entries = entries_named([item.entry for item in found.items if item.entry])
    shown = [entry_shown(entries[item.entry]) for item in found.items if item.entry in entries]
    waits = ours is not None and (ours.removed if over else ours.received) is None
    may_end = found.weighed is not None and not over and found.shares and may(request.acting.role, Verb.DECIDE)
    return render(request, "sharing/disclosure.html", {
        "at": request.at, "found": found, "over": over, "ours": ours,
        "name": names_of([found.person]).get(found.person),
        "entries": shown, "texts": [item for item in found.items if item.words], "gateway": BY_CODE.get(found.gateway),
        "held_back": sum(1 for item in found.items if item.entry) - len(shown),
        "why": WHY_WORDS, "ending": (ending or EndForm()) if may_end else None,
        "saying": (saying or ReceiptForm(removing=over)) if waits and may(request.acting.role, Verb.ACKNOWLEDGE)
        else None, "failed": ending or saying}, status=status)


def _an_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""See which children the agency protects, hand one over, answer an offer, and record that a child is safe."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.access.queries import ContactFacts, contacts
from sightline.apps.custody.screened import hearing
from sightline.apps.duties.queries import duties_of
from sightline.apps.people.queries import names_of
from sightline.apps.responsibility.queries import (
    EventFacts,
    LegFacts,
    Owned,
    PackFacts,
    TransferFacts,
    event,
    handed_over_by,
    leg,
    legs_of,
    offered_child,
    offered_to,
    owned_by,
    owners_of,
    packs_of,
    protected_names,
    time_without_owner,
    transfer,
    transfers_of,
)
from sightline.apps.responsibility.transfers import (
    PackChanged,
    Refusal,
    TransferRefused,
    accept,
    offer,
    refuse,
    withdraw,
)
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.intake.row import Told
from sightline.domain.responsibility.handing_over import TransferState
from sightline.domain.responsibility.opening import SAFE, Happening
from sightline.domain.responsibility.sections import DUTY_OF, HandoverKind
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.handover.receipts import tell_of_receipt
from sightline.interfaces.web.handover.showing import news_in_words, withheld_rows
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.road.code import code_of, squares_of
from sightline.interfaces.web.road.forms import AnswerForm, RefusalForm
from sightline.interfaces.web.road.pages import road_address
from sightline.interfaces.web.rules.linking import linked
from sightline.interfaces.web.safety.forms import OfferForm, RefuseForm, SafeForm

MOST = 100
LATELY = timedelta(days=14)
MOST_VERSIONS = 50
LONGEST_NUMBER = 9
"""Digits of the number of a version; more is no number of ours."""
DESKS_THAT_RECEIVE = ("safeguarding", "out-of-hours", "manager")
AGENCIES_THAT_RECEIVE = ("council", "police", "transport-police", "health")


@page(Verb.SEE_QUEUE)
def protecting(request: AtWorkRequest) -> HttpResponse:
    """Show whom the agency protects now, what is offered to it, and what it handed over lately."""
    mine = request.acting.agency
    events, offers = owned_by(mine, most=MOST), offered_to(mine, most=MOST)
    handed = handed_over_by(mine, since=request.at - LATELY, most=MOST)
    names = protected_names([e.id for e in events])
    note(request, "see whom we protect", children=[*(e.person for e in events), *(o.person for o in offers)])
    return render(request, "safety/protecting.html", {
        "at": request.at, "events": events, "offers": offers, "handed": handed, "names": names,
        "may_see_operations": may(request.acting.role, Verb.SEE_OPERATION)})


@page(Verb.SEE_QUEUE)
def one_event(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show one event: who protects by which rule, who did before, and the forms to hand over or to end it."""
    found = _event(request, event_id)
    note(request, "see a safety event", children=[found.person])
    return _show_event(request, found)


@require_POST
@page(Verb.DECIDE)
def offer_event(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Offer the event to another agency: it stays ours until a named person there accepts."""
    found = _event(request, event_id)
    form = OfferForm(request.POST, contacts=_receivers(request))
    note(request, "offer a child's safety", children=[found.person])
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = offer(acting=request.acting, event=event_id, to_contact=told["contact"], words=told["words"],
                         answer_by=request.at + told["minutes"], at=request.at)
        except TransferRefused as refused:
            form.add_error(None, str(refused))
        else:
            changed(request, "offer a child's safety", child=found.person)
            read_news.defer()
            return redirect("transfer", made)
    return _show_event(request, found, offering=form, status=422)


@require_POST
@page(Verb.DECIDE)
def child_is_safe(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Record, with reasons, that the child is safe: that ends the event."""
    found = _event(request, event_id)
    if found.owner_agency_id != request.acting.agency or found.closed_at is not None:
        raise Http404
    form = SafeForm(request.POST)
    if not form.is_valid():
        note(request, "see a safety event", children=[found.person])
        return _show_event(request, found, safe=form, status=422)
    facts = {"about": str(found.opened_by), "outcome": SAFE, "reasons": form.cleaned_data["reasons"]}
    record(request.acting, found.person, Told("decision.made", request.at, f"safe/{event_id}", facts), at=request.at)
    changed(request, "record that a child is safe", child=found.person)
    return redirect("event", event_id)


@page(Verb.SEE_QUEUE)
def one_transfer(request: AtWorkRequest, transfer_id: UUID) -> HttpResponse:
    """Show an offer to either side, with what each may do."""
    found = _transfer(transfer_id)
    note(request, "see an offer", children=[found.person])
    return _show_transfer(request, found)


@require_POST
@page(Verb.DECIDE)
def answer(request: AtWorkRequest, transfer_id: UUID) -> HttpResponse:
    """Accept, refuse or withdraw an offer; the database decides which of two answers came first."""
    found = _transfer(transfer_id)
    safety = found.kind is HandoverKind.SAFETY
    form = RefuseForm(request.POST, of_safety=safety) if request.POST.get("answer") == "refuse" else None
    if form is not None and not form.is_valid():
        note(request, "see an offer", children=[found.person])
        return _show_transfer(request, found, refusing=form, status=422)
    note(request, "answer an offer", children=[found.person])
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isdecimal() and len(seen) < LONGEST_NUMBER else None
    try:
        _answer(request.POST.get("answer"), transfer_id, form, seen=version, at=request.at)
    except PackChanged as changed_since:
        return _show_transfer(request, found, problem=str(changed_since), since=version, status=409)
    except TransferRefused as refused:
        return _show_transfer(request, _transfer(transfer_id), problem=str(refused), status=409)
    if request.POST.get("answer") == "accept" and found.state == TransferState.OFFERED:
        tell_of_receipt(request.acting, found, at=request.at)
    changed(request, "answer an offer", child=found.person)
    read_news.defer()
    return redirect("transfer", transfer_id)


def _answer(said: str | None, transfer_id: UUID, form: RefuseForm | None, *, seen: int | None, at: datetime) -> None:
    if said == "accept":
        accept(transfer=transfer_id, at=at, seen_version=seen)
    elif form is not None:
        told = form.cleaned_data
        refuse(transfer=transfer_id, at=at, refusal=Refusal(
            told["reason"], told["whose"], told.get("by_rule", ""), of_safety="by_rule" in form.fields))
    elif said == "withdraw":
        withdraw(transfer=transfer_id, at=at)
    else:
        raise Http404


def _event(request: AtWorkRequest, event_id: UUID) -> EventFacts:
    found = event(event_id)
    if found is None:
        raise Http404
    return found


def _transfer(transfer_id: UUID) -> TransferFacts:
    found = transfer(transfer_id)
    if found is None:
        raise Http404
    return found


def _receivers(request: AtWorkRequest) -> list[ContactFacts]:
    return [c for c in contacts(kinds=AGENCIES_THAT_RECEIVE)
            if c.agency_id != request.acting.agency and c.desk in DESKS_THAT_RECEIVE]


def _show_event(
    request: AtWorkRequest, found: EventFacts, *, offering: OfferForm | None = None, safe: SafeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    transfers, legs = transfers_of(found.id, most=MOST), legs_of(found.id, most=MOST)
    ours = found.owner_agency_id == request.acting.agency and found.closed_at is None
    acts = ours and may(request.acting.role, Verb.DECIDE)
    offers = acts and not any(t.state == "offered" for t in transfers)
    return render(request, "safety/event.html", {
        "at": request.at, "event": found, "transfers": transfers, "ours": ours,
        "owners_rows": [(o.at, o.agency, o.contact, _because(o)) for o in owners_of(found.id)],
        "transfers_rows": [(t.offered_at, t.from_agency, t.to_agency, _stands(t)) for t in transfers],
        "legs": legs, "legs_rows": [_leg_row(one) for one in legs], "without_owner": time_without_owner(found.id),
        "name": protected_names([found.id]).get(found.id) if ours else names_of([found.person]).get(found.person),
        "failed": offering or safe,
        "hears": found.happening in (Happening.CUSTODY, Happening.RELEASED) and any(
            hearing(found.id, agency=request.acting.agency)),
        "offering": (offering or OfferForm(contacts=_receivers(request))) if offers else None,
        "safe": (safe or SafeForm()) if acts else None}, status=status)


def _leg_row(one: LegFacts) -> tuple[object, ...]:
    """Show a leg: who gave to whom, where, how the child was, and who answered by which way."""
    spoken = "seen and spoken to" if one.seen_and_spoken_to else "seen, not spoken to"
    child = f"{spoken.capitalize()}; {'has eaten' if one.fed else 'has not eaten'}; injuries: {one.injuries}"
    if one.said:
        child += f"; said: “{one.said}”"
    how = "" if one.transfer.how == "signed in" else f", {one.transfer.how}"
    giver = f"{one.giver} ({one.giver_number}), {one.transfer.from_agency}"
    where = f"{one.place}, {moment_in_words(one.met_at)}"
    return where, giver, one.transfer.to_agency, child, f"{_stands(one.transfer)}{how}"


def _because(owned: Owned) -> str:
    return "Accepted a handover" if owned.by_transfer else linked(f"Rule {owned.rule}")


def _stands(found: TransferFacts) -> str:
    by = f" by {found.answered_by}" if found.answered_by else ""
    return f"{found.state.capitalize()}{by}"


def _show_transfer(
    request: AtWorkRequest, found: TransferFacts, *, refusing: RefuseForm | None = None, problem: str = "",
    since: int | None = None, status: int = 200,
) -> HttpResponse:
    stands = found.state == "offered" and (found.answer_by is None or found.answer_by > request.at)
    acts = may(request.acting.role, Verb.DECIDE)
    to_us = found.to_agency_id == request.acting.agency
    from_us = found.from_agency_id == request.acting.agency
    return render(request, "safety/transfer.html", {
        "at": request.at, "transfer": found, "child": offered_child(found.id), "problem": problem, "to_us": to_us,
        "refusing": (refusing or RefuseForm(of_safety=found.kind is HandoverKind.SAFETY))
        if stands and acts and to_us else None, "failed": refusing,
        "may_withdraw": found.state == "offered" and acts and from_us, "stands": stands,
        **_pack(packs_of(found.id, most=MOST_VERSIONS), since),
        **_road(request, leg(found.id) if found.event else None, from_us and stands),
        **_conference(found, to_us)}, status=status)


def _conference(found: TransferFacts, to_us: bool) -> dict[str, object]:
    """Give how the receiver's conference answered a plan, and to the receiver the duty to hold it."""
    if found.kind is not HandoverKind.PLAN or found.state != TransferState.ACCEPTED:
        return {"of_a_plan": False}
    owed = duties_of(found.person, most=MOST) if to_us and found.conference is None else []
    return {"of_a_plan": True, "to_confer": next(
        (one for one in owed if one.code == DUTY_OF[HandoverKind.PLAN] and one.state in ("open", "late")), None)}


def _pack(versions: list[PackFacts], since: int | None) -> dict[str, object]:
    """Give what the newest pack will bring, and what is new in it since the version that was looked at."""
    newest = versions[0] if versions else None
    looked_at = next((one for one in versions if one.number == since), None)
    return {"pack": newest, "withheld_rows": withheld_rows(newest.withheld) if newest else [],
            "news": news_in_words(looked_at, newest) if newest and looked_at else []}


def _road(request: AtWorkRequest, found: LegFacts | None, gives: bool) -> dict[str, object]:
    """Give the particulars of a leg, and to the giver the code and the form for the own phone."""
    if found is None or not gives:
        return {"leg": found, "code": ""}
    address = road_address(request, found.transfer.id)
    width, path = squares_of(address)
    return {"leg": found, "code": code_of(found.transfer.id), "address": address, "qr_width": width, "qr_path": path,
            "taking_here": AnswerForm(), "refusing_here": RefusalForm()}

"""Hand over what is no safety event, and read the pack of a handover in any of its versions."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.access.queries import AgencyBook, AgencyFacts, ContactFacts, agencies, contacts
from sightline.apps.duties.queries import duty
from sightline.apps.people.queries import Said, best_name, said_of
from sightline.apps.record.queries import entries_named
from sightline.apps.responsibility.queries import PackFacts, handovers_of, packs_of, transfer
from sightline.apps.responsibility.transfers import TransferRefused, hand_over
from sightline.domain.access.verbs import Verb
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind, may_be_handed
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.showing import UUID_SHAPE
from sightline.interfaces.web.handover.forms import HandOverForm
from sightline.interfaces.web.handover.previewing import what_goes
from sightline.interfaces.web.handover.receipts import tell_of_sending
from sightline.interfaces.web.handover.showing import name_in, news_in_words, sections_shown, withheld_rows

MOST_VERSIONS = 50
MOST = 50


@page(Verb.DECIDE)
def hand_over_child(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Hand a plan, an enquiry, a school's file or a placement's notice over, after a look at what will go."""
    said = said_of([person]).get(person, [])
    if not said:
        raise Http404
    form = _form(request)
    note(request, "see what is handed over", children=[person])
    step = request.POST.get("step", "send")
    if request.method == "POST" and form.is_valid() and step != "change" and form.fits():
        if step == "look":
            return _look(request, person, said, form)
        made = _sent(request, person, form)
        if made is not None:
            return redirect("transfer", made)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "handover/hand_over.html", {
        "at": request.at, "form": form, "person": person, "name": best_name(said) or "Name not told",
        "handovers": handovers_of(person, most=MOST), "kinds": form.fields["kind"].choices},  # type: ignore[attr-defined]
        status=status)


def _look(request: AtWorkRequest, person: UUID, said: list[Said], form: HandOverForm) -> HttpResponse:
    """Show what will go and what will not, before anything is handed over."""
    told, contact = form.cleaned_data, form.desk()
    goes = what_goes(person, said, kind=told["kind"], giver=request.acting.agency_name, receiver=contact.agency,
                     function=form.function(), words=told["words"], at=request.at)
    return render(request, "handover/look.html", {
        "at": request.at, "form": form, "person": person, "name": best_name(said) or "Name not told", "goes": goes,
        "contact": contact, "what": KIND_WORDS[told["kind"]]})


def _sent(request: AtWorkRequest, person: UUID, form: HandOverForm) -> UUID | None:
    told = form.cleaned_data
    try:
        made = hand_over(acting=request.acting, person=person, kind=told["kind"], to_contact=told["contact"],
                         words=told["words"], at=request.at)
    except TransferRefused as refused:
        form.add_error(None, str(refused))
        return None
    tell_of_sending(request.acting, made, at=request.at)
    changed(request, "hand something of a child over", child=person)
    return made


@page(Verb.SEE_QUEUE)
def pack(request: AtWorkRequest, transfer_id: UUID) -> HttpResponse:
    """Show the pack of a handover to who accepted it: one child, to be read or printed."""
    found = transfer(transfer_id)
    versions = [one for one in packs_of(transfer_id, most=MOST_VERSIONS) if one.sections is not None] if found else []
    if found is None or not versions:
        raise Http404
    shown = _asked(request, versions)
    seen = next((one for one in versions if one.number == found.seen_version), None)
    note(request, "read a handover pack", children=[found.person])
    return render(request, "handover/pack.html", {
        "at": request.at, "transfer": found, "pack": shown, "newest": versions[0].number,
        "sections": sections_shown(shown), "names": name_in(shown), "withheld_rows": withheld_rows(shown.withheld),
        "news": news_in_words(seen, versions[0]) if seen and seen.number < versions[0].number else [],
        "seen": seen, "versions": versions})


def _asked(request: AtWorkRequest, versions: list[PackFacts]) -> PackFacts:
    """Give the version that is asked for, else the newest."""
    number = request.GET.get("version", "")
    return next((one for one in versions if str(one.number) == number), versions[0])


def _form(request: AtWorkRequest) -> HandOverForm:
    """Offer the kinds that this agency hands over, and the desks of agencies that take any of them."""
    everybody = {agency.id: agency for agency in agencies()}
    ours = everybody[request.acting.agency].kind
    kinds = [kind for kind in HandoverKind if kind is not HandoverKind.SAFETY
             and any(may_be_handed(kind, giver=ours, receiver=theirs.kind) for theirs in everybody.values())]
    desks = [c for c in contacts() if c.desk == "safeguarding" and c.agency_id != request.acting.agency
             and any(may_be_handed(kind, giver=ours, receiver=everybody[c.agency_id].kind) for kind in kinds)]
    chosen = None if request.method == "POST" else _meant(request, list(everybody.values()), desks)
    return HandOverForm(request.POST or None, kinds=kinds, contacts=desks, ours=ours,
                        agency_kinds={id_: agency.kind for id_, agency in everybody.items()},
                        kind=request.GET.get("kind", ""), contact=chosen)


def _meant(request: AtWorkRequest, everybody: list[AgencyFacts], desks: list[ContactFacts]) -> int | None:
    """Give the desk that a duty means: of the school to which the pupil went, or of the council that must be told."""
    asked = request.GET.get("duty", "")
    found = duty(UUID(asked)) if UUID_SHAPE.fullmatch(asked) else None
    if found is None:
        return None
    started = entries_named([found.started_by]).get(found.started_by) if found.started_by else None
    names = (str(started.facts.get("destination") or "") if started else "", found.owed_to)
    book = AgencyBook(everybody, desks)
    agency = next((one for name in names if name and (one := book.named(name) or book.council(name))), None)
    return next((desk.id for desk in desks if agency is not None and desk.agency_id == agency.id), None)

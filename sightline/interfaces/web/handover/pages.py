"""Hand over what is no safety event, and read the pack of a handover in any of its versions."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.access.queries import agencies, contacts
from sightline.apps.people.queries import best_name, said_of
from sightline.apps.responsibility.queries import PackFacts, handovers_of, packs_of, transfer
from sightline.apps.responsibility.transfers import TransferRefused, hand_over
from sightline.domain.access.verbs import Verb
from sightline.domain.intake.row import Told
from sightline.domain.responsibility.sections import DUTY_OF, HandoverKind, may_be_handed
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.handover.forms import HandOverForm
from sightline.interfaces.web.handover.showing import news_in_words, sections_shown, withheld_rows

MOST_VERSIONS = 50
MOST = 50


@page(Verb.DECIDE)
def hand_over_child(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Hand a plan, an enquiry, a school's file or a placement's notice over, as far as the agency may."""
    said = said_of([person]).get(person, [])
    if not said:
        raise Http404
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = hand_over(acting=request.acting, person=person, kind=told["kind"], to_contact=told["contact"],
                             words=told["words"], at=request.at)
        except TransferRefused as refused:
            form.add_error(None, str(refused))
        else:
            _tell_the_record(request, person, told["kind"], made)
            changed(request, "hand something of a child over", child=person)
            return redirect("transfer", made)
    note(request, "see what is handed over", children=[person])
    return render(request, "handover/hand_over.html", {
        "at": request.at, "form": form, "person": person, "name": best_name(said) or "Name not told",
        "handovers": handovers_of(person, most=MOST), "kinds": form.fields["kind"].choices},  # type: ignore[attr-defined]
        status=422 if request.method == "POST" else 200)


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
        "sections": sections_shown(shown), "withheld_rows": withheld_rows(shown.withheld),
        "news": news_in_words(seen, versions[0]) if seen and seen.number < versions[0].number else [],
        "seen": seen, "versions": versions})


def _asked(request: AtWorkRequest, versions: list[PackFacts]) -> PackFacts:
    """Give the version that is asked for, else the newest."""
    number = request.GET.get("version", "")
    return next((one for one in versions if str(one.number) == number), versions[0])


def _form(request: AtWorkRequest) -> HandOverForm:
    """Offer the kinds that this agency hands over, and the desks of agencies that take any of them."""
    everybody = {agency.id: agency.kind for agency in agencies()}
    ours = everybody[request.acting.agency]
    kinds = [kind for kind in HandoverKind if kind is not HandoverKind.SAFETY
             and any(may_be_handed(kind, giver=ours, receiver=theirs) for theirs in set(everybody.values()))]
    desks = [c for c in contacts() if c.desk == "safeguarding" and c.agency_id != request.acting.agency
             and any(may_be_handed(kind, giver=ours, receiver=everybody[c.agency_id]) for kind in kinds)]
    return HandOverForm(request.POST or None, kinds=kinds, contacts=desks)


def _tell_the_record(request: AtWorkRequest, person: UUID, kind: HandoverKind, made: UUID) -> None:
    """Put it on the timeline that it was sent; a school's file meets its duty by the receipt alone."""
    found = transfer(made)
    if found is not None:
        facts = {"duty": f"sent:{DUTY_OF[kind]}" if kind is HandoverKind.SCHOOL_FILE else DUTY_OF[kind],
                 "to": found.to_agency}
        record(request.acting, person, Told("notice.sent", request.at, f"handover/{made}", facts), at=request.at)


def receipt(request: AtWorkRequest, transfer_id: UUID) -> None:
    """Put it on the timeline that it was received, by whom: the receipt meets the giver's duty."""
    found = transfer(transfer_id)
    if found is not None and found.kind is not HandoverKind.SAFETY:
        facts = {"duty": DUTY_OF[found.kind], "to": found.to_agency}
        record(request.acting, found.person, Told("notice.acknowledged", request.at, f"receipt/{transfer_id}", facts),
               at=request.at)

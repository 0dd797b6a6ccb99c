"""Record a child met on the railway: ask who knows the child, keep the contact, and open the event where one is due."""

import json
from io import BytesIO
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline import flow
from sightline.apps.access.queries import AgencyFacts, agencies
from sightline.apps.disclosure.asking import NotForThisAgency, Reply, ask_if_known
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.railway import Met, Next, lines_of
from sightline.domain.disclosure.asking import ANSWERS, NO_PROOF, Answered
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.interfaces.jobs.story import read_file
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.rail.forms import MetForm

FEED = "timeline"


@page(Verb.ASK_IF_KNOWN)
def met(request: AtWorkRequest) -> HttpResponse:
    """Ask what the officer tells; answer who knows the child and whom to ring, and say who protects the child now."""
    every = agencies()
    if next((one.kind for one in every if one.id == request.acting.agency), None) != AgencyKind.TRANSPORT_POLICE.value:
        raise Http404
    posted = request.method == "POST"
    form = MetForm(request.POST if posted else None, councils=[one for one in every if one.kind == "council"])
    if not posted or not form.is_valid():
        note(request, "meet a child on the railway")
        return render(request, "rail/met.html", {"form": form}, status=422 if posted else 200)
    council = next(one for one in every if str(one.id) == form.cleaned_data["here"])
    reply = _ask(request, form) if form.can_ask() else None
    kept = _keep(request, form, council)
    about = {"submission": kept} | ({"question": str(reply.question)} if reply else {})
    note(request, "meet a child on the railway", writes=True, about=about)
    return render(request, "rail/told.html", {
        "reply": reply, "answers": ANSWERS, "no_proof": NO_PROOF, "council": council, "Next": Next,
        "next": Next(form.cleaned_data["next"]), "told": reply is not None and reply.answer in (
            Answered.YES, Answered.RING)})


def _ask(request: AtWorkRequest, form: MetForm) -> Reply:
    """Ask before the contact is kept: else the child would be known by it."""
    told = form.cleaned_data
    try:
        return ask_if_known(form.asked(), because=told["because"], here=int(told["here"]),
                            ring_back=told["ring_back"], at=request.at)
    except NotForThisAgency:
        raise PermissionDenied from None


def _keep(request: AtWorkRequest, form: MetForm, council: AgencyFacts) -> int:
    """Keep the contact as a file of the own force, and give its number; the worker reads it within moments."""
    told = form.cleaned_data
    found = Met(child=form.asked(), at=request.at, station=told["station"], council=council.area or council.name,
                reason=told["reason"], seen=told["because"], next=Next(told["next"]),
                designated_officer=told["designated_officer"])
    lines = lines_of(found, key=f"rail/{uuid4()}", by=request.acting.agency_name)
    content = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
    kept = flow.receive(stream=BytesIO(content), feed=FEED, agency=request.acting.agency,
                        officer=request.acting.officer, file_name="met-on-the-railway.jsonl", at=request.at)
    read_file.defer(submission=kept)
    return kept

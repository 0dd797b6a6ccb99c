"""List inspections, open one and draw its cases, see how far it is, and end it."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.insight import inspecting
from sightline.apps.insight.inspecting import Draw, InspectionRefused, Readers
from sightline.apps.insight.inspection_queries import (
    InspectionFacts,
    cases_of,
    inspection,
    inspections,
    inspectors_of,
)
from sightline.apps.insight.queries import snapshots
from sightline.domain.access.verbs import Verb
from sightline.domain.insight.frameworks import framework, frameworks
from sightline.domain.insight.inspecting import Strata
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.inspections.forms import STRATA_HINTS, OpenForm
from sightline.interfaces.web.inspections.showing import cases_shown, frame_rows, framework_title, strata_words

MOST = 100
SEEDS = 10**9
"""A seed is chosen below this, so that it can be read out."""


@page(Verb.INSPECT_CASES)
def listed(request: AtWorkRequest) -> HttpResponse:
    """List the inspections of the own inspectorate."""
    note(request, "see inspections")
    return render(request, "inspections/inspections.html", {
        "found": [(one, framework_title(one.framework)) for one in inspections(most=MOST)]})


@page(Verb.INSPECT_CASES)
def opened(request: AtWorkRequest) -> HttpResponse:
    """Ask how an inspection draws its cases, and draw them."""
    note(request, "open an inspection")
    posted = request.method == "POST"
    frozen = snapshots(most=MOST)
    form = OpenForm(
        request.POST if posted else None, snapshots=frozen, seed=secrets.randbelow(SEEDS),
        inspectors=inspectors_of(request.acting.agency, at=request.at))
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = inspecting.open_inspection(
                acting=request.acting, title=told["title"], framework=framework(told["framework"]),
                drawing=Draw(UUID(told["snapshot"]), Strata(told["strata"]), told["size"], told["seed"]),
                reading=Readers([UUID(one) for one in told["first"]], UUID(told["second"])), because=told["because"],
                open_days=told["open_days"], at=request.at)
        except InspectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "open an inspection", writes=True, about={"inspection": str(made)})
            messages.success(request, "The cases have been drawn")
            return redirect("inspection", made)
    return render(request, "inspections/open.html", {
        "form": form, "frozen": frozen, "frameworks": frameworks(), "strata_hints": STRATA_HINTS},
        status=422 if posted else 200)


@page(Verb.INSPECT_CASES)
def one(request: AtWorkRequest, inspection_id: UUID) -> HttpResponse:
    """Show an inspection: how its cases were drawn, and each case in the order in which they are read."""
    found = inspection_or_404(inspection_id)
    note(request, "see an inspection")
    cases, words = cases_of(found.id), strata_words(found)
    return render(request, "inspections/inspection.html", {
        "at": request.at, "found": found, "framework": framework_title(found.framework),
        "frame": frame_rows(found, cases, words),
        "cases": cases_shown(found, cases, words=words, viewer=request.acting.officer)})


@page(Verb.INSPECT_CASES)
def ended(request: AtWorkRequest, inspection_id: UUID) -> HttpResponse:
    """Ask whether an inspection is to end, and end it."""
    found = inspection_or_404(inspection_id)
    note(request, "end an inspection")
    problem = ""
    if request.method == "POST":
        try:
            inspecting.end(acting=request.acting, inspection=found.id, at=request.at)
        except InspectionRefused as refused:
            problem = str(refused)
        else:
            note(request, "end an inspection", writes=True)
            messages.success(request, "The inspection has ended. The children’s records are closed to you")
            return redirect("inspection", found.id)
    return render(request, "inspections/end.html", {"found": found, "problem": problem}, status=409 if problem else 200)


def inspection_or_404(inspection_id: UUID) -> InspectionFacts:
    """Give an inspection of the viewer's inspectorate. Raises Http404."""
    found = inspection(inspection_id)
    if found is None:
        raise Http404
    return found

"""Hand a drawn case on to another inspector of the inspectorate, who begins it anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.insight import inspecting
from sightline.apps.insight.inspecting import InspectionRefused
from sightline.apps.insight.inspection_queries import ever_read, inspectors_of
from sightline.domain.access.verbs import Verb
from sightline.domain.insight.inspecting import Reading
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.inspections.cases import case_or_404
from sightline.interfaces.web.inspections.forms import HandOnForm


@page(Verb.INSPECT_CASES)
def handed_on(request: AtWorkRequest, inspection_id: UUID, place: int) -> HttpResponse:
    """Ask to whom a reading of a drawn case is handed on, and why, and hand it on."""
    found, case = case_or_404(inspection_id, place)
    note(request, "hand a drawn case on", children=[case.person])
    posted = request.method == "POST"
    read_it = ever_read(case.id)
    form = HandOnForm(
        request.POST if posted else None, case=case,
        inspectors=[one for one in inspectors_of(request.acting.agency, at=request.at) if one[0] not in read_it])
    if form.is_valid():
        told = form.cleaned_data
        try:
            inspecting.hand_on(acting=request.acting, case=case, reading=Reading(told["reading"]), to=UUID(told["to"]),
                               because=told["because"], at=request.at)
        except InspectionRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "hand a drawn case on", writes=True, about={"inspection": str(found.id)})
            messages.success(request, "The case has been handed on")
            return redirect("inspection", found.id)
    return render(request, "inspections/hand_on.html", {
        "found": found, "case": case, "form": form}, status=422 if posted else 200)

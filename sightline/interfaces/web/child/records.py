"""Show why each record belongs to a child, and ask whether one is another child's."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.people.queries import best_name, is_known
from sightline.apps.people.reviewing import RecordFacts, records_with_reasons
from sightline.apps.people.splitting import OnlyRecord, ask_whose
from sightline.domain.access.roles import Sight
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.doubts.weights import bits_in_figures, odds, speaks, waterfall
from sightline.interfaces.web.moments import moment_in_words

FIRST = "The child was first known here by this record."
OWN = "Officers of {agency} record on our pages under this."
HOW = {
    "comparison": "A comparison joined it {at}: it agreed with what was known of the child.",
    "same": "{officer} said {at} that it is the same child’s.",
    "not-same": "It was parted from another child’s record {at}, as {officer} had said.",
}


@page(Verb.SEE_CHILD)
def records(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show each record of a child that may be seen, with why it is this child's."""
    found = records_with_reasons(person)
    if not found:
        raise Http404
    note(request, "see why records are a child's", children=[person])
    whole = request.acting.role.sight is Sight.WHOLE
    theirs = [one for one in found if not _own(one)]
    return render(request, "child/records.html", {
        "at": request.at, "person": person, "name": best_name([one.said for one in found]) or "Name not told",
        "records": [(one, _why(one), _weight(one)) for one in found], "whole": whole,
        "asks": [one.said.identity for one in theirs] if whole and len(theirs) > 1 else []})


@require_POST
@page(Verb.SEE_CHILD)
def ask_whose_record(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Open a doubt whether one of a child's records is another child's."""
    if not is_known(person):
        raise Http404
    if request.acting.role.sight is not Sight.WHOLE:
        raise PermissionDenied
    try:
        ask_whose(person=person, record=UUID(request.POST.get("record", "")), at=request.at)
    except ValueError:
        raise Http404 from None
    except OnlyRecord as refused:
        messages.error(request, str(refused))
        return redirect("records", person)
    changed(request, "ask whose record it is", child=person)
    messages.success(request, "Asked. Who settles doubts of this child sees it in their list")
    return redirect("records", person)


def _own(one: RecordFacts) -> bool:
    return one.said.scheme == "sightline"


def _why(one: RecordFacts) -> str:
    if _own(one):
        return OWN.format(agency=one.said.agency)
    if one.at is None:
        return FIRST
    words = HOW.get(one.how, HOW["comparison"])
    return words.format(at=f"on {moment_in_words(one.at)}", officer=one.officer or "somebody")


def _weight(one: RecordFacts) -> dict[str, object] | None:
    if one.bits is None:
        return None
    return {"speaks": speaks(one.bits), "odds": odds(one.bits), "figure": bits_in_figures(one.bits),
            "steps": waterfall(one.parts, total=one.bits), "model": one.model[:12]}

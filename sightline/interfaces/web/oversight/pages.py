"""How the record is kept and what lies on whose desk: what runs, how the audit is sealed; no child is named here."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.access.anchors import anchors_in
from sightline.apps.access.sealing import newest_seal
from sightline.apps.disclosure.queries import Counted
from sightline.apps.disclosure.queries import counted as counted_disclosures
from sightline.apps.duties.queries import load_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.serve.condition import condition
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.moments import counted

YEAR = timedelta(days=365)


@page(Verb.SEE_OVERSIGHT)
def oversight(request: AtWorkRequest) -> HttpResponse:
    """Show whether everything runs, and the newest seal beside its anchor."""
    note(request, "see how the record is kept")
    seal = newest_seal()
    anchors = anchors_in(Path(settings.AUDIT_ANCHORS)).standing
    load = load_of(request.acting.agency)
    shared = counted_disclosures(request.acting.agency, since=request.at - YEAR, at=request.at)
    return render(request, "oversight/oversight.html", {
        "at": request.at, "shared": _figures(shared), "agency": request.acting.agency_name,
        "open": _bars([(desk, open_) for desk, open_, _ in load]),
        "inspects": may(request.acting.role, Verb.INSPECT_CASES),
        "late": _bars([(desk, late) for desk, _, late in load]), "found": condition(), "seal": seal,
        "anchored": seal is not None and (seal.id, seal.chain.hex()) in anchors[-100:]})


def _figures(shared: Counted) -> list[tuple[str, object]]:
    """Say how much was shared and refused, and how that went; numbers only, no child."""
    minutes = shared.median_minutes
    return [
        ("Decisions to share", shared.shared), ("Decisions not to share", shared.refused),
        ("Shared now", shared.open_now), ("Recipients who have not said that they have it", shared.without_receipt),
        ("Recipients whose time is over, and who have not said that copies are removed",
         shared.expired_without_receipt),
        ("Requests of other agencies", shared.requests), ("Requests that nobody has answered", shared.unanswered),
        ("Minutes until half of the requests were answered", "None answered" if minutes is None else round(minutes)),
        ("Times our officers asked whether a child is known", shared.questions)]


def _bars(load: list[tuple[str, int]]) -> tuple[Bar, ...]:
    return bar_chart([Figure(desk, number, counted(number, "duty", "duties")) for desk, number in load])

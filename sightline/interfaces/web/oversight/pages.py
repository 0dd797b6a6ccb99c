"""How the record is kept and what lies on whose desk: what runs, how the audit is sealed; no child is named here."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.access.anchors import anchors_in
from sightline.apps.access.sealing import newest_seal
from sightline.apps.duties.queries import load_of
from sightline.domain.access.verbs import Verb
from sightline.interfaces.serve.condition import condition
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.moments import counted


@page(Verb.SEE_OVERSIGHT)
def oversight(request: AtWorkRequest) -> HttpResponse:
    """Show whether everything runs, and the newest seal beside its anchor."""
    note(request, "see how the record is kept")
    seal = newest_seal()
    anchors = anchors_in(Path(settings.AUDIT_ANCHORS)).standing
    load = load_of(request.acting.agency)
    return render(request, "oversight/oversight.html", {
        "at": request.at, "agency": request.acting.agency_name,
        "open": _bars([(desk, open_) for desk, open_, _ in load]),
        "late": _bars([(desk, late) for desk, _, late in load]), "found": condition(), "seal": seal,
        "anchored": seal is not None and (seal.id, seal.chain.hex()) in anchors[-100:]})


def _bars(load: list[tuple[str, int]]) -> tuple[Bar, ...]:
    return bar_chart([Figure(desk, number, counted(number, "duty", "duties")) for desk, number in load])

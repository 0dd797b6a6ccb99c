"""How the record is kept: what runs, how the audit is sealed, what waits unread; no child is named here."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.access.anchors import anchors_in
from sightline.apps.access.sealing import newest_seal
from sightline.domain.access.verbs import Verb
from sightline.interfaces.serve.condition import condition
from sightline.interfaces.web.at_work import AtWorkRequest, note, page


@page(Verb.SEE_OVERSIGHT)
def oversight(request: AtWorkRequest) -> HttpResponse:
    """Show whether everything runs, and the newest seal beside its anchor."""
    note(request, "see how the record is kept")
    seal = newest_seal()
    anchors = anchors_in(Path(settings.AUDIT_ANCHORS)).standing
    return render(request, "oversight/oversight.html", {
        "at": request.at, "found": condition(), "seal": seal,
        "anchored": seal is not None and (seal.id, seal.chain.hex()) in anchors[-100:]})

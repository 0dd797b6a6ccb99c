"""Show who leaves things unread: what waits at each desk, how long until it is opened, and whom nobody reached."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from sightline.apps.duties.unread import Reading, by_agency, by_desk, by_person, unopened
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Figure, bar_chart
from sightline.interfaces.web.moments import counted, moment_in_words

LATELY = timedelta(days=30)
MOST, MOST_BARS = 50, 20
HOUR, DAY = 60, 24 * 60


@page(Verb.SEE_OVERSIGHT)
def unread(request: AtWorkRequest) -> HttpResponse:
    """Show the own agency by desk and person; an inspector sees agencies, by counts alone."""
    note(request, "see who leaves things unread")
    after, opens = request.at - LATELY, may(request.acting.role, Verb.SEE_QUEUE)
    readings = by_desk(request.acting.agency, after=after) if opens else by_agency(after=after)
    people = by_person(request.acting.agency, after=after) if opens else []
    return render(request, "unread/unread.html", {
        "at": request.at, "agency": request.acting.agency_name, "opens": opens, "readings": readings,
        "bars": bar_chart([Figure(r.name, r.waiting, counted(r.waiting, "notice", "notices"))
                           for r in readings[:MOST_BARS]]),
        "rows": _rows(readings),
        "people": [(r.name, r.told, _long(r.to_open), _long(r.to_acknowledge)) for r in people],
        "waiting": unopened(request.acting.agency, most=MOST) if opens else [], "most": MOST})


def _rows(readings: Sequence[Reading]) -> list[tuple[object, ...]]:
    return [(r.name, r.waiting, moment_in_words(r.oldest) if r.oldest else "Nothing waits", r.told,
             _long(r.to_open), _long(r.to_acknowledge)) for r in readings]


def _long(minutes: float | None) -> str:
    """Say how long something took: 12 minutes, 3.5 hours, 2.1 days."""
    if minutes is None:
        return "None yet"
    if minutes < 2 * HOUR:
        return counted(round(minutes), "minute", "minutes")
    return f"{minutes / HOUR:.1f} hours" if minutes < 2 * DAY else f"{minutes / DAY:.1f} days"

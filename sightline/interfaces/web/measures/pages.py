"""Show figures of how agencies protect children, what each means, and the cases behind it to who may see them."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from procrastinate.exceptions import AlreadyEnqueued

from sightline.apps.insight.queries import (
    FigureFacts,
    SnapshotFacts,
    cases_behind,
    figures,
    figures_since,
    snapshot,
    snapshots,
)
from sightline.apps.people.queries import names_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.insight.measures import Measure, MeasureKind, measures
from sightline.interfaces.jobs.measuring import LOCK, freeze_now
from sightline.interfaces.printed.measures import as_csv, definition
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.measures.showing import Row, address, case_row, has_share, row, topics, trend, who
from sightline.reference.figures.excluded import newest
from sightline.reference.figures.publications import LICENCE, LICENCE_ADDRESS, PUBLICATIONS

MOST_SNAPSHOTS = 24
MOST_CASES = 100
ASKED, FREEZING = "snapshot", "freezing"


@page(Verb.SEE_OVERSIGHT)
def all_measures(request: AtWorkRequest) -> HttpResponse:
    """Show the measures of a snapshot by the topics of the framework, all agencies together."""
    note(request, "see measures")
    made = snapshots(most=MOST_SNAPSHOTS)
    found = _asked(request, made)
    held = figures(found.id, together=True) if found else []
    base = reverse("all_measures")
    return render(request, "measures/measures.html", {
        "at": request.at, "found": found, "made": made, "freezing": FREEZING in request.GET,
        "inspects": may(request.acting.role, Verb.INSPECT_CASES),
        "topics": topics(held, address=lambda one: f"{base}{one.measure}/?{urlencode({ASKED: str(found.id)})}")
        if found else []})


@page(Verb.SEE_OVERSIGHT)
def measure(request: AtWorkRequest, code: str) -> HttpResponse:
    """Show one measure: its definition, its figures by part, agency and group, and how it went from time to time."""
    note(request, "see measures")
    defined, made = _measure(code), snapshots(most=MOST_SNAPSHOTS)
    found = _asked(request, made)
    if found is None:
        return redirect("all_measures")
    held = figures(found.id, measure=code)
    together = [one for one in held if one.agency is None and not one.grouped_by]
    return render(request, "measures/measure.html", {
        "at": request.at, "found": found, "made": made, "measure": defined, "definition": _definition(defined),
        "parts": [_row(one, one.part.capitalize() or "All", found) for one in together],
        "agencies": [_row(one, f"{who(one)}{': ' + one.part if one.part else ''}", found)
                     for one in held if one.agency is not None],
        "groups": [_row(one, _of_group(one), found, cases=False) for one in held if one.grouped_by],
        "trend": trend(defined, made, figures_since([one.id for one in made], measure=code)),
        "beside": _beside(code), "newest": max((one.newest_at for one in together if one.newest_at), default=None),
        "shares": has_share(defined), "edition": found.editions.get(code)})


@page(Verb.SEE_OVERSIGHT)
def measured_cases(request: AtWorkRequest, code: str) -> HttpResponse:
    """List the cases behind a figure that the officer may see, and say how many more there are."""
    defined = _measure(code)
    found = _asked(request, snapshots(most=MOST_SNAPSHOTS))
    if found is None:
        raise Http404
    part, agency = request.GET.get("part"), _number(request.GET.get("agency"))
    of = next((one for one in figures(found.id, measure=code) if one.part == (part or "") and not one.grouped_by
               and one.agency_id == agency), None)
    seen = cases_behind(found.id, measure=code, part=part, agency=agency, most=MOST_CASES)
    people = {one.person for one in seen.cases}
    note(request, "see cases behind a figure", children=people)
    names = names_of(people)
    return render(request, "measures/cases.html", {
        "at": request.at, "found": found, "measure": defined, "part": part or "", "figure": of,
        "cases": [case_row(one, names.get(one.person, "Name not told")) for one in seen.cases],
        "shares": defined.kind is MeasureKind.SHARE,
        "number": seen.number, "most": MOST_CASES, "hidden": max((of.n + of.untold) - seen.number, 0) if of else 0})


@page(Verb.SEE_OVERSIGHT)
def measures_file(request: AtWorkRequest, form: str) -> HttpResponse:
    """Give the figures of a snapshot as CSV or on paper: as they are, or as they may be told outside."""
    note(request, "get measures")
    found = _asked(request, snapshots(most=MOST_SNAPSHOTS))
    if found is None or form not in ("csv", "pdf"):
        raise Http404
    outside = "outside" in request.GET
    name = f"measures-{found.until_at:%Y-%m-%d}{'-outside' if outside else ''}.{form}"
    held = figures(found.id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return HttpResponse(as_csv(found, held, outside=outside), content_type="text/csv; charset=utf-8",
                            headers=headers)
    # What writes PDF is large: a page that nobody exports does not wait for it.
    from sightline.interfaces.web.measures.paper import paper

    return HttpResponse(paper(found, held, outside=outside, by=request.acting, at=request.at),
                        content_type="application/pdf", headers=headers)


@require_POST
@page(Verb.SEE_OVERSIGHT)
def freeze_measures(request: AtWorkRequest) -> HttpResponse:
    """Ask for a snapshot of the year until now; a job makes it, once however many ask."""
    from sightline.apps.insight.freezing import PERIOD

    note(request, "freeze measures", writes=True)
    with suppress(AlreadyEnqueued), transaction.atomic():
        freeze_now.configure(queueing_lock=LOCK).defer(
            officer=str(request.acting.officer), start=(request.at - PERIOD).isoformat(),
            until=request.at.isoformat())
    return redirect(f"{reverse('all_measures')}?{FREEZING}=1")


def _asked(request: AtWorkRequest, made: list[SnapshotFacts]) -> SnapshotFacts | None:
    """Give the snapshot that is asked for, else the newest; None where there is none. Raises Http404."""
    asked = request.GET.get(ASKED)
    if not asked:
        return made[0] if made else None
    try:
        found = snapshot(UUID(asked))
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _measure(code: str) -> Measure:
    found = measures().get(code)
    if found is None:
        raise Http404
    return found


def _of_group(one: FigureFacts) -> str:
    return f"{one.group[:1].upper()}{one.group[1:]}{': ' + one.part if one.part else ''}"


def _row(one: FigureFacts, name: str, found: SnapshotFacts, *, cases: bool = True) -> Row:
    base = reverse("measured_cases", kwargs={"code": one.measure})
    return row(one, name, address(base, snapshot=found.id, part=one.part, agency=one.agency_id) if cases else "")


def _definition(measure: Measure) -> list[tuple[str, str]]:
    _, edition, _, among, counts, clock, standard, limits = definition(measure)
    return [("Among", among), ("What counts", counts), ("Clock", clock),
            ("Standard", standard or "None is set"), ("What it does not see", limits), ("Edition", edition)]


def _beside(code: str) -> dict[str, object] | None:
    """Give what is published of exclusion, to lay beside the two directions of its link with exploitation."""
    if code not in ("K27", "K28"):
        return None
    return {"rows": [(f"{one.group.capitalize()}, {one.what}", one.year, f"{one.percent:.2f}") for one in newest()],
            "publication": PUBLICATIONS["excluded"], "licence": LICENCE, "address": LICENCE_ADDRESS}


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)

"""Show what an inspection found: shares, agreement, disagreements and the log; give each as CSV, and a report."""

import csv
import io
from collections.abc import Callable, Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline.apps.insight.inspection_queries import (
    InspectionFacts,
    cases_of,
    disagreements,
    log_of,
    reads_of,
)
from sightline.domain.access.verbs import Verb
from sightline.domain.insight.inspecting import Result
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.importing.harmless import harmless
from sightline.interfaces.web.inspections.pages import inspection_or_404
from sightline.interfaces.web.inspections.showing import (
    framework_title,
    measured_words,
    results,
    strata_words,
    topics_of,
    topics_shown,
)

Row = tuple[object, ...]


@page(Verb.INSPECT_CASES)
def found_by(request: AtWorkRequest, inspection_id: UUID) -> HttpResponse:
    """Show what an inspection found so far, from the cases that everybody has graded who reads them."""
    found = inspection_or_404(inspection_id)
    note(request, "see what an inspection found")
    titles = {topic.code: topic.title for topic in topics_of(found)}
    reads = reads_of(found.id)
    return render(request, "inspections/results.html", {
        "found": found, "framework": framework_title(found.framework),
        "topics": topics_shown(results(found, reads)) if found.grades else [],
        "findings": [(title, len(reads.get(code, ()))) for code, title in titles.items()],
        "differ": [(one, titles.get(one.topic, one.topic)) for one in disagreements(found.id)],
        "children": sum(found.frame.values())})


@page(Verb.INSPECT_CASES)
def found_file(request: AtWorkRequest, inspection_id: UUID, table: str) -> HttpResponse:
    """Give the report on paper, or the results, the log or the drawn cases as CSV; no child is named.

    How the cases were drawn stands in each.
    """
    found = inspection_or_404(inspection_id)
    note(request, "get what an inspection found")
    if table == "report":
        # What writes PDF is large: a page that nobody exports does not wait for it.
        from sightline.interfaces.web.inspections.paper import paper

        return HttpResponse(
            paper(found, cases_of(found.id), reads_of(found.id), by=request.acting, at=request.at),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="report-{found.id}.pdf"'})
    if table not in TABLES:
        raise Http404
    columns, rows = TABLES[table]
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(columns)
    out.writerows([harmless(one) if isinstance(one, str) else one for one in row] for row in rows(found))
    out.writerow([])
    out.writerows([harmless(str(one)) for one in row] for row in _drawn_how(found))
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{table}-{found.id}.csv"'})


def _result_rows(found: InspectionFacts) -> Iterable[Row]:
    for topic, weighed in results(found, reads_of(found.id)):
        for grade, share in weighed.shares.items():
            numbers = (share.share, share.low, share.high) if share else (None, None, None)
            yield (topic.title, grade, *numbers, weighed.standing, weighed.unsettled, *_agreement(weighed))


def _agreement(weighed: Result) -> Row:
    told = weighed.agreement
    return (told.n, told.equal, told.kappa, told.low, told.high) if told else (0, None, None, None, None)


def _log_rows(found: InspectionFacts) -> Iterable[Row]:
    titles = {topic.code: topic.title for topic in topics_of(found)}
    for one in log_of(found.id):
        yield one.at.isoformat(), one.place, titles.get(one.topic, one.topic), one.act, one.officer, one.grade, \
            one.reasons


def _case_rows(found: InspectionFacts) -> Iterable[Row]:
    words = strata_words(found)
    for one in cases_of(found.id):
        yield (one.place, words[one.stratum], "; ".join(measured_words(one)), one.first_name, one.second_name or "",
               "yes" if one.whole else "no")


def _drawn_how(found: InspectionFacts) -> Iterable[Row]:
    """Say how the cases were drawn, so that anybody can draw them again."""
    words = strata_words(found)
    yield "Inspection", found.title, found.id
    yield "Framework", framework_title(found.framework), found.framework
    yield "Snapshot", found.snapshot, f"frozen {found.made_at.isoformat()}"
    yield "Events", f"from {found.from_at.isoformat()}", f"until {found.until_at.isoformat()}"
    yield "Drawn", f"{found.size} cases, parted by: {found.strata.words.lower()}", f"seed {found.seed}"
    for code, of in sorted(found.frame.items()):
        yield "Stratum", words[code], f"{of} children in the snapshot"


TABLES: dict[str, tuple[Row, Callable[[InspectionFacts], Iterable[Row]]]] = {
    "results": (("topic", "grade", "share of all children", "low", "high", "cases with a grade that stands",
                 "cases left out until settled", "cases read twice", "same grade", "kappa", "kappa low", "kappa high"),
                _result_rows),
    "log": (("at", "case", "topic", "what", "who", "grade", "reasons"), _log_rows),
    "cases": (("case", "stratum", "what was counted", "read by", "read again by", "graded by all"), _case_rows),
}
"""What can be downloaded, by the name in the address."""

"""Show what public bodies publish of the exploitation of children, for a council beside England, and give it as CSV."""

import csv
import io

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sightline.apps.access.queries import agency_named
from sightline.domain.access.verbs import Verb
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.importing.harmless import harmless
from sightline.interfaces.web.published.funnel import funnel
from sightline.interfaces.web.published.pictures import (
    exclusion_pictures,
    factor_pictures,
    placement_pictures,
    referral_pictures,
)
from sightline.interfaces.web.published.tables import tables
from sightline.interfaces.web.published.words import of_council, of_england, of_referrals, of_spread
from sightline.reference.figures.factors import Factor, councils_in, factors_of, years
from sightline.reference.figures.publications import LICENCE, LICENCE_ADDRESS, PUBLICATIONS
from sightline.reference.figures.published import ENGLAND
from sightline.reference.figures.referrals import quarters
from sightline.reference.geography.authorities import UnknownAuthority, authority

ASKED = "council"
NO_COUNCIL = "england"
SOURCE = "Source: {one.publisher}. {one.title}. Published {one.published}. {licence}. {one.address}"


@page(Verb.SEE_OVERSIGHT)
def figures(request: AtWorkRequest) -> HttpResponse:
    """Show the published figures of a council beside England, or of England alone."""
    note(request, "see published figures")
    council = _council(request)
    year, councils = years()[-1], councils_in(years()[-1])
    whole = factors_of(ENGLAND)[-1]
    held = tables(council)
    return render(request, "published/figures.html", {
        "at": request.at, "council": council, "name": factors_of(council)[-1].council if council else "England",
        "choices": sorted((one.council, one.code) for one in councils), "england": NO_COUNCIL, "year": year,
        "said": of_council(council) if council else of_england(), "factors": factor_pictures(council, held),
        "spread": of_spread(), "funnel": funnel(councils, whole, Factor.CRIMINAL_EXPLOITATION, council or ""),
        "bands": held["councils"], "noughts": held["none-recorded"], "referrals": referral_pictures(held),
        "referred": of_referrals(quarters()[-1][:4]), "placements": placement_pictures(council, held),
        "distances": held["placements"],
        "exclusions": exclusion_pictures(council, held), "publications": PUBLICATIONS, "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS})


@page(Verb.SEE_OVERSIGHT)
def figures_file(request: AtWorkRequest, table: str) -> HttpResponse:
    """Give one table as CSV, with its source and licence below it; 404 for a table that there is not."""
    note(request, "get published figures")
    council = _council(request)
    found = tables(council).get(table)
    if found is None:
        raise Http404
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(found.columns)
    rows.writerows([harmless(one) if isinstance(one, str) else one for one in row] for row in found.rows)
    rows.writerow([])
    rows.writerow([SOURCE.format(one=found.publication, licence=LICENCE)])
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{table}-{council or NO_COUNCIL}.csv"'})


def _council(request: AtWorkRequest) -> str | None:
    """Give the code of the council that is asked for, else that of the officer's own council, or None for England.

    Raises Http404 for a code that no council has.
    """
    known = {one.code for one in councils_in(years()[-1])}
    asked = request.GET.get(ASKED)
    if asked == NO_COUNCIL:
        return None
    if asked:
        if asked not in known:
            raise Http404
        return asked
    agency = agency_named(request.acting.agency_name)
    if agency is None or agency.kind != "council":
        return None
    try:
        own = authority(agency.area).code
    except UnknownAuthority:
        return None
    return own if own in known else None

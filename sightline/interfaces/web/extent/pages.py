"""Show what our own lists say of children whom nobody knows, give its tables as CSV, and let it be computed again."""

import csv
import io
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.insight import extents
from sightline.apps.insight.extents import ExtentAskedAlready, ExtentFacts
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.insight.own_lists import DEFINITION
from sightline.domain.vocabulary.moment import LONDON
from sightline.interfaces.extent.drawing import (
    Drawing,
    letters,
    mark,
    models_drawing,
    overlaps_drawing,
    shown_points,
)
from sightline.interfaces.extent.tables import PICTURE_WORDS, Reader, Table, tables
from sightline.interfaces.jobs.extent import ask_to_estimate
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.extent import words
from sightline.interfaces.web.extent.forms import PeriodForm
from sightline.interfaces.web.importing.harmless import harmless

ASKED = "made"
SOURCE = ("From our own lists, {from_at:%-d %B %Y} to {until_at:%-d %B %Y}. Definition {definition}. Computed "
          "{made_at:%-d %B %Y %H:%M}. Estimate {id}. Seed {seed}. A range depends on what is assumed: never quote one "
          "number of it.")


@page(Verb.SEE_OVERSIGHT)
def extent(request: AtWorkRequest) -> HttpResponse:
    """Show the newest estimate or the one that is asked for; a POST asks for a new one."""
    posted = request.method == "POST"
    form = PeriodForm(request.POST if posted else None, at=request.at)
    if posted and form.is_valid():
        return _ask(request, form)
    note(request, "see the estimated extent")
    found, reader = extents.extents(), _reader(request)
    facts = _chosen(request, found)
    waiting = extents.asked(at=request.at)
    shown = {} if facts is None else _shown(facts, reader)
    return render(request, "extent/extent.html", {
        "at": request.at, "facts": facts, "waiting": waiting, "earlier": [one for one in found if one != facts],
        "reader": reader, "definition": DEFINITION, "form": form, "last_day_of": _last_day, **shown},
        status=422 if posted else 200)


@page(Verb.SEE_OVERSIGHT)
def extent_file(request: AtWorkRequest, table: str) -> HttpResponse:
    """Give one table as CSV, with where it comes from below it; 404 for a table that there is not."""
    note(request, "get the estimated extent")
    facts = _chosen(request, extents.extents())
    found = None if facts is None else _tables(facts, _reader(request)).get(table)
    if facts is None or found is None:
        raise Http404
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(found.columns)
    rows.writerows([harmless(one) if isinstance(one, str) else one for one in row] for row in found.rows)
    rows.writerow([])
    rows.writerow([SOURCE.format(
        from_at=facts.from_at.astimezone(LONDON), until_at=_last_day(facts.until_at), definition=facts.definition,
        made_at=facts.made_at.astimezone(LONDON), id=facts.id, seed=facts.seed)])
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="extent-{table}.csv"'})


def _ask(request: AtWorkRequest, form: PeriodForm) -> HttpResponse:
    note(request, "ask for an estimate of extent", writes=True)
    start, until = form.period()
    try:
        made = extents.ask(start=start, until=until, officer=request.acting.officer, at=request.at)
    except ExtentAskedAlready as refused:
        messages.error(request, str(refused))
        return redirect("extent")
    ask_to_estimate(made)
    messages.success(request, "It is being computed. It takes a minute or less")
    return redirect("extent")


def _shown(facts: ExtentFacts, reader: Reader) -> dict[str, object]:
    """Give what the page shows of one estimate."""
    ranged = facts.range is not None
    return {
        "last_day": _last_day(facts.until_at), "headline": words.headline(facts, reader),
        "refusals": words.refusals(facts, reader), "links": words.of_links(facts), "uses": words.USES,
        "directions": words.DIRECTIONS, "never": words.NEVER_COUNTED, "left_out": words.left_out(facts, reader),
        "covered": words.covered(facts, reader), "computed": words.computed(facts), "alone": words.on_one_list(facts),
        "empty": words.without_children(facts),
        "tables": _tables(facts, reader), "letters_words": words.lettered(letters(facts.lists)),
        "overlaps": overlaps_drawing(facts.lists, facts.histories, reader) if facts.histories else None,
        "models": models_drawing(facts.answer) if ranged else None,
        "too_far": shown_points(facts.answer)[1] if ranged else 0,
        "marks": _marks(facts) if ranged else []}


def _marks(facts: ExtentFacts) -> list[tuple[Drawing, str]]:
    """Give the marks that are drawn, each with what it stands for."""
    drawn = {picture for _, _, picture in shown_points(facts.answer)[0]}
    return [(mark(picture), said) for picture, said in PICTURE_WORDS.items() if picture in drawn]


def _tables(facts: ExtentFacts, reader: Reader) -> dict[str, Table]:
    return tables(facts.answer, lists=facts.lists, histories=facts.histories, reader=reader)


def _chosen(request: AtWorkRequest, found: list[ExtentFacts]) -> ExtentFacts | None:
    """Give the estimate that is asked for, else the newest. Raises Http404 for one that there is not."""
    asked = request.GET.get(ASKED)
    if not asked:
        return found[0] if found else None
    try:
        facts = extents.extent_of(UUID(asked))
    except ValueError:
        facts = None
    if facts is None:
        raise Http404
    return facts


def _reader(request: AtWorkRequest) -> Reader:
    return Reader(outside=not may(request.acting.role, Verb.SEE_CHILD))


def _last_day(until: datetime) -> datetime:
    return (until - timedelta(seconds=1)).astimezone(LONDON)

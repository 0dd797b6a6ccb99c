"""See how far the custody of a child has come, and take the next step of the path."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from sightline.apps.access.queries import agency_book
from sightline.apps.custody.path import PathRefused, Standing, Taken, standing_of, take
from sightline.apps.custody.path_queries import StepTaken, law_owed, path_steps
from sightline.apps.people.queries import names_of
from sightline.apps.record.queries import entries_named
from sightline.apps.responsibility.queries import EventFacts, event
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.path import PATH, STATE_WORDS, PathStep, may_be_excepted
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.custody.path_forms import FORMS, AskedForm, StepForm
from sightline.interfaces.web.custody.saving import Typed, forget_typed, typed_before

PAGE_OF = {"screened": "screen", "charged": "charging", "released": "release", "arrived": "release",
           "referred": "referral"}
"""Steps that are taken on a page of their own, and the name of that page."""
BY_THE_COUNCIL = "answered"


@page(Verb.SEE_QUEUE)
def path(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show the steps of the path: which were taken, by whom and when, and what each of the others needs first."""
    found = _event(event_id)
    note(request, "see a custody record", children=[found.person])
    return _show(request, found)


def step(code: str) -> Callable[..., HttpResponse]:
    """Give the page that takes one step."""

    @require_POST
    @page(Verb.DECIDE)
    def posted(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
        found = _event(event_id)
        form = _form(code, request, posted=request.POST)
        note(request, "take a step in custody", children=[found.person])
        if not form.is_valid():
            return _show(request, found, failed=form, status=422)
        ground = entries_named([found.ground]).get(found.ground)
        facts = form.facts()
        if code == BY_THE_COUNCIL:
            facts["council"] = _asked(path_steps(found.id))
        taken = Taken(form.cleaned_data["at"], facts, ground.place if ground else None, form.excepted_because())
        try:
            take(acting=request.acting, event=found, code=code, taken=taken, at=request.at)
        except PathRefused as refused:
            return _show(request, found, failed=form, problem=str(refused), status=409)
        forget_typed(request, found.id, form.typed_as)
        read_news.defer()
        changed(request, "take a step in custody", child=found.person)
        return redirect("path", found.id)

    return posted


def _event(event_id: UUID) -> EventFacts:
    found = event(event_id)
    if found is None:
        raise Http404
    return found


def _form(code: str, request: AtWorkRequest, *, posted: Any = None) -> StepForm:
    if code == AskedForm.name:
        councils = sorted(a.name for a in agency_book().by_id.values() if a.kind == AgencyKind.COUNCIL.value)
        return AskedForm(posted, now=request.at, councils=[(name, name) for name in councils])
    return FORMS[code](posted, now=request.at)


def _show(
    request: AtWorkRequest, found: EventFacts, *, failed: StepForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    standing = standing_of(found.id)
    if standing is None:
        raise Http404
    taken = path_steps(found.id)
    typed = typed_before(request, found.id)
    ours = may(request.acting.role, Verb.DECIDE) and standing.agency_id == request.acting.agency
    return render(request, "custody/path.html", {
        "at": request.at, "event": found, "standing": standing, "state_words": STATE_WORDS[standing.state],
        "name": names_of([found.person]).get(found.person), "problem": problem, "failed": failed, "ours": ours,
        "law": [(one, rules_of(one.code)[-1].title) for one in law_owed(found.id)],
        "rows": [_row(one, standing, [t for t in taken if t.code == one.code],
                      page=_page(one.code, found.id),
                      form=_offered(one, standing, request, failed, typed=typed) if ours else None) for one in PATH],
    }, status=status)


def _row(
    one: PathStep, standing: Standing, taken: list[StepTaken], *, page: str | None, form: StepForm | None
) -> dict[str, Any]:
    """Give one step as the page shows it: done, to be taken now, or what it needs first."""
    lacks = standing.missing[one.code]
    return {"step": one, "taken": taken, "lacks": standing.words(one.code), "form": form, "page": page,
            "can": not lacks, "excepted": bool(lacks) and form is not None, "comes": "state" not in lacks}


def _offered(one: PathStep, standing: Standing, request: AtWorkRequest, failed: StepForm | None,
             *, typed: Typed) -> StepForm | None:
    """Give the form of a step that may be taken now, or that a supervisor may except."""
    lacks = standing.missing[one.code]
    if one.code not in FORMS or (lacks and not may_be_excepted(one, lacks)):
        return None
    if failed is not None and failed.name == one.code:
        return failed
    form = typed.into(_form(one.code, request))
    form.opened = request.GET.get("do") == one.code
    return form


def _page(code: str, event_id: UUID) -> str | None:
    try:
        return reverse(PAGE_OF[code], args=[event_id]) if code in PAGE_OF else None
    except NoReverseMatch:
        return None


def _asked(taken: list[StepTaken]) -> str:
    """Name the council that was asked last."""
    return next((t.council for t in reversed(taken) if t.code == AskedForm.name), "")


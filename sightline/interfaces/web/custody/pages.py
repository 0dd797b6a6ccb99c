"""See the release of a child and do what it asks for next: the gate, the journey, the alarm; and the lists of both."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.custody.planning import ReleaseRefused
from sightline.apps.custody.queries import (
    ReleaseFacts,
    draft_of,
    overrides_of,
    release_counts,
    release_of,
    steps_of,
    under_way,
)
from sightline.apps.people.queries import names_of
from sightline.apps.responsibility.queries import EventFacts, TransferFacts, event, transfers_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.gate import GATE, Condition
from sightline.domain.custody.journey import ReleaseState
from sightline.domain.custody.plan import Mode, ReleasePlan
from sightline.domain.responsibility.opening import Happening
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.custody.acts import ACTS, Doing, ReleaseAct
from sightline.interfaces.web.custody.forms import ARRIVED_HOW, ActForm
from sightline.interfaces.web.custody.saving import Typed, forget_typed, typed_before
from sightline.interfaces.web.custody.showing import (
    MODE_WORDS,
    areas_of,
    counts_shown,
    leg_rows,
    step_rows,
    whole_way,
)

MOST = 100
COUNTED_FOR = timedelta(days=365)
GATED = frozenset({Happening.CUSTODY, Happening.RAILWAY, Happening.PROTECTION})
"""What happens to a child whom police hold: out of each, a child goes home by the same gate."""
PLANNING = ("assess", "adult", "accepted", "agency", "leg", "home", "call-off", "release")
TRAVELLING = ("departed", "later", "arrived")


@page(Verb.SEE_QUEUE)
def journeys(request: AtWorkRequest) -> HttpResponse:
    """List the releases that are planned or on the way, in which the agency takes part."""
    found = under_way(most=MOST)
    note(request, "see releases", children=[one.person for one in found])
    return render(request, "custody/journeys.html", {
        "at": request.at, "releases": [(one, whole_way(one)) for one in found]})


@page(Verb.SEE_QUEUE)
def one_release(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show a release: what the gate still asks for, or where the child is on the journey."""
    found = _event(event_id)
    note(request, "see a release", children=[found.person])
    return _show(request, found)


def act(name: str) -> Callable[..., HttpResponse]:
    """Give the page that carries out one act of a release."""
    doing = ACTS[name]

    @require_POST
    @page(doing.verb)
    def posted(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
        return _act(request, _event(event_id), doing)

    return posted


def _act(request: AtWorkRequest, found: EventFacts, doing: ReleaseAct) -> HttpResponse:
    form = doing.form(request.POST, now=request.at)
    note(request, doing.audit, children=[found.person])
    if not form.is_valid():
        return _show(request, found, failed=form, status=422)
    try:
        doing.does(Doing(request.acting, found, form.cleaned_data, request.at))
    except ReleaseRefused as refused:
        return _show(request, found, problem=str(refused), status=409)
    forget_typed(request, found.id, form.typed_as)
    read_news.defer()
    changed(request, doing.audit, child=found.person)
    return redirect("release", found.id)


@page(Verb.SEE_OVERSIGHT)
def counts(request: AtWorkRequest) -> HttpResponse:
    """Count how children left custody in the last year: of the own force, or of every force for the inspectorate."""
    note(request, "count releases")
    since = request.at - COUNTED_FOR
    alone = overrides_of(request.acting.agency, since=since, most=MOST)
    return render(request, "custody/counts.html", {
        "at": request.at, "since": since, "alone": alone, **counts_shown(release_counts(since=since))})


def _event(event_id: UUID) -> EventFacts:
    found = event(event_id)
    if found is None:
        raise Http404
    return found


def _show(
    request: AtWorkRequest, found: EventFacts, *, failed: ActForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    release = release_of(found.id)
    if release is None and found.happening not in GATED:
        raise Http404
    mine = request.acting.agency
    offers = transfers_of(found.id, most=MOST) if release is None or release.state is ReleaseState.PLANNED else []
    acts = may(request.acting.role, Verb.DECIDE)
    plans = acts and found.closed_at is None and _plans(found, release, offers, mine)
    on_the_way = release is not None and release.state is ReleaseState.RELEASED
    receives = acts and release is not None and on_the_way and mine in (release.agency_id, release.receiver_agency_id)
    gate = _gate(release.plan if release else ReleasePlan())
    draft = draft_of(release.id) if release and release.alarmed_at else None
    names = [*(PLANNING if plans else ()), *(TRAVELLING if receives else ())]
    if plans and release and release.plan.mode is Mode.ALONE and may(request.acting.role, Verb.OVERRIDE_RELEASE):
        names.append("override")
    if draft and draft.sent_at is None and on_the_way and acts:
        names.append("missing")
    filled = {"missing": {"words": draft.words}} if draft else {}
    shown = _forms(request, names, failed=failed, filled=filled,
                   typed=typed_before(request, found.id) if names else Typed({}))
    return render(request, "custody/release.html", {
        "at": request.at, "event": found, "release": release, "plan": release.plan if release else ReleasePlan(),
        "gate": gate, "failing": [one for one, holds in gate if not holds], "problem": problem, "failed": failed,
        "holds": {one.code: holds for one, holds in gate}, "draft": draft, "on_the_way": on_the_way,
        "child": release.child if release else None,
        "name": None if release else names_of([found.person]).get(found.person),
        "accepted": [one for one in offers if one.state == "accepted" and one.from_agency_id == mine],
        "offered": [one for one in offers if one.state == "offered"], "ours": plans or (release is not None
                                                                                        and release.agency_id == mine),
        "legs": leg_rows(release), "areas": areas_of(release), "mode_words": MODE_WORDS, "arrived_how": ARRIVED_HOW,
        "steps": step_rows(steps_of(release.id) if release else []),
        "may_refer": may(request.acting.role, Verb.REFER_VICTIM) and found.owner_agency_id == mine,
        "typed": [form for form in shown.values() if form.saved_at], "forms": dict.fromkeys(ACTS) | shown,
    }, status=status)


def _forms(
    request: AtWorkRequest, names: list[str], *, failed: ActForm | None, filled: dict[str, dict[str, str]], typed: Typed
) -> dict[str, ActForm]:
    """Give the forms of a page by name: as it was sent, as it was typed, or new; the one that is asked for is open."""
    found = {name: failed if failed is not None and failed.name == name
             else typed.into(ACTS[name].form(now=request.at, filled=filled.get(name))) for name in names}
    for name, form in found.items():
        form.opened = request.GET.get("do") == name
    return found


def _plans(
    found: EventFacts, release: ReleaseFacts | None, offers: list[TransferFacts], mine: int
) -> bool:
    """Tell whether the agency plans this release: it does so already, or holds the child, or held and handed over."""
    if release is not None:
        return release.agency_id == mine and release.state is ReleaseState.PLANNED
    gave = any(one.state == "accepted" and one.from_agency_id == mine for one in offers)
    return gave or (found.owner_agency_id == mine and not found.accepted)


def _gate(plan: ReleasePlan) -> list[tuple[Condition, bool]]:
    return [(condition, condition.holds(plan)) for condition in GATE]

"""See the referral of an arrested child, add to it, send it sooner; say who the adult is; count how soon it went."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.custody.referral_queries import ReferralFacts, not_sent, referral_counts, referral_of
from sightline.apps.custody.referred import ReferralRefused, add, record_adult, send_now
from sightline.apps.duties.queries import duties_of
from sightline.apps.record.queries import told_of
from sightline.apps.responsibility.queries import event
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.referral import SENT_AFTER, ReferralState
from sightline.domain.responsibility.opening import Happening
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.referral.forms import AddForm, AdultForm
from sightline.interfaces.web.referral.showing import adult_rows, clock_words, counts_shown, duties_started, to_rows

MOST = 100
MOST_TOLD = 300
COUNTED_FOR = timedelta(days=365)


@page(Verb.SEE_QUEUE)
def one_referral(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show a referral: what it says, to whom it goes and why, when it goes by itself, what came back."""
    found = referral_of(event_id)
    if found is None:
        return _none(request, event_id)
    note(request, "see a referral", children=[found.person])
    return _show(request, event_id, found)


@require_POST
@page(Verb.DECIDE)
def send_referral(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Send a referral before its time."""
    found = _referral(event_id)
    note(request, "send a referral", children=[found.person])
    try:
        send_now(acting=request.acting, referral=found.id, at=request.at)
    except ReferralRefused as refused:
        return _show(request, event_id, found, problem=str(refused), status=409)
    changed(request, "send a referral", child=found.person)
    return _done(event_id)


@require_POST
@page(Verb.DECIDE)
def add_to_referral(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Add words to a referral."""
    found, form = _referral(event_id), AddForm(request.POST)
    note(request, "add to a referral", children=[found.person])
    if not form.is_valid():
        return _show(request, event_id, found, failed=form, status=422)
    try:
        add(acting=request.acting, referral=found.id, words=form.cleaned_data["words"], at=request.at)
    except ReferralRefused as refused:
        return _show(request, event_id, found, problem=str(refused), status=409)
    note(request, "add to a referral", writes=True)
    messages.success(request, "Kept with your name")
    return _done(event_id)


@require_POST
@page(Verb.DECIDE)
def who_is_the_adult(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Record what is known of the adult behind the child."""
    found, form = _referral(event_id), AdultForm(request.POST)
    note(request, "record who the adult is", children=[found.person])
    if not form.is_valid():
        return _show(request, event_id, found, failed=form, status=422)
    try:
        record_adult(acting=request.acting, referral=found.id, outcome=form.cleaned_data["known"],
                     words=form.in_words(), at=request.at)
    except ReferralRefused as refused:
        return _show(request, event_id, found, problem=str(refused), status=409)
    changed(request, "record who the adult is", child=found.person)
    return _done(event_id)


@page(Verb.SEE_OVERSIGHT)
def counts(request: AtWorkRequest) -> HttpResponse:
    """Count how soon arrests of children led to a referral: of the own force, or of every force for an inspector."""
    late = not_sent(at=request.at, most=MOST)
    note(request, "count referrals", children=[one.person for one in late])
    since = request.at - COUNTED_FOR
    return render(request, "referral/counts.html", {
        "at": request.at, "since": since, "not_sent": late, "minutes": int(SENT_AFTER.total_seconds() // 60),
        **counts_shown(referral_counts(since=since, at=request.at))})


def _none(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Say of a child in custody why there is no referral to see."""
    found = event(event_id)
    if found is None or found.happening not in (Happening.CUSTODY, Happening.RELEASED):
        raise Http404
    note(request, "see a referral", children=[found.person])
    return render(request, "referral/none.html", {"event": found})


def _referral(named: UUID) -> ReferralFacts:
    found = referral_of(named)
    if found is None:
        raise Http404
    return found


def _done(event_id: UUID) -> HttpResponse:
    read_news.defer()
    return redirect("referral", event_id)


def _show(
    request: AtWorkRequest, event_id: UUID, found: ReferralFacts, *, failed: forms.Form | None = None,
    problem: str = "", status: int = 200,
) -> HttpResponse:
    ours = found.agency_id == request.acting.agency and may(request.acting.role, Verb.DECIDE)
    running = found.state in (ReferralState.DRAFTED, ReferralState.SENT)
    duties, told = duties_of(found.person, most=MOST), told_of(found.person, most=MOST_TOLD)
    return render(request, "referral/referral.html", {
        "at": request.at, "event_id": event_id, "referral": found, "problem": problem, "failed": failed,
        "name": found.words[0].lines[0] if found.words else "A child who was arrested", "knows_child": bool(told),
        "to": to_rows(found), "clock": clock_words(found, at=request.at),
        "sends": ours and found.state is ReferralState.DRAFTED and found.reached,
        "adding": (failed if isinstance(failed, AddForm) else AddForm()) if ours and running else None,
        "naming": (failed if isinstance(failed, AdultForm) else AdultForm()) if ours else None,
        "adult": adult_rows(told),
        "adult_duty": next(iter(duties_started(duties, "D-CCE-2", found.arrest)), None),
        "answers": duties_started(duties, "D-REF-1", found.entry) if found.entry else [],
        "met": next(iter(duties_started(duties, "D-ARR-4", found.arrest)), None),
    }, status=status)

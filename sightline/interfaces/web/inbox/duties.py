"""One duty: what was done for it, and the forms to act, to take it on, and to give it to somebody."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sightline.apps.duties.queries import DutyFacts, duty, steps_of
from sightline.apps.duties.work import NotYours, TakenMeanwhile, give, take_on
from sightline.apps.people.queries import names_of
from sightline.apps.record.queries import entries_named
from sightline.apps.responsibility.queries import open_event_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody import charging, screen
from sightline.domain.disclosure.weighing import DECIDED_BY_SHARING
from sightline.domain.responsibility.opening import Happening
from sightline.domain.responsibility.sections import KIND_OF_DUTY, HandoverKind
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import ACT_WORDS, act_form, act_kinds, record_act
from sightline.interfaces.web.child.showing import duty_shown, duty_title, entry_shown
from sightline.interfaces.web.inbox.asking import give_form, put_off_form
from sightline.interfaces.web.inbox.forms import GiveForm, PutOffForm
from sightline.interfaces.web.shown import EntryShown, Link

REFERRAL_OWED = "D-NRM-1"
SEND_IT = {
    HandoverKind.SCHOOL_FILE: "Send the safeguarding file", HandoverKind.ENQUIRY: "Tell the new council of the move",
    HandoverKind.PLACEMENT: "Send the notice with the care plan",
}

IN_CUSTODY = {screen.CODE: ("screen", "Screen the child"), charging.CODE: ("charging", "Open the charging gate")}
"""Duties that are done on a page of the case while the child is in custody, and nowhere else."""


@page(Verb.SEE_CHILD)
def one_duty(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Show one duty, with what was done for it, and the forms to act."""
    found = found_duty(duty_id)
    note(request, "see a duty", children=[found.person])
    return show_duty(request, found)


@require_POST
@page(Verb.DECIDE)
def act(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Record what was done or decided for a duty: an entry like any other, by which the duty is met."""
    found = found_duty(duty_id)
    note(request, "see a duty", children=[found.person])
    kind = request.POST.get("kind", "")
    if kind not in act_kinds(found.code) or _in_custody(found) is not None:
        raise Http404
    form = act_form(kind, request.POST, at=request.at, code=found.code)
    if not form.is_valid():
        return show_duty(request, found, form=form, kind=kind, status=422)
    record_act(request.acting, found, kind=kind, told=form.told(), at=request.at)
    changed(request, "record an act", child=found.person)
    messages.success(request, f"Recorded: {KINDS[kind].title}")
    return redirect("duty", duty_id)


@require_POST
@page(Verb.ACKNOWLEDGE)
def take(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Take a duty on: one click."""
    found = found_duty(duty_id)
    note(request, "take a duty on", children=[found.person], writes=True)
    try:
        take_on(duty=duty_id, officer=request.acting.officer, seen=_id(request.POST.get("held", "")), at=request.at)
    except (NotYours, TakenMeanwhile) as refused:
        return show_duty(request, found, problem=str(refused), status=409)
    messages.success(request, f"You have taken it on: {duty_title(found)}")
    back = request.POST.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else reverse("duty", args=[duty_id]))


@require_POST
@page(Verb.REASSIGN)
def give_one(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Give a duty to another desk or to an officer of the agency."""
    found = found_duty(duty_id)
    if found.owed_by_id != request.acting.agency:
        raise PermissionDenied
    note(request, "give a duty", children=[found.person], writes=True)
    form = give_form(request, posted=True)
    if not form.is_valid():
        return show_duty(request, found, giving=form, status=422)
    if not give([duty_id], to=form.receiver(), agency=request.acting.agency, officer=request.acting.officer,
                words=form.cleaned_data["words"], at=request.at):
        return show_duty(request, found_duty(duty_id), problem="It had been done or ended meanwhile", status=409)
    messages.success(request, f"You have given it over: {duty_title(found)}")
    return redirect("duty", duty_id)


def found_duty(duty_id: UUID) -> DutyFacts:
    """Give a duty; one that is not to be seen does not exist."""
    found = duty(duty_id)
    if found is None:
        raise Http404
    return found


def show_duty(
    request: AtWorkRequest, found: DutyFacts, *, form: object = None, kind: str = "", giving: GiveForm | None = None,
    putting_off: PutOffForm | None = None, problem: str = "", status: int = 200,
) -> HttpResponse:
    """Show a duty with what the officer may do for it; a form that was sent and refused comes back."""
    named = [id_ for id_ in (found.started_by, found.met_by) if id_]
    entries = entries_named(named)
    names = names_of([found.person])
    acting = found.state in ("open", "late") and may(request.acting.role, Verb.DECIDE)
    mine = found.officer == request.acting.officer
    handing = (_handing(request, found) or _in_custody(found) or _referring(request, found)) if acting else None
    elsewhere = found.code in IN_CUSTODY and handing is not None
    kinds = act_kinds(found.code) if acting and not elsewhere else []
    forms = {k: form if k == kind and form else act_form(k, None, at=request.at, code=found.code)
             for k in kinds}
    gives = acting and found.owed_by_id == request.acting.agency and may(request.acting.role, Verb.REASSIGN)
    return render(request, "inbox/duty.html", {
        "at": request.at, "duty": found, "shown": duty_shown(found, viewer=request.acting.officer),
        "name": names.get(found.person, "Name not told"),
        "started_by": _entry(entries, found.started_by), "met_by": _entry(entries, found.met_by),
        "steps": steps_of(found.id), "act_words": ACT_WORDS, "forms": forms, "failed": form, "problem": problem,
        "give": (giving or give_form(request, posted=False)) if gives else None,
        "put_off": putting_off or (put_off_form(request, found) if gives or (acting and mine) else None),
        "away": found.put_off_until if found.put_off_until and found.put_off_until > request.at else None,
        "sharing": acting and found.code in DECIDED_BY_SHARING,
        "handing": handing,
        "may_take": acting and not (mine and found.acknowledged_at), "may_act": acting, "given_to_me": mine,
    }, status=status)


def _in_custody(found: DutyFacts) -> Link | None:
    """Lead to the page of the case on which the duty is done, while the child is in custody."""
    if found.code not in IN_CUSTODY:
        return None
    event = open_event_of(found.person)
    if event is None or event.happening is not Happening.CUSTODY:
        return None
    name, words = IN_CUSTODY[found.code]
    return Link(words, reverse(name, args=[event.id]))


def _referring(request: AtWorkRequest, found: DutyFacts) -> Link | None:
    """Lead to the form of the referral that is owed, filled already."""
    if found.code != REFERRAL_OWED or not may(request.acting.role, Verb.REFER_VICTIM):
        return None
    return Link("Open the referral: it is filled from records", reverse("slavery", args=[found.person]))


def _handing(request: AtWorkRequest, found: DutyFacts) -> Link | None:
    """Lead to the page on which what is owed is handed over, for who owes it."""
    kind = KIND_OF_DUTY.get(found.code)
    if kind is None or found.owed_by_id != request.acting.agency:
        return None
    query = urlencode({"kind": kind.value, "duty": found.id})
    return Link(SEND_IT[kind], f"{reverse('hand_over', args=[found.person])}?{query}")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _entry(entries: dict[UUID, Entry], id_: UUID | None) -> EntryShown | None:
    entry = entries.get(id_) if id_ else None
    return entry_shown(entry) if entry is not None else None

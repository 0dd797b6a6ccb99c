"""The inbox: what the agency owes, in the order in which time runs out, and what it was told."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sightline.apps.access.queries import contacts
from sightline.apps.duties.following import waits_of
from sightline.apps.duties.queries import (
    DutyFacts,
    count_unread,
    deliveries_of,
    duty,
    notice,
    notices_to,
    queue_of,
    steps_of,
)
from sightline.apps.duties.unread import handed_over
from sightline.apps.duties.work import NotYours, acknowledge_notice, deliver_to, give_to, open_notice, take_on
from sightline.apps.people.queries import names_of
from sightline.apps.record.queries import entries_named
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.disclosure.weighing import DECIDED_BY_SHARING
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import KINDS
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import ACT_WORDS, act_form, act_kinds, record_act
from sightline.interfaces.web.child.showing import duty_row, duty_shown, duty_title, entry_shown
from sightline.interfaces.web.inbox.forms import GiveForm
from sightline.interfaces.web.inbox.reached import delivery_rows, waiting_words
from sightline.interfaces.web.shown import Choice, DutyShown, EntryShown, Filter, Link, PageOf
from sightline.interfaces.web.soon import in_groups

A_PAGE = 25
WHOSE = (("agency", "Everybody’s"), ("mine", "Mine"), ("safeguarding", "Safeguarding desk"), ("education", "Education"),
         ("watched", "What others owe"))
STATES = (("open", "Open and late"), ("late", "Late only"))

MOST_LISTED = 500
NOTICES_OF = (("", "Everybody here"), ("mine", "Me"))
NOTICE_STATES = (("", "All"), ("new", "Not acknowledged"))


@page(Verb.SEE_QUEUE)
def inbox(request: AtWorkRequest) -> HttpResponse:
    """Show the queue: one page of it, ordered by when time runs out."""
    whose = _chosen(request, "whose", WHOSE)
    state = _chosen(request, "state", STATES)
    number = _number(request.GET.get("page"))
    queue = queue_of(
        request.acting.agency, officer=request.acting.officer if whose == "mine" else None,
        desk=whose if whose in ("safeguarding", "education") else None, watched=whose == "watched",
        late=state == "late",
        most=A_PAGE, start=(number - 1) * A_PAGE, viewer=request.acting.officer)
    names = names_of(d.person for d in queue.duties)
    note(request, "see the inbox", children=names)
    return render(request, "inbox/inbox.html", {
        "at": request.at, "queue": queue, "unread": count_unread(request.acting.agency),
        "groups": in_groups([_row(request, d, names) for d in queue.duties], request.at),
        "here": request.get_full_path(),
        "filters": (_filter("whose", "Whose", WHOSE, whose), _filter("state", "Which", STATES, state)),
        "pages": _pages(queue.total, number, whose=whose, state=state)})


@page(Verb.SEE_QUEUE)
def notices(request: AtWorkRequest) -> HttpResponse:
    """Show the notices to the agency, those not acknowledged first; that they stand here is their delivery."""
    whose, state = _chosen(request, "whose", NOTICES_OF), _chosen(request, "state", NOTICE_STATES)
    number = _number(request.GET.get("page"))
    deliver_to(agency=request.acting.agency, at=request.at)
    found = notices_to(request.acting.agency, officer=request.acting.officer if whose == "mine" else None,
                       waiting=state == "new", most=A_PAGE + 1, start=(number - 1) * A_PAGE)
    names = names_of(n.person for n in found if n.person)
    note(request, "see notices", children=names)
    return render(request, "inbox/notices.html", {
        "at": request.at, "notices": found[:A_PAGE], "names": names, "number": number, "more": len(found) > A_PAGE,
        "filters": (_filter("whose", "To", NOTICES_OF, whose), _filter("state", "Which", NOTICE_STATES, state)),
        "narrowed": bool(whose or state), "query": urlencode({"whose": whose, "state": state})})


@page(Verb.SEE_QUEUE)
def one_notice(request: AtWorkRequest, notice_id: UUID) -> HttpResponse:
    """Show one notice; opening it is kept, acknowledging it is a button."""
    found = notice(notice_id)
    if found is None:
        raise Http404
    children = [found.person] if found.person else []
    note(request, "open a notice", children=children, writes=True)
    if found.to_agency_id == request.acting.agency:
        open_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
        found = replace(found, opened_at=found.opened_at or request.at)
    owed = duty(found.duty) if found.duty else None
    return render(request, "inbox/notice.html", {
        "at": request.at, "notice": found, "name": next(iter(names_of(children).values()), None),
        "deliveries": delivery_rows(deliveries_of(notice_id)), "leads_to": _leads_to(found.key),
        "waits": waiting_words(waits_of(notice_id)),
        "listed": handed_over(notice_id, most=MOST_LISTED) if found.key.startswith("morning:") else None,
        "duty": duty_shown(owed, viewer=request.acting.officer) if owed else None,
        "ours": found.to_agency_id == request.acting.agency})


LEADS_TO = {
    "safety": ("event", "See who protects the child, and answer"),
    "transfer": ("transfer", "See who protects the child, and answer"),
    "dispute": ("transfer", "See who protects the child, and answer"),
    "release": ("release", "See the release and the journey"),
    "disclosure": ("disclosure", "See what was shared, and say what you do with it"),
    "request": ("request", "See what they need, and answer"),
    "known": ("question", "See who asked, and ring back"),
}


def _leads_to(key: str) -> Link | None:
    """Give the page of what a notice is about, where it is about more than a duty."""
    kind, *named = key.split(":")
    if kind == "night" and len(named) == 3:
        kind = "safety"  # night:EVENT:TIME:DAY, while a duty of the night has its own page
    if kind not in LEADS_TO:
        return None
    name, words = LEADS_TO[kind]
    return Link(words, reverse(name, args=[named[0]]))


@require_POST
@page(Verb.ACKNOWLEDGE)
def acknowledge(request: AtWorkRequest, notice_id: UUID) -> HttpResponse:
    """Acknowledge a notice."""
    found = notice(notice_id)
    if found is None or found.to_agency_id != request.acting.agency:
        raise Http404
    acknowledge_notice(notice=notice_id, officer=request.acting.officer, at=request.at)
    note(request, "acknowledge a notice", children=[found.person] if found.person else [], writes=True)
    messages.success(request, "You have acknowledged the notice")
    return redirect("notice", notice_id)


@page(Verb.SEE_CHILD)
def one_duty(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Show one duty, with what was done for it, and the forms to act."""
    found = _duty(request, duty_id)
    note(request, "see a duty", children=[found.person])
    return _show_duty(request, found)


@require_POST
@page(Verb.DECIDE)
def act(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Record what was done or decided for a duty: an entry like any other, by which the duty is met."""
    found = _duty(request, duty_id)
    note(request, "see a duty", children=[found.person])
    kind = request.POST.get("kind", "")
    if kind not in act_kinds(found.code):
        raise Http404
    form = act_form(kind, request.POST, at=request.at)
    if not form.is_valid():
        return _show_duty(request, found, form=form, kind=kind, status=422)
    record_act(request.acting, found, kind=kind, told=form.told(), at=request.at)
    changed(request, "record an act", child=found.person)
    messages.success(request, f"Recorded: {KINDS[kind].title}")
    return redirect("duty", duty_id)


@require_POST
@page(Verb.ACKNOWLEDGE)
def take(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Take a duty on: one click."""
    found = _duty(request, duty_id)
    note(request, "take a duty on", children=[found.person], writes=True)
    try:
        take_on(duty=duty_id, officer=request.acting.officer, at=request.at)
    except NotYours as refused:
        return _show_duty(request, found, problem=str(refused), status=409)
    messages.success(request, f"You have taken it on: {duty_title(found)}")
    back = request.POST.get("back", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else reverse("duty", args=[duty_id]))


@require_POST
@page(Verb.REASSIGN)
def give(request: AtWorkRequest, duty_id: UUID) -> HttpResponse:
    """Give a duty to another contact of the agency."""
    found = _duty(request, duty_id)
    if found.owed_by_id != request.acting.agency:
        raise PermissionDenied
    note(request, "give a duty", children=[found.person], writes=True)
    form = GiveForm(request.POST, contacts=contacts(found.owed_by_id))
    if not form.is_valid():
        return _show_duty(request, found, give=form, status=422)
    give_to(duty=duty_id, contact=form.cleaned_data["contact"], officer=request.acting.officer,
            words=form.cleaned_data["words"], at=request.at)
    messages.success(request, f"You have given it over: {duty_title(found)}")
    return redirect("duty", duty_id)


def _duty(request: AtWorkRequest, duty_id: UUID) -> DutyFacts:
    found = duty(duty_id)
    if found is None:
        raise Http404
    return found


def _show_duty(
    request: AtWorkRequest, found: DutyFacts, *, form: object = None, kind: str = "", give: object = None,
    problem: str = "", status: int = 200,
) -> HttpResponse:
    named = [id_ for id_ in (found.started_by, found.met_by) if id_]
    entries = entries_named(named)
    names = names_of([found.person])
    acting = found.state in ("open", "late") and may(request.acting.role, Verb.DECIDE)
    kinds = act_kinds(found.code) if acting else []
    forms = {k: form if k == kind and form else act_form(k, None, at=request.at) for k in kinds}
    gives = acting and found.owed_by_id == request.acting.agency and may(request.acting.role, Verb.REASSIGN)
    return render(request, "inbox/duty.html", {
        "at": request.at, "duty": found, "shown": duty_shown(found, viewer=request.acting.officer),
        "name": names.get(found.person, "Name not told"),
        "started_by": _entry(entries, found.started_by), "met_by": _entry(entries, found.met_by),
        "steps": steps_of(found.id), "act_words": ACT_WORDS, "forms": forms, "failed": form, "problem": problem,
        "give": (give or GiveForm(contacts=contacts(found.owed_by_id))) if gives else None,
        "sharing": acting and found.code in DECIDED_BY_SHARING,
        "may_take": acting and found.officer != request.acting.officer, "may_act": acting,
    }, status=status)


def _entry(entries: dict[UUID, Entry], id_: UUID | None) -> EntryShown | None:
    entry = entries.get(id_) if id_ else None
    return entry_shown(entry) if entry is not None else None


def _row(request: AtWorkRequest, found: DutyFacts, names: dict[UUID, str]) -> DutyShown:
    child = Link(names.get(found.person, "Name not told"), reverse("child", args=[found.person]))
    return duty_row(found, request.acting, child=child)


def _chosen(request: AtWorkRequest, name: str, offered: tuple[tuple[str, str], ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in dict(offered) else offered[0][0]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 100_000 else 1


def _filter(name: str, words: str, offered: tuple[tuple[str, str], ...], chosen: str) -> Filter:
    return Filter(name, words, tuple(Choice(value, says, value == chosen) for value, says in offered))


def _pages(total: int, number: int, *, whose: str, state: str) -> PageOf | None:
    pages = -(-total // A_PAGE)
    if pages < 2:
        return None
    href = f"{reverse('inbox')}?{urlencode({'whose': whose, 'state': state})}&page={{page}}"
    return PageOf(number, pages, href, (number - 1) * A_PAGE + 1, min(number * A_PAGE, total), total)

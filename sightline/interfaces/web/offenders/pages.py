"""The offender manager's day, one offender, what is recorded of one, and the supervisor's page."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from procrastinate.exceptions import AlreadyEnqueued

from sightline.apps.offenders import actions
from sightline.apps.offenders.actions import OffenderRefused
from sightline.apps.offenders.queries import (
    OffenderFacts,
    ToldFacts,
    due_of_one,
    joins_of,
    near_child,
    offender,
    offenders,
    open_due,
    told_of_one,
    visits_due,
    visits_told,
)
from sightline.apps.people.queries import names_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.offenders.joins import WAY_WORDS, Way
from sightline.domain.vocabulary.moment import day_of
from sightline.domain.vocabulary.offender import CATEGORIES, LEVELS, ORDERS, RISKS, TELLING_WORDS, TellingKind
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import line_chart
from sightline.interfaces.web.offenders.forms import FORMS, RegisterForm, TakeBackForm
from sightline.interfaces.web.offenders.showing import (
    LINE_COLUMNS,
    due_rows,
    in_time_by_month,
    line_rows,
    overdue_rows,
    supervised,
    told_rows,
)

MOST = 200
MOST_OF_ONE = 500
MOST_TOLD = 200
MOST_COUNTED = 10_000
MONTHS = 6
SET_BEFORE = timedelta(days=731)
"""A visit of the months shown was set in the two years before them, or it is not counted."""


@page(Verb.SEE_OFFENDERS)
def day(request: AtWorkRequest) -> HttpResponse:
    """Show what is due today of one's own offenders, or of all of the agency."""
    note(request, "see the day of an offender manager")
    everybody = request.GET.get("of") == "all"
    manager = None if everybody else request.acting.officer
    today = day_of(request.at)
    found = open_due(manager=manager, most=MOST + 1)
    managed = offenders(manager=manager, on=today, most=MOST + 1)
    return render(request, "offenders/day.html", {
        "today": today, "everybody": everybody, "due": due_rows(found[:MOST], today=today), "most": MOST,
        "more_due": len(found) > MOST, "managed": managed[:MOST], "more_managed": len(managed) > MOST,
        "risks": RISKS, "categories": CATEGORIES,
        "supervises": may(request.acting.role, Verb.SUPERVISE_OFFENDERS),
    })


@page(Verb.SEE_OFFENDERS)
def one(request: AtWorkRequest, offender_id: UUID) -> HttpResponse:
    """Show one offender: who is near, what is due, and everything that is told."""
    found = _found(offender_id)
    note(request, "see an offender", about={"offender": str(offender_id)})
    today = day_of(request.at)
    due = due_of_one(offender_id, most=MOST_OF_ONE)
    near = joins_of(offender_id, on=today)
    orders = [one.told for one in told_of_one(offender_id, most=MOST_TOLD, kind=TellingKind.ORDER)
              if not one.gone and one.told.on <= today and (one.told.until is None or one.told.until >= today)]
    return render(request, "offenders/offender.html", {
        "found": found, "today": today, "risks": RISKS, "categories": CATEGORIES, "levels": LEVELS,
        "orders": orders, "order_words": ORDERS,
        "near": [(one, WAY_WORDS[Way(one.way)]) for one in near if one.gone_at is None],
        "gone": [(one, WAY_WORDS[Way(one.way)]) for one in near if one.gone_at is not None],
        "due": due_rows(due, today=today), "told": told_rows(told_of_one(offender_id, most=MOST_TOLD)),
        "forms": [(kind, heading) for kind, (_, heading, _) in FORMS.items()], "correctable": FORMS,
        "register": TellingKind.REGISTER,
    })


@page(Verb.KEEP_OFFENDERS)
@transaction.atomic
def tell(request: AtWorkRequest, offender_id: UUID, kind: str) -> HttpResponse:
    """Ask for one thing about an offender, and record it."""
    found = _found(offender_id)
    if kind not in FORMS:
        raise Http404
    form_class, heading, button = FORMS[TellingKind(kind)]
    note(request, "record something of an offender", about={"offender": str(offender_id)})
    today, posted = day_of(request.at), request.method == "POST"
    form = form_class(request.POST if posted else None, today=today,
                      held=_of_register(found) if kind == TellingKind.REGISTER else None)
    if form.is_valid() and _tell(request, found, form, kind=TellingKind(kind), facts=form.facts(),
                                 on=form.cleaned_data.get("on") or today, until=form.cleaned_data.get("until")):
        messages.success(request, "Recorded")
        return redirect("offender", offender_id)
    return render(request, "offenders/tell.html", {
        "found": found, "form": form, "heading": heading, "button": button}, status=422 if posted else 200)


@page(Verb.KEEP_OFFENDERS)
@transaction.atomic
def correct(request: AtWorkRequest, offender_id: UUID, telling: UUID) -> HttpResponse:
    """Ask how something that an officer recorded should read, and record it in its place."""
    found, one = _typed(offender_id, telling)
    if one.told.kind not in FORMS:
        raise Http404
    note(request, "record something of an offender", about={"offender": str(offender_id)})
    form_class, _, _ = FORMS[one.told.kind]
    posted = request.method == "POST"
    form = form_class(request.POST if posted else None, today=day_of(request.at),
                      held={**one.told.facts, "on": one.told.on, "until": one.told.until})
    if form.is_valid():
        beside = {name: value for name, value in one.told.facts.items() if name not in form.fields}
        if _tell(request, found, form, kind=one.told.kind, facts={**beside, **form.facts()},
                 on=form.cleaned_data.get("on") or one.told.on, until=form.cleaned_data.get("until"),
                 key=one.told.key):
            messages.success(request, "Corrected. What stood there before is kept")
            return redirect("offender", offender_id)
    return render(request, "offenders/tell.html", {
        "found": found, "form": form, "heading": f"Correct “{TELLING_WORDS[one.told.kind]}”",
        "button": "Keep the correction"}, status=422 if posted else 200)


@page(Verb.KEEP_OFFENDERS)
@transaction.atomic
def take_back(request: AtWorkRequest, offender_id: UUID, telling: UUID) -> HttpResponse:
    """Ask why something that an officer recorded does not hold, and take it back."""
    found, one = _typed(offender_id, telling)
    if one.told.kind is TellingKind.REGISTER:  # it is corrected; who is on it by mistake leaves it on a day
        raise Http404
    note(request, "record something of an offender", about={"offender": str(offender_id)})
    posted = request.method == "POST"
    form = TakeBackForm(request.POST if posted else None)
    if form.is_valid() and _tell(request, found, form, kind=one.told.kind, facts=dict(form.cleaned_data),
                                 on=one.told.on, until=one.told.until, key=one.told.key, gone=True):
        messages.success(request, "Taken back. What was recorded is kept, and counts no more")
        return redirect("offender", offender_id)
    return render(request, "offenders/tell.html", {
        "found": found, "form": form, "heading": f"Take back “{TELLING_WORDS[one.told.kind]}”",
        "button": "Take it back", "told": told_rows([one])[0]}, status=422 if posted else 200)


def _tell(
    request: AtWorkRequest, found: OffenderFacts, form: forms.Form, *, kind: TellingKind, facts: dict[str, Any],
    **told: Any
) -> bool:
    """Record something that an officer tells, and have the offender read; a refusal is said in the form."""
    try:
        actions.tell(acting=request.acting, offender=found.id, kind=kind, at=request.at,
                     facts={**facts, "by": request.acting.officer_name}, **told)
    except OffenderRefused as refused:
        form.add_error(None, str(refused))
        return False
    note(request, "record something of an offender", writes=True)
    _read()
    return True


def _typed(offender_id: UUID, telling: UUID) -> tuple[OffenderFacts, ToldFacts]:
    """Give something that an officer recorded of an offender and that holds; what a file told is its sender's."""
    found = _found(offender_id)
    told = [one for one in told_of_one(offender_id, most=1, telling=telling) if one.typed and not one.gone]
    if not told:
        raise Http404
    return found, told[0]


def _of_register(found: OffenderFacts) -> dict[str, Any]:
    return {"name": found.name, "born_on": found.born_on, "category": found.category, "level": found.level,
            "risk": found.risk, "manager": found.manager_email, "until": found.until}


@page(Verb.KEEP_OFFENDERS)
@transaction.atomic
def register(request: AtWorkRequest) -> HttpResponse:
    """Ask for somebody whom the agency manages, and put them on the register."""
    note(request, "put an offender on the register")
    posted = request.method == "POST"
    form = RegisterForm(request.POST if posted else None, today=day_of(request.at))
    if form.is_valid():
        told = form.facts()
        try:
            made = actions.register(acting=request.acting, reference=told.pop("reference"), name=told.pop("name"),
                                    on=form.cleaned_data["on"], facts=told, at=request.at)
        except OffenderRefused as refused:
            form.add_error("reference", str(refused))
        else:
            note(request, "put an offender on the register", writes=True, about={"offender": str(made)})
            _read()
            return redirect("offender", made)
    return render(request, "offenders/register.html", {"form": form}, status=422 if posted else 200)


@page(Verb.SUPERVISE_OFFENDERS)
def supervise(request: AtWorkRequest) -> HttpResponse:
    """Show visits overdue by risk and by manager, and how many were made in time, month by month."""
    note(request, "see what is overdue with offender managers")
    today = day_of(request.at)
    rows = visits_due(on=today, most=MOST_COUNTED)
    found = supervised(rows, on=today)
    overdue = overdue_rows(rows, on=today)
    trend = in_time_by_month(visits_told(since=today - SET_BEFORE), months=MONTHS, on=today)
    return render(request, "offenders/supervise.html", {
        "today": today, "risks": RISKS, "columns": LINE_COLUMNS, "by_risk": line_rows(found.by_risk, words=RISKS),
        "by_manager": line_rows(found.by_manager), "overdue": overdue[:MOST], "most": MOST,
        "more_overdue": len(overdue) > MOST,
        "managed": len(rows), "more": len(rows) == MOST_COUNTED,
        "trend": trend, "chart": line_chart(trend, least_step=10.0) if trend else None,
    })


@page(Verb.JUDGE_LINK)
def near(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show social care which managed offenders are near a child, how it is known, and whom to ring."""
    found = near_child(person)
    if found is None:
        raise Http404
    note(request, "see who is near a child", children=[person])
    return render(request, "offenders/near.html", {
        "person": person, "name": names_of([person]).get(person, "Name not told"),
        "near": [(one, WAY_WORDS[Way(one.way)]) for one in found], "risks": RISKS,
        "categories": CATEGORIES, "levels": LEVELS})


def _found(offender_id: UUID) -> OffenderFacts:
    found = offender(offender_id)
    if found is None:
        raise Http404
    return found


def _read() -> None:
    """Have the offender read, and children whom that concerns."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        read_news.defer()

"""Record a warning sign that a person saw, and withdraw it again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.people.queries import names_of, said_of
from sightline.apps.record.actions import Origin
from sightline.apps.record.taking_back import NotYoursToTakeBack, own_entry, take_back
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.signs.catalogue import BY_CODE
from sightline.domain.signs.rule import SEEN
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.child.showing import entry_shown
from sightline.interfaces.web.observed.forms import CHOICES, HINTS, SeenForm, WithdrawForm

NO_NAME = "Name not told"


@page(Verb.RECORD_SIGN)
def record_sign(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Record a warning sign that somebody saw: it becomes an entry, and shows as a sign like any other."""
    if not said_of([person]):
        raise Http404
    form = SeenForm(request.POST or None, now=request.at)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        record(request.acting, person, told, at=request.at)
        changed(request, "record a sign", child=person)
        rule = BY_CODE[told.facts["sign"]]
        messages.success(request, f"Recorded: {rule.title}")
        if rule.critical:
            messages.warning(request, "A person must look now. If the child is in danger, ring 999; do not wait for "
                                      "anybody to read this.")
        return redirect("child", person)
    note(request, "see a child", children=[person])
    return render(request, "observed/record.html", {
        "at": request.at, "person": person, "name": names_of([person]).get(person, NO_NAME), "form": form,
        "hints": HINTS,
        "owed": [(rule, rules_of(code)[-1]) for rule in CHOICES for code in rule.duties]},
        status=422 if request.method == "POST" else 200)


@page(Verb.RECORD_SIGN)
def withdraw_sign(request: AtWorkRequest, person: UUID, entry_id: UUID) -> HttpResponse:
    """Withdraw a sign that the officer recorded; the entry stays on the timeline, and counts no more."""
    entry = own_entry(entry_id, kind=SEEN, person=person, by=request.acting.officer)
    if entry is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        origin = Origin(agency=request.acting.agency, agency_name=request.acting.agency_name,
                        officer=request.acting.officer)
        try:
            take_back(entry_id, kind=SEEN, reason=form.cleaned_data["reason"], origin=origin, at=request.at)
        except NotYoursToTakeBack as refused:
            form.add_error(None, str(refused))
        else:
            read_news.defer()
            changed(request, "withdraw a sign", child=person)
            messages.success(request, "Withdrawn")
            return redirect("child", person)
    note(request, "see a child", children=[person])
    return render(request, "observed/withdraw.html", {
        "at": request.at, "person": person, "name": names_of([person]).get(person, NO_NAME), "form": form,
        "entry": entry_shown(entry)},
        status=422 if request.method == "POST" else 200)

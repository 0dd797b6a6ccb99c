"""Who has how much to do, who is away, and who covers: how work is spread over the people of an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.access.absences import AbsenceRefused, absences_of, end_absence, record_absence
from sightline.apps.access.queries import Colleague, colleagues, contacts
from sightline.apps.duties.workload import Load, Loads, loads_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.workload import has_too_much, usual
from sightline.domain.vocabulary.moment import LONDON, day_of
from sightline.interfaces.web.at_work import AtWorkRequest, note, page
from sightline.interfaces.web.chart import Bar, Figure, bar_chart
from sightline.interfaces.web.inbox.forms import AwayForm
from sightline.interfaces.web.moments import day_in_words, moment_in_words

NOTHING = Load(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold a desk or an officer with what lies with it."""

    name: str
    load: Load


@page(Verb.REASSIGN)
def workload(request: AtWorkRequest) -> HttpResponse:
    """Show what lies with each officer and each desk, and who has far more than is usual; no child is named here."""
    note(request, "see the workload")
    agency = request.acting.agency
    loads = loads_of(agency, until=_end_of(request.at), at=request.at)
    people = [Loaded(one.name, loads.officers.get(one.id, NOTHING))
              for one in colleagues(agency, on=day_of(request.at))]
    people += _gone(people, loads)
    desks = [Loaded(f"{one.name}, {one.job}", loads.desks[one.id]) for one in contacts(agency) if one.id in loads.desks]
    opens = [one.load.open for one in people]
    too_much = [one for one in people if has_too_much(one.load.open, opens)]
    return render(request, "inbox/workload.html", {
        "at": request.at, "agency": request.acting.agency_name, "usual": f"{usual(opens):g}",
        "too_much": too_much, "people": _rows(people), "desks": _rows(desks), "bars": _bars(people)})


def _gone(people: list[Loaded], loads: Loads) -> list[Loaded]:
    """Give what lies with officers who do not work here any more: somebody must see it."""
    rest = sum(load.open for load in loads.officers.values()) - sum(one.load.open for one in people)
    return [Loaded("Officers who have left", Load(rest, 0, 0, 0, 0))] if rest else []


def _end_of(at: datetime) -> datetime:
    return datetime.combine(day_of(at) + timedelta(days=1), time(0), LONDON)


def _rows(loaded: Iterable[Loaded]) -> list[tuple[object, ...]]:
    return [(one.name, str(one.load.open), str(one.load.late), str(one.load.due_soon), str(one.load.taken_on),
             str(one.load.put_off)) for one in loaded]


def _bars(loaded: Iterable[Loaded]) -> tuple[Bar, ...]:
    return bar_chart([Figure(one.name, one.load.open, _words(one.load)) for one in loaded])


def _words(load: Load) -> str:
    return f"{load.open} open, {load.late} late" if load.late else f"{load.open} open"


@page(Verb.SEE_QUEUE)
def away(request: AtWorkRequest) -> HttpResponse:
    """Show who is away and who covers, and record an absence: one's own, or as a manager anybody's."""
    note(request, "see who is away")
    people = colleagues(request.acting.agency, on=day_of(request.at))
    form = AwayForm(request.POST if request.method == "POST" else None, colleagues=people,
                    absent=people if _for_all(request) else _only(people, request.acting.officer))
    if not form.is_bound:
        return _show_away(request, form)
    if form.is_valid():
        begins, ends = form.instants()
        try:
            record_absence(agency=request.acting.agency, officer=form.cleaned_data["officer"],
                           covered_by=form.cleaned_data["covered_by"], from_at=begins, until_at=ends,
                           by=request.acting.officer, at=request.at)
        except AbsenceRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, "record an absence", writes=True)
            messages.success(request, "The absence is recorded: what lies with whoever is away shows in the other list")
            return redirect("away")
    return _show_away(request, form, status=422)


@require_POST
@page(Verb.SEE_QUEUE)
def end_away(request: AtWorkRequest, absence_id: UUID) -> HttpResponse:
    """End an absence now."""
    note(request, "end an absence")
    only = None if _for_all(request) else request.acting.officer
    if not end_absence(absence=absence_id, agency=request.acting.agency, officer=only, at=request.at):
        raise Http404
    note(request, "end an absence", writes=True)
    messages.success(request, "The absence has ended")
    return redirect("away")


def _show_away(request: AtWorkRequest, form: AwayForm, *, status: int = 200) -> HttpResponse:
    return render(request, "inbox/away.html", {
        "at": request.at, "form": form, "for_all": _for_all(request), "me": request.acting.officer,
        "absences": [(one, _begin(one.from_at), _end(one.until_at))
                     for one in absences_of(request.acting.agency, at=request.at)]}, status=status)


def _begin(instant: datetime) -> str:
    """Say from when: a day where it begins with one."""
    return day_in_words(instant) if _midnight(instant) else moment_in_words(instant)


def _end(instant: datetime) -> str:
    """Say until when: the end of a day where it is one."""
    return f"the end of {day_in_words(instant - timedelta(minutes=1))}" if _midnight(instant) else (
        moment_in_words(instant))


def _midnight(instant: datetime) -> bool:
    return instant.astimezone(LONDON).time() == time(0)


def _for_all(request: AtWorkRequest) -> bool:
    return may(request.acting.role, Verb.REASSIGN)


def _only(people: list[Colleague], officer: UUID) -> list[Colleague]:
    return [one for one in people if one.id == officer]

"""See operations and one of them: what sources tell, how many children there are, and one's own; enter what is told."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.operations import actions
from sightline.apps.operations.actions import By, OperationRefused
from sightline.apps.operations.queries import (
    ChildFacts,
    Joinable,
    OperationFacts,
    children_of,
    joinable,
    operation,
    operation_counts,
    operations,
    police_forces,
    totals_of,
)
from sightline.apps.people.queries import names_of
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.operations.counted import FEWEST_SHOWN, Counts
from sightline.domain.operations.parts import WAYS
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import LONDON
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.moments import moment_in_words
from sightline.interfaces.web.operations.forms import ForceForm, JoinForm, OperationForm, PartForm, TotalForm
from sightline.interfaces.web.operations.showing import (
    COUNT_COLUMNS,
    arrest_bars,
    count_rows,
    differences,
    total_rows,
)

MOST = 200
JOINED_WITHIN = timedelta(days=2)
"""From the beginning of the operation's day: its records are of that day or of the next."""
Enters = Callable[[AtWorkRequest, OperationFacts, Form], None]


@page(Verb.SEE_OPERATION)
def listed(request: AtWorkRequest) -> HttpResponse:
    """List the operations in which the agency takes part or has a child."""
    note(request, "see operations")
    return render(request, "operations/operations.html", {
        "found": operations(most=MOST), "enters": may(request.acting.role, Verb.KEEP_OPERATION)})


@page(Verb.KEEP_OPERATION)
def enter(request: AtWorkRequest) -> HttpResponse:
    """Ask for an operation that the own force leads, and enter it."""
    note(request, "enter an operation")
    posted = request.method == "POST"
    form = OperationForm(request.POST if posted else None)
    if form.is_valid() and form.cleaned_data["on_day"] > request.at.astimezone(LONDON).date():
        form.add_error("on_day", "This day is still to come. Enter the operation when it has happened")
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.enter(by=_by(request), reference=told["reference"], name=told["name"],
                                 on_day=told["on_day"], warrants=told["warrants"], at=request.at)
        except OperationRefused as refused:
            form.add_error("reference", str(refused))
        else:
            note(request, "enter an operation", writes=True, about={"operation": str(made)})
            return redirect("operation", made)
    return render(request, "operations/enter.html", {"form": form}, status=422 if posted else 200)


@page(Verb.SEE_OPERATION)
def one(request: AtWorkRequest, operation_id: UUID) -> HttpResponse:
    """Show one operation."""
    return _show(request, _found(operation_id))


def _entering(ask: Callable[[AtWorkRequest, OperationFacts], Form], does: Enters) -> Callable[..., HttpResponse]:
    """Give the page that enters one thing of an operation."""

    @require_POST
    @page(Verb.KEEP_OPERATION)
    def posted(request: AtWorkRequest, operation_id: UUID) -> HttpResponse:
        found = _found(operation_id)
        form = ask(request, found)
        if not form.is_valid():
            return _show(request, found, failed=form, status=422)
        try:
            does(request, found, form)
        except OperationRefused as refused:
            return _show(request, found, problem=str(refused), status=409)
        messages.success(request, "Recorded")
        return redirect("operation", operation_id)

    return posted


def _asks_force(request: AtWorkRequest, found: OperationFacts) -> ForceForm:
    return ForceForm(request.POST, forces=_others(found))


def _adds_force(request: AtWorkRequest, found: OperationFacts, form: Form) -> None:
    told = form.cleaned_data
    actions.add_force(by=_by(request), operation=found.id, agency=told["agency"], warrants=told["warrants"],
                      at=request.at)
    note(request, "say who takes part in an operation", writes=True)


def _asks_total(request: AtWorkRequest, found: OperationFacts) -> TotalForm:
    return TotalForm(request.POST, forces=_named(found))


def _adds_total(request: AtWorkRequest, found: OperationFacts, form: Form) -> None:
    told = form.cleaned_data
    actions.tell_total(by=_by(request), operation=found.id, source=told["source"], told_on=told["told_on"],
                       counts=Counts(told["counts"]), number=told["number"], agency=told["agency"], at=request.at)
    note(request, "enter what a source tells of an operation", writes=True)


def _asks_child(request: AtWorkRequest, found: OperationFacts) -> JoinForm:
    return JoinForm(request.POST, choices=_choices(_joinable(request, found), {}))


def _adds_child(request: AtWorkRequest, found: OperationFacts, form: Form) -> None:
    chosen = next(one for one in _joinable(request, found) if str(one.entry) == form.cleaned_data["entry"])
    actions.join(acting=request.acting, operation=found, found=chosen, at=request.at)
    read_news.defer()
    changed(request, "say that a child had a part in an operation", child=chosen.person)


def _asks_part(request: AtWorkRequest, found: OperationFacts) -> PartForm:
    return PartForm(request.POST)


def _takes_back(request: AtWorkRequest, found: OperationFacts, form: Form) -> None:
    told = form.cleaned_data
    child = next((one for one in children_of(found.reference, most=MOST) if one.entry == told["entry"]
                  and one.by_hand and one.agency_id == request.acting.agency), None)
    if child is None:
        raise OperationRefused("This record names the operation itself. Correct it in your custody system, and send it "
                               "again.")
    actions.part(acting=request.acting, operation=found, person=child.person, entry=child.entry,
                 reason=told["reason"], at=request.at)
    read_news.defer()
    changed(request, "say that a child had no part in an operation", child=child.person)


add_force = _entering(_asks_force, _adds_force)
add_total = _entering(_asks_total, _adds_total)
add_child = _entering(_asks_child, _adds_child)
take_back = _entering(_asks_part, _takes_back)


def _by(request: AtWorkRequest) -> By:
    return By(request.acting.agency, request.acting.officer)


def _found(operation_id: UUID) -> OperationFacts:
    found = operation(operation_id)
    if found is None:
        raise Http404
    return found


def _others(found: OperationFacts) -> list[tuple[int, str]]:
    return [(id_, name) for id_, name in police_forces() if not found.takes_part(id_)]


def _named(found: OperationFacts) -> list[tuple[int, str]]:
    return [(one.agency_id, one.agency) for one in found.forces]


def _joinable(request: AtWorkRequest, found: OperationFacts) -> list[Joinable]:
    since = datetime.combine(found.on_day, time(), LONDON)
    return joinable(request.acting.agency, found.reference, since=since, until=since + JOINED_WITHIN, most=MOST)


def _choices(rows: list[Joinable], names: dict[UUID, str]) -> list[tuple[UUID, str]]:
    return [(one.entry, ": ".join((names.get(one.person, "Name not told"),
                                   f"{KINDS[one.kind].title.lower()}, {moment_in_words(one.starts)}"))) for one in rows]


def _show(
    request: AtWorkRequest, found: OperationFacts, *, failed: Form | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    # Who inspects may see the record of children drawn for it, by their cases alone.
    children = children_of(found.reference, most=MOST) if may(request.acting.role, Verb.SEE_CHILD) else []
    mine = request.acting.agency
    takes_part = found.takes_part(mine)
    keeps = may(request.acting.role, Verb.KEEP_OPERATION)
    could = _joinable(request, found) if keeps and (takes_part or children) else []
    names = names_of([*(one.person for one in children), *(one.person for one in could)])
    note(request, "see an operation", children=[*names])
    totals = totals_of(found.id)
    forms: dict[str, Form | None] = {
        "force": ForceForm(forces=_others(found)) if keeps and found.agency_id == mine else None,
        "total": TotalForm(forces=_named(found)) if keeps and takes_part else None,
        "join": JoinForm(choices=_choices(could, names)) if could else None,
    }
    for name, kind in (("force", ForceForm), ("total", TotalForm), ("join", JoinForm)):
        if isinstance(failed, kind):
            forms[name] = failed
    return render(request, "operations/operation.html", {
        "at": request.at, "found": found, "differ": differences(totals), "rows": total_rows(totals),
        "bars": arrest_bars(totals), "counts": count_rows(operation_counts(found.id), found),
        "columns": COUNT_COLUMNS, "arrested": _shown(children, names, mine, arrested=True),
        "met": _shown(children, names, mine, arrested=False), "failed": failed, "problem": problem, "forms": forms,
        "takes_part": takes_part, "inspects": may(request.acting.role, Verb.SEE_OVERSIGHT) and not children
        and not may(request.acting.role, Verb.SEE_CHILD), "fewest": FEWEST_SHOWN, "ways": WAYS,
    }, status=status)


def _shown(
    children: list[ChildFacts], names: dict[UUID, str], mine: int, *, arrested: bool
) -> list[tuple[ChildFacts, str, str, PartForm | None]]:
    """Give each child with the name, how the child was safeguarded in words, and the form to take a word back."""
    words = {way.code: way.words for way in WAYS}
    return [(one, names.get(one.person, "Name not told"), words.get(one.way, ""),
             PartForm(entry=one.entry) if one.by_hand and one.agency_id == mine else None)
            for one in children if one.arrested is arrested]

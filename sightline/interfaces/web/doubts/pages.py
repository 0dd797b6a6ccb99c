"""Settle whether two records are one child: side by side, by an officer who may see both."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sightline.apps.people.answers import AlreadyAnswered, AnswerNeedsReason, answer
from sightline.apps.people.queries import DoubtFacts, Said, count_doubts, doubt, doubts
from sightline.domain.access.verbs import Verb
from sightline.interfaces.jobs.story import settle_doubt
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.doubts.forms import ANSWERS, AnswerForm

MOST = 25


@page(Verb.SETTLE_DOUBT)
def waiting(request: AtWorkRequest) -> HttpResponse:
    """List the doubts that wait, the oldest first."""
    found = doubts(most=MOST)
    note(request, "see doubts", children=_people(found))
    return render(request, "doubts/doubts.html", {"at": request.at, "doubts": found, "total": count_doubts()})


@page(Verb.SETTLE_DOUBT)
def one(request: AtWorkRequest, doubt_id: UUID) -> HttpResponse:
    """Show two records side by side and ask for an answer."""
    found = doubt(doubt_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"seen": found.answer})
    note(request, "see a doubt", children=_people([found]))
    if request.method == "POST" and form.is_valid() and _answered(request, found, form):
        return redirect("doubts")
    return render(request, "doubts/doubt.html", {
        "at": request.at, "doubt": found, "form": form, "rows": _rows(found), "columns": _columns(found),
        "children": [(side.person, side.name or "Name not told") for side in (found.one, found.other) if side]},
        status=422 if request.method == "POST" else 200)


def _answered(request: AtWorkRequest, found: DoubtFacts, form: AnswerForm) -> bool:
    try:
        answer(doubt=found.id, answer=form.cleaned_data["answer"], reason=form.cleaned_data["reason"],
               officer=request.acting.officer, at=request.at, instead_of=form.cleaned_data["seen"])
    except (AlreadyAnswered, AnswerNeedsReason) as refused:
        form.add_error(None, str(refused))
        return False
    settle_doubt.defer(doubt=str(found.id))
    for person in _people([found]):
        changed(request, "answer a doubt", child=person)
    messages.success(request, f"Answer recorded: {dict(ANSWERS)[form.cleaned_data['answer']].lower()}")
    return True


def _people(found: list[DoubtFacts]) -> list[UUID]:
    return [side.person for one_ in found for side in (one_.one, one_.other)]


def _rows(found: DoubtFacts) -> list[tuple[object, ...]]:
    """Give the two records line by line, with whether they agree in words."""
    lines = (("First name", "given"), ("Surname", "family"), ("Date of birth", "born_on"),
             ("Sex", "sex"), ("Postcode", "postcode"), ("Identifiers", "identifiers"))
    rows: list[tuple[object, ...]] = []
    for words, name in lines:
        one_, other = _value(found.one, name), _value(found.other, name)
        rows.append((words, one_, other, _agree(one_, other)))
    return rows


def _columns(found: DoubtFacts) -> tuple[str, ...]:
    return ("What", f"As {found.one.agency} says", f"As {found.other.agency} says", "Compared")


def _value(said: Said, name: str) -> object:
    value = getattr(said, name)
    if isinstance(value, dict):
        return [f"{kind.upper()} {number}" for kind, number in sorted(value.items())]
    return value


def _agree(one_: object, other: object) -> str:
    if one_ in (None, []) or other in (None, []):
        return "Cannot be compared"
    if isinstance(one_, str) and isinstance(other, str):
        return "The same" if one_.casefold() == other.casefold() else "Different"
    return "The same" if one_ == other else "Different"

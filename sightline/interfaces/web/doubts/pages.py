"""Settle whether two records are one child: side by side, by officers who may see both."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.apps.people.answers import (
    AlreadyAnswered,
    AnswerNeedsReason,
    KeptApart,
    PartingAnswered,
    SecondOfficerNeeded,
    answer,
    answer_parting,
)
from sightline.apps.people.queries import DoubtFacts, doubts_named
from sightline.apps.people.reviewing import Review, review_of
from sightline.apps.people.splitting import PartingFacts, ask_second, parting_of
from sightline.apps.responsibility.reviewing import doubts_to_review, seen_active
from sightline.apps.signs.hanging import hanging_on
from sightline.domain.access.verbs import Verb
from sightline.interfaces.jobs.story import settle_doubt
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.doubts.forms import ANSWERS, SECOND_ANSWERS, AnswerForm, SecondForm
from sightline.interfaces.web.doubts.showing import beside, differing, lines_of, why_here
from sightline.interfaces.web.doubts.weights import bits_in_figures, odds, speaks, waterfall
from sightline.interfaces.web.shown import PageOf

A_PAGE = 25
MOST_PAGES = 1_000
HINTS = {
    "same": "What is told of either is read together from then on.",
    "not-same": "Nothing joins them by itself any more.",
    "cannot-tell": "Everything stays as it is now.",
}
PARTS = "Both stand in one child’s record now, and are parted again."
TWO = "Somebody works on this child now, so another officer must confirm it before they are parted."


@page(Verb.SETTLE_DOUBT)
def waiting(request: AtWorkRequest) -> HttpResponse:
    """List the doubts that wait: those on which most hangs first, then the oldest."""
    number = _number(request.GET.get("page", ""))
    found, total = doubts_to_review(most=A_PAGE, start=(number - 1) * A_PAGE)
    told = doubts_named([one.id for one in found])
    shown = [(told[one.id], one, why_here(one)) for one in found if one.id in told]
    note(request, "see doubts", children=_people([facts for facts, _, _ in shown]))
    return render(request, "doubts/doubts.html", {
        "at": request.at, "doubts": shown, "total": total, "page": _page(number, total)})


def _number(asked: str) -> int:
    return min(int(asked), MOST_PAGES) if asked.isascii() and asked.isdigit() and int(asked) else 1


def _page(number: int, total: int) -> PageOf | None:
    pages = max(1, -(-total // A_PAGE))
    if pages == 1:
        return None
    return PageOf(number, pages, f"{reverse('doubts')}?page={{page}}", (number - 1) * A_PAGE + 1,
                  min(number * A_PAGE, total), total)


@page(Verb.SETTLE_DOUBT)
def one(request: AtWorkRequest, doubt_id: UUID) -> HttpResponse:
    """Show two records side by side with what each comparison weighed, and ask for an answer."""
    found = review_of(doubt_id)
    if found is None:
        raise Http404
    parting = parting_of(doubt_id)
    seconds = "second" in request.POST
    form = AnswerForm(None if seconds else request.POST or None, initial={"seen": found.doubt.answer})
    second = SecondForm(request.POST if seconds else None, initial={"second": "yes"})
    note(request, "see a doubt", children=_people([found.doubt]))
    if (form.is_valid() and _answered(request, found, form)) or (
            second.is_valid() and _seconded(request, found, second)):
        return redirect("doubts")
    return render(request, "doubts/doubt.html", {
        **_shown(request, found, parting), "form": form, "second": second, "wrong": second if seconds else form},
        status=422 if request.method == "POST" else 200)


def _shown(request: AtWorkRequest, found: Review, parting: PartingFacts | None) -> dict[str, object]:
    lines = lines_of(found)
    bits = found.doubt.bits
    people = sorted(set(_people([found.doubt])))
    waits = parting if parting and not parting.answer else None
    two = found.joined and seen_active(found.doubt.one.person)
    return {
        "at": request.at, "doubt": found.doubt, "review": found, "lines": lines, "differing": differing(lines),
        "hints": HINTS | ({"not-same": TWO if two else PARTS} if found.joined else {}),
        "steps": waterfall(found.doubt.parts, total=bits) if bits is not None else (),
        "said": None if bits is None else (speaks(bits), odds(bits), bits_in_figures(bits)),
        "beside": beside(found, hanging_on(people)), "parting": parting, "waits": waits,
        "own": waits is not None and waits.asked_by_id == request.acting.officer,
        "children": [(side.person, side.name or "Name not told") for side in (found.doubt.one, found.doubt.other)]}


def _answered(request: AtWorkRequest, found: Review, form: forms.Form) -> bool:
    told = form.cleaned_data
    try:
        answer(doubt=found.doubt.id, answer=told["answer"], reason=told["reason"], officer=request.acting.officer,
               at=request.at, instead_of=told["seen"])
    except (AlreadyAnswered, AnswerNeedsReason, KeptApart) as refused:
        form.add_error(None, str(refused))
        return False
    person = found.doubt.one.person
    two = told["answer"] == "not-same" and found.joined and seen_active(person)
    if two:
        ask_second(doubt=found.doubt.id, person=person, officer=request.acting.officer, reason=told["reason"],
                   at=request.at)
    settle_doubt.defer(doubt=str(found.doubt.id))
    for side in _people([found.doubt]):
        changed(request, "answer a doubt", child=side)
    messages.success(request, f"Answer recorded: {dict(ANSWERS)[told['answer']].lower()}"
                              + (". Another officer must confirm it before they are parted" if two else ""))
    return True


def _seconded(request: AtWorkRequest, found: Review, form: forms.Form) -> bool:
    told = form.cleaned_data
    try:
        answer_parting(doubt=found.doubt.id, answer=told["answer"], reason=told["reason"],
                       officer=request.acting.officer, at=request.at)
    except (PartingAnswered, AnswerNeedsReason, SecondOfficerNeeded) as refused:
        form.add_error(None, str(refused))
        return False
    settle_doubt.defer(doubt=str(found.doubt.id))
    for side in _people([found.doubt]):
        changed(request, "answer a parting", child=side)
    messages.success(request, f"Answer recorded: {dict(SECOND_ANSWERS)[told['answer']].lower()}")
    return True


def _people(found: list[DoubtFacts]) -> list[UUID]:
    return [side.person for one_ in found for side in (one_.one, one_.other)]

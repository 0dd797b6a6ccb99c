"""The victim screen before an interview: what is known, what the child says, and a decision; nothing of a charge."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from markupsafe import Markup

from sightline.apps.custody.screened import Screened, ScreenFacts, TalkFacts, screened_of
from sightline.apps.custody.screening import Deciding, ScreenRefused, Talk, decide, talk
from sightline.apps.people.queries import names_of
from sightline.apps.responsibility.queries import EventFacts, event
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.screen import (
    CONDITIONS,
    OUTCOME_WORDS,
    QUESTIONS,
    ScreenCondition,
)
from sightline.domain.responsibility.opening import Happening
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.custody.known import KnownOfChild, known_of
from sightline.interfaces.web.custody.saving import Typed, forget_typed
from sightline.interfaces.web.custody.screen_forms import DecideForm, TalkForm
from sightline.interfaces.web.rules.linking import rule_link

WORDS = {question.code: question.words for question in QUESTIONS}


@page(Verb.SEE_CHILD)
def screen(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show what is known of the child, what the child said, and how the screen was decided."""
    found, screened = case(request, event_id)
    note(request, "see a victim screen", children=[found.person])
    return _show(request, found, screened, _known(request, found, screened))


@require_POST
@page(Verb.DECIDE)
def record_talk(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Keep a talk with the child."""
    found, screened = case(request, event_id)
    note(request, "record what a child said", children=[found.person])
    form = TalkForm(request.POST, now=request.at)
    if not form.is_valid():
        return _show(request, found, screened, _known(request, found, screened), talking=form, status=422)
    told = form.cleaned_data
    kept = Talk(told["alone"] == "yes", told["why_not_alone"], told["adult"], told["words"], told["mood"],
                told["injuries"], form.answers(), told["at"])
    try:
        talk(acting=request.acting, event=found, told=kept, at=request.at)
    except ScreenRefused as refused:
        return _show(request, found, screened, _known(request, found, screened), talking=form,
                     problem=str(refused), status=409)
    forget_typed(request, found.id, form.typed_as)
    changed(request, "record what a child said", child=found.person)
    return redirect("screen", found.id)


@require_POST
@page(Verb.DECIDE)
def decide_screen(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Decide the screen, with reasons."""
    found, screened = case(request, event_id)
    note(request, "decide a victim screen", children=[found.person])
    known = _known(request, found, screened)
    form = _deciding(request, known, posted=True)
    if not form.is_valid():
        return _show(request, found, screened, known, deciding=form, status=422)
    told = Deciding(form.chosen(), form.cleaned_data["reasons"], known.signs_seen(), known.facts_seen(), form.answers(),
                    form.cleaned_data["number"])
    try:
        decide(acting=request.acting, event=found, deciding=told, at=request.at)
    except ScreenRefused as refused:
        return _show(request, found, screened, known, deciding=form, problem=str(refused), lacking=refused.conditions,
                     status=409)
    forget_typed(request, found.id, form.typed_as)
    read_news.defer()
    changed(request, "decide a victim screen", child=found.person)
    return redirect("screen", found.id)


def case(request: AtWorkRequest, event_id: UUID) -> tuple[EventFacts, Screened]:
    """Give the event of a child who is or was in custody, and how the child was screened.

    To all who may not hear the child there is none.
    """
    found = event(event_id)
    if found is None or found.happening not in (Happening.CUSTODY, Happening.RELEASED):
        raise Http404
    screened = screened_of(found.id, agency=request.acting.agency, at=request.at)
    if not screened.held and not screened.whole:
        raise Http404
    return found, screened


def _known(request: AtWorkRequest, found: EventFacts, screened: Screened) -> KnownOfChild:
    return known_of(found.person, whole=screened.whole, at=request.at)


def _deciding(request: AtWorkRequest, known: KnownOfChild, *, posted: bool = False, number: int = 0) -> DecideForm:
    return DecideForm(request.POST if posted else None, now=request.at, filled={"number": number},
                      signs=[(one.code, one.title) for one in known.signs])


def _show(
    request: AtWorkRequest, found: EventFacts, screened: Screened, known: KnownOfChild, *,
    talking: TalkForm | None = None,
    deciding: DecideForm | None = None, problem: str = "", lacking: tuple[ScreenCondition, ...] = (), status: int = 200,
) -> HttpResponse:
    newest = screened.decisions[0] if screened.decisions else None
    acts = screened.held and may(request.acting.role, Verb.DECIDE)
    shown: dict[str, Any] = {"talking": None, "deciding": None}
    if acts:
        typed = Typed(screened.saved)
        number = newest.number if newest else 0
        shown = {"talking": talking or typed.into(TalkForm(now=request.at)),
                 "deciding": deciding or typed.into(_deciding(request, known, number=number))}
    return render(request, "custody/screen.html", {
        "at": request.at, "event": found, "name": names_of([found.person]).get(found.person), "known": known,
        "talks": [(one, _answers(one)) for one in screened.talks], "ended": screened.ended,
        "screens": _rows(screened.decisions), "newest": newest,
        "failed": next((form for form in (talking, deciding) if form is not None and form.errors), None),
        "problem": problem, "lacking": lacking, "words": OUTCOME_WORDS, "questions": QUESTIONS,
        "conditions": CONDITIONS, **shown}, status=status)


def _answers(one: TalkFacts) -> list[tuple[str, str, str]]:
    return [(WORDS.get(code, code), heard.value.capitalize(), words) for code, (heard, words) in one.answers.items()]


def _rows(screens: Sequence[ScreenFacts]) -> list[tuple[Any, ...]]:
    """Give the decisions as the rows of a table, with what stood on the page then."""
    return [(one.decided_at, OUTCOME_WORDS[one.outcome], one.reasons,
             Markup("; ").join(rule_link(sign["code"], sign["title"]) + (
                 f" (answer: {one.answers[sign['code']]})" if one.answers.get(sign["code"]) else "")
                 for sign in one.shown) or "No sign",
             f"{one.decided_by}, {one.agency}") for one in screens]

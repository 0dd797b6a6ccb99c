"""Refer a child to the National Referral Mechanism: what is missing, the answers, the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sightline.apps.access.queries import AgencyBook, agency_book
from sightline.apps.people.queries import Held, Said, best_name, parts_of, said_of
from sightline.apps.record.queries import told_of
from sightline.apps.slavery.drafting import ReferralRefused, Typing, save, sent
from sightline.apps.slavery.queries import ReferralFacts, referrals_of
from sightline.domain.access.involvement import InvolvedAs
from sightline.domain.access.verbs import Verb
from sightline.domain.intake.row import Told as Telling
from sightline.domain.slavery.checking import Problem, problems
from sightline.domain.slavery.clocks import consent_asked_on, days_to_18, local_panel_may_decide, not_decided_before
from sightline.domain.slavery.filling import Filled, filled
from sightline.domain.slavery.form import FIELDS, TYPES, steps_of
from sightline.domain.slavery.known import CouncilDesk, Known, Referrer, SaidOf
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.domain.vocabulary.timeline import Timeline
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.child.acts import record
from sightline.interfaces.web.slavery.forms import AnswersForm, DecisionForm, SentForm, posted_answers
from sightline.interfaces.web.slavery.showing import (
    conditions_of,
    effective,
    others_of,
    sections_shown,
    sent_shown,
    to_add,
    to_answer,
    to_submit,
)

MOST_ENTRIES = 1_000
SUBMIT_AT = "https://www.modernslavery.gov.uk/"
STEPS_OF_THE_FORM = 75
WHOSE = (InvolvedAs.CARING_COUNCIL, InvolvedAs.PLAN_COUNCIL, InvolvedAs.HOME_COUNCIL)
OUR_COPY = "sightline"
"""The scheme of the identity under which an agency tells of a child on our pages: a copy of what it saw."""
NOT_READY = "The referral cannot be recorded as submitted yet"


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold a referral as it stands for who looks: what is known, what fills it, what holds, and what is missing."""

    said: list[Said]
    known: Known
    referral: ReferralFacts | None
    others: list[ReferralFacts]
    filled: Mapping[str, Filled]
    answers: dict[str, str]
    problems: tuple[Problem, ...]


@page(Verb.REFER_VICTIM)
def referral(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show the referral: what is missing first, then every answer with where it comes from."""
    opened = _open(request, person)
    note(request, "see a referral of a victim", children=[person])
    return _show(request, person, opened)


@require_POST
@page(Verb.REFER_VICTIM)
def save_answers(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Keep what was typed, all of it or one field at a time; a script that saves as one types is answered in JSON."""
    said_of_child = said_of([person]).get(person)
    if not said_of_child:
        raise Http404
    note(request, "answer in a referral of a victim", children=[person], writes=True)
    asks = request.POST.getlist("asks")
    typed = {name: Typing(value, _number(request.POST.get(f"seen-{name}", "")))
             for name, value in posted_answers(request.POST, asks).items()}
    if request.POST.get("only_answered"):
        typed = {name: told for name, told in typed.items() if told.value or told.seen}
    by_script = request.headers.get("Accept") == "application/json"
    try:
        saved = save(acting=request.acting, person=person, typed=typed, before=_uuid(request.POST.get("of", "")),
                     at=request.at)
    except ReferralRefused as refused:
        if by_script:
            return JsonResponse({"refused": str(refused)}, status=409)
        return _show(request, person, _open(request, person), problem=str(refused), status=409)
    if by_script:
        return JsonResponse({"numbers": saved.numbers, "crossed": [FIELDS[name].label for name in saved.crossed]})
    if saved.crossed:
        messages.warning(request, "Somebody else answered the same question while you wrote. Both answers are kept: "
                                  "read them, and save the one that holds")
    else:
        messages.success(request, "Saved")
    return redirect("slavery", person)


@require_POST
@page(Verb.REFER_VICTIM)
def say_sent(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Record that a person submitted the referral; refused until every answer that the form needs is there."""
    opened = _open(request, person)
    note(request, "send a referral of a victim", children=[person])
    form = SentForm(request.POST, now=request.at)
    if opened.problems:
        return _show(request, person, opened, problem=NOT_READY, sending=form, status=409)
    if not form.is_valid():
        return _show(request, person, opened, sending=form, status=422)
    try:
        sent(acting=request.acting, person=person, reference=form.cleaned_data["reference"], at=request.at,
             submitted_at=first_instant(form.cleaned_data["at"]),
             answers=to_submit(opened.filled, opened.referral, opened.answers))
    except ReferralRefused as refused:
        return _show(request, person, opened, problem=str(refused), sending=form, status=409)
    read_news.defer()
    changed(request, "send a referral of a victim", child=person)
    messages.success(request, "Recorded: the referral was submitted")
    return redirect("slavery", person)


@page(Verb.REFER_VICTIM)
def sheet(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Show the answers alone, in the form's order, to print or to copy."""
    opened = _open(request, person)
    note(request, "print a referral of a victim", children=[person])
    wanted = request.GET.get("of")
    chosen = next((one for one in opened.others if one.sent and str(one.id) == wanted), opened.referral)
    frozen = chosen is not None and chosen.sent
    shown = sent_shown(chosen) if frozen and chosen else sections_shown(
        opened.filled, opened.referral, opened.answers, (), changes=False)
    return render(request, "slavery/sheet.html", {
        "at": request.at, "person": person, "name": _name(opened), "referral": chosen, "sections": shown,
        "frozen": frozen, "lacking": () if frozen else [FIELDS[one.name].label for one in opened.problems]})


@page(Verb.REFER_VICTIM)
def decision(request: AtWorkRequest, person: UUID) -> HttpResponse:
    """Record which decision on the referral came: it is an entry, and closes nothing."""
    opened = _open(request, person)
    form = DecisionForm(request.POST or None, now=request.at)
    note(request, "see a referral of a victim", children=[person])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        facts = {"decision": told["decision"]} | ({"reference": told["reference"]} if told["reference"] else {})
        record(request.acting, person,
               Telling(told["grounds"], told["at"], f"nrm-decision/{request.at.isoformat()}", facts), at=request.at)
        changed(request, "record a decision on a referral", child=person)
        messages.success(request, f"Recorded: {KINDS[told['grounds']].title}, {told['decision']}. "
                                  "Nothing that is owed to the child has ended by it")
        return redirect("slavery", person)
    return render(request, "slavery/decision.html", {
        "at": request.at, "person": person, "name": _name(opened), "form": form,
        "early": _not_before(opened.known.timeline)}, status=422 if request.method == "POST" else 200)


def _open(request: AtWorkRequest, person: UUID) -> Opened:
    said = said_of([person]).get(person, [])
    if not said:
        raise Http404
    told = [t for t in told_of(person, most=MOST_ENTRIES) if not t.withdrawn and not t.corrected]
    found = referrals_of(person)
    ours = [one for one in found if one.agency_id == request.acting.agency]
    chosen = ours[0] if ours and not (request.GET.get("again") and ours[0].sent) else None
    timeline = Timeline.of(str(person), (t.entry for t in told))
    book = agency_book()
    known = Known(
        timeline=timeline, said=tuple(_told(one) for one in _first_hand(said)), on=day_of(request.at),
        council=_council(book, parts_of(person), timeline), referrer=_referrer(request, book),
        reference=f"SL-{str(person)[:8].upper()}-{1 + sum(one.sent for one in ours)}")
    fill = filled(known)
    answers = effective(fill, chosen)
    return Opened(said, known, chosen, [one for one in found if one is not chosen], fill, answers,
                  problems(answers, crossed=chosen.crossed if chosen else (), known=known))


def _show(
    request: AtWorkRequest, person: UUID, opened: Opened, *, problem: str = "", sending: SentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    current, answers = opened.referral, opened.answers
    context: dict[str, Any] = {
        "at": request.at, "person": person, "name": _name(opened), "referral": current, "others": opened.others,
        "problem": problem, "submit_at": SUBMIT_AT, "clocks": _clocks(opened), "save": reverse("slavery_save", args=[
            person])}
    if current is not None and current.sent:
        return render(request, "slavery/sent.html", context | {"sections": sent_shown(current)}, status=status)
    groups = to_answer(opened.problems, answers)
    fields = [field for _, group in groups for field in group]
    wrong = {one.name: one.words for one in opened.problems}
    sections = sections_shown(opened.filled, current, answers, opened.problems, changes=True)
    more = to_add(answers, (field.name for field in fields))
    shown = [one for _, rows in sections for one in rows]
    typed = current.typed if current else {}
    return render(request, "slavery/referral.html", context | {
        "groups": [(title, [field.name for field in group]) for title, group in groups],
        "form": AnswersForm(fields, answers, place="answer"), "wrong": wrong,
        "needed": [one.name for one in opened.problems], "conditions": conditions_of(fields, answers),
        "versions": {field.name: (typed[field.name][-1].number if field.name in typed else 0)
                     for field in (*fields, *more)},
        "earlier": {field.name: others_of(field, opened.filled.get(field.name), typed.get(field.name, ()),
                                          last=typed[field.name][-1].crossed if field.name in typed else False)
                    for field in fields},
        "sections": sections, "more": AnswersForm(more, answers, place="more"),
        "from_records": sum(not one.by_person for one in shown), "by_people": sum(one.by_person for one in shown),
        "pages": len(steps_of(answers)), "sending": sending or SentForm(now=request.at),
        "types": TYPES, "consent": answers.get("pv-under-age") == "no"}, status=status)


def _clocks(opened: Opened) -> dict[str, Any]:
    """Give the days that the Mechanism's clocks set, as far as records tell them."""
    born = next((one.born_on for one in opened.known.said if one.born_on), None)
    on = opened.known.on
    minor = born is not None and days_to_18(born, on=on) > 0
    decisions = opened.known.timeline.kinds("slavery.reasonable-grounds", "slavery.conclusive-grounds")
    return {"not_before": _not_before(opened.known.timeline),
            "consent_on": consent_asked_on(born) if born and minor else None,
            "to_18": days_to_18(born, on=on) if born and minor else None,
            "panel": born is not None and minor and local_panel_may_decide(born, on=on),
            "decisions": [(KINDS[one.kind].title, one.facts.get("decision", ""), one.at, one.by,
                           one.facts.get("reference", "")) for one in decisions]}


def _not_before(timeline: Timeline) -> date | None:
    found = [one for one in timeline.kinds("slavery.reasonable-grounds") if one.facts.get("decision") == "positive"]
    return not_decided_before(found[-1].on) if found else None


def _council(book: AgencyBook, parts: list[Held], timeline: Timeline) -> CouncilDesk | None:
    """Find the council of the child: by its part, else by the home that the viewer may see; with its desk."""
    part = next((held for code in WHOSE for held in parts if held.part == code), None)
    last = timeline.kinds("child.home")[-1:]
    home = last[0].place if last else None
    agency = book.by_id.get(part.agency_id) if part else book.council(home.council) if home and home.council else None
    if agency is None:
        return None
    desk = book.desk(agency.id, "safeguarding")
    because = f"{part.part}" if part else f"home told by {last[0].by}"
    return CouncilDesk(agency.name, desk.phone if desk else "", desk.email if desk else "",
                       f"{because}; phone and email of its desk as kept here. Make sure that it was contacted")


def _referrer(request: AtWorkRequest, book: AgencyBook) -> Referrer:
    acting = request.acting
    ours = book.by_id[acting.agency]
    desk = book.desk(acting.agency, "safeguarding")
    return Referrer(name=acting.officer_name, role=acting.role.words, phone=desk.phone if desk else "",
                    email=str(getattr(request.user, "email", "")), organisation=ours.name, nation=ours.nation)


def _first_hand(said: list[Said]) -> list[Said]:
    """Leave out the words that an agency only keeps of others, so that each answer names who really told it."""
    return [one for one in said if one.scheme != OUR_COPY] or said


def _told(said: Said) -> SaidOf:
    return SaidOf(said.agency, day_of(said.told_at), said.given, said.family, said.born_on, said.sex)


def _name(opened: Opened) -> str:
    return best_name(opened.said) or "Name not told"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

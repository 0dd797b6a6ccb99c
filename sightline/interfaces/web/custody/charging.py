"""The charging gate: what must be considered before a child is charged, the decision, and how charges are counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.apps.custody.charging import ChargeRefused, ChargeWithoutGate
from sightline.apps.custody.considering import ChargingFacts, charge_counts, charging_of, noes_of
from sightline.apps.custody.screened import Screened
from sightline.apps.people.queries import names_of
from sightline.apps.record.queries import Told, told_of
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.access.roles import may
from sightline.domain.access.verbs import Verb
from sightline.domain.custody.charging import (
    DEFENCE_WORDS,
    GATE,
    OUTCOME_WORDS,
    STATE_WORDS,
    ChargeState,
    Condition,
    Considered,
    Defence,
    Referral,
)
from sightline.domain.custody.schedule4 import OFFENCES
from sightline.domain.custody.tools import ANSWER_WORDS, BY_CODE, TOOLS, Target
from sightline.interfaces.jobs.story import read_news
from sightline.interfaces.web.at_work import AtWorkRequest, changed, note, page
from sightline.interfaces.web.chart import Figure, bar_chart
from sightline.interfaces.web.custody.charge_acts import ACTS, ChargeAct, Doing
from sightline.interfaces.web.custody.charge_forms import EvidenceForm
from sightline.interfaces.web.custody.forms import ActForm
from sightline.interfaces.web.custody.known import LOOKED_THROUGH, facts_among, in_words, referral_told
from sightline.interfaces.web.custody.saving import Typed, forget_typed
from sightline.interfaces.web.custody.screening import case
from sightline.interfaces.web.moments import counted

MOST = 100
COUNTED_FOR = timedelta(days=365)
CONSIDERING = ("offence", "law", "referral", "evidence", "tools", "conclude", "decide")
AFTER = {ChargeState.REFERRED: ("prosecutor", "again"), ChargeState.MAY_CHARGE: ("charge", "again")}


@page(Verb.SEE_CHILD)
def gate(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show what is considered before the child is charged, and what is missing."""
    found, screened = case(request, event_id)
    note(request, "see a charging decision", children=[found.person])
    return _show(request, found, screened)


def act(name: str) -> Callable[..., HttpResponse]:
    """Give the page that carries out one act of a charging decision."""
    doing = ACTS[name]

    @require_POST
    @page(doing.verb)
    def posted(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
        found, screened = case(request, event_id)
        return _act(request, found, screened, doing)

    return posted


def _act(request: AtWorkRequest, found: EventFacts, screened: Screened, doing: ChargeAct) -> HttpResponse:
    told = told_of(found.person, most=LOOKED_THROUGH)
    form = _form(doing, request, told, posted=True)
    note(request, doing.audit, children=[found.person])
    if not form.is_valid():
        return _show(request, found, screened, failed=form, status=422)
    try:
        doing.does(Doing(request.acting, found, form, request.at))
    except ChargeWithoutGate as refused:
        return _show(request, found, screened, problem=str(refused), lacking=refused.conditions, failed=form,
                     status=409)
    except ChargeRefused as refused:
        return _show(request, found, screened, problem=str(refused), failed=form, status=409)
    forget_typed(request, found.id, form.typed_as)
    read_news.defer()
    changed(request, doing.audit, child=found.person)
    return redirect("charging", found.id)


@page(Verb.SEE_CHILD)
def summary(request: AtWorkRequest, event_id: UUID) -> HttpResponse:
    """Show what was considered as it goes to the prosecutor, without what the child said in confidence."""
    found, screened = case(request, event_id)
    decision = charging_of(found.id)
    if decision is None:
        raise Http404
    note(request, "print a charging decision", children=[found.person])
    return render(request, "custody/summary.html", {
        "at": request.at, "event": found, "name": names_of([found.person]).get(found.person), "decision": decision,
        "considered": decision.considered, "gate": _held(decision.considered), "tools": _tools(decision),
        "words": OUTCOME_WORDS, "states": STATE_WORDS, "defences": DEFENCE_WORDS, "restraints": _restraints(decision),
        "screen": screened.ended})


@page(Verb.SEE_OVERSIGHT)
def counts(request: AtWorkRequest) -> HttpResponse:
    """Count how charges of children were decided in the last year: of the own force, or of every force."""
    note(request, "count charges")
    since = request.at - COUNTED_FOR
    found = charge_counts(since=since)
    by_state = {words: sum(one.cases for one in found if one.state == state.value and one.gated)
                for state, words in STATE_WORDS.items()}
    past = sum(one.cases for one in found if not one.gated)
    bars = bar_chart([Figure(words, number, counted(number, "child", "children"))
                      for words, number in {**by_state, "Charged past the gate": past}.items()])
    return render(request, "custody/charge_counts.html", {
        "at": request.at, "since": since, "total": sum(one.cases for one in found), "past": past, "bars": bars,
        "charged": sum(one.cases for one in found if one.state == ChargeState.CHARGED.value),
        "noes": sum(one.noes for one in found), "said": noes_of(request.acting.agency, since=since, most=MOST),
        "rows": [(one.agency, STATE_WORDS[ChargeState(one.state)], "Yes" if one.gated else "No", one.cases, one.noes,
                  one.one_officer, one.restraints, one.possible_victims) for one in found]})


def _form(doing: ChargeAct, request: AtWorkRequest, told: list[Told], *, posted: bool = False,
          filled: dict[str, Any] | None = None) -> ActForm:
    """Make the form of an act; the one for evidence offers the entries that the officer may see."""
    sent = request.POST if posted else None
    if doing.form is EvidenceForm:
        return EvidenceForm(sent, now=request.at, filled=filled,
                            entries=[(one.entry.id, in_words(one)) for one in facts_among(told)])
    return doing.form(sent, now=request.at, filled=filled)


def _show(
    request: AtWorkRequest, found: EventFacts, screened: Screened, *, failed: ActForm | None = None, problem: str = "",
    lacking: tuple[Condition, ...] = (), status: int = 200,
) -> HttpResponse:
    told = told_of(found.person, most=LOOKED_THROUGH)
    decision = charging_of(found.id)
    screen = screened.ended
    considered = decision.considered if decision else Considered(
        screened_by=str(screen.decided_by_id) if screen else "")
    state = decision.state if decision else ChargeState.CONSIDERING
    filled = _filled(considered, decision, referral_told(told))
    names = _open_to(request, state, considered, str(request.acting.officer), screened.held)
    typed = Typed(screened.saved)
    forms = {name: failed if failed is not None and failed.name == name
             else typed.into(_form(ACTS[name], request, told, filled=filled.get(name))) for name in names}
    gate = _held(considered if considered.decided_by else replace(considered, decided_by=str(request.acting.officer)))
    return render(request, "custody/charging.html", {
        "at": request.at, "event": found, "name": names_of([found.person]).get(found.person), "decision": decision,
        "considered": considered, "state": state, "screen": screen, "told_referral": referral_told(told),
        "gate": gate, "holds": {one.code: holds for one, holds in gate},
        "failing": [one for one, holds in gate if not holds and one.code != "prosecutor"], "lacking": lacking,
        "problem": problem, "failed": failed if failed is not None and failed.errors else None,
        "forms": dict.fromkeys(ACTS) | forms, "tools": _tools(decision), "restraints": _restraints(decision),
        "words": OUTCOME_WORDS, "states": STATE_WORDS, "defences": DEFENCE_WORDS, "schedule": OFFENCES,
        "catalogue": [tool for tool in TOOLS if not tool.asked and tool.target is not Target.CHILD]}, status=status)


def _open_to(
    request: AtWorkRequest, state: ChargeState, considered: Considered, me: str, held: bool
) -> list[str]:
    """List the acts that the officer can do now."""
    if not held or not may(request.acting.role, Verb.DECIDE):
        return []
    names = [*CONSIDERING] if state is ChargeState.CONSIDERING else [*AFTER.get(state, ())]
    if not may(request.acting.role, Verb.SUPERVISE_CHARGE):
        return names
    if state is ChargeState.CONSIDERING and considered.defence is Defence.DOES_NOT and not considered.supervisor:
        names.append("no")
    if state is ChargeState.CONSIDERING and considered.screened_by and not considered.same_by and (
            considered.screened_by != me):
        names.append("same")
    return [*names, "restrain"]


def _filled(
    considered: Considered, decision: ChargingFacts | None, told: Referral | None
) -> dict[str, dict[str, Any]]:
    """Fill the forms with what stands recorded, and the referral from the record."""
    referral = considered.referral or told
    return {
        "offence": {"offence": considered.offence, "kind": decision.offence_kind if decision else ""},
        "law": {"direct": considered.direct, "direct_why": considered.direct_why, "reasonable": considered.reasonable,
                "reasonable_why": considered.reasonable_why, "schedule_4": considered.schedule_4,
                "schedule_4_how": considered.schedule_4_how},
        "referral": {"referral": referral.value if referral else None, "why": considered.referral_why},
        "conclude": {"defence": considered.defence, "why": considered.defence_why},
    }


def _held(considered: Considered) -> list[tuple[Condition, bool]]:
    return [(condition, condition.holds(considered)) for condition in GATE]


def _tools(decision: ChargingFacts | None) -> list[tuple[str, str, str, str]]:
    """Give the tools that were answered as the rows of a table."""
    return [(BY_CODE[one.code].name, ANSWER_WORDS[one.answer], one.because, one.officer)
            for one in (decision.tools.values() if decision else ())]


def _restraints(decision: ChargingFacts | None) -> list[tuple[Any, ...]]:
    return [(BY_CODE[one.code].name, one.reason, one.supervisor, one.asked_at)
            for one in (decision.restraints if decision else ())]

"""Consider and decide whether a child is charged: each thing that the gate asks for is one act with its officer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.custody import path
from sightline.apps.custody.considering import UNDER_WAY, considered_of
from sightline.apps.custody.models import Charging, ChargingStep, Evidence, Restraint, ToolAnswer
from sightline.apps.custody.telling import tell_of
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.custody.charging import (
    CODE,
    STATE_OF,
    ChargeState,
    Condition,
    Considered,
    Defence,
    Outcome,
    Referral,
    Said,
    refusals,
)
from sightline.domain.custody.tools import AGAINST, ASKED, BY_CODE, Answer
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.place import Place

NOT_OURS = "Only the force that holds the child decides on a charge. Open the child's page again."
NOTHING_YET = "Nothing is considered yet, or not by your force. Open the child's page again."
DECIDED = "This has been decided: what was considered does not change any more. Look at it again with a reason first."
YOURSELF = "You decide here, or recorded this. Another supervisor must stand by it."
SUPERVISORS_ONLY = "Only a supervisor of the force that holds the child can do this."
MEANWHILE = "The gate refused what was recorded meanwhile. Open the page again."


class ChargeRefused(ValueError):
    """What was asked of a charging decision cannot be done; the message says what to do instead, in words."""


class ChargeWithoutGate(ChargeRefused):
    """The gate refuses: `conditions` are those that do not hold."""

    def __init__(self, conditions: tuple[Condition, ...]) -> None:
        super().__init__("This cannot be decided yet.")
        self.conditions = conditions


@dataclass(frozen=True, slots=True)
class Law:
    """Hold what was found of section 45: a direct consequence, the reasonable child, and Schedule 4."""

    direct: Said
    direct_why: str
    reasonable: Said
    reasonable_why: str
    schedule_4: Said
    schedule_4_how: str


def _begun(acting: Acting, event: EventFacts, at: datetime) -> Charging:
    """Give the decision under way for an event, begun now where there is none; nobody changes it meanwhile."""
    under_way = Charging.objects.select_for_update().filter(event_id=event.id, state__in=UNDER_WAY)
    try:
        with transaction.atomic():
            found = under_way.first() or Charging.objects.create(
                event_id=event.id, agency_id=acting.agency, opened_by_id=acting.officer, opened_at=at)
    except IntegrityError:
        raise ChargeRefused(NOT_OURS) from None
    if found.agency_id != acting.agency:
        raise ChargeRefused(NOT_OURS)
    return found


def _newest(acting: Acting, event: EventFacts) -> Charging:
    """Give the newest decision of an event; nobody changes it meanwhile."""
    found = Charging.objects.select_for_update().filter(event_id=event.id).order_by("-opened_at", "id").first()
    if found is None or found.agency_id != acting.agency:
        raise ChargeRefused(NOTHING_YET)
    return found


def propose(*, acting: Acting, event: EventFacts, offence: str, kind: str, at: datetime) -> None:
    """Say what the child would be charged with. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    found.offence, found.offence_kind = offence, kind
    _consider(found, acting, "offence named", offence, "offence", "offence_kind", at=at)


def consider_law(*, acting: Acting, event: EventFacts, law: Law, at: datetime) -> None:
    """Record what was found of section 45. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    found.direct, found.direct_why = law.direct.value, law.direct_why
    found.reasonable, found.reasonable_why = law.reasonable.value, law.reasonable_why
    found.schedule_4, found.schedule_4_how = law.schedule_4.value, law.schedule_4_how
    words = f"direct consequence: {law.direct}, reasonable person: {law.reasonable}, Schedule 4: {law.schedule_4}"
    _consider(found, acting, "section 45 considered", words, "direct", "direct_why", "reasonable", "reasonable_why",
              "schedule_4", "schedule_4_how", at=at)


def consider_referral(*, acting: Acting, event: EventFacts, referral: Referral, why: str, at: datetime) -> None:
    """Record how the National Referral Mechanism stands. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    found.referral, found.referral_why = referral.value, why
    _consider(found, acting, "referral considered", f"{referral}. {why}".strip(), "referral", "referral_why", at=at)


def add_evidence(
    *, acting: Acting, event: EventFacts, speaks_for: bool, words: str, source: str, entry: UUID | None, at: datetime
) -> None:
    """Record one thing that speaks for or against coercion, with its source. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    Evidence.objects.create(charging=found, speaks="for" if speaks_for else "against", words=words, source=source,
                            entry_id=entry, officer_id=acting.officer, noted_at=at)
    _consider(found, acting, f"evidence {'for' if speaks_for else 'against'} coercion", words, at=at)


def answer_tools(
    *, acting: Acting, event: EventFacts, answers: Mapping[str, tuple[Answer, str]], at: datetime
) -> None:
    """Record what became of tools against who exploits the child, each with why. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    ToolAnswer.objects.bulk_create(
        ToolAnswer(charging=found, code=code, answer=answer.value, because=because, officer_id=acting.officer,
                   noted_at=at)
        for code, (answer, because) in answers.items())
    words = "; ".join(f"{BY_CODE[code].name}: {answer}" for code, (answer, _) in answers.items())
    _consider(found, acting, "tools answered", words, at=at)


def conclude(*, acting: Acting, event: EventFacts, defence: Defence, why: str, at: datetime) -> None:
    """Conclude whether the defence applies; a "no" waits for a supervisor. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    found.defence, found.defence_why = defence.value, why
    _consider(found, acting, f"concluded: the defence {defence}", why, "defence", "defence_why", at=at)


def stand_by_no(*, acting: Acting, event: EventFacts, reason: str, at: datetime) -> None:
    """Stand by it, as a supervisor with a reason, that the defence does not apply. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    if found.defence != Defence.DOES_NOT.value:
        raise ChargeRefused("There is no “no” to stand by: nobody has concluded that the defence does not apply.")
    concluded = ChargingStep.objects.filter(charging=found, what__startswith="concluded").order_by("-id").first()
    if concluded is not None and concluded.officer_id == acting.officer:
        raise ChargeRefused(YOURSELF)
    found.supervisor_id, found.supervisor_reason, found.supervised_at = acting.officer, reason, at
    _save(found, "supervisor", "supervisor_reason", "supervised_at", refused=SUPERVISORS_ONLY)
    _step(found, acting, "supervisor stands by a no", reason, at=at)


def let_one_decide_both(*, acting: Acting, event: EventFacts, reason: str, at: datetime) -> None:
    """Let, as a supervisor, the officer who decided the victim screen decide here. Raises ChargeRefused."""
    found = _considering(acting, event, at)
    found.same_by_id, found.same_reason = acting.officer, reason
    _save(found, "same_by", "same_reason", refused=SUPERVISORS_ONLY)
    _step(found, acting, "one officer may decide both", reason, at=at)


def decide(*, acting: Acting, event: EventFacts, outcome: Outcome, reasons: str, at: datetime) -> None:
    """Decide whether the child is charged; it becomes an entry and meets D-CHG-1.

    Raises ChargeWithoutGate and ChargeRefused.
    """
    found = _considering(acting, event, at)
    considered = replace(considered_of(found.pk), outcome=outcome, decided_by=str(acting.officer))
    if outcome is not Outcome.NO_CHARGE and (failing := refusals(considered)):
        raise ChargeWithoutGate(failing)
    found.outcome, found.reasons, found.decided_by_id, found.decided_at = outcome.value, reasons, acting.officer, at
    found.state = STATE_OF[outcome].value
    _decided(found, acting, event, considered, at=at)


def prosecutor_decided(
    *, acting: Acting, event: EventFacts, charge: bool, prosecutor: str, words: str, at: datetime
) -> None:
    """Record what a named prosecutor decided on what was referred. Raises ChargeWithoutGate and ChargeRefused."""
    found = _newest(acting, event)
    if found.state != ChargeState.REFERRED.value:
        raise ChargeRefused("This does not lie with a prosecutor. Open the page again.")
    outcome = Outcome.CHARGE if charge else Outcome.NO_CHARGE
    found.prosecutor, found.prosecutor_words = prosecutor, words
    considered = replace(considered_of(found.pk), outcome=outcome, decided_by=str(acting.officer),
                         prosecutor=prosecutor, prosecutor_words=words)
    if charge and (failing := refusals(considered)):
        raise ChargeWithoutGate(failing)
    found.outcome, found.reasons = outcome.value, f"{prosecutor}: {words}"
    found.decided_by_id, found.decided_at, found.state = acting.officer, at, STATE_OF[outcome].value
    _decided(found, acting, event, considered, at=at)


def look_again(*, acting: Acting, event: EventFacts, reason: str, at: datetime) -> None:
    """Consider again what was decided, because something new is known. Raises ChargeRefused."""
    found = _newest(acting, event)
    if found.state not in UNDER_WAY[1:]:
        raise ChargeRefused("This is being considered already, or it has ended.")
    found.state = ChargeState.CONSIDERING.value
    _save(found, "state")
    _step(found, acting, "looked at again", reason, at=at)


def charge(*, acting: Acting, event: EventFacts, place: Place | None, charged_at: datetime, at: datetime) -> None:
    """Record that the child was charged; it becomes an entry. Raises ChargeWithoutGate and ChargeRefused."""
    found = _newest(acting, event)
    if found.state != ChargeState.MAY_CHARGE.value or found.decided_at is None:
        if failing := refusals(considered_of(found.pk)):
            raise ChargeWithoutGate(failing)
        raise ChargeRefused("Decide first that the child may be charged.")
    if not found.decided_at.replace(second=0, microsecond=0) <= charged_at <= at:
        raise ChargeRefused("The child was charged after the decision, and not later than now. Enter when it was.")
    key = f"charging/{found.pk}"
    facts = {"offence": found.offence_kind} if found.offence_kind else {}
    with transaction.atomic():
        kept = tell_of(acting, event.person, Told("police.charge", charged_at, key, facts, place=place), at=at)
        found.state, found.charged_at, found.charge_entry_id = ChargeState.CHARGED.value, charged_at, kept[key]
        _save(found, "state", "charged_at", "charge_entry", refused=MEANWHILE)
        try:
            path.note(acting=acting, event=event.id, code="charged", entry=kept[key],
                      taken=path.Taken(charged_at, {}), at=at)
        except path.PathRefused as refused:
            raise ChargeRefused(str(refused)) from None
    _step(found, acting, "charged", found.offence, at=at)


def restrain(*, acting: Acting, event: EventFacts, code: str, reason: str, at: datetime) -> None:
    """Record, as a supervisor, that an order that restrains the child is asked for. Raises ChargeRefused."""
    found = _newest(acting, event)
    answered = set(found.tools.values_list("code", flat=True))
    if not {tool.code for tool in ASKED if tool.target in AGAINST} <= answered:
        raise ChargeRefused("Answer the tools against the adult, the premises and the phone first.")
    try:
        with transaction.atomic():
            Restraint.objects.create(charging=found, code=code, supervisor_id=acting.officer, reason=reason,
                                     asked_at=at)
    except IntegrityError:
        raise ChargeRefused(SUPERVISORS_ONLY) from None
    tell_of(acting, event.person, Told("decision.made", at, f"charging/{found.pk}/{code}/{at.isoformat()}", {
        "about": BY_CODE[code].name, "outcome": "asked for", "reasons": reason}), at=at)
    _step(found, acting, "order on the child asked for", f"{BY_CODE[code].name}: {reason}", at=at)


def summary(considered: Considered) -> str:
    """Say in a few sentences what was considered, for the entry that travels with the case; no words of the child."""
    tools = sum(tool.code in considered.tools for tool in ASKED)
    return " ".join(filter(None, (
        f"Offence: {considered.offence}.",
        f"Direct consequence of exploitation: {considered.direct}. {considered.direct_why}"
        if considered.direct else "",
        f"Reasonable person of the same age, sex and disability: {considered.reasonable}. {considered.reasonable_why}"
        if considered.reasonable else "",
        f"Schedule 4: {considered.schedule_4}. {considered.schedule_4_how}" if considered.schedule_4 else "",
        f"National Referral Mechanism: {considered.referral}. {considered.referral_why}".strip()
        if considered.referral else "",
        f"Evidence of coercion: {considered.speaks_for} for, {considered.speaks_against} against.",
        f"Tools against who exploits the child: {tools} of {len(ASKED)} answered.",
        f"The defence {considered.defence}. {considered.defence_why}" if considered.defence else "",
        f"A supervisor stands by it: {considered.supervisor_reason}" if considered.supervisor else "")))


def _considering(acting: Acting, event: EventFacts, at: datetime) -> Charging:
    found = _begun(acting, event, at)
    if found.state != ChargeState.CONSIDERING.value:
        raise ChargeRefused(DECIDED)
    return found


def _consider(found: Charging, acting: Acting, what: str, words: str, *fields: str, at: datetime) -> None:
    """Keep what was considered; a supervisor who stood by what was there before must look again."""
    found.supervisor, found.supervisor_reason, found.supervised_at = None, "", None
    _save(found, *fields, "supervisor", "supervisor_reason", "supervised_at")
    _step(found, acting, what, words, at=at)


def _decided(found: Charging, acting: Acting, event: EventFacts, considered: Considered, *, at: datetime) -> None:
    outcome = considered.outcome or Outcome.NO_CHARGE
    _save(found, "state", "outcome", "reasons", "decided_by", "decided_at", "prosecutor", "prosecutor_words",
          refused=MEANWHILE)
    _step(found, acting, f"decided: {outcome}", found.reasons, at=at)
    tell_of(acting, event.person, Told("decision.made", at, f"charging/{found.pk}/{at.isoformat()}", {
        "about": CODE, "outcome": outcome.value, "reasons": f"{found.reasons} {summary(considered)}".strip()}), at=at)


def _step(found: Charging, acting: Acting, what: str, words: str, *, at: datetime) -> None:
    ChargingStep.objects.create(charging=found, what=what, words=words, officer_id=acting.officer, noted_at=at)


def _save(found: Charging, *fields: str, refused: str = NOT_OURS) -> None:
    try:
        with transaction.atomic():
            found.save(update_fields=fields)
    except IntegrityError:
        raise ChargeRefused(refused) from None

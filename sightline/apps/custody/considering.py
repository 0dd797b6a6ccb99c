"""Ask what is considered before a child is charged, how it was decided, and how charges are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.custody.models import Charging, ScreenDecision
from sightline.domain.custody.charging import ChargeState, Considered, Defence, Outcome, Referral, Said
from sightline.domain.custody.screen import ENDS
from sightline.domain.custody.tools import Answer

UNDER_WAY = (ChargeState.CONSIDERING.value, ChargeState.REFERRED.value, ChargeState.MAY_CHARGE.value)


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Hold one thing that speaks for or against coercion; `entry` is the entry of the record that it comes from."""

    speaks_for: bool
    words: str
    source: str
    entry: UUID | None
    officer: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """Hold what became of one tool, and why."""

    code: str
    answer: Answer
    because: str
    officer: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class RestraintFacts:
    """Hold an order on the child that was asked for, by which supervisor and why."""

    code: str
    supervisor: str
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ChargingFacts:
    """Hold one decision on a charge as people read it; `considered` is what the gate reads."""

    id: UUID
    event: UUID
    agency_id: int
    agency: str
    opened_by: str
    opened_at: datetime
    state: ChargeState
    offence_kind: str
    considered: Considered
    evidence: Sequence[EvidenceFacts]
    tools: Mapping[str, ToolFacts]
    restraints: Sequence[RestraintFacts]
    supervisor: str | None
    supervised_at: datetime | None
    same_by: str | None
    reasons: str
    decided_by: str | None
    decided_at: datetime | None
    charged_at: datetime | None
    steps: Sequence[tuple[datetime, str, str, str]]


@dataclass(frozen=True, slots=True)
class ChargeCount:
    """Count the decisions of one force that stand in one state.

    `noes` are those by which the defence does not apply, `one_officer` those by which the same officer decided the
    victim screen.
    """

    agency: str
    state: str
    gated: bool
    cases: int
    noes: int
    one_officer: int
    restraints: int
    possible_victims: int


def charging_of(event_id: UUID) -> ChargingFacts | None:
    """Give the newest decision on a charge of an event, for those who may hear the child."""
    parties = ("agency", "opened_by", "supervisor", "same_by", "decided_by")
    found = Charging.objects.filter(event_id=event_id).select_related(*parties).order_by("-opened_at", "id").first()
    return None if found is None else _facts(found)


def considered_of(r: Charging) -> Considered:
    """Give a decision as the gate reads it."""
    screened = ScreenDecision.objects.filter(event_id=r.event_id, outcome__in=[one.value for one in ENDS]).order_by(
        "-number").values_list("decided_by_id", flat=True).first()
    evidence = list(r.evidence.values_list("speaks", flat=True))
    return _considered(r, screened, evidence, list(r.tools.values_list("code", flat=True)))


def charge_counts(*, since: datetime) -> list[ChargeCount]:
    """Count charges of children: of the viewer's force for its managers, of every force for the inspectorate."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_charge_counts(%s)", [since])
        return [ChargeCount(*row) for row in cursor.fetchall()]


def noes_of(agency: int, *, since: datetime, most: int) -> list[tuple[UUID, str, str, datetime | None]]:
    """List the supervisors' noes of an agency, the newest first: the event, by whom, why, and when."""
    rows = Charging.objects.filter(
        agency_id=agency, defence=Defence.DOES_NOT.value, supervisor__isnull=False, supervised_at__gte=since)
    return list(rows.order_by("-supervised_at").values_list(
        "event_id", "supervisor__name", "supervisor_reason", "supervised_at")[:most])


def _facts(r: Charging) -> ChargingFacts:
    evidence = list(r.evidence.select_related("officer").order_by("noted_at", "id"))
    tools = list(r.tools.select_related("officer").order_by("noted_at", "id"))
    screened = ScreenDecision.objects.filter(event_id=r.event_id, outcome__in=[one.value for one in ENDS]).order_by(
        "-number").values_list("decided_by_id", flat=True).first()
    return ChargingFacts(
        r.pk, r.event_id, r.agency_id, r.agency.name, r.opened_by.name, r.opened_at, ChargeState(r.state),
        r.offence_kind, _considered(r, screened, [e.speaks for e in evidence], [t.code for t in tools]),
        [EvidenceFacts(e.speaks == "for", e.words, e.source, e.entry_id, e.officer.name, e.noted_at)
         for e in evidence],
        {t.code: ToolFacts(t.code, Answer(t.answer), t.because, t.officer.name, t.noted_at) for t in tools},
        [RestraintFacts(x.code, x.supervisor.name, x.reason, x.asked_at)
         for x in r.restraints.select_related("supervisor").order_by("asked_at", "id")],
        r.supervisor.name if r.supervisor else None, r.supervised_at, r.same_by.name if r.same_by else None,
        r.reasons, r.decided_by.name if r.decided_by else None, r.decided_at, r.charged_at,
        [(s.noted_at, s.what, s.words, s.officer.name)
         for s in r.steps.select_related("officer").order_by("noted_at", "id")])


def _considered(r: Charging, screened: UUID | None, evidence: Sequence[str], tools: Sequence[str]) -> Considered:
    return Considered(
        outcome=Outcome(r.outcome) if r.outcome else None, decided_by=_id(r.decided_by_id), offence=r.offence,
        screened_by=_id(screened), same_by=_id(r.same_by_id), same_reason=r.same_reason,
        direct=Said(r.direct) if r.direct else None, direct_why=r.direct_why,
        reasonable=Said(r.reasonable) if r.reasonable else None, reasonable_why=r.reasonable_why,
        schedule_4=Said(r.schedule_4) if r.schedule_4 else None, schedule_4_how=r.schedule_4_how,
        referral=Referral(r.referral) if r.referral else None, referral_why=r.referral_why,
        speaks_for=evidence.count("for"), speaks_against=evidence.count("against"), tools=frozenset(tools),
        defence=Defence(r.defence) if r.defence else None, defence_why=r.defence_why, supervisor=_id(r.supervisor_id),
        supervisor_reason=r.supervisor_reason, prosecutor=r.prosecutor, prosecutor_words=r.prosecutor_words)


def _id(value: object) -> str:
    return str(value) if value else ""

"""Ask what is considered before a child is charged, how it was decided, and how charges are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from sightline.apps.custody.models import Charging
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


# What hangs on a decision, in one question: what speaks for what, tools, orders on the child, steps; who screened.
AROUND = """(select jsonb_build_object(
  'evidence', (select coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('by', o.name) order by e.noted_at, e.id),
    '[]')
    from custody_evidence e join access_officer o on o.id = e.officer_id where e.charging_id = custody_charging.id),
  'tools', (select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('by', o.name) order by t.noted_at, t.id), '[]')
    from custody_toolanswer t join access_officer o on o.id = t.officer_id where t.charging_id = custody_charging.id),
  'restraints', (select coalesce(jsonb_agg(to_jsonb(x) || jsonb_build_object('by', o.name) order by x.id), '[]')
    from custody_restraint x join access_officer o on o.id = x.supervisor_id where x.charging_id = custody_charging.id),
  'steps', (select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('by', o.name) order by s.noted_at, s.id), '[]')
    from custody_chargingstep s join access_officer o on o.id = s.officer_id where s.charging_id = custody_charging.id),
  'screened_by', (select d.decided_by_id from custody_screendecision d where d.event_id = custody_charging.event_id
    and d.outcome = any(%s) order by d.number desc limit 1)))"""


def charging_of(event_id: UUID) -> ChargingFacts | None:
    """Give the newest decision on a charge of an event, for those who may hear the child."""
    found = _charging().filter(event_id=event_id).order_by("-opened_at", "id").first()
    return None if found is None else _facts(found)


def considered_of(charging: UUID) -> Considered:
    """Give a decision as the gate reads it."""
    found = _charging().get(pk=charging)
    return _considered(found, found.around)


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


def _charging() -> Any:
    parties = ("agency", "opened_by", "supervisor", "same_by", "decided_by")
    return Charging.objects.select_related(*parties).annotate(
        around=RawSQL(AROUND, [[one.value for one in ENDS]], JSONField()))  # nosec B611: constants only


def _facts(r: Any) -> ChargingFacts:
    around = r.around
    return ChargingFacts(
        r.pk, r.event_id, r.agency_id, r.agency.name, r.opened_by.name, r.opened_at, ChargeState(r.state),
        r.offence_kind, _considered(r, around),
        [EvidenceFacts(e["speaks"] == "for", e["words"], e["source"], UUID(e["entry_id"]) if e["entry_id"] else None,
                       e["by"], _at(e["noted_at"])) for e in around["evidence"]],
        {t["code"]: ToolFacts(t["code"], Answer(t["answer"]), t["because"], t["by"], _at(t["noted_at"]))
         for t in around["tools"]},
        [RestraintFacts(x["code"], x["by"], x["reason"], _at(x["asked_at"])) for x in around["restraints"]],
        r.supervisor.name if r.supervisor else None, r.supervised_at, r.same_by.name if r.same_by else None,
        r.reasons, r.decided_by.name if r.decided_by else None, r.decided_at, r.charged_at,
        [(_at(s["noted_at"]), s["what"], s["words"], s["by"]) for s in around["steps"]])


def _at(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _considered(r: Charging, around: Mapping[str, Any]) -> Considered:
    speaks = [e["speaks"] for e in around["evidence"]]
    return Considered(
        outcome=Outcome(r.outcome) if r.outcome else None, decided_by=_id(r.decided_by_id), offence=r.offence,
        screened_by=_id(around["screened_by"]), same_by=_id(r.same_by_id), same_reason=r.same_reason,
        direct=Said(r.direct) if r.direct else None, direct_why=r.direct_why,
        reasonable=Said(r.reasonable) if r.reasonable else None, reasonable_why=r.reasonable_why,
        schedule_4=Said(r.schedule_4) if r.schedule_4 else None, schedule_4_how=r.schedule_4_how,
        referral=Referral(r.referral) if r.referral else None, referral_why=r.referral_why,
        speaks_for=speaks.count("for"), speaks_against=speaks.count("against"),
        tools=frozenset(t["code"] for t in around["tools"]),
        defence=Defence(r.defence) if r.defence else None, defence_why=r.defence_why, supervisor=_id(r.supervisor_id),
        supervisor_reason=r.supervisor_reason, prosecutor=r.prosecutor, prosecutor_words=r.prosecutor_words)


def _id(value: object) -> str:
    return str(value) if value else ""

"""Ask for offenders of the own agency, what is due of them, and which children are near; and who is near a child."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.circle.queries import sees_circle
from sightline.domain.offenders.due import OPEN, DueState
from sightline.domain.vocabulary.offender import RISKS, Telling, TellingKind


@dataclass(frozen=True, slots=True)
class OffenderFacts:
    """Hold one offender as the register says; `manager_id` None where nobody is named who works here."""

    id: UUID
    reference: str
    name: str
    also_known_as: tuple[str, ...]
    born_on: date | None
    category: str
    level: str
    risk: str
    manager_id: UUID | None
    manager: str | None
    manager_email: str | None
    reactive: bool
    since: date | None
    until: date | None
    agency_id: int
    agency: str


@dataclass(frozen=True, slots=True)
class DueFacts:
    """Hold one thing due of an offender, as the last reading says; `near` whether a child is near the offender."""

    offender: UUID
    name: str
    reference: str
    risk: str
    manager: str | None
    near: bool
    code: str
    what: str
    due_on: date | None
    met_on: date | None
    state: DueState
    because: str


@dataclass(frozen=True, slots=True)
class JoinFacts:
    """Hold that a child is near an offender, as the manager may know it: no name, but whom to ring."""

    id: UUID
    way: str
    since: date
    how: str
    check_first: str
    found_at: datetime
    gone_at: datetime | None
    telling: UUID
    age: int | None
    council: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class NearFacts:
    """Hold an offender near a child, as social care of who is responsible for the child may know it."""

    id: UUID
    way: str
    since: date
    how: str
    check_first: str
    found_at: datetime
    name: str
    born_on: date | None
    category: str
    level: str
    risk: str
    agency: str
    manager: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """Hold one telling as it holds now, with who told it; `typed` by an officer, `gone` where it was taken back."""

    told: Telling
    by: str
    recorded_at: datetime
    corrected: bool
    typed: bool
    gone: bool


OFFENDER = """
select o.id, o.reference, o.name, o.also_known_as, o.born_on, o.category, o.level, o.risk, o.manager_id, m.name,
  m.email, o.reactive, o.since, o.until, a.id, a.name
from offenders_offender o join access_agency a on a.id = o.agency_id left join access_officer m on m.id = o.manager_id
"""
BY_RISK = " ".join(f"when '{risk}' then {number}" for number, risk in enumerate(RISKS))
DUE = f"""
select o.id, o.name, o.reference, o.risk, m.name, n.id is not null, c.code,
  c.what, c.due_on, c.met_on, c.state, c.words
from offenders_clock c join offenders_offender o on o.id = c.offender_id
  left join access_officer m on m.id = o.manager_id left join sightline_near_any_child() n on n.id = o.id
where {{which}}
order by c.state = 'missed' desc, n.id is not null desc, c.due_on nulls first,
  case o.risk {BY_RISK} else 9 end, o.name, c.key limit %s
"""  # nosec B608: constants only
OPEN_STATES = sorted(state.value for state in OPEN)
TOLD = """
select id, kind, on_day, source_key, facts::text, until_day, by, recorded_at, revision, typed, gone from (
  select distinct on (t.source_key) coalesce(t.event_id, t.id) as id, t.kind, t.on_day, t.source_key, t.facts,
    t.until_day, t.gone, t.recorded_at, t.revision, coalesce(o.name, a.name) as by, t.officer_id is not null as typed
  from offenders_telling t join access_agency a on a.id = t.told_by_id left join access_officer o on o.id = t.officer_id
  where t.offender_id = %s and (%s::uuid is null or %s in (t.id, t.event_id)) and (%s::text is null or t.kind = %s)
  order by t.source_key, t.revision desc) as newest
where typed or not gone order by on_day desc, recorded_at desc, id limit %s
"""
VISITS = """
select offender_id, id, kind, on_day, source_key, facts::text, until_day from (
  select distinct on (t.offender_id, t.source_key) t.offender_id, coalesce(t.event_id, t.id) as id, t.kind, t.on_day,
    t.source_key, t.facts, t.until_day, t.gone
  from offenders_telling t where t.kind in ('visit', 'visit-due') and t.on_day >= %s
  order by t.offender_id, t.source_key, t.revision desc) as newest where not gone
"""


def offenders(*, manager: UUID | None, on: date, most: int) -> list[OffenderFacts]:
    """List the own agency's offenders on the register on a day, of one manager or of all, the highest risk first."""
    rows = _rows(f"{OFFENDER} where (o.until is null or o.until >= %s)"  # nosec B608: constants only
                 f" and (%s::uuid is null or o.manager_id = %s) order by case o.risk {BY_RISK} else 9 end, o.name, o.id"
                 " limit %s", [on, manager, manager, most])
    return [_offender(row) for row in rows]


def offender(offender_id: UUID) -> OffenderFacts | None:
    """Give one offender, or None where there is none to be seen."""
    rows = _rows(f"{OFFENDER} where o.id = %s", [offender_id])
    return _offender(rows[0]) if rows else None


def open_due(*, manager: UUID | None, most: int) -> list[DueFacts]:
    """List what is due of the offenders of one manager or of all, what is overdue first, then by day and by risk."""
    which = "c.state = any(%s) and (%s::uuid is null or o.manager_id = %s)"
    return _due(which, [OPEN_STATES, manager, manager], most)


def due_of_one(offender_id: UUID, *, most: int) -> list[DueFacts]:
    """List everything that is or was due of one offender."""
    return _due("o.id = %s", [offender_id], most)


def visits_due(*, on: date, most: int) -> list[DueFacts]:
    """List how the next visit of each offender of the own agency on the register on a day stands."""
    return _due("c.code = 'V-PLAN' and (o.until is null or o.until >= %s)", [on], most)


def visits_told(*, since: date) -> Mapping[UUID, Sequence[Telling]]:
    """Give the visits set and made since a day of all offenders of the own agency."""
    found: dict[UUID, list[Telling]] = {}
    for offender_id, id_, kind, on, key, facts, until in _rows(VISITS, [since]):
        found.setdefault(offender_id, []).append(
            Telling(str(id_), TellingKind(kind), on, key, json.loads(facts), until))
    return found


def told_of_one(
    offender_id: UUID, *, most: int, telling: UUID | None = None, kind: TellingKind | None = None
) -> list[ToldFacts]:
    """List what is told of an offender and holds, or was taken back by an officer, the newest first.

    With `telling` or `kind` that alone.
    """
    return [ToldFacts(Telling(str(row[0]), TellingKind(row[1]), row[2], row[3], json.loads(row[4]), row[5]), row[6],
                      row[7], row[8] > 1, row[9], row[10])
            for row in _rows(TOLD, [offender_id, telling, telling, kind, kind, most])]


def joins_of(offender_id: UUID, *, on: date) -> list[JoinFacts]:
    """List the children near an offender, those near now first, as the manager may know it."""
    return [JoinFacts(*row) for row in _rows("select * from sightline_joins_of(%s, %s)", [offender_id, on])]


def near_child(person: UUID) -> list[NearFacts] | None:
    """List the offenders near a child, or None where the viewer is not social care of who is responsible."""
    if not sees_circle(person):
        return None
    return [NearFacts(*row) for row in _rows("select * from sightline_offenders_near(%s)", [person])]


def _due(which: str, values: list[Any], most: int) -> list[DueFacts]:
    return [DueFacts(*(*row[:10], DueState(row[10]), row[11]))
            for row in _rows(DUE.format(which=which), [*values, most])]


def _offender(row: tuple[Any, ...]) -> OffenderFacts:
    return OffenderFacts(*(*row[:3], tuple(row[3]), *row[4:]))


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

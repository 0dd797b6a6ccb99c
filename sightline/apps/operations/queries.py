"""Ask for operations: who takes part, what sources tell, how many children there are, and one's own children in it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.domain.operations.counted import Counts
from sightline.domain.operations.parts import CAN_JOIN


@dataclass(frozen=True, slots=True)
class ForceFacts:
    """Hold a force that takes part, with its warrants; None where nobody told how many."""

    agency_id: int
    agency: str
    warrants: int | None


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """Hold one operation as people read it; `agency` leads."""

    id: UUID
    reference: str
    name: str
    on_day: date
    agency_id: int
    agency: str
    forces: tuple[ForceFacts, ...]

    def takes_part(self, agency: int) -> bool:
        """Tell whether a force takes part."""
        return any(one.agency_id == agency for one in self.forces)


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """Hold the newest number that a source told; `before` is what it had told, where that was another number."""

    source: str
    told_on: date
    counts: Counts
    agency: str | None
    number: int
    before: int | None
    entered_by: str | None
    entered_for: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class ForceCount:
    """Count the children of one force, or of all (`agency` None); None is a number too small to show the viewer."""

    agency: str | None
    arrested: int | None
    screened: int | None
    referred: int | None
    safeguarded: int | None
    met: int | None


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """Hold one child in an operation, for the force that told it and for who sees the child's whole record."""

    person: UUID
    agency_id: int
    agency: str
    arrested: bool
    at: datetime
    screened_at: datetime | None
    referred_at: datetime | None
    way: str
    way_by: str
    way_at: datetime | None
    by_hand: bool
    entry: UUID
    event: UUID | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Joinable:
    """Hold an entry of the own force that may have been part of an operation: of whom, what and when."""

    entry: UUID
    person: UUID
    kind: str
    starts: datetime


OPERATIONS = """
select o.id, o.reference, o.name, o.on_day, o.agency_id, a.name, (
  select coalesce(json_agg(json_build_array(f.agency_id, b.name, f.warrants) order by b.name), '[]')
  from operations_force f join access_agency b on b.id = f.agency_id where f.operation_id = o.id)::text
from operations_operation o join access_agency a on a.id = o.agency_id
"""
# Of several tellings of one source about one thing the newest holds.
TOTALS = """
select source, told_on, counts, agency, number, nullif(before, number), officer, entered_for, entered_at from (
  select t.id, t.source, t.told_on, t.counts, b.name as agency, t.number, o.name as officer, a.name as entered_for,
    t.entered_at, row_number() over newest as place, lead(t.number) over newest as before
  from operations_total t join access_agency a on a.id = t.entered_for_id
    left join access_agency b on b.id = t.agency_id left join access_officer o on o.id = t.entered_by_id
  where t.operation_id = %s
  window newest as (partition by lower(t.source), t.counts, t.agency_id order by t.entered_at desc, t.id desc)) as told
where place = 1 order by lower(source), counts, agency nulls first
"""
CHILDREN = """
select p.person_id, p.agency_id, a.name, p.arrested, p.at, p.screened_at, p.referred_at, p.way, p.way_by, p.way_at,
  p.by_hand, p.entry_id, e.id, w.name
from operations_part p join access_agency a on a.id = p.agency_id
  left join responsibility_safetyevent e on e.person_id = p.person_id and e.closed_at is null
  left join access_agency w on w.id = e.owner_agency_id
where p.reference = %s order by p.arrested desc, p.at, p.person_id limit %s
"""
JOINABLE = """
select told.event, i.person_id, told.kind, told.starts from (
  select distinct on (e.identity_id, e.source_key) coalesce(e.event_id, e.id) as event, e.identity_id, e.kind, e.starts
  from record_entry e where e.told_by_id = %s and e.starts >= %s and e.starts < %s
  order by e.identity_id, e.source_key, e.revision desc) as told
join people_identity i on i.id = told.identity_id
where told.kind = any(%s) and not exists (
  select 1 from operations_part p where p.person_id = i.person_id and p.reference = %s)
order by told.starts limit %s
"""
FORCES = "select id, name from access_agency where kind in ('police', 'transport-police') order by name"


def operations(*, most: int) -> list[OperationFacts]:
    """List the operations in which the viewer's agency takes part or has a child, the newest first."""
    return [_facts(row) for row in _rows(f"{OPERATIONS} order by o.on_day desc, o.id limit %s", [most])]


def operation(operation_id: UUID) -> OperationFacts | None:
    """Give one operation, or None where it is not to be seen."""
    rows = _rows(f"{OPERATIONS} where o.id = %s", [operation_id])
    return _facts(rows[0]) if rows else None


def totals_of(operation_id: UUID) -> list[TotalFacts]:
    """List what each source tells of an operation now, by source."""
    return [TotalFacts(row[0], row[1], Counts(row[2]), *row[3:]) for row in _rows(TOTALS, [operation_id])]


def operation_counts(operation_id: UUID) -> list[ForceCount]:
    """Count children by force, the whole last; nothing for who neither takes part nor inspects."""
    return [ForceCount(*row) for row in _rows("select * from sightline_operation_counts(%s)", [operation_id])]


def children_of(reference: str, *, most: int) -> list[ChildFacts]:
    """List the children in an operation whom the viewer's agency may see, the arrested ones first."""
    return [ChildFacts(*row) for row in _rows(CHILDREN, [reference, most])]


def joinable(agency: int, reference: str, *, since: datetime, until: datetime, most: int) -> list[Joinable]:
    """List what a force told of children within a time that could have been part of an operation and is not yet."""
    return [Joinable(*row) for row in _rows(JOINABLE, [agency, since, until, list(CAN_JOIN), reference, most])]


def police_forces() -> list[tuple[int, str]]:
    """List the police forces, transport police among them, by name."""
    return [(row[0], row[1]) for row in _rows(FORCES, [])]


def _facts(row: tuple[Any, ...]) -> OperationFacts:
    id_, reference, name, on_day, agency_id, agency, forces = row
    return OperationFacts(id_, reference, name, on_day, agency_id, agency,
                          tuple(ForceFacts(*one) for one in json.loads(forces)))


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

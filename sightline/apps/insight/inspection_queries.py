"""Ask for inspections, the cases drawn for them, what is graded, and what a snapshot offers to draw from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.domain.insight.inspecting import Read, Strata

NOBODY = "nobody"
"""The stratum of cases for which no agency answers here."""


@dataclass(frozen=True, slots=True)
class InspectionFacts:
    """Hold one inspection, how many cases were drawn, and how many of them everybody has read who reads them.

    `open` is as the database's clock says: nobody has ended it, and it has not closed by itself.
    """

    id: UUID
    title: str
    framework: str
    topics: tuple[str, ...]
    grades: tuple[str, ...]
    snapshot: UUID
    from_at: datetime
    until_at: datetime
    made_at: datetime
    strata: Strata
    size: int
    seed: int
    frame: Mapping[str, int]
    because: str
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    open: bool
    read: int

    @property
    def over_at(self) -> datetime:
        """Give when it ended, or will close by itself."""
        return self.ended_at or self.closes_at


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Hold one drawn case; `graded` and `graded_again` count the topics that each auditor has graded, as far as seen.

    `first` and `second` are who read it now. `whole` says that everybody has graded every topic who reads the case.
    """

    id: UUID
    place: int
    person: UUID
    stratum: str
    measured: tuple[tuple[str, str, UUID], ...]
    first: UUID
    first_name: str
    second: UUID | None
    second_name: str | None
    graded: int
    graded_again: int
    whole: bool


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """Hold one grade of a topic, with who gave it when, and why; `newest` holds."""

    topic: str
    auditor: UUID
    auditor_name: str
    grade: str
    reasons: str
    at: datetime
    newest: bool


@dataclass(frozen=True, slots=True)
class DoubleRead:
    """Hold a topic of a case of which two auditors said different things, and how it was settled, if it was."""

    place: int
    case: UUID
    topic: str
    stratum: str
    first: str
    first_name: str
    first_reasons: str
    second: str
    second_name: str
    second_reasons: str
    settled: str | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """Hold one line of the log: what was said of a topic of a case, by whom, when and why; `act` says what it was."""

    at: datetime
    place: int
    topic: str
    act: str
    officer: str
    grade: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Framed:
    """Hold one event that was counted of a child in a snapshot, and who answers for it."""

    person: UUID
    agency: int | None
    measure: str
    part: str
    about: UUID


READ = """(select d.id, d.inspection_id, d.place, d.person_id, d.stratum, d.measured,
  coalesce((select h.to_auditor_id from insight_casehandedon h where h.drawn_id = d.id and h.reading = 'first'
    order by h.id desc limit 1), d.first_id) as first_id,
  coalesce((select h.to_auditor_id from insight_casehandedon h where h.drawn_id = d.id and h.reading = 'second'
    order by h.id desc limit 1), d.second_id) as second_id
  from insight_drawncase d) d"""
"""Drawn cases with who reads each now: to whom a reading was handed on last, else who was drawn for it."""
INSPECTIONS = """
select i.id, i.title, i.framework, i.topics, i.grades, i.snapshot_id, s.from_at, s.until_at, s.made_at, i.strata,
  i.size, i.seed, i.frame::text, i.because, o.name, i.opened_at, i.closes_at, e.name, i.ended_at,
  i.ended_at is null and i.closes_at > now(),
  (select count(*) from insight_drawncase d where d.inspection_id = i.id and sightline_read_by_all(d.id))
from insight_inspection i join insight_snapshot s on s.id = i.snapshot_id
  join access_officer o on o.id = i.opened_by_id left join access_officer e on e.id = i.ended_by_id
"""
CASES = f"""
select d.id, d.place, d.person_id, d.stratum, d.measured::text, d.first_id, a.name, d.second_id, b.name,
  (select count(distinct g.topic) from insight_grade g where g.drawn_id = d.id and g.auditor_id = d.first_id),
  (select count(distinct g.topic) from insight_grade g where g.drawn_id = d.id and g.auditor_id = d.second_id),
  sightline_read_by_all(d.id)
from {READ} join access_officer a on a.id = d.first_id left join access_officer b on b.id = d.second_id
where d.inspection_id = %s
"""  # nosec B608: constants only
GRADES = """
select g.topic, g.auditor_id, o.name, g.grade, g.reasons, g.at,
  row_number() over (partition by g.auditor_id, g.topic order by g.id desc) = 1
from insight_grade g join access_officer o on o.id = g.auditor_id where g.drawn_id = %s order by g.id
"""
NEWEST = """
with newest as (
  select distinct on (g.drawn_id, g.auditor_id, g.topic) g.* from insight_grade g
    join insight_drawncase d on d.id = g.drawn_id
  where d.inspection_id = %s and sightline_read_by_all(d.id) order by g.drawn_id, g.auditor_id, g.topic, g.id desc),
settled as (
  select distinct on (j.drawn_id, j.topic) j.* from insight_adjudication j join insight_drawncase d on d.id = j.drawn_id
  where d.inspection_id = %s order by j.drawn_id, j.topic, j.id desc)
"""
READS = NEWEST + f"""
select f.topic, d.stratum, f.grade, s.grade, j.grade
from {READ} join newest f on f.drawn_id = d.id and f.auditor_id = d.first_id
  left join newest s on s.drawn_id = d.id and s.auditor_id = d.second_id and s.topic = f.topic
  left join settled j on j.drawn_id = d.id and j.topic = f.topic
where d.inspection_id = %s order by d.place
"""  # nosec B608: constants only
DISAGREEMENTS = NEWEST + f"""
select d.place, d.id, f.topic, d.stratum, f.grade, a.name, f.reasons, s.grade, b.name, s.reasons, j.grade
from {READ} join newest f on f.drawn_id = d.id and f.auditor_id = d.first_id
  join newest s on s.drawn_id = d.id and s.auditor_id = d.second_id and s.topic = f.topic and s.grade <> f.grade
  join access_officer a on a.id = f.auditor_id join access_officer b on b.id = s.auditor_id
  left join settled j on j.drawn_id = d.id and j.topic = f.topic
where d.inspection_id = %s order by d.place, f.topic
"""  # nosec B608: constants only
LOG = """
select g.at, d.place, g.topic, case when g.auditor_id = d.first_id or exists (select 1 from insight_casehandedon h
    where h.drawn_id = d.id and h.reading = 'first' and h.to_auditor_id = g.auditor_id)
  then 'first grade' else 'second grade' end, o.name, g.grade, g.reasons, 0 as part, g.id
from insight_grade g join insight_drawncase d on d.id = g.drawn_id join access_officer o on o.id = g.auditor_id
where d.inspection_id = %s
union all
select j.at, d.place, j.topic, 'settled', o.name, j.grade, j.reasons, 1, j.id
from insight_adjudication j join insight_drawncase d on d.id = j.drawn_id join access_officer o on o.id = j.officer_id
where d.inspection_id = %s
union all
select h.at, d.place, '', h.reading || ' reading handed on', o.name, '',
  a.name || ' to ' || b.name || ': ' || h.because, 2, h.id
from insight_casehandedon h join insight_drawncase d on d.id = h.drawn_id join access_officer o on o.id = h.officer_id
  join access_officer a on a.id = h.from_auditor_id join access_officer b on b.id = h.to_auditor_id
where d.inspection_id = %s
order by 1, 8, 9
"""
EVER_READ = """
select d.first_id from insight_drawncase d where d.id = %s
union select d.second_id from insight_drawncase d where d.id = %s and d.second_id is not null
union select h.to_auditor_id from insight_casehandedon h where h.drawn_id = %s
"""
INSPECTORS = """
select distinct o.id, o.name from access_membership m join access_officer o on o.id = m.officer_id
where m.agency_id = %s and m.role = 'inspector' and o.is_active and (m.until_on is null or m.until_on >= %s)
order by o.name, o.id
"""


def inspections(*, most: int) -> list[InspectionFacts]:
    """List the inspections of the viewer's inspectorate, the newest first."""
    return [_inspection(row) for row in _rows(f"{INSPECTIONS} order by i.opened_at desc, i.id limit %s", [most])]


def inspection(inspection_id: UUID) -> InspectionFacts | None:
    """Give one inspection, or None where it is not the viewer's inspectorate's."""
    rows = _rows(f"{INSPECTIONS} where i.id = %s", [inspection_id])
    return _inspection(rows[0]) if rows else None


def cases_of(inspection_id: UUID) -> list[CaseFacts]:
    """List the drawn cases of an inspection in the order in which they are read."""
    return [_case(row) for row in _rows(f"{CASES} order by d.place", [inspection_id])]


def case_at(inspection_id: UUID, place: int) -> CaseFacts | None:
    """Give one drawn case by its number, or None."""
    rows = _rows(f"{CASES} and d.place = %s", [inspection_id, place])
    return _case(rows[0]) if rows else None


def grades_of(case: UUID) -> list[GradeFacts]:
    """List what was said of a case, oldest first: the own grades, and everybody's once all have graded it whole."""
    return [GradeFacts(*row) for row in _rows(GRADES, [case])]


def reads_of(inspection_id: UUID) -> dict[str, list[Read]]:
    """Give by topic what was said of each case that everybody has read who reads it."""
    found: dict[str, list[Read]] = {}
    for topic, *read in _rows(READS, [inspection_id] * 3):
        found.setdefault(topic, []).append(Read(*read))
    return found


def disagreements(inspection_id: UUID) -> list[DoubleRead]:
    """List the topics of cases of which two auditors said different things, settled or not."""
    return [DoubleRead(*row) for row in _rows(DISAGREEMENTS, [inspection_id] * 3)]


def log_of(inspection_id: UUID) -> list[LogLine]:
    """List every grade that the viewer may see and everything that was settled or handed on, in their order."""
    return [LogLine(*row[:7]) for row in _rows(LOG, [inspection_id] * 3)]


def ever_read(case: UUID) -> set[UUID]:
    """Give who reads a drawn case or has read it, before it was handed on."""
    return {row[0] for row in _rows(EVER_READ, [case] * 3)}


def inspectors_of(agency: int, *, at: datetime) -> list[tuple[UUID, str]]:
    """List the inspectors of an inspectorate by name."""
    return [(row[0], row[1]) for row in _rows(INSPECTORS, [agency, at.date()])]


def sampling_frame(snapshot: UUID) -> list[Framed]:
    """List what a snapshot counted of whom, for an inspector alone: ids, nothing that says who a child is."""
    return [Framed(*row) for row in _rows("select * from sightline_sampling_frame(%s)", [snapshot])]


def _inspection(row: tuple[Any, ...]) -> InspectionFacts:
    id_, title, framework, topics, grades, snapshot, start, until, made, strata, size, seed, frame, *rest = row
    return InspectionFacts(id_, title, framework, tuple(topics), tuple(grades), snapshot, start, until, made,
                           Strata(strata), size, seed, json.loads(frame), *rest)


def _case(row: tuple[Any, ...]) -> CaseFacts:
    id_, place, person, stratum, measured, *rest = row
    told = tuple((measure, part, UUID(about)) for measure, part, about in json.loads(measured))
    return CaseFacts(id_, place, person, stratum, told, *rest)


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

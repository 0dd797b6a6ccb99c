"""Ask for hypotheses about places: what they rest on, what people said of them, and how many there are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.domain.places.judging import Judged


@dataclass(frozen=True, slots=True)
class HypothesisFacts:
    """Hold one hypothesis with its newest grounds and what was said of it last.

    `added_since` counts the pupils who came to the grounds after the last judgement; `judgements` how many there are.
    """

    id: UUID
    council: str | None
    council_id: int | None
    school: str
    from_on: date
    number: int
    found_at: datetime
    gone_at: datetime | None
    changed_at: datetime
    until_on: date
    pupils: int
    arrivals: int
    year_before: int
    families: Mapping[str, int]
    weeks: tuple[int, ...]
    against: tuple[str, ...]
    judged: Judged
    judgements: int
    judged_at: datetime | None
    added_since: int


@dataclass(frozen=True, slots=True)
class FirstSignFacts:
    """Hold one pupil's first sign, as those read it who see the pupil's whole record."""

    person: UUID
    on: date
    code: str
    title: str
    reason: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class JudgementFacts:
    """Hold what somebody said of a hypothesis, and how many pupils were in its grounds then."""

    judged: Judged
    reason: str
    officer: str
    agency: str
    at: datetime
    pupils: int


@dataclass(frozen=True, slots=True)
class HypothesisCount:
    """Hold how many hypotheses a council has, how they stand, and the hours until half of them were judged."""

    council: str
    found: int
    waiting: int
    confirmed: int
    dismissed: int
    gone: int
    median_hours: float | None


FACTS = """
select h.id, a.name, h.council_id, h.school_name, h.from_on, h.number, h.found_at, h.gone_at, g.at, g.until_on,
  g.pupils, g.arrivals, g.year_before, g.families, g.weeks, g.against, coalesce(j.judged, 'open'),
  coalesce(j.number, 0), j.at, coalesce((select sum(n.added) from places_grounds n
    where n.hypothesis_id = h.id and n.number > k.number), 0)
from places_hypothesis h join places_grounds g on g.hypothesis_id = h.id and g.number = h.number
left join access_agency a on a.id = h.council_id
left join lateral (select * from places_judgement j where j.hypothesis_id = h.id order by j.number desc limit 1) j
  on true
left join places_grounds k on k.id = j.grounds_id
"""
LISTED = f"{FACTS} order by h.from_on desc, h.id limit %s"
FIRST_SIGNS = """
select f.person_id, f.on, f.code, f.title, f.reason, f.known_at
from places_hypothesis h join places_grounds g on g.hypothesis_id = h.id and g.number = h.number
  join places_firstsign f on f.grounds_id = g.id
where h.id = %s order by f.on, f.code, f.person_id
"""
JUDGEMENTS = """
select j.judged, j.reason, o.name, a.name, j.at, g.pupils
from places_judgement j join places_grounds g on g.id = j.grounds_id join access_officer o on o.id = j.officer_id
  join access_agency a on a.id = j.agency_id
where j.hypothesis_id = %s order by j.number desc
"""
# Of the school, its council and who works in the council's area: who has told nothing of any pupil that one may see.
SILENT = """
with pupils as (
  select f.person_id from places_hypothesis h
    join places_grounds g on g.hypothesis_id = h.id and g.number = h.number
    join places_firstsign f on f.grounds_id = g.id
  where h.id = %s)
select a.name from access_agency a
where exists (select 1 from pupils) and a.kind <> 'inspectorate' and (
    a.id in (select h.council_id from places_hypothesis h where h.id = %s)
    or a.code in (select h.school from places_hypothesis h where h.id = %s and h.school <> '')
    or a.id in (select c.agency_id from access_cover c join places_hypothesis h on h.council_id = c.covered_id
      where h.id = %s))
  and not exists (select 1 from people_identity i join pupils on pupils.person_id = i.person_id
    where i.agency_id = a.id)
order by a.name
"""


def hypotheses(*, most: int) -> list[HypothesisFacts]:
    """List the hypotheses that the viewer may judge, the newest arrival first."""
    return [_facts(row) for row in _rows(LISTED, [most])]


def hypothesis(hypothesis_id: UUID) -> HypothesisFacts | None:
    """Give one hypothesis, or None where it is not to be seen."""
    rows = _rows(f"{FACTS} where h.id = %s", [hypothesis_id])
    return _facts(rows[0]) if rows else None


def first_signs_of(hypothesis_id: UUID) -> list[FirstSignFacts]:
    """List the first signs of those pupils of a hypothesis whose whole record the viewer sees, oldest first."""
    return [FirstSignFacts(*row) for row in _rows(FIRST_SIGNS, [hypothesis_id])]


def judgements_of(hypothesis_id: UUID) -> list[JudgementFacts]:
    """List what was said of a hypothesis, newest first."""
    return [JudgementFacts(Judged(row[0]), *row[1:]) for row in _rows(JUDGEMENTS, [hypothesis_id])]


def silent_of(hypothesis_id: UUID) -> list[str]:
    """List the agencies around that have told nothing of any pupil whose record the viewer sees."""
    return [row[0] for row in _rows(SILENT, [hypothesis_id] * 4)]


def hypothesis_counts(*, since: datetime) -> list[HypothesisCount]:
    """Count hypotheses by council: of the own one for its managers, of every one for an inspector; nobody else."""
    return [HypothesisCount(*row) for row in _rows("select * from sightline_hypothesis_counts(%s)", [since])]


def _facts(row: tuple[Any, ...]) -> HypothesisFacts:
    """Read a row; JSON comes as text where no model reads it."""
    families = json.loads(row[13]) if isinstance(row[13], str) else row[13]
    told: list[Any] = [*row[:13], families, tuple(row[14]), tuple(row[15]), Judged(row[16]), *row[17:]]
    return HypothesisFacts(*told)


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found

"""Ask who leaves things unread: what waits at each desk, and how long it takes until notices are opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Reading:
    """Say how a desk, a person or an agency reads what it is told; minutes are medians, None where nothing was read."""

    name: str
    told: int
    waiting: int
    oldest: datetime | None
    to_open: float | None
    to_acknowledge: float | None


@dataclass(frozen=True, slots=True)
class Unopened:
    """Hold one notice that nobody has opened."""

    id: UUID
    about: str
    desk: str
    made_at: datetime
    urgent: bool
    nobody_since: datetime | None


@dataclass(frozen=True, slots=True)
class RoutedFacts:
    """Hold one thing that the night handed over: a duty or a safety event."""

    duty: UUID | None
    event: UUID | None
    person: UUID | None
    what: str
    night: str
    routed_at: datetime


TO_OPEN = "percentile_cont(0.5) within group (order by extract(epoch from n.opened_at - n.made_at) / 60)"
TO_ACKNOWLEDGE = "percentile_cont(0.5) within group (order by extract(epoch from n.acknowledged_at - n.made_at) / 60)"
LATELY = "filter (where n.made_at > %(after)s and n.opened_at is not null)"
WAITS = "n.opened_at is null and n.acted_at is null"
TO_WHOM = "join access_contact c on c.id = n.to_contact_id left join access_officer t on t.id = n.to_officer_id"
TOLD_FIRST = "coalesce(t.name, c.name || ', ' || c.job)"
BY_DESK = f"""
select {TOLD_FIRST}, count(*) filter (where n.made_at > %(after)s), count(*) filter (where {WAITS}),
  min(n.made_at) filter (where {WAITS}), {TO_OPEN} {LATELY},
  {TO_ACKNOWLEDGE} filter (where n.made_at > %(after)s and n.acknowledged_at is not null)
from duties_notice n {TO_WHOM}
where n.to_agency_id = %(agency)s and (n.made_at > %(after)s or {WAITS})
group by c.id, c.name, c.job, t.id, t.name order by 3 desc, 1
"""  # nosec B608: constants only
BY_PERSON = f"""
select o.name, count(*), 0, null, {TO_OPEN} {LATELY},
  {TO_ACKNOWLEDGE} filter (where n.acknowledged_by_id = o.id)
from duties_notice n join access_officer o on o.id = n.opened_by_id
where n.to_agency_id = %(agency)s and n.made_at > %(after)s group by o.id, o.name order by 5 desc nulls last, 1
"""  # nosec B608: constants only
UNOPENED = f"""
select n.id, n.about, {TOLD_FIRST}, n.made_at, n.urgency = 'now', n.nobody_since
from duties_notice n {TO_WHOM}
where n.to_agency_id = %s and {WAITS} order by n.nobody_since is null, n.urgency <> 'now', n.made_at, n.id limit %s
"""  # nosec B608: constants only
HANDED_OVER = """
select r.duty_id, r.event, d.person_id, coalesce(d.what, 'Protect a child now'), c.name || ', ' || c.job, r.routed_at
from duties_routing r join access_contact c on c.id = r.night_contact_id left join duties_owedduty d on d.id = r.duty_id
where r.morning_id = %s and r.moved order by r.event is null, d.act_by, r.id limit %s
"""


def by_desk(agency: int, *, after: datetime) -> list[Reading]:
    """List an agency's desks, the one with most unopened first; medians are of what was told after an instant."""
    return _readings(BY_DESK, agency=agency, after=after)


def by_person(agency: int, *, after: datetime) -> list[Reading]:
    """List who opened notices to an agency after an instant, the slowest first; `told` counts what each opened."""
    return _readings(BY_PERSON, agency=agency, after=after)


def by_agency(*, after: datetime) -> list[Reading]:
    """List all agencies, for an inspector: counts and minutes, nothing of any child; nothing for anybody else."""
    with connection.cursor() as cursor:
        cursor.execute("select agency, told, waiting, oldest, to_open, to_acknowledge from sightline_unread(%s)"
                       " order by waiting desc, agency", [after])
        return [Reading(*row) for row in cursor.fetchall()]


def unopened(agency: int, *, most: int) -> list[Unopened]:
    """List the notices to an agency that nobody has opened: whom nobody reached first, then urgent, then oldest."""
    return [Unopened(*row) for row in _rows(UNOPENED, [agency, most])]


def handed_over(notice: UUID, *, most: int) -> list[RoutedFacts]:
    """List what a night handed over, as the notice of the morning tells."""
    return [RoutedFacts(*row) for row in _rows(HANDED_OVER, [notice, most])]


def _readings(statement: str, *, agency: int, after: datetime) -> list[Reading]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"agency": agency, "after": after})
        return [Reading(*row) for row in cursor.fetchall()]


def _rows(statement: str, values: Sequence[int | UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

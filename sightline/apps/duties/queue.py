"""Ask whose turn it is: what waits for an agency, a desk or an officer, in the one order, a bounded piece at a time.

Nothing here reads more rows than it shows. A piece of the list begins behind a place in the order and not after so many
rows, so that the last page costs what the first does; the indexes of `OwedDuty` stand in the same order. Counts stop at
MOST_COUNTED. Whoever is not everybody (an officer with desks and with people who are away) is asked for arm by arm:
each arm stands in the order of its own index, and the database merges a few short pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from sightline.apps.duties.models import OwedDuty
from sightline.apps.duties.queries import DutyFacts, facts_of, in_full
from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import OPEN_WITHIN, Position

MOST_TOLD = 10_000
"""What was told within the minutes before a list was read is counted so far: a morning's file tells hundreds."""

MOST_COUNTED = 1000
"""Counting stops here: "more than 999" is as good an answer, and takes a bounded time."""


class Whose(StrEnum):
    """Say whose part of the list is asked for."""

    AGENCY = "agency"
    MINE = "mine"
    DESK = "desk"
    WATCHED = "watched"


class Which(StrEnum):
    """Say which of it: what stands in the list now, only what is late, or what somebody put off."""

    NOW = "now"
    LATE = "late"
    PUT_OFF = "put off"


@dataclass(frozen=True, slots=True)
class Hand:
    """Hold an officer whose work is seen to by whoever asks, with the desks that are theirs."""

    officer: UUID
    name: str
    desks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Say which line is asked for: of whom, which part of it, and at which instant.

    `hands` are the officer who asks and those whom the officer covers, for `Whose.MINE`; `desk` is the desk's name.
    """

    agency: int
    at: datetime
    whose: Whose = Whose.AGENCY
    which: Which = Which.NOW
    hands: Sequence[Hand] = ()
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """Hold a duty in its place in the order."""

    position: Position
    duty: DutyFacts


@dataclass(frozen=True, slots=True)
class QueuedNotice:
    """Hold a notice that nobody has opened, in its place in the order; those about duties of the list are left out."""

    position: Position
    id: UUID
    person: UUID | None
    about: str
    to_contact: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """Hold how much there is; MOST_COUNTED means that or more. `told` counts the notices since an instant."""

    total: int
    late: int
    unread: int
    told: int


HANDS = """
with recursive covered(officer) as (
  select %(officer)s::uuid
  union
  select a.officer_id from access_absence a join covered on a.covered_by_id = covered.officer
  where a.agency_id = %(agency)s and a.from_at <= %(at)s and a.until_at > %(at)s),
mine as (
  select officer from covered
  union
  select c.officer_id from sightline_covers(%(at)s) c where c.agency_id = %(agency)s and c.seen_by = %(officer)s)
select o.id, o.name, array(
  select c.id from access_contact c where c.agency_id = %(agency)s and (c.officer_id = o.id or exists (
    select 1 from access_rotaturn t where t.contact_id = c.id and t.officer_id = o.id and t.from_at <= %(at)s
      and t.until_at > %(at)s and (t.ended_at is null or t.ended_at > %(at)s))))
from mine join access_officer o on o.id = mine.officer order by o.id <> %(officer)s::uuid, o.name
"""


def hands_of(agency: int, *, officer: UUID, at: datetime) -> list[Hand]:
    """List the officer and whoever is away now and covered by the officer, or by one whom the officer covers.

    To a manager those of the agency who cover for one another in a circle. The desks of each are those that are
    theirs, and those where they sit now by a rota.
    """
    with connection.cursor() as cursor:
        cursor.execute(HANDS, {"officer": officer, "agency": agency, "at": at})
        return [Hand(row[0], row[1], tuple(row[2])) for row in cursor.fetchall()]


def line_of(line: Line, *, most: int, after: Position | None = None, backwards: bool = False) -> list[Queued]:
    """List duties in the order, at the most so many, behind a place in it; `backwards` those before it, last first."""
    if not (arms := _arms(line)):
        return []
    pieces, values = [], []
    for where, told in arms:
        behind, places = _behind("d.danger, d.stands_at, d.id", after, backwards=backwards)
        pieces.append(f"(select d.id from duties_owedduty d where {where} and {behind} order by {_order(backwards)}"  # nosec B608
                      " limit %s)")
        values += [*told, *places, most]
    piece = RawSQL(" union all ".join(pieces), values)  # nosec B611: constants and bound values only
    way = "-" if backwards else ""
    rows = in_full(OwedDuty.objects.filter(pk__in=piece)).order_by(*(way + name for name in ORDER))[:most]
    return [Queued(Position(Danger(row.danger), row.stands_at, str(row.pk)), facts_of(row)) for row in rows]


ORDER = ("danger", "stands_at", "id")
THE_DESK = "(select c.id from access_contact c where c.agency_id = %s and c.desk = %s)"
HELD = "d.officer_id = %s and d.owed_by_id = %s and not d.watched"
ON_THE_DESK = "d.owner_id = %s and d.officer_id is null and not d.watched"
OPEN, LATE = "d.state in ('open', 'late')", "d.state = 'late'"


def _order(backwards: bool) -> str:
    way = " desc" if backwards else ""
    return ", ".join(f"d.{name}{way}" for name in ORDER)


def _behind(columns: str, after: Position | None, *, backwards: bool) -> tuple[str, list[Any]]:
    """Give the condition that a row stands behind a place (or before it), with its values."""
    if after is None:
        return "true", []
    return f"({columns}) {'<' if backwards else '>'} (%s, %s, %s::uuid)", [after.danger.value, after.at, after.id]


def _arms(line: Line) -> list[tuple[str, list[Any]]]:
    """Give the conditions whose rows together are the line, none of them in two; each is served by one index."""
    state = LATE if line.which is Which.LATE else OPEN
    until = "d.put_off_until > %s" if line.which is Which.PUT_OFF else (
        "(d.put_off_until is null or d.put_off_until <= %s)")
    whose: dict[Whose, list[tuple[str, list[Any]]]] = {
        Whose.AGENCY: [("d.owed_by_id = %s and not d.watched", [line.agency])],
        Whose.WATCHED: [("d.owed_by_id = %s and d.watched", [line.agency])],
        Whose.DESK: [(f"d.owner_id = {THE_DESK} and not d.watched", [line.agency, line.desk])],
        Whose.MINE: [
            *((HELD, [hand.officer, line.agency]) for hand in line.hands),
            *((ON_THE_DESK, [desk]) for hand in line.hands for desk in hand.desks)],
    }
    return [(f"{mine} and {state} and {until}", [*told, line.at]) for mine, told in whose[line.whose]]


NOTICES = """
select n.id, n.person_id, n.about, coalesce(o.name, c.name), n.made_at
from duties_notice n join access_contact c on c.id = n.to_contact_id
  left join access_officer o on o.id = n.to_officer_id
where n.to_agency_id = %s and n.opened_at is null and n.duty_id is null and {whose} and {behind}
order by n.made_at {way}, n.id {way} limit %s
"""


def notices_in_line(
    line: Line, *, most: int, after: Position | None = None, backwards: bool = False
) -> list[QueuedNotice]:
    """List the notices to the line that nobody has opened, each by four hours after it was made."""
    whose, told = _to(line)
    behind, places = _behind_a_notice(after, backwards=backwards)
    with connection.cursor() as cursor:
        cursor.execute(NOTICES.format(whose=whose, behind=behind, way="desc" if backwards else "asc"),
                       [line.agency, *told, *places, most])
        return [QueuedNotice(Position(Danger.REST, row[4] + OPEN_WITHIN, str(row[0])), *row)
                for row in cursor.fetchall()]


def _to(line: Line) -> tuple[str, list[Any]]:
    if line.whose is Whose.MINE:
        return ("(n.to_officer_id = any(%s::uuid[]) or (n.to_officer_id is null and n.to_contact_id = any(%s)))",
                [[hand.officer for hand in line.hands], [desk for hand in line.hands for desk in hand.desks]])
    if line.whose is Whose.DESK:
        return f"n.to_contact_id = {THE_DESK} and n.to_officer_id is null", [line.agency, line.desk]
    return "true", []


def _behind_a_notice(after: Position | None, *, backwards: bool) -> tuple[str, list[Any]]:
    """Give the condition on a notice, all of which are of the last class."""
    if after is None or after.danger is not Danger.REST:
        return ("false" if after is not None and backwards else "true"), []
    sign = "<" if backwards else ">"
    return f"(n.made_at, n.id) {sign} (%s, %s::uuid)", [after.at - OPEN_WITHIN, after.id]


COUNTS = """
select (select count(*) from (select 1 from ({line}) l limit {most}) t),
  (select count(*) from (select 1 from ({late}) l limit {most}) t),
  (select count(*) from (select 1 from duties_notice n
    where n.to_agency_id = %s and n.opened_at is null limit {most}) t),
  {told}
"""
TOLD = """
(select count(*) from (select 1 from duties_notice n where n.to_agency_id = %s and n.made_at > %s and {whose}
  limit {most}) t)
"""


def counts_of(line: Line, *, since: datetime) -> Counts:
    """Count the line, what is late of it, the agency's unread notices, and what was told to the line since then."""
    late = Line(line.agency, line.at, line.whose, Which.LATE, line.hands, line.desk)
    whole, whole_values = _counted(line)
    part, part_values = _counted(late)
    told, told_values = _told(line, since=since, most=MOST_TOLD)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(line=whole, late=part, told=told, most=MOST_COUNTED),
                       [*whole_values, *part_values, line.agency, *told_values])
        return Counts(*cursor.fetchone())


def count_told(line: Line, *, since: datetime, most: int) -> int:
    """Count what was told to the line since an instant, so far: one look at one index, for a list that asks by itself.

    Whatever comes to an agency (a duty that starts or runs out of time, an offer, an answer, a child to protect) is
    told by a notice.
    """
    told, values = _told(line, since=since, most=most)
    with connection.cursor() as cursor:
        cursor.execute(f"select {told}", values)  # nosec B608: constants and bound values only
        return int(cursor.fetchone()[0])


def _told(line: Line, *, since: datetime, most: int) -> tuple[str, list[Any]]:
    whose, told = _to(line)
    return TOLD.format(whose=whose, most=most), [line.agency, since, *told]


def _counted(line: Line) -> tuple[str, list[Any]]:
    arms = _arms(line)
    if not arms:
        return "select 1 where false", []
    pieces = [f"(select 1 from duties_owedduty d where {where} limit {MOST_COUNTED})" for where, _ in arms]  # nosec B608
    return " union all ".join(pieces), [value for _, told in arms for value in told]

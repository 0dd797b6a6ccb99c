"""Freeze what is measured: take the cases of every measure in one statement, count them, and keep both for ever."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.insight.defined import COLUMNS, DEFINED, view_of
from sightline.domain.insight.counted import Case, Child, Counted, counted
from sightline.domain.insight.figures import Event
from sightline.domain.insight.measures import MeasureKind, measures

NOBODY = Child("", "", looked_after=False, special_need="")
"""Of whom a case is that names no child: it is never grouped (K20)."""
PERIOD = timedelta(days=365)
"""A snapshot holds the events of a year, unless another period is asked for."""
ROWS_A_LOOK = 10_000
FIGURE_COLUMNS = (
    ("snapshot_id", "uuid"), ("measure", "text"), ("part", "text"), ("agency_id", "int"), ("grouped_by", "text"),
    ('"group"', "text"), ("n", "int"), ("untold", "int"), ("hits", "int"), ("low", "float8"), ("high", "float8"),
    ("waiting", "int"), ("median", "float8"), ("ninety", "float8"), ("within", "int"), ("within_n", "int"),
    ("within_low", "float8"), ("within_high", "float8"), ("never", "float8"), ("known_after", "float8"),
    ("newest_at", "timestamptz"), ("chance_low", "float8"), ("chance_high", "float8"), ("far_low", "float8"),
    ("far_high", "float8"))

CASES = ("insert into insight_snapshotcase"
         f" (snapshot_id, measure, {', '.join(COLUMNS)}) ")  # nosec B608: constants only
ONE = (f"select %(snapshot)s::uuid, '{{code}}', {', '.join(COLUMNS)} from {{view}}"  # nosec B608: constants only
       " where began < %(until)s{after}")
AFTER = " and began >= %(start)s"
CHILDREN = """
insert into insight_snapshotchild (snapshot_id, person_id, sex, ethnicity, looked_after, special_need)
select %(snapshot)s, p.person_id, coalesce(c.sex, ''), coalesce(c.ethnicity, ''), exists (
  select 1 from insight_event e where e.person_id = p.person_id and e.kind in ('care.looked-after', 'care.placement')
    and e.starts < %(until)s),
  coalesce((select e.facts ->> 'provision' from insight_event e where e.person_id = p.person_id
    and e.kind = 'school.need' and e.facts ? 'provision' and e.starts < %(until)s
    order by e.starts desc, e.told_at desc, e.event_id desc limit 1), '')
from (select distinct person_id from insight_snapshotcase
    where snapshot_id = %(snapshot)s and person_id is not null) p
  left join insight_child c on c.person_id = p.person_id
"""
DIGEST = """
select count(*), encode(sha256(convert_to(coalesce(string_agg(row, '' order by row), ''), 'UTF8')), 'hex') from (
  select md5(concat_ws('|', c.measure, c.part, c.about, c.person_id, c.agency_id, c.began, c.done, c.counts, c.told_at,
    g.sex, g.ethnicity, g.looked_after, g.special_need)) as row
  from insight_snapshotcase c left join insight_snapshotchild g on g.snapshot_id = c.snapshot_id
    and g.person_id = c.person_id
  where c.snapshot_id = %s) every
"""
SNAPSHOT = """
insert into insight_snapshot (id, from_at, until_at, made_at, officer_id, editions, cases, digest)
values (%s, %s, %s, %s, %s, %s::jsonb, %s, %s)
"""
FROZEN = """
select c.measure, c.part, c.agency_id, c.began, c.done, c.counts, c.told_at, g.sex, g.ethnicity, g.looked_after,
  g.special_need
from insight_snapshotcase c
  left join insight_snapshotchild g on g.snapshot_id = c.snapshot_id and g.person_id = c.person_id
where c.snapshot_id = %s order by c.measure, c.part
"""


class PeriodRefused(ValueError):
    """Say why nothing is frozen for a period; the message says what to ask for."""


@dataclass(frozen=True, slots=True)
class CountedPart:
    """Hold one figure with its measure and part."""

    measure: str
    part: str
    figure: Counted


def freeze(*, start: datetime, until: datetime, officer: UUID | None, at: datetime) -> UUID:
    """Freeze the cases of all measures that began from `start` until `until`, count them, and give the snapshot's id.

    All cases are of one instant: one statement takes them. Raises PeriodRefused for a period that has not ended.
    """
    if start >= until:
        raise PeriodRefused("The period ends before it begins. Give a day to begin with, and a later one to end with.")
    if until > at:
        raise PeriodRefused("The period has not ended yet. Give one that ends today or before.")
    defined = {code: measure for code, measure in measures().items() if (code, measure.edition) in DEFINED}
    takes = " union all ".join(
        ONE.format(code=code, view=view_of(code, measure.edition),
                   after="" if measure.kind is MeasureKind.COUNT else AFTER) for code, measure in defined.items())
    with connection.cursor() as cursor:
        cursor.execute("select gen_random_uuid()")
        snapshot: UUID = cursor.fetchone()[0]
        cursor.execute("select set_config('sightline.until', %s, true)", [until.isoformat()])
        asked: dict[str, UUID | datetime] = {"snapshot": snapshot, "start": start, "until": until}
        cursor.execute(CASES + takes, asked)
        cursor.execute(CHILDREN, asked)
        cursor.execute(DIGEST, [snapshot])
        cases, digest = cursor.fetchone()
        editions = ", ".join(f'"{code}": "{measure.edition}"' for code, measure in defined.items())
        cursor.execute(SNAPSHOT, [snapshot, start, until, at, officer, f"{{{editions}}}", cases, digest])
    insert("insight_figure", FIGURE_COLUMNS, [_row(snapshot, one) for one in figures_of(snapshot, until=until)])
    return snapshot


def figures_of(snapshot: UUID, *, until: datetime) -> Iterator[CountedPart]:
    """Count the frozen cases of a snapshot: the same cases give the same figures, whenever they are counted."""
    known = measures()
    for (code, part), rows in groupby(_frozen(snapshot), key=itemgetter(0, 1)):
        cases = [Case(agency, Event(began, done, counts), told_at, Child(*child) if child[0] is not None else NOBODY)
                 for _, _, agency, began, done, counts, told_at, *child in rows]
        for figure in counted(known[code], cases, until=until):
            yield CountedPart(code, part, figure)


def digest_of(snapshot: UUID) -> str:
    """Give the digest of a snapshot's cases as they stand now: that of the snapshot, unless somebody changed them."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [snapshot])
        return str(cursor.fetchone()[1])


def _frozen(snapshot: UUID) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(FROZEN, [snapshot])
        while rows := cursor.fetchmany(ROWS_A_LOOK):
            yield from rows


def _row(snapshot: UUID, one: CountedPart) -> tuple[Any, ...]:
    figure, shared, timed = one.figure, one.figure.share, one.figure.times
    within = timed.within if timed else None
    return (snapshot, one.measure, one.part, figure.agency, figure.grouped_by, figure.group, figure.n, figure.untold,
            *(astuple(shared)[i] if shared else None for i in (0, 2, 3)),
            timed.waiting if timed else None, _seconds(timed.median if timed else None),
            _seconds(timed.ninety if timed else None),
            *((within.hits, within.n, within.low, within.high) if within else (None,) * 4),
            timed.never if timed else None, _seconds(figure.known_after), figure.newest_at,
            *(limit for limits in figure.by_chance or ((None, None), (None, None)) for limit in limits))


def _seconds(time: timedelta | None) -> float | None:
    return None if time is None else time.total_seconds()

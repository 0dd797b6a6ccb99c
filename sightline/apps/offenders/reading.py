"""Read offenders of whom something was told, or of whom a clock turned: how they stand, their clocks, who is near."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook
from sightline.apps.offenders.joining import ADULT, keep_offenders_joins
from sightline.domain.offenders.joins import Adult, keys_of_adult
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.requirement import Requirement, State
from sightline.domain.offenders.told import Standing, adult_of, facts_of, standing_of
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.domain.vocabulary.offender import Telling, TellingKind

TAKE = """
with due as (select id from offenders_offender where to_read or look_at <= %s order by id limit %s
  for update skip locked)
update offenders_offender o set to_read = false, look_at = null from due where o.id = due.id returning o.id
"""
TELLINGS = """
select offender_id, id, kind, on_day, source_key, facts::text, until_day from (
  select distinct on (t.offender_id, t.source_key) t.offender_id, coalesce(t.event_id, t.id) as id, t.kind, t.on_day,
    t.source_key, t.facts, t.until_day, t.gone
  from offenders_telling t where t.offender_id = any(%s::uuid[]) order by t.offender_id, t.source_key, t.revision desc
) as newest where not gone
"""
STANDING_COLUMNS = (
    ("id", "uuid"), ("name", "text"), ("also_known_as", "text[]"), ("born_on", "date"), ("category", "text"),
    ("level", "text"), ("risk", "text"), ("reactive", "boolean"), ("since", "date"), ("until", "date"),
    ("under", "text[]"), ("adult", "jsonb"), ("keys", "text[]"), ("look_at", "timestamptz"))
KEPT = [name for name, _ in STANDING_COLUMNS if name not in ("id", "name")]
KEEP = f"""
update offenders_offender o set name = coalesce(nullif(told.name, ''), o.name),
  manager_id = (select m.id from access_officer m join access_membership p on p.officer_id = m.id
    and p.agency_id = o.agency_id where lower(m.email) = told.manager limit 1),
  {", ".join(f"{name} = told.{name}" for name in KEPT)}
from {told_rows((*STANDING_COLUMNS, ("manager", "text")))} where o.id = told.id
"""  # nosec B608: constants only
CLOCK_COLUMNS = (
    ("offender_id", "uuid"), ("key", "text"), ("code", "text"), ("what", "text"), ("began_on", "date"),
    ("due_on", "date"), ("met_on", "date"), ("state", "text"), ("words", "text"))
CLOCK_NAMES = [name for name, _ in CLOCK_COLUMNS]
RENEW_CLOCK = ("on conflict (offender_id, key) do update set "
               + ", ".join(f"{name} = excluded.{name}" for name in CLOCK_NAMES[2:]))
FORGET_CLOCKS = """
delete from offenders_clock c where c.offender_id = any(%s::uuid[]) and not exists (
  select 1 from unnest(%s::uuid[], %s::text[]) as k(offender, key) where k.offender = c.offender_id and k.key = c.key)
"""
LONGEST_WHAT = 200


def take(*, most: int, at: datetime) -> list[UUID]:
    """Take offenders who must be read; gone from those who wait only when the transaction is kept."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [at, most])
        return [row[0] for row in cursor.fetchall()]


def read(offenders: Sequence[UUID], *, book: AgencyBook, at: datetime) -> None:
    """Read offenders: how each stands, which clocks run, and which children are near. May be repeated."""
    today = day_of(at)
    told = tellings_of(offenders)
    rows, running = [], []
    for offender in offenders:
        tellings = told.get(offender, [])
        standing = standing_of(tellings, on=today)
        off = standing.until is not None and standing.until < today
        required = () if off else requirements(tellings, standing, on=today)
        adult = Adult() if off else adult_of(tellings)
        rows.append((offender, standing.name, list(standing.also_known_as), standing.born_on, standing.category,
                     standing.level, standing.risk, standing.reactive, standing.since, standing.until,
                     sorted(standing.under), ADULT.dump_python(adult, mode="json"), list(keys_of_adult(adult)),
                     _turns(tellings, required, today), standing.manager))
        running += [_clock(offender, one) for one in required]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [document((*STANDING_COLUMNS, ("manager", "text")), rows)])
        cursor.execute(FORGET_CLOCKS, [array(offenders), [row[0] for row in running], [row[1] for row in running]])
    insert("offenders_clock", CLOCK_COLUMNS, running, ending=RENEW_CLOCK)
    keep_offenders_joins(offenders, book=book, at=at)


def requirements(tellings: Sequence[Telling], standing: Standing, *, on: date) -> tuple[Requirement, ...]:
    """Give every clock of somebody on a day."""
    return clocks(facts_of(tellings, nation=standing.nation), on=on).requirements if standing.notifies else ()


def tellings_of(offenders: Sequence[UUID]) -> dict[UUID, list[Telling]]:
    """Give what is told of these offenders and holds, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(TELLINGS, [array(offenders)])
        rows = cursor.fetchall()
    found: dict[UUID, list[Telling]] = {}
    for offender, id_, kind, on, key, facts, until in rows:
        found.setdefault(offender, []).append(
            Telling(str(id_), TellingKind(kind), on, key, json.loads(facts), until))
    return found


def _clock(offender: UUID, one: Requirement) -> tuple[Any, ...]:
    about = f": {one.about}" if one.about else ""
    return (offender, f"{one.code}/{one.began_on}/{one.about}"[:LONGEST_WHAT], one.code,
            f"{one.rule.title}{about}"[:LONGEST_WHAT], one.began_on, one.last_day, one.met_on, one.state.value,
            one.because)


def _turns(tellings: Sequence[Telling], required: Iterable[Requirement], today: date) -> datetime | None:
    """Give the first instant of the next day on which something stands otherwise, or None."""
    days = [one.last_day + timedelta(days=1) for one in required
            if one.last_day is not None and one.state is State.RUNNING]
    days += [day for one in tellings for day in (one.on, one.until, one.until and one.until + timedelta(days=1))
             if day is not None]
    coming = min((day for day in days if day > today), default=None)
    return None if coming is None else first_instant(coming)

"""Read offenders of whom something was told, or of whom a clock turned: how they stand, their clocks, who is near."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, document, insert
from sightline.apps.access.bulk import told as told_rows
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.offenders.joining import ADULT, DESK, found_near, keep_offenders_joins
from sightline.domain.offenders.due import Due, DueState, due_of, turns_on
from sightline.domain.offenders.joins import Adult, keys_of_adult
from sightline.domain.offenders.rules import CHECK, SILENCE
from sightline.domain.offenders.told import adult_of, standing_of
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
    ("under", "text[]"), ("adult", "jsonb"), ("keys", "text[]"))
LOOK_COLUMNS = (("id", "uuid"), ("look_at", "timestamptz"))
LOOK = f"""
update offenders_offender o set look_at = told.look_at from {told_rows(LOOK_COLUMNS)} where o.id = told.id
"""  # nosec B608: constants only
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
RENEW_CLOCK = ("on conflict (offender_id, key) do update set "  # nosec B608: constants only
               + ", ".join(f"{name} = excluded.{name}" for name in CLOCK_NAMES[2:]))
FORGET_CLOCKS = """
delete from offenders_clock c where c.offender_id = any(%s::uuid[]) and not exists (
  select 1 from unnest(%s::uuid[], %s::text[]) as k(offender, key) where k.offender = c.offender_id and k.key = c.key)
"""
LONGEST_WHAT = 200
LONGEST_KEY = 120
AGENCIES = "select id, agency_id from offenders_offender where id = any(%s::uuid[])"
ALARMS = {
    SILENCE.code: "An offender whom you manage was released, and since then nobody has told anything: neither a notice "
                  "nor a visit. Open what is due with your offenders now.",
    CHECK.code: "The release of an offender whom you manage was expected, and nobody has recorded that the address was "
                "checked for children. Open what is due with your offenders now.",
}


def take(*, most: int, at: datetime) -> list[UUID]:
    """Take offenders who must be read; gone from those who wait only when the transaction is kept."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [at, most])
        return [row[0] for row in cursor.fetchall()]


def read(offenders: Sequence[UUID], *, book: AgencyBook, at: datetime) -> None:
    """Read offenders: how each stands, which clocks run, and which children are near. May be repeated."""
    today = day_of(at)
    told = tellings_of(offenders)
    standings = {offender: standing_of(told.get(offender, ()), on=today) for offender in offenders}
    rows = []
    for offender, standing in standings.items():
        off = standing.until is not None and standing.until < today
        adult = Adult() if off else adult_of(told.get(offender, ()))
        rows.append((offender, standing.name, list(standing.also_known_as), standing.born_on, standing.category,
                     standing.level, standing.risk, standing.reactive, standing.since, standing.until,
                     sorted(standing.under), ADULT.dump_python(adult, mode="json"), list(keys_of_adult(adult)),
                     standing.manager))
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [document((*STANDING_COLUMNS, ("manager", "text")), rows)])
    keep_offenders_joins(offenders, book=book, at=at)
    near = found_near(offenders)
    due = {offender: due_of(told.get(offender, ()), standing, near=near.get(offender, ()), on=today)
           for offender, standing in standings.items()}
    _keep_clocks(due, {offender: turns_on(told.get(offender, ()), standing, due[offender], on=today)
                       for offender, standing in standings.items()})
    _raise_alarms(due, book=book, at=at)


def _raise_alarms(due: Mapping[UUID, Sequence[Due]], *, book: AgencyBook, at: datetime) -> None:
    """Tell the desk of who manages, once, that nobody has heard of somebody since a release, or that none was checked.

    The notice names nobody: the desk's page of the day says who it is.
    """
    alarms = {(offender, one.key): ALARMS[one.code] for offender, ones in due.items() for one in ones
              if one.code in ALARMS and one.state is DueState.MISSED}
    if not alarms:
        return
    with connection.cursor() as cursor:
        cursor.execute(AGENCIES, [array({offender for offender, _ in alarms})])
        agencies = dict(cursor.fetchall())
    rows: list[tuple[Any, ...]] = []
    for (offender, key), about in alarms.items():
        desk = book.desk(agencies[offender], DESK)
        if desk is not None:
            name = f"alarm:{offender}:{short(key, LONGEST_KEY - len(str(offender)) - len('alarm::'))}"
            rows.append((name, None, None, None, desk.agency_id, desk.id, about, at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, rows, ending="on conflict (key) do nothing")


def _keep_clocks(due: Mapping[UUID, Sequence[Due]], turns: Mapping[UUID, date | None]) -> None:
    running = [(offender, short(one.key, LONGEST_WHAT), one.code, one.what[:LONGEST_WHAT], one.began_on, one.due_on,
                one.met_on, one.state.value, one.because) for offender, ones in due.items() for one in ones]
    looks = [(offender, None if day is None else first_instant(day)) for offender, day in turns.items()]
    with connection.cursor() as cursor:
        cursor.execute(FORGET_CLOCKS, [array(due), [row[0] for row in running], [row[1] for row in running]])
        cursor.execute(LOOK, [document(LOOK_COLUMNS, looks)])
    insert("offenders_clock", CLOCK_COLUMNS, running, ending=RENEW_CLOCK)


def short(key: str, longest: int) -> str:
    """Give a key that is too long with a digest for its end, so that two keys stay two."""
    if len(key) <= longest:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    return f"{key[:longest - len(digest)]}{digest}"


def put_off(offenders: Iterable[UUID], *, until: datetime) -> None:
    """Have offenders read later who could not be read now."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [document(LOOK_COLUMNS, [(offender, until) for offender in offenders])])


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

"""Count from the record which lists children stand on, and how links between records were judged: counts only.

No row of a child leaves the database: what comes back is how many children have each combination of lists, and how many
were left out for which reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from sightline.apps.people.how_good import BAND
from sightline.domain.insight.own_links import Answers, Judged
from sightline.domain.insight.own_lists import CaseDefinition, OwnList
from sightline.domain.vocabulary.agency import AgencyKind

COUNTED = "counted"

# What is asked of a child is asked of those with such a sign alone, not of everybody: hence what is materialized.
# A sign counts as it was closed last, for the events on which it rested then. Events are those that stand now, of the
# person of now: what was withdrawn, or belongs to another child since, puts nobody on a list.
HISTORIES = """
with lists as (
  select * from unnest(%(kinds)s::text[], %(fields)s::text[], %(bits)s::int[]) as l(kind, field, bit)),
sign as (
  select f.person_id, f.because, f.code = any(%(standing)s) as speaks, last.outcome, last.because as closed
  from signs_found f left join lateral (select k.outcome, k.because from signs_closing k where k.sign_id = f.id
      order by k.at desc, k.id desc limit 1) last on true
  where (f.gone_at is null or f.gone_at >= %(start)s)
    and (f.code = any(%(standing)s) or (f.code = any(%(confirmed)s) and last.outcome = 'confirmed'))),
telling as materialized (
  select s.person_id, x.starts, l.bit, case when x.event_id = any(s.closed) and s.outcome <> 'stale'
      then s.outcome = 'confirmed' else s.speaks end as stands
  from sign s cross join unnest(s.because) as r(event_id)
    join insight_event x on x.person_id = s.person_id and x.event_id = r.event_id
    join access_agency a on a.id = x.agency_id
    join lists l on l.kind = a.kind and l.field = case
      when a.kind = %(council)s and split_part(x.kind, '.', 1) = any(%(fields)s) then split_part(x.kind, '.', 1)
      else '' end
  where x.starts >= %(start)s and x.starts < %(until)s),
person as materialized (
  select t.person_id, bool_or(t.stands) as stands, array_agg(t.starts) filter (where t.stands) as starts,
    array_agg(t.bit) filter (where t.stands) as bits,
    (select b.born_on from insight_child b where b.person_id = t.person_id) as born_on
  from telling t group by t.person_id),
child as materialized (
  select p.person_id, p.stands, (select bit_or(u.bit) from unnest(p.starts, p.bits) as u(starts, bit)
    where extract(year from age((u.starts at time zone 'Europe/London')::date, p.born_on))
      between %(from_age)s and %(to_age)s) as history
  from person p),
sorted as (
  select case when not c.stands then 'explained' when c.history is null then 'age'
      when exists (select 1 from people_identity i where i.person_id = c.person_id and (select s.shielded
        from disclosure_shield s where s.identity_id = i.id order by s.id desc limit 1)) then 'shielded'
      when (select h.council from insight_event h where h.person_id = c.person_id and h.kind = 'child.home'
          and h.council is not null order by h.starts desc, h.told_at desc limit 1)
        not in (select a.area from access_agency a where a.kind = %(council)s) then 'home'
      else 'counted' end as what, c.history
  from child c)
select what, case when what = 'counted' then history end as history, count(*) from sorted group by 1, 2
"""
# What an agency tells of a birth may lie years before anything else that it tells.
COVERS = """
select l.bit, count(distinct e.told_by_id), min(e.starts), count(*)
from record_entry e join access_agency a on a.id = e.told_by_id
  join unnest(%(kinds)s::text[], %(fields)s::text[], %(bits)s::int[]) as l(kind, field, bit)
    on l.kind = a.kind and l.field = ''
where e.starts >= %(start)s and e.starts < %(until)s and e.kind not like 'child.%%' group by l.bit
"""
# Of those questioned within one person, an answer says whether a link is right; of those between two, whether one is
# missing.
LINKS = f"""
select 'band ' || {BAND}, count(*) filter (where d.answer = 'same'), count(*) filter (where d.answer = 'not-same'),
  count(*) filter (where d.answer in ('open', 'cannot-tell'))
from people_doubt d where d.within_id is null group by 1
union all
select 'within', count(*) filter (where d.answer = 'same'), count(*) filter (where d.answer = 'not-same'), 0
from people_doubt d where d.within_id is not null
union all
select 'links', count(distinct j.identity_id) filter (where j.how = 'comparison'),
  count(distinct j.identity_id) filter (where j.how = 'same'),
  count(*) filter (where j.how = 'not-same' and not exists (select 1 from people_joining e
    where e.identity_id = j.identity_id and e.to_person_id = j.from_person_id and e.how = 'same'))
from people_joining j
"""  # nosec B608: constants only
COUNCILS = "select distinct area from access_agency where kind = 'council' and area <> ''"


@dataclass(frozen=True, slots=True)
class Covered:
    """Hold how many agencies told something for a list in the period, when first, and how much."""

    agencies: int
    first_at: datetime | None
    told: int


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """Hold the children of each combination of lists (bit 1 for the first list), and whom the definition left out.

    `covered` is by the name of the list, a list without any telling left out.
    """

    histories: Mapping[int, int]
    left_out: Mapping[str, int]
    covered: Mapping[str, Covered]


def own_counts(definition: CaseDefinition, *, start: datetime, until: datetime) -> OwnCounts:
    """Count the children of the record by the lists on which they stand, in one statement; as a task of the worker."""
    asked: dict[str, Any] = _asked(definition.lists) | {
        "start": start, "until": until, "standing": list(definition.standing),
        "confirmed": list(definition.confirmed), "from_age": definition.from_age, "to_age": definition.to_age,
        "council": AgencyKind.COUNCIL.value}
    with connection.cursor() as cursor:
        cursor.execute(HISTORIES, asked)
        rows = cursor.fetchall()
        cursor.execute(COVERS, asked)
        covered = {bit: Covered(agencies, first, told) for bit, agencies, first, told in cursor.fetchall()}
    return OwnCounts(
        histories={history: number for what, history, number in rows if what == COUNTED},
        left_out={what: number for what, _, number in rows if what != COUNTED},
        covered={one.name: covered[1 << place] for place, one in enumerate(definition.lists) if 1 << place in covered})


def judged_links() -> Judged:
    """Count how links between all records stand and what people answered of them; as a task of the worker."""
    with connection.cursor() as cursor:
        cursor.execute(LINKS)
        rows = {what: numbers for what, *numbers in cursor.fetchall()}
    right, wrong, _ = rows["within"]
    made, by_people, parted = rows["links"]
    # A link that was questioned and then parted stands in both counts.
    wrong = max(wrong, parted)
    return Judged(bands={what.removeprefix("band "): Answers(*numbers) for what, numbers in rows.items()
                         if what.startswith("band ")},
                  made=made, by_people=by_people, looked_at=right + wrong, wrong=wrong)


def areas_of_councils() -> list[str]:
    """List the areas of the councils that take part here."""
    with connection.cursor() as cursor:
        cursor.execute(COUNCILS)
        return [area for (area,) in cursor.fetchall()]


def _asked(lists: tuple[OwnList, ...]) -> dict[str, Any]:
    """Write the lists as rows of kind of agency, field of work ("" for any other) and bit."""
    rows = [(kind.value, "", 1 << place) for place, one in enumerate(lists) for kind in one.kinds]
    rows += [(AgencyKind.COUNCIL.value, field, 1 << place) for place, one in enumerate(lists) for field in one.fields]
    kinds, fields, bits = zip(*rows, strict=True)
    return {"kinds": list(kinds), "fields": list(fields), "bits": list(bits)}

"""Count how records were linked and what agencies tell to compare them by: figures only, of no child.

A job counts every hour into two small tables, so that the page that shows them costs the same however many records
there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from sightline.apps.people.dry_spells import filled_weeks, follow_inputs
from sightline.apps.people.models import LinkCount
from sightline.domain.linkage.deciding import JOIN, KEEP
from sightline.domain.people.inputs import Filled

BANDS = ("below 0", f"0 to {KEEP:.0f}", f"{KEEP:.0f} to {JOIN:.0f}", f"{JOIN:.0f} and more", "not weighed")
"""Weights in bits: below the threshold of a doubt, of a doubt, between doubt and joining, and of a joining."""
BAND = f"""case when d.bits is null then '{BANDS[4]}' when d.bits < 0 then '{BANDS[0]}'
  when d.bits < {KEEP} then '{BANDS[1]}' when d.bits < {JOIN} then '{BANDS[2]}' else '{BANDS[3]}' end"""  # nosec B608: constants only
WEEKS_KEPT = 12
WEEKS_COUNTED_AGAIN = 2
"""Older weeks change no more: what is told is told now."""

# A side is seen by the agency that told it, and by who sees the whole record; a doubt is settled by an agency that sees
# both sides and has officers in such a role.
COUNT = f"""
with settles as (select a.id from access_agency a where a.kind = any(%(kinds)s)),
seers as (
  select i.id as identity, i.agency_id as agency from people_doubt d
    join people_identity i on i.id in (d.one_id, d.other_id) where d.answer = 'open'
  union
  select i.id, v.agency_id from people_doubt d join people_identity i on i.id in (d.one_id, d.other_id)
    join people_involvement v on v.person_id = i.person_id and v.until is null and v.sees = 'whole'
    where d.answer = 'open'),
counted as (
  select 'joined' as what, case when j.how = 'same' then 'people' else 'comparison' end as part, count(*) as number
    from people_joining j where j.how in ('comparison', 'same') group by 2
  union all
  select 'parted', case when exists (select 1 from people_joining e where e.identity_id = j.identity_id
      and e.to_person_id = j.from_person_id and e.how = 'same') then 'people' else 'comparison' end, count(*)
    from people_joining j where j.how = 'not-same' group by 2
  union all
  select 'answer ' || d.answer, {BAND}, count(*) from people_doubt d
    where d.answer in ('same', 'not-same', 'cannot-tell') group by 1, 2
  union all
  select 'waiting', case when d.opened_at > %(at)s - interval '7 days' then 'up to a week'
      when d.opened_at > %(at)s - interval '28 days' then 'up to four weeks' else 'longer' end, count(*)
    from people_doubt d where d.answer = 'open' group by 2
  union all
  select 'waiting', 'days of the oldest', coalesce(extract(epoch from %(at)s - min(d.opened_at))::int / 86400, 0)
    from people_doubt d where d.answer = 'open'
  union all
  select 'waiting', 'seen by nobody', count(*) from people_doubt d where d.answer = 'open' and not exists (
    select 1 from seers a join seers b on b.agency = a.agency join settles s on s.id = a.agency
    where a.identity = d.one_id and b.identity = d.other_id)
  union all
  select 'parting', 'waits', count(*) from people_parting p where p.answer = '')
insert into people_linkcount (what, part, number, at) select what, part, number, %(at)s from counted
"""  # nosec B608: constants only
FILL = """
insert into people_fillrate (agency_id, week, tellings, names, birthday, postcode, numbers, school, carers,
  phones)
select i.agency_id, date_trunc('week', d.told_at at time zone 'Europe/London')::date, count(*),
  count(*) filter (where d.given is not null and d.family is not null), count(d.born_on), count(d.postcode),
  count(*) filter (where d.identifiers <> '{}'), count(d.school), count(*) filter (where d.carers <> '{}'),
  count(*) filter (where d.phones <> '{}')
from people_description d join people_identity i on i.id = d.identity_id
where d.told_at >= %(since)s and i.scheme <> 'sightline' group by 1, 2
on conflict (agency_id, week) do update set tellings = excluded.tellings, names = excluded.names,
  birthday = excluded.birthday, postcode = excluded.postcode, numbers = excluded.numbers,
  school = excluded.school, carers = excluded.carers, phones = excluded.phones
"""
SINCE = """
select (date_trunc('week', %(at)s at time zone 'Europe/London') - make_interval(weeks => case
  when exists (select 1 from people_fillrate) then %(again)s else %(kept)s end - 1)) at time zone 'Europe/London'
"""


@dataclass(frozen=True, slots=True)
class HowGood:
    """Hold the counts by what and part, when they were counted, and the fill rates; nothing where none was counted."""

    counts: Mapping[tuple[str, str], int]
    counted_at: datetime | None
    filled: Sequence[Filled]

    def number(self, what: str, part: str) -> int:
        """Give one count."""
        return self.counts.get((what, part), 0)


def count_links(*, settling: Sequence[str], at: datetime) -> None:
    """Count anew how records were linked and what was told in the newest weeks, and see whether an input dried up.

    The caller opens the transaction. `settling` lists the kinds of agency that have officers who settle doubts.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('people.how_good'))")
        cursor.execute("delete from people_linkcount")
        cursor.execute(COUNT, {"kinds": list(settling), "at": at})
        cursor.execute(SINCE, {"at": at, "again": WEEKS_COUNTED_AGAIN, "kept": WEEKS_KEPT})
        (since,) = cursor.fetchone()
        cursor.execute(FILL, {"since": since})
        cursor.execute("delete from people_fillrate where week < (%s::timestamptz - make_interval(weeks => %s))::date",
                       [at, WEEKS_KEPT])
    follow_inputs(at=at)


def how_good() -> HowGood:
    """Give what was counted last."""
    rows = list(LinkCount.objects.all())
    filled = [one for weeks in filled_weeks().values() for one in weeks]
    return HowGood({(one.what, one.part): one.number for one in rows}, min((one.at for one in rows), default=None),
                   filled)

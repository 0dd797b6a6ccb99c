"""K1 to K5 and K27 to K28: exclusions, what others knew, placements, missing children."""

from sightline.apps.insight.defined.ground import POLICE, told_at

EXCLUDED = """
insight_event e left join insight_home h on h.person_id = e.person_id
  left join insight_child c on c.person_id = e.person_id
where e.kind = 'school.exclusion' and e.facts ->> 'category' in ('PERM', 'SUSP')
  and coalesce(extract(year from age(e.starts, c.born_on)), 10) between 10 and 17
"""
PART = "case e.facts ->> 'category' when 'PERM' then 'permanent exclusion' else 'suspension' end"

POLICE_TOLD = f"""
select {PART} as part, e.event_id as about, e.person_id, coalesce(h.agency_id, e.agency_id) as agency_id,
  e.starts as began, {told_at("e.event_id", "e.person_id", f"a.kind in {POLICE}")} as done, true as counts, e.told_at
from {EXCLUDED}
"""  # nosec B608: constants only

# A decision counts that names the exclusion or a duty that it started, and so does the closing of a sign that rests on
# it.
TAKEN_AS_SIGN = f"""
select {PART} as part, e.event_id as about, e.person_id, coalesce(h.agency_id, e.agency_id) as agency_id,
  e.starts as began, least(
    (select min(x.starts) from insight_event x where x.person_id = e.person_id and x.kind = 'decision.made'
      and x.starts >= e.starts and (x.facts ->> 'about' = e.event_id::text
        or split_part(x.facts ->> 'about', ':', 2) = e.event_id::text
        or split_part(x.facts ->> 'about', ':', 1) in (
          select d.code from duties_owedduty d where d.started_by_id = e.event_id))),
    (select min(k.at) from signs_found f join signs_closing k on k.sign_id = f.id
      where f.person_id = e.person_id and k.because @> array[e.event_id])) as done, true as counts, e.told_at
from {EXCLUDED}
"""  # nosec B608: constants only

# What an agency was shown: what was shared with it, and what an officer of it looked at on the child's page.
HELD_ELSEWHERE = """
select case e.kind when 'police.arrest' then 'arrested' else 'excluded' end as part, e.event_id as about, e.person_id,
  e.agency_id, e.starts as began, null::timestamptz as done, exists (
    select 1 from signs_found f cross join unnest(f.because) as r(event_id)
      join insight_event x on x.event_id = r.event_id
    where f.person_id = e.person_id and x.agency_id <> e.agency_id
      and x.starts > e.starts - interval '90 days' and x.starts < e.starts
      and not exists (select 1 from record_entry told join record_share s on s.entry_id = told.id
        join record_entry decided on decided.id = s.decision_id
        where (told.id = x.event_id or told.event_id = x.event_id) and s.agency_id = e.agency_id
          and decided.recorded_at <= e.starts)
      and not exists (select 1 from access_auditentry look where look.children @> array[e.person_id]
        and look.agency_id = e.agency_id and look.at between x.told_at and e.starts)) as counts, e.told_at
from insight_event e left join insight_child c on c.person_id = e.person_id
where (e.kind = 'police.arrest' or (e.kind = 'school.exclusion' and e.facts ->> 'category' in ('PERM', 'SUSP')))
  and coalesce(extract(year from age(e.starts, c.born_on)), 10) between 10 and 17
"""

# Told by the day the child came: `done` is when they were told, `began` the child's arrival.
PLACED = f"""
select r.part, e.event_id as about, e.person_id, e.agency_id, e.starts as began, case when r.agency_id is not null then
  least({told_at("e.event_id", "e.person_id", "a.id = r.agency_id")},
    (select min(t.offered_at) from responsibility_transfer t where t.person_id = e.person_id
      and t.kind = 'placement' and t.to_agency_id = r.agency_id and t.offered_at > e.starts - interval '90 days'))
  end as done, case when r.agency_id is not null then true end as counts, e.told_at
from insight_event e join access_agency placer on placer.id = e.agency_id and placer.kind = 'council'
  cross join lateral (
    select 'receiving council' as part, (select a.id from access_agency a
      where a.kind = 'council' and a.area = e.council) as agency_id
    union all
    select 'receiving police', (select a.id from access_agency a where a.kind = 'police' and a.area = e.force)) r
where e.kind = 'care.placement' and e.council is not null and e.council <> placer.area
"""  # nosec B608: constants only

RETURNED = """
select '' as part, e.event_id as about, e.person_id, coalesce(h.agency_id, e.agency_id) as agency_id,
  e.starts as began, (select min(x.starts) from insight_event x where x.person_id = e.person_id
    and x.kind = 'missing.return-interview' and x.facts -> 'held' = 'true'::jsonb and x.starts >= e.starts
    and not exists (select 1 from insight_event again where again.person_id = e.person_id
      and again.kind = 'missing.reported' and again.starts > e.starts and again.starts < x.starts)) as done,
  true as counts, e.told_at
from insight_event e left join insight_home h on h.person_id = e.person_id where e.kind = 'missing.found'
"""

# Both directions of the question whether exclusion leads to exploitation, or exploitation to exclusion.
EXCLUDED_THEN = """
select '' as part, e.event_id as about, e.person_id, coalesce(h.agency_id, e.agency_id) as agency_id,
  e.starts as began, (select min(first.at) from insight_firstsign first where first.person_id = e.person_id
    and first.at > e.starts) as done,
  case when exists (select 1 from insight_firstsign first where first.person_id = e.person_id
    and first.at <= e.starts) then null else true end as counts, e.told_at
from insight_event e left join insight_home h on h.person_id = e.person_id
where e.kind = 'school.exclusion' and e.facts ->> 'category' = 'PERM'
"""
EXCLUDED_BEFORE = """
select '' as part, s.person_id as about, s.person_id, h.agency_id, s.at as began, null::timestamptz as done,
  exists (select 1 from insight_event x where x.person_id = s.person_id and x.kind = 'school.exclusion'
    and x.facts ->> 'category' in ('PERM', 'SUSP') and x.starts < s.at
    and x.starts >= s.at - interval '365 days') as counts, s.told_at
from insight_firstsign s left join insight_home h on h.person_id = s.person_id
"""

DEFINED = {
    ("K1", "1"): POLICE_TOLD, ("K2", "1"): TAKEN_AS_SIGN, ("K3", "1"): HELD_ELSEWHERE, ("K4", "1"): PLACED,
    ("K5", "1"): RETURNED, ("K27", "1"): EXCLUDED_THEN, ("K28", "1"): EXCLUDED_BEFORE,
}

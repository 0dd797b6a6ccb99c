"""K20: visits to managed offenders, checks before a release, and children near. Cases of no child: they name none."""

from sightline.apps.insight.defined.ground import UNTIL

DAY = r"^\d{4}-\d\d-\d\d$"

# Of a telling that was corrected the newest holds; one that was taken back is none. A visit counts under the day for
# which it was set last before it was made: put off before its day it counts under the new one, put off after its day it
# was due and not made. What is still to come counts in no direction: a visit is a case of "within 30 days" once those
# days are over, and a check once the day of the release is.
VISITS = f"""
with told as (
  select distinct on (t.offender_id, t.source_key) t.offender_id, coalesce(t.event_id, t.id) as id, t.kind, t.on_day,
    t.facts, t.gone, t.recorded_at
  from offenders_telling t where t.kind in ('visit', 'visit-due', 'release-due', 'address-checked')
  order by t.offender_id, t.source_key, t.revision desc),
planned as (
  select offender_id, id, on_day as set_on, (facts ->> 'due_on')::date as due_on, recorded_at
  from told where kind = 'visit-due' and not gone and facts ->> 'due_on' ~ '{DAY}'),
releases as (
  select offender_id, id, on_day as set_on, (facts ->> 'due_on')::date as due_on, recorded_at
  from told where kind = 'release-due' and not gone and facts ->> 'due_on' ~ '{DAY}'),
standing as (
  select p.*, (select min(v.on_day) from told v where v.offender_id = p.offender_id and v.kind = 'visit' and not v.gone
      and coalesce((v.facts ->> 'seen')::boolean, true)
      and (v.on_day > p.set_on or v.on_day = p.due_on)) as made_on
  from planned p
  where not exists (
    select 1 from planned q where q.offender_id = p.offender_id and q.set_on = p.set_on
      and (q.due_on, q.id) < (p.due_on, p.id))),
came as (
  select s.*, o.agency_id, s.due_on::timestamp at time zone 'Europe/London' as began,
    s.made_on::timestamp at time zone 'Europe/London' as done
  from standing s join offenders_offender o on o.id = s.offender_id
  where not exists (
    select 1 from standing q where q.offender_id = s.offender_id and q.set_on > s.set_on and q.set_on <= s.due_on
      and (s.made_on is null or s.made_on > q.set_on)))
select late.part, c.id as about, null::uuid as person_id, c.agency_id, c.began, c.done,
  coalesce(c.made_on <= c.due_on + late.days, false) as counts, c.recorded_at as told_at
from came c cross join (values ('visits by the day', 0), ('visits within 7 days of it', 7),
  ('visits within 30 days of it', 30)) as late(part, days)
where (c.due_on + late.days + 1)::timestamp at time zone 'Europe/London' <= {UNTIL}
union all
select 'addresses checked before release', r.id, null, o.agency_id,
  r.due_on::timestamp at time zone 'Europe/London', k.checked_on::timestamp at time zone 'Europe/London',
  coalesce(k.checked_on <= r.due_on, false), r.recorded_at
from releases r join offenders_offender o on o.id = r.offender_id
left join lateral (
  select min(t.on_day) as checked_on from told t where t.offender_id = r.offender_id and t.kind = 'address-checked'
    and not t.gone and t.on_day >= r.set_on) k on true
where (r.due_on + 1)::timestamp at time zone 'Europe/London' <= {UNTIL}
union all
select 'offenders with a child known near', o.id, null, o.agency_id,
  ends.at - interval '1 second', null,
  exists (select 1 from offenders_join j where j.offender_id = o.id and j.found_at <= ends.at
    and (j.gone_at is null or j.gone_at > ends.at)), o.made_at
from offenders_offender o cross join (values ({UNTIL})) as ends(at)
where o.since <= (ends.at at time zone 'Europe/London')::date
  and (o.until is null or o.until >= (ends.at at time zone 'Europe/London')::date)
"""  # nosec B608: constants only

DEFINED = {("K20", "1"): VISITS}
"""The select of the measure."""

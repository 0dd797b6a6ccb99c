"""K20: visits to managed offenders by the day that an officer set. Cases of no child: they name none."""

# Of a telling that was corrected the newest holds; one that was taken back is none. A visit counts under the day for
# which it was set last before it was made: put off before its day it counts under the new one, put off after its day it
# was due and not made.
VISITS = """
with told as (
  select distinct on (t.offender_id, t.source_key) t.offender_id, coalesce(t.event_id, t.id) as id, t.kind, t.on_day,
    t.facts, t.gone, t.recorded_at
  from offenders_telling t where t.kind in ('visit', 'visit-due')
  order by t.offender_id, t.source_key, t.revision desc),
planned as (
  select offender_id, id, on_day as set_on, (facts ->> 'due_on')::date as due_on, recorded_at
  from told where kind = 'visit-due' and not gone and facts ->> 'due_on' ~ '^\\d{4}-\\d\\d-\\d\\d$'),
standing as (
  select p.*, (select min(v.on_day) from told v where v.offender_id = p.offender_id and v.kind = 'visit' and not v.gone
      and coalesce((v.facts ->> 'seen')::boolean, true)
      and (v.on_day > p.set_on or v.on_day = p.due_on)) as made_on
  from planned p
  where not exists (
    select 1 from planned q where q.offender_id = p.offender_id and q.set_on = p.set_on
      and (q.due_on, q.id) < (p.due_on, p.id)))
select 'visits' as part, s.id as about, null::uuid as person_id, o.agency_id,
  s.due_on::timestamp at time zone 'Europe/London' as began,
  s.made_on::timestamp at time zone 'Europe/London' as done,
  coalesce(s.made_on <= s.due_on, false) as counts, s.recorded_at as told_at
from standing s join offenders_offender o on o.id = s.offender_id
where not exists (
  select 1 from standing q where q.offender_id = s.offender_id and q.set_on > s.set_on and q.set_on <= s.due_on
    and (s.made_on is null or s.made_on > q.set_on))
"""

DEFINED = {("K20", "1"): VISITS}
"""The select of the measure."""

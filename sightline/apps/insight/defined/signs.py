"""K18, K19, K21 and K22: from the first sign to an action, how alerts ended, what happened again, who is known."""

from sightline.apps.insight.defined.ground import UNTIL

# When the first event happened on which a sign rests; a sign of the wrong child, or of wrong data, is none. What
# schools tell of exclusion and attendance is left out: the question is what else was known.
FIRST_SIGN = """
create view insight_firstsign with (security_invoker = true) as
select f.person_id, min(x.starts) as at, min(f.found_at) as told_at
from signs_found f cross join unnest(f.because) as r(event_id) join insight_event x on x.event_id = r.event_id
where x.kind not like 'school.%' and not exists (select 1 from signs_closing k where k.sign_id = f.id
  and k.outcome in ('wrong-person', 'wrong-data'))
group by f.person_id
"""
GROUND = (FIRST_SIGN,)

ACTED_ON = """
select r.part, s.person_id as about, s.person_id, h.agency_id, s.at as began, case r.part
    when 'until shown here' then s.told_at
    when 'until a duty is taken on' then (select min(d.acknowledged_at) from duties_owedduty d
      where d.person_id = s.person_id and d.acknowledged_at >= s.told_at)
    when 'until a decision' then (select min(x.starts) from insight_event x where x.person_id = s.person_id
      and x.kind = 'decision.made' and x.starts >= s.at)
    else (select min(x.starts) from insight_event x where x.person_id = s.person_id and x.starts >= s.at
      and x.kind in ('care.visit', 'missing.return-interview', 'charity.contact')) end as done,
  true as counts, s.told_at
from insight_firstsign s left join insight_home h on h.person_id = s.person_id
  cross join (values ('until shown here'), ('until a duty is taken on'), ('until a decision'),
    ('until the child is seen')) as r(part)
"""

ENDED = """
select f.code as part, k.about, f.person_id, k.agency_id, k.at as began, null::timestamptz as done,
  k.outcome = 'confirmed' as counts, k.at as told_at
from (select c.*, md5('closing ' || c.id)::uuid as about from signs_closing c) k join signs_found f on f.id = k.sign_id
"""

# Of children whose first alert is 90 days past: who has not been waited for so long says nothing yet.
AGAIN = f"""
select r.part, a.person_id as about, a.person_id, h.agency_id, a.at as began, null::timestamptz as done,
  case when a.at + interval '90 days' <= {UNTIL} then exists (select 1 from insight_event x
    where x.person_id = a.person_id and x.starts > a.at and x.starts <= a.at + interval '90 days' and x.kind = r.kind)
  end as counts, a.at as told_at
from (select person_id, min(found_at) as at from signs_found group by person_id) a
  left join insight_home h on h.person_id = a.person_id
  cross join (values ('arrested', 'police.arrest'), ('missing', 'missing.reported'),
    ('excluded', 'school.exclusion')) as r(part, kind)
"""  # nosec B608: constants only

# Known by what stands now, whoever of the agencies told what the signs rest on.
KNOWN = """
select case when count(distinct x.agency_id) > 1 then 'to two or more' else 'to one agency only' end as part,
  f.person_id as about, f.person_id, h.agency_id, min(f.found_at) as began, null::timestamptz as done, true as counts,
  max(x.told_at) as told_at
from signs_found f cross join unnest(f.because) as r(event_id) join insight_event x on x.event_id = r.event_id
  left join insight_home h on h.person_id = f.person_id
where f.gone_at is null group by f.person_id, h.agency_id
"""

DEFINED = {("K18", "1"): ACTED_ON, ("K19", "1"): ENDED, ("K21", "1"): AGAIN, ("K22", "1"): KNOWN}

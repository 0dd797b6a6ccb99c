"""K6 to K8, K11, K15 and K29: what follows the arrest of a child."""

from sightline.apps.insight.defined.ground import UNTIL

# `charged`: within 30 days of the arrest. A referral of another agency counts as well.
REFERRED = """
select case when exists (select 1 from insight_event x where x.person_id = e.person_id and x.kind = 'police.charge'
    and x.starts >= e.starts and x.starts < e.starts + interval '30 days')
  then 'charged' else 'not charged' end as part,
  e.event_id as about, e.person_id, e.agency_id, e.starts as began,
  least(r.sent_at, r.referred_at, (select min(x.starts) from insight_event x where x.person_id = e.person_id
    and x.kind = 'care.referral' and x.starts >= e.starts and x.starts < e.starts + interval '30 days')) as done,
  true as counts, e.told_at
from insight_event e left join custody_referral r on r.arrest_id = e.event_id
where e.kind = 'police.arrest' and coalesce(r.state, '') <> 'ended'
"""

# Children of the same urgency, arrested or not: were they referred within 28 days? The clock of who was arrested is the
# first arrest, of who was not the first sign.
AS_OFTEN = f"""
select case p.attention when 'now' then 'to be looked at now' when 'next-working-day' then 'by the next working day'
    when 'worker' then 'by their worker' else 'nobody must look' end || ', ' ||
  case when a.at is null then 'not arrested' else 'arrested' end as part,
  p.person_id as about, p.person_id, h.agency_id, coalesce(a.at, s.at) as began, null::timestamptz as done,
  case when coalesce(a.at, s.at) + interval '28 days' <= {UNTIL} then exists (select 1 from insight_event x
    where x.person_id = p.person_id and x.kind = 'care.referral' and x.starts >= coalesce(a.at, s.at)
      and x.starts < coalesce(a.at, s.at) + interval '28 days') end as counts, coalesce(a.told_at, s.told_at) as told_at
from signs_personreading p join insight_firstsign s on s.person_id = p.person_id
  left join lateral (select e.starts as at, e.told_at from insight_event e where e.person_id = p.person_id
    and e.kind = 'police.arrest' order by e.starts limit 1) a on true
  left join insight_home h on h.person_id = p.person_id
"""  # nosec B608: constants only

SCREENED = """
select 'through the gate' as part, c.id as about, v.person_id, c.agency_id, c.decided_at as began,
  null::timestamptz as done, exists (select 1 from custody_screendecision s where s.event_id = c.event_id
    and s.entry_id is not null and s.decided_at <= c.decided_at) as counts, c.decided_at as told_at
from custody_charging c join responsibility_safetyevent v on v.id = c.event_id where c.decided_at is not null
union all
select 'told by files', t.entry_id, t.person_id, t.agency_id, t.charged_at, null, exists (
    select 1 from custody_screendecision s join responsibility_safetyevent v on v.id = s.event_id
    where v.person_id = t.person_id and s.entry_id is not null and s.decided_at <= t.charged_at
      and s.decided_at > t.charged_at - interval '30 days'), x.recorded_at
from custody_toldcharge t join record_entry x on x.id = t.entry_id
"""

# Told of at all: somebody recorded the detention, an interview or the adult.
ADULT_CAME = """
select '' as part, e.event_id as about, e.person_id, e.agency_id, e.starts as began, (
    select min(x.starts) from insight_event x where x.person_id = e.person_id and x.kind = 'police.appropriate-adult'
      and x.starts >= e.starts and x.starts < e.starts + interval '4 days') as done,
  case when exists (select 1 from insight_event x where x.person_id = e.person_id and x.starts >= e.starts
    and x.starts < e.starts + interval '4 days'
    and x.kind in ('police.detention', 'police.interview', 'police.appropriate-adult')) then true end as counts,
  e.told_at
from insight_event e where e.kind = 'police.arrest'
"""

HELD_OVERNIGHT = """
select r.part, e.event_id as about, e.person_id, e.agency_id, e.starts as began, null::timestamptz as done,
  exists (select 1 from insight_event x where x.person_id = e.person_id and x.kind = r.kind and x.starts >= e.starts
    and x.starts < e.starts + interval '2 days' and (r.answer is null or x.facts ->> 'answer' = r.answer)) as counts,
  e.told_at
from insight_event e cross join (values ('council asked', 'care.accommodation-asked', null),
  ('council gave a place', 'care.accommodation-answered', 'offered'),
  ('council gave none', 'care.accommodation-answered', 'declined')) as r(part, kind, answer)
where e.kind = 'police.bail-refused'
"""

# A reason not to refer stands in the decision on the charge.
MECHANISM = """
select '' as part, e.event_id as about, e.person_id, e.agency_id, e.starts as began, least(
    (select min(x.starts) from insight_event x where x.person_id = e.person_id and x.kind = 'slavery.referral'
      and x.starts >= e.starts),
    (select min(c.decided_at) from custody_charging c join responsibility_safetyevent v on v.id = c.event_id
      where v.person_id = e.person_id and c.referral is not null and c.referral_why <> ''
        and c.decided_at >= e.starts)) as done, true as counts, e.told_at
from insight_event e where e.kind = 'police.arrest' and e.facts ->> 'offence' = 'drugs-supply'
"""

DEFINED = {
    ("K6", "1"): REFERRED, ("K29", "1"): AS_OFTEN, ("K7", "1"): SCREENED, ("K8", "1"): ADULT_CAME,
    ("K11", "1"): HELD_OVERNIGHT, ("K15", "1"): MECHANISM,
}

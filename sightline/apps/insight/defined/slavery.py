"""K16 and K17: the National Referral Mechanism beside the charge, and who was first a suspect."""

# Of children who were referred at any time. `counts` is NULL where what it asks for was not told.
AGAINST_CHARGE = """
select r.part, e.event_id as about, e.person_id, e.agency_id, e.starts as began, null::timestamptz as done,
  case r.part
    when 'before reasonable grounds' then case when g.reasonable is not null then e.starts < g.reasonable end
    when 'despite positive grounds' then case when g.any is not null then coalesce(g.positive <= e.starts, false) end
    when 'ended after' then exists (select 1 from insight_event x where x.person_id = e.person_id
      and x.kind = 'police.no-further-action' and x.starts >= e.starts)
    else (select c.defence is not null from custody_charging c join record_entry o on o.id = c.charge_entry_id
      where coalesce(o.event_id, o.id) = e.event_id limit 1)
  end as counts, e.told_at
from insight_event e
  cross join lateral (select min(x.starts) filter (where x.kind = 'slavery.reasonable-grounds') as reasonable,
      min(x.starts) filter (where x.kind <> 'slavery.referral') as any,
      min(x.starts) filter (where x.facts ->> 'decision' = 'positive') as positive,
      bool_or(x.kind = 'slavery.referral') as referred
    from insight_event x where x.person_id = e.person_id
      and x.kind in ('slavery.referral', 'slavery.reasonable-grounds', 'slavery.conclusive-grounds')) g
  cross join (values ('before reasonable grounds'), ('despite positive grounds'), ('ended after'),
    ('section 45 considered')) as r(part)
where e.kind = 'police.charge' and g.referred
"""

# Confirmed: somebody closed a sign as confirmed, or the competent authority decided that it was so. The first record of
# exploitation is that, or a referral to the mechanism; what the child was met with as a suspect is none.
SUSPECT_FIRST = """
select '' as part, c.person_id as about, c.person_id, h.agency_id, c.at as began, null::timestamptz as done,
  coalesce((select min(x.starts) from insight_event x where x.person_id = c.person_id and x.kind = 'police.charge')
    < least(c.at, (select min(x.starts) from insight_event x where x.person_id = c.person_id
      and x.kind = 'slavery.referral')), false) as counts, c.at as told_at
from (
    select person_id, min(at) as at from (
      select f.person_id, k.at from signs_closing k join signs_found f on f.id = k.sign_id
        where k.outcome = 'confirmed'
      union all
      select x.person_id, x.starts from insight_event x
        where x.kind = 'slavery.conclusive-grounds' and x.facts ->> 'decision' = 'positive') every
    group by person_id) c
  left join insight_home h on h.person_id = c.person_id
"""

DEFINED = {("K16", "1"): AGAINST_CHARGE, ("K17", "1"): SUSPECT_FIRST}

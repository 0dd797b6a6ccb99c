"""The ground on which all measures stand: events as they are known now, and children with what groups them."""

EVENTS = """
create view insight_event with (security_invoker = true) as
select coalesce(e.event_id, e.id) as event_id, i.person_id, e.told_by_id as agency_id, e.kind, e.starts, e.facts,
  e.council, e.force, coalesce(first.recorded_at, e.recorded_at) as told_at
from record_entry e join people_identity i on i.id = e.identity_id
  left join record_entry first on first.id = e.event_id
where e.kind <> 'record.withdrawn' and not exists (select 1 from record_entry later
  where later.identity_id = e.identity_id and later.source_key = e.source_key and later.revision > e.revision)
"""
"""Each event once, by its newest telling, with when it first became known here; a correction leaves `event_id` be."""

CHILDREN = """
create view insight_child with (security_invoker = true) as
select i.person_id,
  coalesce(
    (array_agg(b.starts::date order by b.told_at desc) filter (where b.starts is not null))[1],
    (array_agg(d.born_on order by d.told_at desc, d.id desc) filter (where d.born_on is not null))[1]) as born_on,
  coalesce((array_agg(d.sex order by d.told_at desc, d.id desc) filter (where d.sex in ('F', 'M')))[1], '') as sex,
  coalesce((array_agg(d.ethnicity order by d.told_at desc, d.id desc) filter (where d.ethnicity <> ''))[1], '')
    as ethnicity
from people_identity i join people_description d on d.identity_id = i.id
  left join lateral (select e.starts, e.told_at from insight_event e
    where e.person_id = i.person_id and e.kind = 'child.born' order by e.told_at desc limit 1) b on true
group by i.person_id
"""

HOMES = """
create view insight_home with (security_invoker = true) as
select distinct on (v.person_id) v.person_id, v.agency_id from people_involvement v
where v.part = 'council where the child lives' and v.until is null order by v.person_id, v.since desc
"""
"""The council in whose area a child lives, where it is kept here."""

GROUND = (EVENTS, CHILDREN, HOMES)

UNTIL = "coalesce(nullif(current_setting('sightline.until', true), '')::timestamptz, now())"
"""The end of the period that is being frozen: of whom has not been waited for long enough by then, nothing is told."""
POLICE = "('police', 'transport-police')"


def shared_at(event: str, with_agency: str) -> str:
    """Give the SQL of when an event was first shared with an agency that meets a condition on `a`; both are SQL."""
    return f"""(select min(x.recorded_at) from record_entry told
      join record_share s on s.entry_id = told.id join record_entry x on x.id = s.decision_id
      join access_agency a on a.id = s.agency_id
      where (told.id = {event} or told.event_id = {event}) and {with_agency})"""  # nosec B608: constants only


def told_at(event: str, person: str, agency: str) -> str:
    """Give the SQL of when an agency that meets a condition on `a` was told of an event.

    By a share, by a notice of a duty that the event started and that was delivered, or as somebody recorded that it
    was told (notice.sent) under the duty's code. All are SQL.
    """
    return f"""least({shared_at(event, agency)},
    (select min(n.delivered_at) from duties_owedduty d join duties_notice n on n.duty_id = d.id
      join access_agency a on a.id = n.to_agency_id
      where d.started_by_id = {event} and {agency}),
    (select min(x.starts) from duties_owedduty d join insight_event x on x.person_id = {person}
        and x.kind = 'notice.sent' and split_part(x.facts ->> 'duty', ':', 1) = d.code
      join access_agency a on a.name = x.facts ->> 'to'
      where d.started_by_id = {event} and {agency}))"""  # nosec B608: constants only

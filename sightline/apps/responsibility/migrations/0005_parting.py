"""Part a child on whom somebody works only with two people, and order doubts by what hangs on them."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, definer

# Somebody works on a child: an event of safety is open, a council cares or holds a plan, something is offered or
# disputed between agencies, or a duty is open.
ACTIVE = """
create function sightline_active(child uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from responsibility_safetyevent e where e.person_id = child and e.closed_at is null)
    or exists (select 1 from responsibility_transfer t where t.person_id = child and t.state = 'offered')
    or exists (select 1 from responsibility_dispute d where d.person_id = child and d.settled_at is null)
    or exists (select 1 from people_involvement i where i.person_id = child and i.until is null
      and i.part in ('council that looks after the child', 'council that holds the protection plan'))
    or exists (select 1 from duties_owedduty d where d.person_id = child and d.state in ('open', 'late'))
$$;
create function sightline_active_seen(child uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select sightline_involved(child) and sightline_active(child)
$$;
"""

# Seen after the whole statement: whoever keeps no record was merged, not parted.
PARTED_BY_TWO = """
create function sightline_parted_by_two() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from people_identity i where i.person_id = old.person_id)
      and sightline_active(old.person_id)
      and not exists (select 1 from people_parting p where p.person_id = old.person_id and p.answer = 'not-same'
        and p.answered_by_id <> p.asked_by_id and p.carried_out_at is null) then
    raise exception 'a child on whom somebody works is parted by two people' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger parted_by_two after update of person_id on people_identity for each row
  when (old.person_id is distinct from new.person_id) execute function sightline_parted_by_two();
alter function sightline_parted_by_two() owner to sightline_reader;
revoke all on function sightline_parted_by_two() from public;
"""

# As sightline_doubts_in_line says who sees both sides. What hangs on a child counts as far as it is the viewer's: of
# who sees the whole record everything, else what the own agency protects, owes or is owed.
SEES_SIDE = f"""
  ({{side}}.agency_id = {MY_AGENCY} or (current_setting('sightline.sight', true) = 'whole' and exists (
    select 1 from people_involvement i where i.person_id = {{side}}.person_id and i.agency_id = {MY_AGENCY}
      and i.until is null and i.sees = 'whole')))
"""  # nosec B608: constants only
WHOLE = f"""
  (current_setting('sightline.sight', true) = 'whole' and exists (
    select 1 from people_involvement i where i.person_id = x.person_id and i.agency_id = {MY_AGENCY}
      and i.until is null and i.sees = 'whole'))
"""  # nosec B608: constants only
TO_REVIEW = f"""
create function sightline_doubts_to_review(start int, most int)
  returns table (id uuid, second boolean, event boolean, duties boolean, since timestamptz, total bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not {SIGHTED} then return; end if;
  return query
  with waiting as (
    select d.id, d.one_id, d.other_id, d.opened_at as since, false as second from people_doubt d
      where d.answer = 'open'
    union all
    select d.id, d.one_id, d.other_id, p.asked_at, true from people_parting p join people_doubt d on d.id = p.doubt_id
      where p.answer = '' and d.answer = 'not-same'),
  seen as (
    select w.*, a.person_id as one_person, b.person_id as other_person
    from waiting w join people_identity a on a.id = w.one_id join people_identity b on b.id = w.other_id
    where {SEES_SIDE.format(side="a")} and {SEES_SIDE.format(side="b")})
  select s.id, s.second,
    exists (select 1 from responsibility_safetyevent x where x.person_id in (s.one_person, s.other_person)
      and x.closed_at is null and (x.owner_agency_id = {MY_AGENCY} or {WHOLE})) as event,
    exists (select 1 from duties_owedduty x where x.person_id in (s.one_person, s.other_person)
      and x.state in ('open', 'late')
      and (x.owed_by_id = {MY_AGENCY} or x.owed_to_agency_id = {MY_AGENCY} or {WHOLE})) as duties,
    s.since, count(*) over ()
  from seen s order by 3 desc, 4 desc, s.since, s.id offset start limit most;
end $$;
"""  # nosec B608: constants only

WEB = ("sightline_active_seen(uuid)", "sightline_doubts_to_review(int, int)")


class Migration(migrations.Migration):
    """Write the trigger that asks for two people, and the functions of the list of doubts."""

    dependencies = [("responsibility", "0004_plan_conferences"), ("people", "0003_reviewing"),
                    ("duties", "0002_protection")]

    operations = [
        migrations.RunSQL(ACTIVE, migrations.RunSQL.noop),
        migrations.RunSQL(PARTED_BY_TWO, migrations.RunSQL.noop),
        migrations.RunSQL(TO_REVIEW, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_active(uuid)", "sightline_worker"), migrations.RunSQL.noop),
        *(migrations.RunSQL(definer(one, "sightline_web"), migrations.RunSQL.noop) for one in WEB),
    ]

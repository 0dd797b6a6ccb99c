"""Show a hypothesis to the hubs of the councils concerned and the police, and a pupil in it to who sees the record."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, definer, protect
from sightline.domain.access.roles import ROLES
from sightline.domain.access.verbs import Verb
from sightline.domain.places.judging import STEPS, Judged

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"
JUDGING = ", ".join(f"'{code}'" for code, role in sorted(ROLES.items()) if Verb.JUDGE_PLACE in role.may)
MOVES = ", ".join(f"('{before}', '{after}')" for before, after in sorted(STEPS))

# Who may judge what is found at a school: the hub of its council, the hubs of the councils that are responsible for one
# of the pupils (never for who arrived), and the police of the school's area. A school never.
JUDGES = f"""
create function sightline_judges_place(hypothesis uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from places_hypothesis h, access_pieceofwork w join access_membership m on m.id = w.membership_id
      join access_agency a on a.id = m.agency_id
    where h.id = hypothesis and w.id = {WORK} and w.officer_id = {ME} and m.agency_id = {MY_AGENCY}
      and m.role in ({JUDGING}) and (a.id = h.council_id
        or (a.kind = 'police' and exists (
          select 1 from access_cover c where c.agency_id = a.id and c.covered_id = h.council_id))
        or (a.kind = 'council' and exists (
          select 1 from places_grounds g join places_firstsign f on f.grounds_id = g.id
            join people_involvement i on i.person_id = f.person_id and i.agency_id = a.id and i.until is null
              and i.sees = 'whole'
          where g.hypothesis_id = h.id and g.number = h.number))))
$$;
"""  # nosec B608: constants only

# A judgement follows on the one before it, as domain.places.judging says, and is about grounds of its hypothesis.
FOLLOWS = f"""
create function sightline_judgement_follows() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  before text := coalesce((select j.judged from places_judgement j
    where j.hypothesis_id = new.hypothesis_id and j.number = new.number - 1), '{Judged.OPEN}');
begin
  if (before, new.judged::text) not in ({MOVES}) or (new.number > 1 and not exists (
      select 1 from places_judgement j where j.hypothesis_id = new.hypothesis_id and j.number = new.number - 1))
    or not exists (
      select 1 from places_grounds g where g.id = new.grounds_id and g.hypothesis_id = new.hypothesis_id) then
    raise exception 'a judgement does not go from % to %', before, new.judged using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger judgement_follows after insert on places_judgement
  for each row execute function sightline_judgement_follows();
"""  # nosec B608: constants only

COUNTS = f"""
create function sightline_hypothesis_counts(since timestamptz)
  returns table (council text, found int, waiting int, confirmed int, dismissed int, gone int, hours double precision)
  language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select m.agency_id, m.role from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = {WORK} and w.officer_id = {ME} and m.role in ('duty-manager', 'inspector')),
  every as (
    select h.council_id, h.gone_at is not null as gone, coalesce(j.judged, '{Judged.OPEN}') as judged,
      extract(epoch from (select min(f.at) from places_judgement f where f.hypothesis_id = h.id) - h.found_at) / 3600
        as hours
    from places_hypothesis h left join lateral (
      select judged from places_judgement j where j.hypothesis_id = h.id order by j.number desc limit 1) j on true
    where h.found_at >= since)
  select coalesce(a.name, 'No council kept here')::text, count(*)::int,
    count(*) filter (where e.judged = '{Judged.OPEN}' and not e.gone)::int,
    count(*) filter (where e.judged = '{Judged.CONFIRMED}')::int,
    count(*) filter (where e.judged = '{Judged.DISMISSED}')::int, count(*) filter (where e.gone)::int,
    percentile_cont(0.5) within group (order by e.hours)
  from every e left join access_agency a on a.id = e.council_id
  where exists (select 1 from mine where mine.role = 'inspector' or mine.agency_id = e.council_id)
  group by a.name order by 1
$$;
"""  # nosec B608: constants only

SEEN = "sightline_judges_place(hypothesis_id)"


class Migration(migrations.Migration):
    """Write the policies, grants, trigger and functions of places."""

    dependencies = [("places", "0001_initial"), ("people", "0002_protection")]

    operations = [
        migrations.RunSQL(JUDGES, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_judges_place(uuid)"), migrations.RunSQL.noop),
        protect("places_stay", seen_when="sightline_sees_whole(person_id)"),
        protect("places_hypothesis", seen_when="sightline_judges_place(id)"),
        protect("places_grounds", seen_when=SEEN, worker="append"),
        append_only("places_grounds"),
        protect("places_firstsign", worker="append", seen_when="sightline_sees_whole(person_id)"
                " and exists (select 1 from places_grounds g where g.id = grounds_id)"),
        append_only("places_firstsign"),
        protect("places_judgement", seen_when=SEEN, worker="append",
                added_when=f"{SEEN} and officer_id = {ME} and agency_id = {MY_AGENCY}"),
        append_only("places_judgement"),
        migrations.RunSQL(FOLLOWS, migrations.RunSQL.noop),
        migrations.RunSQL("alter function sightline_judgement_follows() owner to sightline_reader;"
                          "revoke all on function sightline_judgement_follows() from public", migrations.RunSQL.noop),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_hypothesis_counts(timestamptz)", "sightline_web"),
                          migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Show a force the signs that rest on nothing but what it may see; no screen finds no sign while it leaves one out."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, definer

# A sign rests on entries. An agency that told each of them, or to which each was shared, learns nothing new of any
# other agency's record by the sign; but failures of agencies say what nobody did, and are left out. What a person
# closed is not shown until something new comes.
SEEN_BY = """
create function sightline_signs_seen_by(child uuid, agency bigint) returns setof signs_found language sql stable
  security definer set search_path = public, pg_temp as $$
  select f.* from signs_found f
  where f.person_id = child and f.gone_at is null and f.family <> 'system'
    and not exists (select 1 from signs_closing c where c.sign_id = f.id and f.because <@ c.because)
    and not exists (
      select 1 from unnest(f.because) as b(id) where not exists (
        select 1 from record_entry e where e.id = b.id and e.told_by_id = agency)
      and not exists (
        select 1 from record_entry t join record_share s on s.entry_id = t.id
        where coalesce(t.event_id, t.id) = b.id and s.agency_id = agency and s.until > now()
          and not exists (select 1 from record_shareend x where x.share_id = s.id)))
$$;
"""
IN_SIGHT = f"""
create function sightline_signs_in_sight(child uuid) returns setof signs_found language sql stable
  security definer set search_path = public, pg_temp as $$
  select f.* from sightline_signs_seen_by(child, {MY_AGENCY}) f
  where sightline_involved(child) and not sightline_sees_whole(child)
  union all
  select f.* from signs_found f where f.person_id = child and f.gone_at is null and sightline_sees_whole(child)
    and not exists (select 1 from signs_closing c where c.sign_id = f.id and f.because <@ c.because)
$$;
create function sightline_no_sign_left_out() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (
      select 1 from responsibility_safetyevent e cross join sightline_signs_seen_by(e.person_id, new.agency_id) f
      where e.id = new.event_id and not exists (
        select 1 from jsonb_array_elements(new.shown) s where s ->> 'code' = f.code)) then
    raise exception 'the screen leaves a sign out' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger no_sign_left_out before insert on custody_screendecision
  for each row when (new.outcome = 'no sign found') execute function sightline_no_sign_left_out();
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Write the functions by which a force sees signs."""

    dependencies = [("signs", "0002_protection"), ("custody", "0005_screen"), ("record", "0002_protection")]

    operations = [
        migrations.RunSQL(SEEN_BY, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_signs_seen_by(uuid, bigint)", "sightline_reader"),
                          migrations.RunSQL.noop),
        migrations.RunSQL(IN_SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_signs_in_sight(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_no_sign_left_out()", "sightline_reader"), migrations.RunSQL.noop),
    ]

"""Show packs and legs to the two sides of a handover, and let an officer on the road answer by name."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, append_only, definer, protect

SIGHTED = "current_setting('sightline.sight', true) in ('whole', 'own')"

# The rows of a transfer are shown under its own policy: to its two sides, and to who sees the whole record.
OF_MY_TRANSFER = "exists (select 1 from responsibility_transfer t where t.id = transfer_id)"
OF_MY_OFFER = f"""exists (select 1 from responsibility_transfer t where t.id = transfer_id
  and t.from_agency_id = {MY_AGENCY} and t.state = 'offered')"""  # nosec B608: constants only

# While an offer stands both sides see what will come; afterwards only the receiver who accepted: the giver keeps the
# outcome. Of a safety event the receiver sees it as long as it protects the child; what was handed over as a file, for
# good.
PACK_SEEN = f"""exists (select 1 from responsibility_transfer t where t.id = transfer_id and (t.state = 'offered'
  or sightline_sees_whole(t.person_id) or (t.state = 'accepted' and t.to_agency_id = {MY_AGENCY} and (
    t.event_id is null or exists (select 1 from responsibility_safetyevent e where e.id = t.event_id
      and e.owner_agency_id = t.to_agency_id and e.closed_at is null)))))"""  # nosec B608: constants only
CONTENT_SEEN = f"""exists (select 1 from responsibility_pack p join responsibility_transfer t on t.id = p.transfer_id
  where p.id = pack_id and (sightline_sees_whole(t.person_id)
    or (t.state = 'accepted' and t.to_agency_id = {MY_AGENCY})))"""  # nosec B608: constants only

# On the road. The giver hands the own device over, or the receiver opens the page by its code: each answers for the
# agency to which it is offered, by name and collar number, and the record keeps how.
ROAD_ANSWERS = f"""
create function sightline_answer_here(
    transfer uuid, answer text, given_name text, given_number text, given_reason text, given_whose text,
    given_rule text, first_step timestamptz, at timestamptz) returns text language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
begin
  if not ({SIGHTED}) or answer not in ('accepted', 'refused') or trim(coalesce(given_name, '')) = ''
      or trim(coalesce(given_number, '')) = '' or not exists (
        select 1 from responsibility_transfer t join responsibility_roadleg l on l.transfer_id = t.id
        where t.id = transfer and t.from_agency_id = {MY_AGENCY}) then
    return 'not yours';
  end if;
  return sightline_settle_transfer(transfer, answer, given_reason, given_whose, given_rule, first_step, at, null,
    trim(given_name), trim(given_number), 'on the giver''s device', null);
end $$;
create function sightline_answer_by_code(
    digest text, answer text, given_name text, given_number text, given_reason text, given_whose text, given_rule text,
    first_step timestamptz, at timestamptz) returns text language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
declare transfer uuid := (select l.transfer_id from responsibility_roadleg l where l.code_digest = digest);
begin
  if transfer is null or answer not in ('accepted', 'refused') or trim(coalesce(given_name, '')) = ''
      or trim(coalesce(given_number, '')) = '' then
    return 'not yours';
  end if;
  return sightline_settle_transfer(transfer, answer, given_reason, given_whose, given_rule, first_step, at, null,
    trim(given_name), trim(given_number), 'by the code, on a device of their own', null);
end $$;
create function sightline_leg_by_code(digest text, at timestamptz) returns table (
    transfer uuid, person uuid, from_agency text, to_agency text, state text, answerer text, answered_at timestamptz,
    place text, met_at timestamptz, giver text, giver_number text, seen_and_spoken_to boolean, fed boolean,
    injuries text, age int, sex text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.person_id, f.name, r.name, t.state, t.answerer, t.answered_at, l.place, l.met_at, l.giver,
    l.giver_number, l.seen_and_spoken_to, l.fed, l.injuries, extract(year from age(t.offered_at, c.born_on))::int,
    c.sex
  from responsibility_roadleg l join responsibility_transfer t on t.id = l.transfer_id
    join access_agency f on f.id = t.from_agency_id join access_agency r on r.id = t.to_agency_id
    cross join sightline_told_of(t.person_id) c
  where l.code_digest = digest and t.answer_by > at
$$;
"""  # nosec B608: constants only

# Who protects a child must know whom, also where nobody of the agency had told anything of the child before.
PROTECTED_NAME = f"""
create function sightline_protected_name(event uuid) returns text language sql stable
  security definer set search_path = public, pg_temp as $$
  select c.name from responsibility_safetyevent e cross join sightline_told_of(e.person_id) c
  where e.id = event and e.closed_at is null and e.owner_agency_id = {MY_AGENCY} and {SIGHTED}
$$;
"""  # nosec B608: constants only

HERE = "sightline_answer_here(uuid, text, text, text, text, text, text, timestamptz, timestamptz)"
BY_CODE = "sightline_answer_by_code(text, text, text, text, text, text, text, timestamptz, timestamptz)"


class Migration(migrations.Migration):
    """Write the policies, grants, triggers and functions of packs and legs."""

    dependencies = [("responsibility", "0002_protection")]

    operations = [
        protect("responsibility_roadleg", seen_when=OF_MY_TRANSFER, worker="append", added_when=OF_MY_OFFER),
        append_only("responsibility_roadleg"),
        protect("responsibility_pack", seen_when=PACK_SEEN, worker="append"),
        append_only("responsibility_pack"),
        protect("responsibility_packcontent", seen_when=CONTENT_SEEN, worker="append"),
        append_only("responsibility_packcontent"),
        migrations.RunSQL(ROAD_ANSWERS, migrations.RunSQL.noop),
        migrations.RunSQL(PROTECTED_NAME, migrations.RunSQL.noop),
        *[migrations.RunSQL(definer(function, "sightline_web"), migrations.RunSQL.noop)
          for function in (HERE, BY_CODE, "sightline_leg_by_code(text, timestamptz)",
                           "sightline_protected_name(uuid)")],
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

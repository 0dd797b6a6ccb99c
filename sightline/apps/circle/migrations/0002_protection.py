"""Show a circle to social care of who is responsible for the child, and another child in it to who has a part."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, append_only, definer, protect
from sightline.domain.access.roles import ROLES, SafeguardingOfficer
from sightline.domain.access.verbs import Verb
from sightline.domain.circle.hubs import MOST_HUBS, REACH
from sightline.domain.circle.judging import STEPS
from sightline.domain.circle.touching import UNDER_ORDER

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"
JUDGING = sorted(code for code, role in ROLES.items() if Verb.JUDGE_LINK in role.may)
NARROW_ROLES = ", ".join(f"'{code}'" for code in sorted({*JUDGING, SafeguardingOfficer.code}))
MOVES = ", ".join(f"('{before}', '{after}')" for before, after in sorted(STEPS))
CAP = "case h.kind " + " ".join(f"when '{kind}' then {reach.most}" for kind, reach in REACH.items()) + " else 0 end"
NARROW_SIGNS = "'H06', 'X07'"

# Who may see a circle: who sees the child's whole record, in a role that works with children and families. An education
# lead does not: an address in it may be that of an adult under notification.
SEES = f"""
create function sightline_in_role(codes text[]) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = {WORK} and w.officer_id = {ME} and m.agency_id = {MY_AGENCY} and m.role = any(codes))
$$;
create function sightline_sees_circle(child uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select sightline_sees_whole(child) and sightline_in_role(array[{", ".join(f"'{code}'" for code in JUDGING)}])
$$;
"""  # nosec B608: constants only

# A child's circle: the hubs that the record names, and who else touches them, where they are few enough. Another child
# is named to who has a part in that child's life; else by a word that says, in this circle alone, that two are one.
# What the other record tells of the hub is for who may see that child's circle; else the day it was told last.
CIRCLE = f"""
create function sightline_circle_of(child uuid, day date)
  returns table (kind text, key text, who text, mine boolean, whole boolean, told_as text, mentions jsonb,
    exploited_on date, judged text, touch uuid, number int, reason text, officer text, agency text, at timestamptz,
    named text)
  language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select t.kind, t.key, t.told_as from circle_touch t where t.person_id = child and sightline_sees_circle(child)
    order by t.last_on desc, t.kind, t.key limit {MOST_HUBS + 1}),
  as_me as (
    select 'person'::varchar as kind, lower(i.agency_id || '|' || i.key) as key from people_identity i
    where i.person_id = child and i.scheme = 'timeline' and sightline_sees_circle(child) limit {MOST_HUBS}),
  hubs as (
    select o.kind, o.key, coalesce(case when exists (select 1 from as_me m where m.kind = o.kind and m.key = o.key)
        then child end, (select i.person_id from people_identity i
          where o.kind = 'person' and i.scheme = 'timeline' and i.key = o.told_as
            and i.agency_id::text = split_part(o.key, '|', 1))) as named
    from own o
    union all
    select m.kind, m.key, child from as_me m
    where not exists (select 1 from own o where o.kind = m.kind and o.key = m.key)),
  told as (
    select h.named, t.*, t.person_id = child as mine, t.person_id = child or sightline_sees_circle(t.person_id) as whole
    from hubs h cross join lateral (
      select t.* from circle_touch t where t.kind = h.kind and t.key = h.key
        and (t.person_id = child or t.expires_on > day)
      order by t.person_id = child desc limit {CAP} + 1) t)
  select t.kind, t.key,
    case when sightline_involved(t.person_id) then t.person_id::text
      else 'hidden-' || left(md5(child::text || t.person_id::text), 12) end,
    t.mine, t.whole, t.told_as,
    case when t.whole then t.mentions else jsonb_build_array(jsonb_build_object('entry', '', 'on', t.last_on,
      'what', '', 'by', '', 'role', '', 'age', null, 'grade', null, 'until', null)) end,
    case when t.whole then t.exploited_on end, coalesce(case when t.mine then j.judged end, t.judged),
    case when t.mine then t.id end, case when t.mine then coalesce(j.number, 0) end, case when t.mine then j.reason end,
    case when t.mine then o.name end, case when t.mine then a.name end, case when t.mine then j.at end,
    case when t.named = child then 'me' when sightline_involved(t.named) then t.named::text
      when t.named is not null then 'hidden-' || left(md5(child::text || t.named::text), 12) end
  from told t
  left join lateral (
    select j.* from people_person p join circle_judgement j on j.person_id = p.id
    where t.mine and (p.id = child or p.merged_into_id = child) and j.kind = t.kind and j.key = t.key
    order by j.at desc, j.number desc limit 1) j on true
  left join access_officer o on o.id = j.officer_id left join access_agency a on a.id = j.agency_id
$$;
"""  # nosec B608: constants only

# What is said of a link follows on what was said before, and is about a link that is told.
FOLLOWS = f"""
create function sightline_link_judgement_follows() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  before text := coalesce(
    (select j.judged from circle_judgement j where j.person_id = new.person_id and j.kind = new.kind
      and j.key = new.key and j.number = new.number - 1),
    (select t.judged from circle_touch t where t.person_id = new.person_id and t.kind = new.kind and t.key = new.key));
begin
  if (before, new.judged::text) not in ({MOVES}) or before is null or (new.number > 1 and not exists (
      select 1 from circle_judgement j where j.person_id = new.person_id and j.kind = new.kind and j.key = new.key
        and j.number = new.number - 1)) then
    raise exception 'a link does not go from % to %', before, new.judged using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger link_judgement_follows after insert on circle_judgement
  for each row execute function sightline_link_judgement_follows();
"""  # nosec B608: constants only

# The narrow signs, and the entries that they rest on, go to social care and to the police who oversee such adults: not
# to an education lead, a custody sergeant or a school, whatever part they have and whatever was shared with them.
NARROW = f"""
create function sightline_reads_narrow() returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select sightline_in_role(array[{NARROW_ROLES}])
$$;
"""  # nosec B608: constants only
# The policies as they were, and the narrow ones left out of them.
POLICIES = f"""
alter policy web_sees on signs_found using ({AT_WORK} and sightline_sees_whole(person_id)
  and (code not in ({NARROW_SIGNS}) or (select sightline_reads_narrow())));
alter policy web_sees on record_entry using ({AT_WORK} and (
    (told_by_id = {MY_AGENCY} and sightline_sees_identity(identity_id))
    or sightline_sees_identity_whole(identity_id) or sightline_shared(id))
  and (kind <> '{UNDER_ORDER}' or (select sightline_reads_narrow())));
"""  # nosec B608: constants only
SEEN_BY = f"""
create or replace function sightline_signs_seen_by(child uuid, agency bigint) returns setof signs_found language sql
  stable security definer set search_path = public, pg_temp as $$
  select f.* from signs_found f
  where f.person_id = child and f.gone_at is null and f.family <> 'system' and f.code not in ({NARROW_SIGNS})
    and not exists (select 1 from signs_closing c where c.sign_id = f.id and f.because <@ c.because)
    and not exists (
      select 1 from unnest(f.because) as b(id) where not exists (
        select 1 from record_entry e where e.id = b.id and e.told_by_id = agency)
      and not exists (
        select 1 from record_entry t join record_share s on s.entry_id = t.id
        where coalesce(t.event_id, t.id) = b.id and s.agency_id = agency and s.until > now()
          and not exists (select 1 from record_shareend x where x.share_id = s.id)))
$$;
create or replace function sightline_signs_in_sight(child uuid) returns setof signs_found language sql stable
  security definer set search_path = public, pg_temp as $$
  select f.* from sightline_signs_seen_by(child, {MY_AGENCY}) f
  where sightline_involved(child) and not sightline_sees_whole(child)
  union all
  select f.* from signs_found f where f.person_id = child and f.gone_at is null and sightline_sees_whole(child)
    and (f.code not in ({NARROW_SIGNS}) or sightline_reads_narrow())
    and not exists (select 1 from signs_closing c where c.sign_id = f.id and f.because <@ c.because)
$$;
"""  # nosec B608: constants only

SEEN = "sightline_sees_circle(person_id)"


class Migration(migrations.Migration):
    """Write the policies, grants, trigger and functions of circle, and narrow who sees some signs and entries."""

    dependencies = [("circle", "0001_initial"), ("signs", "0003_in_sight"), ("record", "0002_protection")]

    operations = [
        migrations.RunSQL(SEES, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_in_role(text[])", "sightline_reader"), migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_sees_circle(uuid)"), migrations.RunSQL.noop),
        protect("circle_touch", seen_when=SEEN),
        protect("circle_judgement", seen_when=SEEN, worker="append",
                added_when=f"{SEEN} and officer_id = {ME} and agency_id = {MY_AGENCY}"),
        append_only("circle_judgement"),
        migrations.RunSQL(CIRCLE, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_circle_of(uuid, date)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_link_judgement_follows()", "sightline_reader"), migrations.RunSQL.noop),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_reads_narrow()"), migrations.RunSQL.noop),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(SEEN_BY, migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

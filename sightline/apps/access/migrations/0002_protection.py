"""Protect what access keeps: audit that only grows, officers' own pieces of work."""

from django.db import migrations

from sightline.apps.access.protection import (
    AT_TASK,
    AT_WORK,
    MY_AGENCY,
    SIGHTED,
    append_only,
    definer,
    open_to_read,
    protect,
)

# How much each role sees, as domain.access.roles had it when this was written (a test holds the two together).
SIGHT_OF_ROLES = " ".join(f"when '{role}' then '{sight}'" for role, sight in (
    ("social-worker", "whole"), ("duty-manager", "whole"), ("education-lead", "whole"), ("police-safeguarding", "own"),
    ("custody-sergeant", "own"), ("safeguarding-lead", "own"), ("data-officer", "none"), ("inspector", "drawn"),
    ("officer-keeper", "none")))

AUDIT_COLUMNS = "officer_id, agency_id, work_id, purpose, act, writes, refused, children, about"

REFUSE_CHANGE = """
create function sightline_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are appended and never changed or removed', tg_table_name
    using errcode = 'insufficient_privilege';
end $$
"""

# Who reads drawn cases writes nothing of any child, whichever policy or function would let the row pass.
REFUSE_WRITING = """
create function sightline_refuse_writing() returns trigger language plpgsql as $$
begin
  raise exception 'who inspects reads %, and writes nothing to it', tg_table_name
    using errcode = 'insufficient_privilege';
end $$
"""

# `xid` says which transaction wrote a row, `era` which life of the database: a restore begins the next one (it changes
# the default), for the numbers of transactions begin anew there. Nobody who adds a row may choose id, time, xid or era.
AUDIT = f"""
alter table access_auditentry
  add column xid xid8 not null default pg_current_xact_id(),
  add column era int not null default 1;
create index audit_in_sealing_order on access_auditentry (era, xid, id);
create index audit_children on access_auditentry using gin (children);
alter table access_auditentry enable row level security;
alter table access_auditentry force row level security;
create policy web_adds on access_auditentry for insert to sightline_web
  with check (officer_id is not distinct from nullif(current_setting('sightline.officer', true), '')::uuid);
grant insert ({AUDIT_COLUMNS}) on access_auditentry to sightline_web;
create policy worker_adds on access_auditentry for insert to sightline_worker with check ({AT_TASK});
create policy worker_seals on access_auditentry for select to sightline_worker using ({AT_TASK});
grant select, insert ({AUDIT_COLUMNS}) on access_auditentry to sightline_worker;
grant select on access_auditentry, access_auditseal to sightline_reader;
grant select, insert on access_auditseal to sightline_worker;
grant select on access_auditseal to sightline_web;
grant usage on all sequences in schema public to sightline_web, sightline_worker;
"""  # nosec B608: constants only

WORK = f"""
alter table access_pieceofwork enable row level security;
alter table access_pieceofwork force row level security;
create policy own_work on access_pieceofwork to sightline_web
  using (officer_id = nullif(current_setting('sightline.officer', true), '')::uuid)
  with check (officer_id = nullif(current_setting('sightline.officer', true), '')::uuid);
grant select, insert, update on access_pieceofwork to sightline_web;
create policy worker_works on access_pieceofwork to sightline_worker using ({AT_TASK}) with check ({AT_TASK});
grant select, insert, update on access_pieceofwork to sightline_worker;
grant select on access_pieceofwork to sightline_reader;
"""

# Who is at work is found out by the database itself, in one call: a program that names another agency gets its own.
BEGIN_WORK = f"""
create function sightline_begin_work(officer uuid, work uuid, at timestamptz)
  returns table (officer_name text, agency_id int, agency_name text, role text, purpose text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare it record; today date := (at at time zone 'Europe/London')::date;
begin
  select o.name as officer_name, m.agency_id, a.name as agency_name, m.role, w.purpose into it
  from access_pieceofwork w
    join access_officer o on o.id = w.officer_id
    join access_membership m on m.id = w.membership_id
    join access_agency a on a.id = m.agency_id
  where w.id = work and w.officer_id = officer and o.is_active and w.started_at <= at and w.ends_at > at
    and m.from_on <= today and (m.until_on is null or m.until_on >= today);
  if not found then return; end if;
  perform set_config('sightline.officer', officer::text, true), set_config('sightline.work', work::text, true),
    set_config('sightline.agency', it.agency_id::text, true), set_config('sightline.purpose', it.purpose, true),
    set_config('sightline.sight', case it.role {SIGHT_OF_ROLES} else 'none' end, true);
  return query select it.officer_name::text, it.agency_id::int, it.agency_name::text, it.role::text,
    it.purpose::text;
end $$;
"""  # nosec B608: constants only


# How far the sealer has come, for the check of everything that must run: two instants, nothing of any row.
UNSEALED = """
create function sightline_unsealed() returns table (sealed_at timestamptz, waits_since timestamptz) language sql stable
  security definer set search_path = public, pg_temp as $$
  with newest as (select s.era, s.below_xid, s.sealed_at from access_auditseal s order by s.id desc limit 1)
  select (select newest.sealed_at from newest), (
    select a.at from access_auditentry a
    where (a.era, a.xid) >= (coalesce((select newest.era from newest), 0),
                             coalesce((select newest.below_xid from newest), 0)::text::xid8)
    order by a.era, a.xid, a.id limit 1)
$$;
"""

# Who keeps a desk's hours and rota: whoever keeps the agency's officers, or answers for its safeguarding desk. Pages
# have no other way to write them, and the piece of work says for which agency somebody acts.
KEEPS_DESK = """exists (
    select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
      join access_contact c on c.agency_id = m.agency_id
    where w.id = nullif(current_setting('sightline.work', true), '')::uuid
      and w.officer_id = nullif(current_setting('sightline.officer', true), '')::uuid
      and m.role in ('officer-keeper', 'duty-manager') and c.id = kept_desk)"""
HOURS = f"""
create function sightline_keep_hours(kept_desk bigint, given jsonb) returns boolean language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
begin
  if not {KEEPS_DESK} then return false; end if;
  update access_contact set hours = given where id = kept_desk;
  return true;
end $$;
create function sightline_keep_turn(
    kept_desk bigint, begins timestamptz, ends timestamptz, sitting uuid, called text, rung text, written text)
  returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not {KEEPS_DESK} then return false; end if;
  if sitting is not null and not exists (
      select 1 from access_membership m join access_contact c on c.agency_id = m.agency_id
      where m.officer_id = sitting and c.id = kept_desk) then
    return false;
  end if;
  insert into access_rotaturn (contact_id, from_at, until_at, officer_id, name, phone, email)
    values (kept_desk, begins, ends, sitting, called, rung, written);
  return true;
end $$;
create function sightline_end_turn(turn bigint, ended timestamptz) returns boolean language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
declare kept_desk bigint := (select t.contact_id from access_rotaturn t where t.id = turn);
begin
  if kept_desk is null or not {KEEPS_DESK} then return false; end if;
  update access_rotaturn set ended_at = ended where id = turn and ended_at is null;
  return true;
end $$;
create function sightline_keep_channels(kept_desk bigint, given text[]) returns boolean language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
begin
  if not {KEEPS_DESK} or not given <@ array['e-mail', 'text', 'notify-email', 'webhook'] then return false; end if;
  update access_contact set channels = given where id = kept_desk;
  return true;
end $$;
create function sightline_enter_address(kept_desk bigint, way text, entered text) returns boolean language plpgsql
  volatile security definer set search_path = public, pg_temp as $$
begin
  if not {KEEPS_DESK} or way not in ('e-mail', 'text') then return false; end if;
  update access_contact set unproven = case when entered = '' then unproven - way
    else unproven || jsonb_build_object(way, jsonb_build_object('address', entered, 'said', '')) end
    where id = kept_desk;
  return true;
end $$;
create function sightline_prove_address(kept_desk bigint, way text, confirmed text) returns boolean language plpgsql
  volatile security definer set search_path = public, pg_temp as $$
begin
  if not {KEEPS_DESK} then return false; end if;
  update access_contact set email = case way when 'e-mail' then confirmed else email end,
      phone = case way when 'text' then confirmed else phone end,
      proven = proven || jsonb_build_object(way, confirmed), unproven = unproven - way
    where id = kept_desk and unproven -> way ->> 'address' = confirmed;
  return found;
end $$;
grant update on access_contact to sightline_reader;
grant insert, update on access_rotaturn to sightline_reader;
grant usage on all sequences in schema public to sightline_reader;
"""  # nosec B608: constants only

# Who sees to what is an absent officer's, as domain.duties.cover has it (a test holds the two together): along the
# covers to the first who is there; in a circle the manager, then the director, or who is there for them; nobody where
# `seen_by` and `name` are NULL. A task is told of everybody. A page is told of its own agency, and elsewhere only of
# those who sit at a desk: whom to ring there is for everybody to know.
COVERS = f"""
create function sightline_covers(moment timestamptz)
  returns table (agency_id bigint, officer_id uuid, seen_by uuid, name text, email text, phone text)
  language sql stable security definer set search_path = public, pg_temp as $$
  with recursive away as materialized (
    select a.agency_id, a.officer_id, a.covered_by_id from access_absence a
    where a.from_at <= moment and a.until_at > moment),
  chain as (
    select w.agency_id, w.officer_id, w.covered_by_id as seer, array[w.officer_id] as passed from away w
    union all
    select c.agency_id, c.officer_id, w.covered_by_id, c.passed || w.officer_id
    from chain c join away w on w.agency_id = c.agency_id and w.officer_id = c.seer
    where not w.officer_id = any(c.passed)),
  there as (
    select c.agency_id, c.officer_id, c.seer from chain c
    where not exists (select 1 from away w where w.agency_id = c.agency_id and w.officer_id = c.seer)),
  led as (
    select distinct on (w.agency_id, w.officer_id) w.agency_id, w.officer_id, coalesce(t.seer, l.officer_id) as seer,
      l.id as desk
    from away w join access_contact l on l.agency_id = w.agency_id and l.desk in ('manager', 'director')
      left join there t on t.agency_id = l.agency_id and t.officer_id = l.officer_id
    where not exists (select 1 from there e where e.agency_id = w.agency_id and e.officer_id = w.officer_id)
      and (t.seer is not null or l.officer_id is null
           or not exists (select 1 from away x where x.agency_id = l.agency_id and x.officer_id = l.officer_id))
    order by w.agency_id, w.officer_id, l.desk = 'director'),
  seen as (select t.agency_id, t.officer_id, t.seer, null::bigint as desk from there t
    union all select l.agency_id, l.officer_id, l.seer, case when l.seer is null then l.desk end from led l)
  select w.agency_id, w.officer_id, s.seer, coalesce(o.name, d.name)::text, coalesce(o.email, d.email)::text,
    coalesce((select p.phone from access_contact p where p.agency_id = w.agency_id and p.officer_id = s.seer
      and p.phone <> '' order by p.id limit 1), d.phone, '')::text
  from away w left join seen s on s.agency_id = w.agency_id and s.officer_id = w.officer_id
    left join access_officer o on o.id = s.seer left join access_contact d on d.id = s.desk
  where ({AT_TASK} and not {AT_WORK}) or w.agency_id = {MY_AGENCY}
    or exists (select 1 from access_contact c where c.agency_id = w.agency_id and c.officer_id = w.officer_id)
    or exists (select 1 from access_rotaturn r join access_contact c on c.id = r.contact_id
      where c.agency_id = w.agency_id and r.officer_id = w.officer_id and r.from_at <= moment and r.until_at > moment
        and (r.ended_at is null or r.ended_at > moment))
$$;
"""  # nosec B608: constants only

ME = "(select nullif(current_setting('sightline.officer', true), '')::uuid)"


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of access."""

    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGE, "drop function sightline_refuse_change()"),
        migrations.RunSQL(REFUSE_WRITING, "drop function sightline_refuse_writing()"),
        migrations.RunSQL(AUDIT, migrations.RunSQL.noop),
        append_only("access_auditentry"),
        append_only("access_auditseal"),
        migrations.RunSQL(WORK, migrations.RunSQL.noop),
        migrations.RunSQL(BEGIN_WORK, "drop function sightline_begin_work(uuid, uuid, timestamptz)"),
        migrations.RunSQL(definer("sightline_begin_work(uuid, uuid, timestamptz)"), migrations.RunSQL.noop),
        migrations.RunSQL(UNSEALED, "drop function sightline_unsealed()"),
        migrations.RunSQL(definer("sightline_unsealed()"), migrations.RunSQL.noop),
        open_to_read("access_agency"),
        open_to_read("access_cover"),
        open_to_read("access_contact"),
        open_to_read("access_rotaturn"),
        # Who is away says nothing of any child: who works with children in the agency may know, nobody of another.
        protect("access_absence", seen_when=f"agency_id = {MY_AGENCY} and {SIGHTED}",
                added_when=f"agency_id = {MY_AGENCY} and {SIGHTED} and recorded_by_id = {ME}",
                changed_when=f"agency_id = {MY_AGENCY} and {SIGHTED}"),
        migrations.RunSQL(COVERS, "drop function sightline_covers(timestamptz)"),
        migrations.RunSQL(definer("sightline_covers(timestamptz)"), migrations.RunSQL.noop),
        migrations.RunSQL(HOURS, migrations.RunSQL.noop),
        *(migrations.RunSQL(definer(name, "sightline_web"), migrations.RunSQL.noop) for name in (
            "sightline_keep_channels(bigint, text[])", "sightline_enter_address(bigint, text, text)",
            "sightline_prove_address(bigint, text, text)", "sightline_keep_hours(bigint, jsonb)",
            "sightline_end_turn(bigint, timestamptz)",
            "sightline_keep_turn(bigint, timestamptz, timestamptz, uuid, text, text, text)")),
        open_to_read("access_membership"),
        open_to_read("access_officer"),
        migrations.RunSQL("grant update on access_officer to sightline_web", migrations.RunSQL.noop),
    ]

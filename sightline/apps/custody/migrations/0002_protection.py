"""Show a release to who releases, receives and is told; and let no child leave custody but through the gate."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, SIGHTED, append_only, definer, protect
from sightline.domain.custody.gate import GATE, PUBLIC_SQL
from sightline.domain.custody.journey import STEPS

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
OF_A_RELEASE = "exists (select 1 from custody_release r where r.id = release_id)"
# (Constants only.)
OF_OUR_RELEASE = f"exists (select 1 from custody_release r where r.id = release_id and r.agency_id = {MY_AGENCY})"  # nosec B608
PARTY = (f"({SIGHTED} and ({MY_AGENCY} in (r.agency_id, r.receiver_agency_id, r.home_council_id)"
         f" or ({MY_AGENCY} = r.home_force_id and r.state in ('released', 'arrived'))))")
PLAN = ("assessed_in_person", "assessment", "assessed_at", "receiver", "receiver_name", "receiver_phone", "relation",
        "at_least_18", "checked", "known_to_child", "collected", "receiver_agency_id", "transfer_id", "accepted_at",
        "accepted_how", "home_told", "home_told_at", "override_by_id", "override_at", "override_reason", "mode",
        "released_at", "release_entry_id")
NEW_PLAN, OLD_PLAN = (", ".join(f"{row}.{column}" for column in PLAN) for row in ("new", "old"))
OURS = PARTY.replace("r.", "")
FAILING = "\n".join(
    f"  if not coalesce(({condition.kept_as}), false) then failing := failing || '{condition.code}'::text; end if;"
    for condition in GATE)
MOVES = ", ".join(f"('{step.before}', '{step.after}')" for step in STEPS)

# The gate itself, of the same rows as the pages refuse by (domain.custody.gate). It gives the codes of what fails.
GATE_KEPT = f"""
create function sightline_release_gate(r custody_release) returns text[] language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  failing text[] := array[]::text[];
  legs record;
begin
  select count(*) as number, coalesce(bool_or(l.way in {PUBLIC_SQL} and btrim(l.escort) = ''), false) as alone,
      coalesce(bool_and(l.departs_at < l.arrives_at and (l.before is null or l.before <= l.departs_at)), true)
        as in_order
    into legs from (
      select k.*, lag(k.arrives_at) over (order by k.departs_at, k.id) as before from custody_leg k
      where k.release_id = r.id and k.taken_out_at is null) as l;
{FAILING}
  return failing;
end $$;
"""  # nosec B608: constants only

# What the rows cannot say of themselves: an agency accepts by a transfer, and only an inspector overrides.
RELEASE_MOVES = f"""
create function sightline_release_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  mine int := {MY_AGENCY};
  failing text[];
begin
  if tg_op = 'INSERT' then
    if new.state <> 'planned' or not exists (
        select 1 from responsibility_safetyevent e join responsibility_ownerchange c on c.event_id = e.id
          join access_agency a on a.id = c.agency_id and a.kind in ('police', 'transport-police')
        where e.id = new.event_id and e.person_id = new.person_id and e.closed_at is null
          and c.agency_id = new.agency_id) then
      raise exception 'a force plans the release of a child whom it protects' using errcode = 'check_violation';
    end if;
    new.home_council_id := (select i.agency_id from people_involvement i where i.person_id = new.person_id
      and i.part = 'council where the child lives' and i.until is null order by i.since desc limit 1);
    new.home_force_id := (select i.agency_id from people_involvement i where i.person_id = new.person_id
      and i.part = 'police force where the child lives' and i.until is null order by i.since desc limit 1);
    new.out_of_area := new.home_force_id is distinct from new.agency_id;
    return new;
  end if;
  if (new.event_id, new.agency_id, new.planned_by_id, new.planned_at, new.home_council_id, new.home_force_id,
      new.out_of_area) is distinct from (old.event_id, old.agency_id, old.planned_by_id, old.planned_at,
      old.home_council_id, old.home_force_id, old.out_of_area) then
    raise exception 'whose release it is does not change' using errcode = 'check_violation';
  end if;
  if new.state <> old.state and (old.state, new.state) not in ({MOVES}) then
    raise exception 'a release does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  if old.state <> 'planned' and ({NEW_PLAN}) is distinct from ({OLD_PLAN}) then
    raise exception 'the plan of a release that has happened does not change' using errcode = 'check_violation';
  end if;
  if mine is not null and mine <> old.agency_id and not (old.state = 'released' and new.state = 'arrived'
      and mine is not distinct from old.receiver_agency_id) then
    raise exception 'who receives the child says that the child arrived, and nothing else'
      using errcode = 'check_violation';
  end if;
  if new.override_by_id is distinct from old.override_by_id and new.override_by_id is not null and not exists (
      select 1 from access_membership m where m.officer_id = new.override_by_id and m.agency_id = new.agency_id
        and m.role = 'duty-manager' and (m.until_on is null or m.until_on >= current_date)
        and (mine is null or m.officer_id = {ME})) then
    raise exception 'only an inspector of the force overrides the gate, by name' using errcode = 'check_violation';
  end if;
  if old.state = 'planned' and new.state = 'released' then
    failing := sightline_release_gate(new);
    if new.receiver in ('council', 'other-agency') and not exists (
        select 1 from responsibility_transfer t where t.id = new.transfer_id and t.event_id = new.event_id
          and t.state = 'accepted' and t.to_agency_id = new.receiver_agency_id) then
      failing := failing || 'accepted'::text;
    end if;
    if greatest(new.assessed_at, new.accepted_at, new.home_told_at,
        case when new.mode = 'public-transport-alone' then new.override_at end) > new.released_at then
      failing := failing || 'before'::text;
    end if;
    if cardinality(failing) > 0 then
      raise exception 'the release gate refuses: %', array_to_string(failing, ', ') using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger release_moves before insert or update on custody_release
  for each row execute function sightline_release_moves();
create function sightline_leg_is_planned() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  -- Who changes a leg and who releases the child wait for each other: or neither would see what the other does at
  -- that instant, and the gate would judge a journey that is another one by now.
  perform from custody_release r where r.id = new.release_id and r.state = 'planned' for share;
  if not found then
    raise exception 'the plan of a release that has happened does not change' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and (new.release_id, new.way, new.escort, new.origin, new.destination, new.departs_at,
      new.arrives_at) is distinct from (old.release_id, old.way, old.escort, old.origin, old.destination,
      old.departs_at, old.arrives_at) then
    raise exception 'a leg is taken out and added again, not changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger leg_is_planned before insert or update on custody_leg
  for each row execute function sightline_leg_is_planned();
"""  # nosec B608: constants only

# Who takes part in a release, the home force that is told of it among them, sees the event: who protects, and no more.
# (The home council sees it in any case: it sees the whole record.)
TOLD_OF_IT = f"""
create policy takes_part_in_release on responsibility_safetyevent for select to sightline_web
  using ({AT_WORK} and exists (select 1 from custody_release r where r.event_id = responsibility_safetyevent.id
    and {PARTY.replace(", r.home_council_id", "")}));
"""  # nosec B608: constants only

# Whom a release is about, for those who take part in it and may not see the record: name and age, as with an offer.
RELEASED_CHILD = f"""
create function sightline_released_child(release uuid) returns table (name text, age int) language sql stable
  security definer set search_path = public, pg_temp as $$
  select c.name, extract(year from age(r.planned_at, c.born_on))::int
  from custody_release r cross join sightline_told_of(r.person_id) c
  where r.id = release and ({PARTY} or sightline_involved(r.person_id))
$$;
"""  # nosec B608: constants only

# How children left custody, counted over everybody: for managers their own force, for the inspectorate every force.
RELEASE_COUNTS = f"""
create function sightline_release_counts(since timestamptz)
  returns table (agency text, mode text, gated boolean, releases int, out_of_area int, arrived int, overdue int,
    overridden int, minutes double precision) language sql stable
  security definer set search_path = public, pg_temp as $$
  with mine as (
    select m.agency_id, m.role from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = nullif(current_setting('sightline.work', true), '')::uuid and w.officer_id = {ME}
      and m.role in ('duty-manager', 'inspector')),
  every as (
    select r.agency_id, r.mode::text as mode, true as gated, r.out_of_area as away,
      r.state = 'arrived' as arrived, r.alarmed_at is not null as overdue,
      r.override_by_id is not null and r.mode = 'public-transport-alone' as overridden,
      case when r.mode <> 'collected' then extract(epoch from r.arrived_at - r.expected_at) / 60 end as minutes
    from custody_release r where r.state in ('released', 'arrived') and r.released_at >= since
    union all
    select t.agency_id, coalesce(nullif(t.mode::text, ''), 'not told'), false, coalesce(t.out_of_area, false),
      t.received, false, false, null
    from custody_toldrelease t where t.released_at >= since)
  select a.name::text, e.mode, e.gated, count(*)::int, count(*) filter (where e.away)::int,
    count(*) filter (where e.arrived)::int, count(*) filter (where e.overdue)::int,
    count(*) filter (where e.overridden)::int, percentile_cont(0.5) within group (order by e.minutes)
  from every e join access_agency a on a.id = e.agency_id
  where exists (select 1 from mine where mine.role = 'inspector' or mine.agency_id = e.agency_id)
  group by a.name, e.mode, e.gated order by a.name, e.gated desc, e.mode
$$;
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Write the policies, grants, triggers and functions of custody."""

    dependencies = [("custody", "0001_initial")]

    operations = [
        migrations.RunSQL(GATE_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_release_gate(custody_release)", "sightline_reader"),
                          migrations.RunSQL.noop),
        protect("custody_release", seen_when=f"{OURS} or sightline_sees_whole(person_id)",
                added_when=f"agency_id = {MY_AGENCY} and {SIGHTED} and planned_by_id = {ME}",
                changed_when=f"{SIGHTED} and (agency_id = {MY_AGENCY} or receiver_agency_id = {MY_AGENCY})"),
        protect("custody_leg", seen_when=OF_A_RELEASE, added_when=OF_OUR_RELEASE, changed_when=OF_OUR_RELEASE),
        protect("custody_journeystep", seen_when=OF_A_RELEASE, added_when=f"{OF_A_RELEASE} and officer_id = {ME}",
                worker="append"),
        append_only("custody_journeystep"),
        protect("custody_missingdraft", seen_when=OF_A_RELEASE, changed_when=OF_A_RELEASE),
        protect("custody_toldrelease",
                seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
        migrations.RunSQL(TOLD_OF_IT, migrations.RunSQL.noop),
        migrations.RunSQL(RELEASE_MOVES, migrations.RunSQL.noop),
        migrations.RunSQL("alter function sightline_release_moves() owner to sightline_reader;"
                          "alter function sightline_leg_is_planned() owner to sightline_reader;"
                          "grant update on custody_release to sightline_reader",
                          migrations.RunSQL.noop),
        migrations.RunSQL(RELEASED_CHILD, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_released_child(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(RELEASE_COUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_release_counts(timestamptz)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

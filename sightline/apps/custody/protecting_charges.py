"""Say in SQL how a decision on a charge moves, and let no child be charged on our pages but through the gate."""

from sightline.apps.access.protection import MY_AGENCY
from sightline.apps.custody.protecting_screens import ENDING, ME, WORK
from sightline.domain.custody.charging import CODES, GATE, GATED, STEPS, Defence
from sightline.domain.custody.tools import AGAINST, ASKED

ASKED_SQL = ", ".join(f"'{tool.code}'" for tool in ASKED)
AGAINST_ASKED = [tool.code for tool in ASKED if tool.target in AGAINST]
AGAINST_SQL = ", ".join(f"'{code}'" for code in AGAINST_ASKED)
GATED_SQL = ", ".join(f"'{state.value}'" for state in sorted(GATED))
ALL_CODES = ", ".join(f"'{code}'" for code in CODES)
FAILING = "\n".join(
    f"  if not coalesce(({condition.kept_as}), false) then failing := failing || '{condition.code}'::text; end if;"
    for condition in GATE)
MOVES = ", ".join(f"('{step.before}', '{step.after}')" for step in STEPS)
CONSIDERED = ("offence", "offence_kind", "direct", "direct_why", "reasonable", "reasonable_why", "schedule_4",
              "schedule_4_how", "referral", "referral_why", "defence", "defence_why")
SIGNED = ("supervisor_id", "supervisor_reason", "supervised_at", "same_by_id", "same_reason")
DECIDED = ("outcome", "reasons", "decided_by_id", "decided_at")


def _row(name: str, *columns: str) -> str:
    return f"({', '.join(f'{name}.{column}' for column in columns)})"


# The gate itself, of the same rows as the pages refuse by (domain.custody.charging). It gives the codes of what fails.
GATE_KEPT = f"""
create function sightline_charging_refusals(r custody_charging) returns text[] language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  failing text[] := array[]::text[];
  screen record;
  evidence record;
  tools record;
begin
  select d.decided_by_id, d.decided_at into screen from custody_screendecision d
    where d.event_id = r.event_id and d.outcome in ({ENDING}) order by d.number desc limit 1;
  select count(*) filter (where e.speaks = 'for') as speaks_for,
      count(*) filter (where e.speaks = 'against') as speaks_against, max(e.noted_at) as newest
    into evidence from custody_evidence e where e.charging_id = r.id;
  select count(distinct t.code) as answered into tools from custody_toolanswer t
    where t.charging_id = r.id and t.code in ({ASKED_SQL});
{FAILING}
  return failing;
end $$;
create function sightline_charging_gate(event uuid) returns text[] language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  r custody_charging;
  failing text[];
begin
  select c.* into r from custody_charging c where c.event_id = event order by c.opened_at desc, c.id limit 1;
  if not found then return array[{ALL_CODES}, 'decided']::text[]; end if;
  failing := sightline_charging_refusals(r);
  if r.state not in ('may-charge', 'charged') or r.decided_at < (
      select k.arrested_at from custody_custodyrecord k where k.event_id = event) then  -- an earlier custody's
    failing := failing || 'decided'::text;
  end if;
  return failing;
end $$;
"""  # nosec B608: constants only

SUPERVISES = f"""exists (select 1 from access_membership m where m.officer_id = {{officer}} and m.agency_id = {{agency}}
        and m.role = 'duty-manager' and (m.until_on is null or m.until_on >= current_date)
        and (mine is null or m.officer_id = {ME}))"""  # nosec B608: constants only

# What the rows cannot say of themselves: who holds the child, who signs in whose name, what has been decided stays.
MOVED = f"""
create function sightline_charging_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  mine bigint := {MY_AGENCY};
  failing text[];
begin
  if tg_op = 'INSERT' then
    if new.state <> 'considering' or not sightline_held_by(new.event_id, new.agency_id) then
      raise exception 'a force considers the charge of a child whom it holds' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.event_id, new.agency_id, new.opened_by_id, new.opened_at) is distinct from
      (old.event_id, old.agency_id, old.opened_by_id, old.opened_at) or (mine is not null and mine <> old.agency_id)
  then
    raise exception 'whose decision it is does not change' using errcode = 'check_violation';
  end if;
  if new.state <> old.state and (old.state, new.state) not in ({MOVES}) then
    raise exception 'a charging decision does not go from % to %', old.state, new.state
      using errcode = 'check_violation';
  end if;
  if new.state = 'considering' and old.state <> 'considering' then
    new.outcome := null; new.reasons := ''; new.decided_by_id := null; new.decided_at := null;
    new.supervisor_id := null; new.supervisor_reason := ''; new.supervised_at := null;
    new.same_by_id := null; new.same_reason := ''; new.prosecutor := ''; new.prosecutor_words := '';
  elsif old.state <> 'considering' and {_row("new", *CONSIDERED, *SIGNED)} is distinct from
      {_row("old", *CONSIDERED, *SIGNED)} then
    raise exception 'what was considered before a decision does not change' using errcode = 'check_violation';
  elsif old.state = new.state and old.state <> 'considering' then
    raise exception 'what was decided does not change' using errcode = 'check_violation';
  elsif old.state = 'may-charge' and new.state = 'charged' and {_row("new", *DECIDED)} is distinct from
      {_row("old", *DECIDED)} then
    raise exception 'what was decided does not change' using errcode = 'check_violation';
  end if;
  if new.supervisor_id is not null and new.supervisor_id is not distinct from old.supervisor_id
      and new.supervised_at is not distinct from old.supervised_at
      and {_row("new", *CONSIDERED)} is distinct from {_row("old", *CONSIDERED)} then
    raise exception 'a supervisor stands by what was read, and by nothing else' using errcode = 'check_violation';
  end if;
  if (new.supervisor_id is distinct from old.supervisor_id or new.supervised_at is distinct from old.supervised_at)
      and new.supervisor_id is not null and not {SUPERVISES.format(officer="new.supervisor_id", agency="new.agency_id")}
  then
    raise exception 'only a supervisor of the force stands by a no, by name' using errcode = 'check_violation';
  end if;
  if new.same_by_id is distinct from old.same_by_id and new.same_by_id is not null
      and not {SUPERVISES.format(officer="new.same_by_id", agency="new.agency_id")} then
    raise exception 'only a supervisor of the force lets one officer decide both' using errcode = 'check_violation';
  end if;
  if mine is not null and new.decided_by_id is not null and new.decided_by_id is distinct from old.decided_by_id
      and new.decided_by_id <> {ME} then
    raise exception 'who decides does it in their own name' using errcode = 'check_violation';
  end if;
  if old.state = 'referred' and new.state in ('may-charge', 'not-charged') and (
      btrim(new.prosecutor) = '' or btrim(new.prosecutor_words) = '') then
    raise exception 'a named prosecutor decides what was referred' using errcode = 'check_violation';
  end if;
  if new.state <> old.state and new.state in ({GATED_SQL}) then
    failing := sightline_charging_refusals(new);
    if new.defence = '{Defence.DOES_NOT.value}' and exists (select 1 from custody_evidence e
        where e.charging_id = new.id and e.noted_at > new.supervised_at) then
      failing := failing || 'supervised'::text;
    end if;
    if cardinality(failing) > 0 then
      raise exception 'the charging gate refuses: %', array_to_string(failing, ', ') using errcode = 'check_violation';
    end if;
  end if;
  if new.state = 'charged' and old.state <> 'charged' and (
      new.charged_at < date_trunc('minute', new.decided_at) or not exists (
      select 1 from record_entry e join people_identity i on i.id = e.identity_id
        join responsibility_safetyevent s on s.person_id = i.person_id
      where e.id = new.charge_entry_id and e.kind = 'police.charge' and s.id = new.event_id
        and e.told_by_id = new.agency_id)) then
    raise exception 'a charge comes after its decision, with its entry' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger charging_moves before insert or update on custody_charging
  for each row execute function sightline_charging_moves();
create function sightline_is_considered() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from custody_charging r where r.id = new.charging_id and r.state = 'considering')
  then
    raise exception 'what was considered before a decision does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger is_considered before insert on custody_evidence
  for each row execute function sightline_is_considered();
create trigger is_considered before insert on custody_toolanswer
  for each row execute function sightline_is_considered();
"""  # nosec B608: constants only

# An order that restrains a child: a supervisor asks for it by name, and the tools against the adult come first.
RESTRAINED = f"""
create function sightline_restraint_comes_last() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare mine bigint := {MY_AGENCY};
begin
  if (select count(distinct t.code) from custody_toolanswer t where t.charging_id = new.charging_id
      and t.code in ({AGAINST_SQL})) < {len(AGAINST_ASKED)} then
    raise exception 'the tools against the adult come first' using errcode = 'check_violation';
  end if;
  if not exists (select 1 from custody_charging r where r.id = new.charging_id
      and {SUPERVISES.format(officer="new.supervisor_id", agency="r.agency_id")}) then
    raise exception 'only a supervisor of the force asks for an order on a child' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger restraint_comes_last after insert on custody_restraint
  for each row execute function sightline_restraint_comes_last();
"""  # nosec B608: constants only

# A charge that an officer tells of here is the charge of a decision that passed the gate; by the end of the transaction
# the decision names its entry. What a file tells of is past the gate, and counted (custody_toldcharge).
TOLD = """
create function sightline_charge_passed_the_gate() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from custody_charging c where c.state = 'charged'
      and c.charge_entry_id = coalesce(new.event_id, new.id)) then
    raise exception 'a charge of a child goes through the charging gate' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger charge_passed_the_gate after insert on record_entry deferrable initially deferred
  for each row when (new.kind = 'police.charge' and new.officer_id is not null)
  execute function sightline_charge_passed_the_gate();
"""

# How charges of children were decided, counted over everybody: for managers their own force, for the inspectorate all.
COUNTED = f"""
create function sightline_charge_counts(since timestamptz)
  returns table (agency text, state text, gated boolean, cases int, noes int, one_officer int, restraints int,
    possible_victims int) language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select m.agency_id, m.role from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = {WORK} and w.officer_id = {ME} and m.role in ('duty-manager', 'inspector')),
  every as (
    select c.agency_id, c.state::text as state, true as gated,
      c.supervisor_id is not null and c.defence = '{Defence.DOES_NOT.value}' as no,
      c.same_by_id is not null as one_officer,
      (select count(*) from custody_restraint x where x.charging_id = c.id) as restraints,
      (select d.outcome = 'possible victim' from custody_screendecision d where d.event_id = c.event_id
        and d.outcome in ({ENDING}) order by d.number desc limit 1) as victim
    from custody_charging c where coalesce(c.charged_at, c.decided_at, c.opened_at) >= since
    union all
    select t.agency_id, 'charged', false, false, false, 0, null from custody_toldcharge t where t.charged_at >= since)
  select a.name::text, e.state, e.gated, count(*)::int, count(*) filter (where e.no)::int,
    count(*) filter (where e.one_officer)::int, sum(e.restraints)::int, count(*) filter (where e.victim)::int
  from every e join access_agency a on a.id = e.agency_id
  where exists (select 1 from mine where mine.role = 'inspector' or mine.agency_id = e.agency_id)
  group by a.name, e.state, e.gated order by a.name, e.gated desc, e.state
$$;
"""  # nosec B608: constants only

CALLED_BY_PAGES = ("sightline_charge_counts(timestamptz)",)
CALLED_BY_NOBODY = ("sightline_charging_refusals(custody_charging)", "sightline_charging_gate(uuid)",
                    "sightline_charging_moves()", "sightline_is_considered()", "sightline_restraint_comes_last()",
                    "sightline_charge_passed_the_gate()")

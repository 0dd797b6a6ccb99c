"""Say in SQL who hears what a child said in custody, and refuse a decision of a screen that lacks something."""

from sightline.apps.access.protection import MY_AGENCY, SIGHTED
from sightline.domain.custody.screen import CONDITIONS, ENDS, HEARS_IN_COUNCIL, HEARS_IN_FORCE

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


ENDING = _listed(tuple(sorted(one.value for one in ENDS)))
FAILING = "\n".join(
    f"  if not coalesce(({condition.kept_as}), false) then failing := failing || '{condition.code}'::text; end if;"
    for condition in CONDITIONS)

# What a child said is for the custody and child protection roles of the force that asked, and for the social care of a
# council that sees the child's whole record. Nobody else: no school, no education lead, no prosecutor.
HEARS = f"""
create function sightline_hears_child(event uuid, force bigint) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = {WORK} and w.officer_id = {ME} and m.agency_id = {MY_AGENCY} and (
      (m.agency_id = force and m.role in ({_listed(HEARS_IN_FORCE)}))
      or (m.role in ({_listed(HEARS_IN_COUNCIL)}) and exists (
        select 1 from access_agency a where a.id = m.agency_id and a.kind = 'council') and exists (
        select 1 from responsibility_safetyevent e where e.id = event and sightline_sees_whole(e.person_id)))))
$$;
create function sightline_held_by(event uuid, force bigint) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from responsibility_ownerchange c
      join access_agency a on a.id = c.agency_id and a.kind in ('police', 'transport-police')
    where c.event_id = event and c.agency_id = force)
$$;
create function sightline_screened(event uuid) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from custody_screendecision d where d.event_id = event and d.outcome in ({ENDING})
      -- what was decided in an earlier custody of the same event says nothing of this one
      and d.decided_at >= coalesce((select r.arrested_at from custody_custodyrecord r where r.event_id = event),
        '-infinity'))
$$;
"""  # nosec B608: constants only

# A decision is refused by the same rows as the page refuses by, whoever writes. It gives the codes of what fails.
DECIDED = f"""
create function sightline_screen_refusals(d custody_screendecision) returns text[] language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  failing text[] := array[]::text[];
  talk record;
begin
  select t.* into talk from custody_screentalk t where t.event_id = d.event_id
    order by t.noted_at desc, t.id limit 1;
{FAILING}
  return failing;
end $$;
create function sightline_screen_is_whole() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare failing text[];
begin
  if not sightline_held_by(new.event_id, new.agency_id) then
    raise exception 'the force that holds a child screens the child' using errcode = 'check_violation';
  end if;
  if tg_table_name = 'custody_screendecision' then
    failing := sightline_screen_refusals(new);
    if cardinality(failing) > 0 then
      raise exception 'the screen lacks: %', array_to_string(failing, ', ') using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger screen_is_whole before insert on custody_screendecision
  for each row execute function sightline_screen_is_whole();
create trigger talk_is_of_the_force before insert on custody_screentalk
  for each row execute function sightline_screen_is_whole();
"""  # nosec B608: constants only

HEARD = "sightline_hears_child(event_id, agency_id)"
OF_OURS = f"agency_id = {MY_AGENCY} and {HEARD}"
CALLED_BY_PAGES = ("sightline_hears_child(uuid, bigint)",)
CALLED_BY_NOBODY = ("sightline_held_by(uuid, bigint)", "sightline_screened(uuid)",
                    "sightline_screen_refusals(custody_screendecision)", "sightline_screen_is_whole()")

"""Keep exactly one owner of every safety event, and let only the two sides of a transfer move it."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, append_only, definer, open_to_read, protect

SIGHTED = "current_setting('sightline.sight', true) in ('whole', 'own')"
MY_SIDE = f"from_agency_id = {MY_AGENCY} or to_agency_id = {MY_AGENCY}"

# A side of a transfer sees how its event goes on, and by that nothing else of the child.
TAKES_PART = f"""
create function sightline_takes_part(event uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from responsibility_transfer t where t.event_id = event and ({MY_SIDE}))
$$;
"""  # nosec B608: constants only

# Who owned an event at any instant is written by the database, whoever changed it and by whatever way.
OWNER_WRITTEN = """
create function sightline_write_owner() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.owner_agency_id = old.owner_agency_id and new.owner_contact_id = old.owner_contact_id
        and new.owner_since = old.owner_since then
      return new;
    end if;
    if new.owner_since < old.owner_since then
      raise exception 'an owner cannot begin before the one before' using errcode = 'check_violation';
    end if;
  end if;
  insert into responsibility_ownerchange (event_id, at, agency_id, contact_id, rule, transfer_id)
    values (new.id, new.owner_since, new.owner_agency_id, new.owner_contact_id, new.rule, new.by_transfer_id);
  return new;
end $$;
alter function sightline_write_owner() owner to sightline_reader;
grant insert on responsibility_ownerchange to sightline_reader;
create trigger owner_written after insert or update on responsibility_safetyevent
  for each row execute function sightline_write_owner();
create function sightline_owner_is_of_its_agency() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from access_contact c where c.id = new.owner_contact_id and c.agency_id = new.owner_agency_id)
  then
    raise exception 'the named contact is not of the agency that owns' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and old.closed_at is not null and new.closed_at is not null
      and (new.owner_agency_id, new.owner_contact_id) is distinct from (old.owner_agency_id, old.owner_contact_id) then
    raise exception 'a closed event changes its owner no more' using errcode = 'check_violation';
  end if;
  return new;
end $$;
alter function sightline_owner_is_of_its_agency() owner to sightline_reader;
create trigger owner_is_of_its_agency before insert or update on responsibility_safetyevent
  for each row execute function sightline_owner_is_of_its_agency();
"""

# The states of a transfer, whoever writes: it begins offered, by the owner, of an event that is open; it ends once.
TRANSFER_MOVES = """
create function sightline_transfer_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare event record;
begin
  if tg_op = 'INSERT' then
    select e.owner_agency_id, e.person_id, e.closed_at into event from responsibility_safetyevent e
      where e.id = new.event_id for no key update;
    if new.event_id is null and new.state = 'offered' then
      return new;
    end if;
    if new.state <> 'offered' or event.closed_at is not null or
        event.owner_agency_id is distinct from new.from_agency_id
        or event.person_id is distinct from new.person_id then
      raise exception 'only the owner of an open event offers it' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.person_id <> old.person_id and to_jsonb(new) - 'person_id' = to_jsonb(old) - 'person_id' then
    return new;  -- two records of one child were joined or parted
  end if;
  if old.state <> 'offered' or new.state = 'offered' then
    raise exception 'this transfer has ended' using errcode = 'check_violation';
  end if;
  if (new.kind, new.event_id, new.from_agency_id, new.to_agency_id, new.to_contact_id, new.offered_by_id,
      new.offered_at, new.words) is distinct from (old.kind, old.event_id, old.from_agency_id, old.to_agency_id,
      old.to_contact_id, old.offered_by_id, old.offered_at, old.words) then
    raise exception 'what was offered does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
alter function sightline_transfer_moves() owner to sightline_reader;
grant update on responsibility_safetyevent to sightline_reader;
create trigger transfer_moves before insert or update on responsibility_transfer
  for each row execute function sightline_transfer_moves();
create function sightline_accepted_means_owned() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from responsibility_ownerchange c
      where c.transfer_id = new.id and c.event_id = new.event_id and c.agency_id = new.to_agency_id) then
    raise exception 'an accepted transfer makes the receiver the owner' using errcode = 'check_violation';
  end if;
  return null;
end $$;
alter function sightline_accepted_means_owned() owner to sightline_reader;
create constraint trigger accepted_means_owned after insert or update on responsibility_transfer
  deferrable initially deferred for each row when (new.state = 'accepted' and new.event_id is not null)
  execute function sightline_accepted_means_owned();
"""

# The one way by which a handover is answered: the answer, the new owner, the sight that goes with it, the dispute and
# the notice to the other side are one statement, so that nothing can come between them. It says how it went: the state
# that stands, or "changed" where the pack says something else than what was previewed. Who may call it with which
# answer is for the functions around it; nobody else calls it.
SETTLE = """
create function sightline_settle_transfer(
    transfer uuid, answer text, given_reason text, given_whose text, given_rule text, first_step timestamptz,
    at timestamptz, officer uuid, given_name text, given_number text, how text, seen int)
  returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  it responsibility_transfer%rowtype;
  event responsibility_safetyevent%rowtype;
  mine int;
  kind text;
begin
  select e.* into event from responsibility_safetyevent e join responsibility_transfer t on t.event_id = e.id
    where t.id = transfer for no key update of e;
  select t.* into it from responsibility_transfer t where t.id = transfer for no key update;
  if it.state <> 'offered' then return it.state; end if;
  if it.answer_by <= at and answer <> 'withdrawn' then return 'expired'; end if;
  if answer = 'accepted' and seen <> (select max(p.number) from responsibility_pack p where p.transfer_id = transfer)
    then return 'changed'; end if;
  mine := case when answer = 'withdrawn' then it.from_agency_id else it.to_agency_id end;
  update responsibility_transfer t set state = answer, answered_at = at, answered_by_id = officer,
    answered_how = how, answerer = coalesce(given_name, ''), answerer_number = coalesce(given_number, ''),
    seen_version = (select max(p.number) from responsibility_pack p where p.transfer_id = transfer),
    reason = coalesce(given_reason, ''), whose = coalesce(given_whose, ''), by_rule = coalesce(given_rule, '')
    where t.id = transfer;
  if answer = 'accepted' and it.event_id is not null then
    update responsibility_safetyevent e set owner_agency_id = it.to_agency_id, owner_contact_id = it.to_contact_id,
      owner_words = (select a.name from access_agency a where a.id = it.to_agency_id), watched = false,
      owner_since = greatest(at, event.owner_since), by_transfer_id = transfer where e.id = event.id;
    update responsibility_dispute d set settled_at = at, next_step_at = null
      where d.event_id = event.id and d.settled_at is null;
  elsif answer = 'refused' and it.event_id is not null then
    insert into responsibility_dispute (transfer_id, event_id, person_id, opened_at, steps_taken, next_step_at)
      values (transfer, event.id, event.person_id, at, 0, first_step);
  end if;
  if answer = 'accepted' then
    select case when it.event_id is null then 'was told something of the child by a decision'
      when a.kind = 'council' then 'council that protects the child now'
      else 'force or service that protects the child now' end into kind from access_agency a where a.id = mine;
    insert into people_involvement (person_id, agency_id, part, sees, since)
      select it.person_id, mine, kind, case when kind like 'council%' then 'whole' else 'own' end, at
      where not exists (select 1 from people_involvement i where i.person_id = it.person_id
        and i.agency_id = mine and i.part = kind and i.until is null);
  end if;
  insert into record_news (person_id, at) values (it.person_id, at);
  insert into duties_notice (id, key, person_id, from_agency_id, to_agency_id, to_contact_id, about, made_at, tries,
      next_try_at)
    select gen_random_uuid(), 'transfer:' || transfer || ':' || answer, it.person_id, mine,
      c.agency_id, c.id,
      case when it.event_id is null then case answer
          when 'accepted' then 'What you handed over was received by name. The receipt stands on its page.'
          when 'refused' then 'What you handed over was refused. It stays with you.'
          else 'A handover to you was withdrawn. You need do nothing.' end
        else case answer
          when 'accepted' then 'Your offer to hand over a child''s safety was accepted. You are not the owner any more.'
          when 'refused' then 'Your offer to hand over a child''s safety was refused. You stay the owner.'
          else 'The offer to hand over a child''s safety to you was withdrawn. You need do nothing.' end end,
      at, 0, at
    from access_contact c where c.id = case when answer = 'withdrawn' then it.to_contact_id
      else coalesce(event.owner_contact_id, (select g.id from access_contact g where g.agency_id = it.from_agency_id
        order by g.desk <> 'safeguarding', g.id limit 1)) end;
  if how <> 'signed in' then
    insert into duties_notice (id, key, person_id, from_agency_id, to_agency_id, to_contact_id, about, made_at, tries,
        next_try_at)
      values (gen_random_uuid(), 'transfer:' || transfer || ':road', it.person_id, it.from_agency_id, it.to_agency_id,
        it.to_contact_id, case answer
          when 'accepted' then 'An officer of yours took a child over on the road: you protect the child now.'
          else 'An officer of yours refused on the road to take a child over.' end, at, 0, at);
  end if;
  return answer;
end $$;
grant update on responsibility_transfer to sightline_reader;
grant insert, update on responsibility_dispute to sightline_reader;
grant insert on duties_notice, people_involvement, record_news to sightline_reader;
grant usage on all sequences in schema public to sightline_reader;
"""

ANSWER = f"""
create function sightline_answer_transfer(
    transfer uuid, answer text, given_reason text, given_whose text, given_rule text, first_step timestamptz,
    at timestamptz, seen int default null) returns text language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
declare
  me uuid := nullif(current_setting('sightline.officer', true), '')::uuid;
  mine int := {MY_AGENCY};
begin
  if me is null or mine is null or not ({SIGHTED}) or not exists (select 1 from responsibility_transfer t
      where t.id = transfer and ((answer in ('accepted', 'refused') and t.to_agency_id = mine)
        or (answer = 'withdrawn' and t.from_agency_id = mine))) then
    return 'not yours';
  end if;
  return sightline_settle_transfer(transfer, answer, given_reason, given_whose, given_rule, first_step, at, me, null,
    null, 'signed in', seen);
end $$;
"""  # nosec B608: constants only

# Before accepting, the receiver sees age and sex, and no more: enough to decide. The name comes with the acceptance,
# or where the receiver has a part in the child's life already.
OFFERED_CHILD = f"""
create function sightline_offered_child(transfer uuid) returns table (name text, age int, sex text) language sql stable
  security definer set search_path = public, pg_temp as $$
  select case when t.state = 'accepted' or sightline_involved(t.person_id) then c.name end,
    extract(year from age(t.offered_at, c.born_on))::int, c.sex
  from responsibility_transfer t cross join sightline_told_of(t.person_id) c
  where t.id = transfer and {SIGHTED}
    and ((t.to_agency_id = {MY_AGENCY} and t.state in ('offered', 'accepted')) or sightline_involved(t.person_id))
$$;
"""  # nosec B608: constants only

ANSWERING = "sightline_answer_transfer(uuid, text, text, text, text, timestamptz, timestamptz, int)"
SETTLING = ("sightline_settle_transfer(uuid, text, text, text, text, timestamptz, timestamptz, uuid, text, text, text,"
            " int)")


class Migration(migrations.Migration):
    """Write the policies, grants, triggers and functions of responsibility."""

    dependencies = [("responsibility", "0001_initial")]

    operations = [
        migrations.RunSQL(TAKES_PART, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_takes_part(uuid)"), migrations.RunSQL.noop),
        open_to_read("responsibility_keptsite"),
        protect("responsibility_safetyevent",
                seen_when=f"(owner_agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_takes_part(id)"
                          " or sightline_sees_whole(person_id)"),
        protect("responsibility_ownerchange",
                seen_when="exists (select 1 from responsibility_safetyevent e where e.id = event_id)",
                worker="append"),
        append_only("responsibility_ownerchange"),
        protect("responsibility_transfer",
                seen_when=f"(({MY_SIDE}) and {SIGHTED}) or sightline_sees_whole(person_id)",
                added_when=f"from_agency_id = {MY_AGENCY} and {SIGHTED} and sightline_involved(person_id)"
                           " and offered_by_id = nullif(current_setting('sightline.officer', true), '')::uuid"),
        protect("responsibility_dispute",
                seen_when="exists (select 1 from responsibility_transfer t where t.id = transfer_id)"),
        migrations.RunSQL(OWNER_WRITTEN, migrations.RunSQL.noop),
        migrations.RunSQL(TRANSFER_MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLE, migrations.RunSQL.noop),
        migrations.RunSQL(f"alter function {SETTLING} owner to sightline_reader;"
                          f"revoke all on function {SETTLING} from public", migrations.RunSQL.noop),
        migrations.RunSQL(ANSWER, migrations.RunSQL.noop),
        migrations.RunSQL(definer(ANSWERING, "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(OFFERED_CHILD, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_offered_child(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

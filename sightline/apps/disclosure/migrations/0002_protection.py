"""Say in the database who sees a disclosure and what was weighed, and make sharing one act that cannot be split."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, definer, protect

ME = "(select nullif(current_setting('sightline.officer', true), '')::uuid)"
HOLDS = f"(d.holder_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(d.person_id)"
OF_A_HOLDER = f"exists (select 1 from disclosure_disclosure d where d.id = disclosure_id and ({HOLDS}))"

# Who was told sees that it was told, by whom, for what; of a refusal only who had asked hears. What was told is seen
# until its end. Neither sees what was weighed.
RECEIVING = f"""
create function sightline_receives(disclosure uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from disclosure_recipient r join disclosure_disclosure d on d.id = r.disclosure_id
    where d.id = disclosure and r.agency_id = {MY_AGENCY} and (d.outcome <> 'refuse' or d.request_id is not null))
$$;
create function sightline_reads_items(disclosure uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from disclosure_recipient r join disclosure_disclosure d on d.id = r.disclosure_id
    where d.id = disclosure and r.agency_id = {MY_AGENCY} and d.outcome <> 'refuse' and d.until > now()
      and not exists (select 1 from disclosure_ending x where x.disclosure_id = d.id))
$$;
"""  # nosec B608: constants only

# A decision stands whole at the end of its transaction: weighed, with somebody to tell and, if it shares, with things
# that help and do no more harm; and nothing is shared that hangs on none. Whoever writes.
WHOLE = """
create function sightline_disclosure_is_whole() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare weighed disclosure_weighing%rowtype;
begin
  select w.* into weighed from disclosure_weighing w where w.disclosure_id = new.id;
  if not found or not exists (select 1 from disclosure_recipient r where r.disclosure_id = new.id) then
    raise exception 'a decision to share or not is weighed, and is about telling somebody'
      using errcode = 'check_violation';
  end if;
  if new.outcome <> 'refuse' and (not weighed.facilitates or weighed.harms or weighed.told = ''
      or weighed.leak_harms = '' or not exists (select 1 from disclosure_item i where i.disclosure_id = new.id)) then
    raise exception 'what is shared helps, does no more harm, and is something' using errcode = 'check_violation';
  end if;
  return null;
end $$;
alter function sightline_disclosure_is_whole() owner to sightline_reader;
create constraint trigger disclosure_is_whole after insert on disclosure_disclosure
  deferrable initially deferred for each row execute function sightline_disclosure_is_whole();
create function sightline_share_hangs_on_disclosure() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from disclosure_disclosure d
      join disclosure_item i on i.disclosure_id = d.id and i.entry_id = new.entry_id
      join disclosure_recipient r on r.disclosure_id = d.id and r.agency_id = new.agency_id
      where d.decision_id = new.decision_id and d.outcome <> 'refuse' and d.until = new.until) then
    raise exception 'nothing is shared but by a disclosure' using errcode = 'check_violation';
  end if;
  return null;
end $$;
alter function sightline_share_hangs_on_disclosure() owner to sightline_reader;
create constraint trigger share_hangs_on_disclosure after insert on record_share
  deferrable initially deferred for each row execute function sightline_share_hangs_on_disclosure();
create function sightline_disclosure_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'person_id' is distinct from to_jsonb(old) - 'person_id' then
    raise exception 'a decision is never changed or removed: a change of mind is a new one'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger disclosure_stays before update or delete on disclosure_disclosure
  for each row execute function sightline_disclosure_stays();
create trigger never_emptied before truncate on disclosure_disclosure
  for each statement execute function sightline_refuse_change();
"""

# The notice to an agency's safeguarding desk; who has none cannot be told, and the sharing is refused.
TELL = """
create function sightline_tell_desk(
    name text, child uuid, sender int, receiver int, says text, at timestamptz) returns void language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
declare contact bigint;
begin
  select c.id into contact from access_contact c where c.agency_id = receiver and c.desk = 'safeguarding';
  if contact is null then
    raise exception 'nobody there' using errcode = 'no_data_found';
  end if;
  insert into duties_notice (id, key, person_id, from_agency_id, to_agency_id, to_contact_id, about, made_at, tries,
      next_try_at)
    values (gen_random_uuid(), name, child, sender, receiver, contact, says, at, 0, at) on conflict (key) do nothing;
end $$;
"""

# The one way by which an officer shares or refuses. The officer's agency decides about what it told itself, or about
# anything where it sees the whole record.
DISCLOSE = f"""
create function sightline_disclose(told jsonb, at timestamptz) returns uuid language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
declare
  me uuid := {ME};
  mine int := {MY_AGENCY};
  child uuid := (told->>'person')::uuid;
  own uuid;
  made uuid;
  sharing boolean := told->>'outcome' <> 'refuse';
  older disclosure_disclosure%rowtype;
  asking disclosure_request%rowtype;
  holder text;
begin
  if me is null or mine is null or not sightline_involved(child) then return null; end if;
  select e.identity_id into own from record_entry e join people_identity i on i.id = e.identity_id
    where e.id = (told->>'decision')::uuid and e.told_by_id = mine and e.officer_id = me and i.person_id = child
      and e.kind = 'decision.made';
  if own is null then return null; end if;
  if exists (select 1 from jsonb_array_elements_text(told->'entries') as named(id)
      where not exists (select 1 from record_entry e join people_identity i on i.id = e.identity_id
        where e.id = named.id::uuid and i.person_id = child
          and (e.told_by_id = mine or sightline_sees_identity_whole(i.id)))) then return null; end if;
  if jsonb_array_length(told->'signs') > 0 and not sightline_sees_whole(child) then return null; end if;
  if told->>'replaces' is not null then
    select d.* into older from disclosure_disclosure d where d.id = (told->>'replaces')::uuid and d.person_id = child
      and (d.holder_id = mine or sightline_sees_whole(child)) for no key update;
    if not found then return null; end if;
  end if;
  if told->>'request' is not null then
    select q.* into asking from disclosure_request q where q.id = (told->>'request')::uuid and q.person_id = child
      and (q.asked_id = mine or sightline_sees_whole(child)) for no key update;
    if not found or not told->'recipients' @> to_jsonb(array[asking.asked_by_id]) then return null; end if;
  end if;
  select a.name into holder from access_agency a where a.id = mine;
  insert into disclosure_disclosure (id, person_id, identity_id, decision_id, holder_id, officer_id, decided_at,
      outcome, purpose, gateway, until, words, about, request_id, replaces_id)
    values (gen_random_uuid(), child, own, (told->>'decision')::uuid, mine, me, at, told->>'outcome', told->>'purpose',
      told->>'gateway', (told->>'until')::timestamptz, told->>'words', told->>'about', (told->>'request')::uuid,
      (told->>'replaces')::uuid)
    returning id into made;
  insert into disclosure_weighing (disclosure_id, facilitates, facilitates_because, harms, harms_because, told,
      told_because, checked_on, leak_harms)
    select made, (told->>'facilitates')::boolean, told->>'facilitates_because', (told->>'harms')::boolean,
      told->>'harms_because', told->>'told', told->>'told_because', (told->>'checked_on')::date, told->>'leak_harms';
  insert into disclosure_recipient (disclosure_id, agency_id, function)
    select made, r.id::int, told->'functions'->>r.id from jsonb_array_elements_text(told->'recipients') as r(id)
    where r.id::int <> mine;
  insert into disclosure_item (disclosure_id, entry_id, sign, words)
    select made, named.id::uuid, '', '' from jsonb_array_elements_text(told->'entries') as named(id);
  insert into disclosure_item (disclosure_id, sign, words)
    select made, s->>'code', s->>'words' from jsonb_array_elements(told->'signs') as s;
  if told->>'summary' <> '' then
    insert into disclosure_item (disclosure_id, sign, words) values (made, '', told->>'summary');
  end if;
  if sharing then
    insert into record_share (entry_id, agency_id, decision_id, until)
      select i.entry_id, r.agency_id, (told->>'decision')::uuid, (told->>'until')::timestamptz
      from disclosure_item i join disclosure_recipient r on r.disclosure_id = made
      where i.disclosure_id = made and i.entry_id is not null;
    perform sightline_tell_desk('disclosure:' || made || ':shared:' || r.agency_id, child, mine, r.agency_id::int,
        holder || ' shared something of a child with you by a decision. See it, and say that you have it.', at)
      from disclosure_recipient r where r.disclosure_id = made;
  elsif asking.id is not null then
    perform sightline_tell_desk('disclosure:' || made || ':refused', child, mine, asking.asked_by_id::int,
      holder || ' has answered what you asked for: it is not shared. See why.', at);
  end if;
  if older.id is not null and sightline_end_disclosure(older.id, 'replaced', '', at) <> 'replaced' then
    return null;
  end if;
  return made;
end $$;
"""  # nosec B608: constants only

# Ends a disclosure at once, for all its recipients, and says so to each of them.
END = f"""
create function sightline_end_disclosure(disclosure uuid, because text, said text, at timestamptz)
  returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  it disclosure_disclosure%rowtype;
  me uuid := {ME};
  mine int := {MY_AGENCY};
  holder text;
begin
  select d.* into it from disclosure_disclosure d where d.id = disclosure
    and ((d.holder_id = mine and {SIGHTED}) or sightline_sees_whole(d.person_id)) for no key update;
  if me is null or not found then return 'not yours'; end if;
  insert into disclosure_ending (disclosure_id, at, why, officer_id, words) values (it.id, at, because, me, said)
    on conflict (disclosure_id) do nothing;
  if not found then return 'ended'; end if;
  insert into record_shareend (share_id, at) select s.id, at from record_share s where s.decision_id = it.decision_id
    on conflict (share_id) do nothing;
  insert into record_news (person_id, at) values (it.person_id, at);
  select a.name into holder from access_agency a where a.id = mine;
  if it.outcome <> 'refuse' then
    perform sightline_tell_desk('disclosure:' || it.id || ':ended:' || r.agency_id, it.person_id, mine,
      r.agency_id::int,
      case because
        when 'wrong person' then holder || ' has taken back what it shared with you: it was about another child. '
          || 'Do not act on it. Remove your copies, and say that you have.'
        when 'wrong data' then holder || ' has taken back what it shared with you: it was wrong. '
          || 'Do not act on it. Remove your copies, and say that you have.'
        when 'replaced' then holder || ' has decided anew what it shares with you. The older decision has ended.'
        else holder || ' has ended what it shared with you. Remove your copies, and say that you have.' end, at)
      from disclosure_recipient r where r.disclosure_id = it.id;
  end if;
  return because;
end $$;
"""  # nosec B608: constants only

# An agency that knows a child asks the council that is responsible for more: the database finds which that is.
ASK_FOR = f"""
create function sightline_responsible_council(child uuid) returns int language sql stable
  security definer set search_path = public, pg_temp as $$
  select i.agency_id::int from people_involvement i join access_agency a on a.id = i.agency_id and a.kind = 'council'
  where i.person_id = child and i.until is null and i.sees = 'whole'
  order by case i.part when 'council that looks after the child' then 0 when 'council where the child lives' then 1
    else 2 end, i.since, i.agency_id limit 1
$$;
create function sightline_ask_for(child uuid, asked_for text, because text, at timestamptz)
  returns uuid language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  me uuid := {ME};
  mine int := {MY_AGENCY};
  council int;
  made uuid;
begin
  if me is null or not sightline_involved(child) then return null; end if;
  council := sightline_responsible_council(child);
  if council is null or council = mine then return null; end if;
  insert into disclosure_request (id, person_id, asked_by_id, officer_id, asked_id, wanted, purpose, asked_at)
    values (gen_random_uuid(), child, mine, me, council, asked_for, because, at) returning id into made;
  perform sightline_tell_desk('request:' || made, child, mine, council,
    (select a.name from access_agency a where a.id = mine)
      || ' asks you to share something of a child. Decide, and say why.', at);
  return made;
end $$;
"""  # nosec B608: constants only

# The limits, as domain.disclosure.asking had them when this was written (a test holds the two together).
OFFICERS_LIMIT, AGENCYS_LIMIT, WITHIN = 6, 60, "1 hour"
MAY_ASK = "'council', 'health', 'police', 'transport-police'"

# The stranger's question. It gives an answer, and whom to ring; of the child, and of who knows it, nothing. `sure` and
# `doubtful` are lists of sets of keys: a record that has all keys of a set is meant, or may be. `on_duty` gives the
# contact on duty at each council. The audit of the child is written here: the page never learns whose record it was.
ASK = f"""
create function sightline_ask_if_known(
    sure jsonb, doubtful jsonb, because text, local_council int, ring text, on_duty jsonb, at timestamptz)
  returns table (question uuid, answer text, agency int) language plpgsql volatile
  security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  me uuid := {ME};
  mine int := {MY_AGENCY};
  asker record;
  known uuid[];
  near uuid[];
  council int;
  said text;
  made uuid;
begin
  select a.name, a.kind into asker from access_agency a where a.id = mine;
  if me is null or not {SIGHTED} or asker.kind is null or asker.kind not in ({MAY_ASK})
      or not exists (select 1 from access_agency a where a.id = local_council and a.kind = 'council') then
    return;
  end if;
  perform pg_advisory_xact_lock(7205, mine);
  if (select count(*) from disclosure_question q where q.officer_id = me and q.asked_at > at - interval '{WITHIN}'
        and q.answer <> 'too often') >= {OFFICERS_LIMIT}
      or (select count(*) from disclosure_question q where q.agency_id = mine and q.asked_at > at - interval '{WITHIN}'
        and q.answer <> 'too often') >= {AGENCYS_LIMIT} then
    said := 'too often';
  else
    select array_agg(distinct i.person_id) into known from jsonb_array_elements(sure) as s(keys)
      cross join lateral (select n.person_id from people_identity n
        where n.keys @> array(select k::bigint from jsonb_array_elements_text(s.keys) as t(k)) limit 50) as i;
    select array_agg(distinct i.person_id) into near from jsonb_array_elements(doubtful) as s(keys)
      cross join lateral (select n.person_id from people_identity n
        where n.keys @> array(select k::bigint from jsonb_array_elements_text(s.keys) as t(k)) limit 50) as i;
    said := case when cardinality(known) = 1 then 'yes' when known is not null or near is not null then 'ring'
      else 'no' end;
    if exists (select 1 from unnest(known) as k(id) join people_identity i on i.person_id = k.id where (
        select s.shielded from disclosure_shield s where s.identity_id = i.id order by s.id desc limit 1)) then
      said := 'ring';
    end if;
  end if;
  known := case when cardinality(known) > 0 then known else near end;
  if said in ('yes', 'ring') then
    select min(sightline_responsible_council(k.id)) into council from unnest(known) as k(id);
  end if;
  council := coalesce(council, local_council);
  insert into disclosure_question (id, officer_id, agency_id, asked_at, purpose, because, ring_back, here_id, answer,
      told_agency_id)
    values (gen_random_uuid(), me, mine, at, coalesce(current_setting('sightline.purpose', true), ''), because, ring,
      local_council, said, case when said in ('yes', 'ring') then council end) returning id into made;
  if said in ('yes', 'ring') then
    insert into duties_notice (id, key, person_id, from_agency_id, to_agency_id, to_contact_id, about, made_at, tries,
        next_try_at)
      select gen_random_uuid(), 'known:' || made || ':' || row_number() over (order by k.id), k.id, mine, council,
        (select c.id from access_contact c where c.agency_id = council and c.desk <> 'education'
          order by c.id <> coalesce((on_duty->>council::text)::bigint, 0), c.desk <> 'safeguarding' limit 1),
        (select o.name from access_officer o where o.id = me) || ' of ' || asker.name || ' asked at '
          || to_char(at at time zone 'Europe/London', 'HH24:MI') || ' whether a child is known here, and rings you. '
          || 'Ring back on ' || ring, at, 0, at
      from (select k.id from unnest(known) as k(id)
        where coalesce(sightline_responsible_council(k.id), local_council) = council order by k.id limit 3) as k;
    insert into access_auditentry (officer_id, agency_id, work_id, purpose, act, writes, refused, children, about)
      values (me, mine, nullif(current_setting('sightline.work', true), '')::uuid,
        coalesce(current_setting('sightline.purpose', true), ''), 'ask if a child is known', true, false, known,
        jsonb_build_object('question', made));
  end if;
  return query select made, said, council;
end $$;
"""  # nosec B608: constants only

GRANTS = """
grant insert on disclosure_disclosure, disclosure_weighing, disclosure_recipient, disclosure_item, disclosure_ending,
  disclosure_request, disclosure_question, record_share, record_shareend, record_news to sightline_reader;
grant insert (officer_id, agency_id, work_id, purpose, act, writes, refused, children, about)
  on access_auditentry to sightline_reader;
grant update on disclosure_disclosure, disclosure_request to sightline_reader;
grant usage on all sequences in schema public to sightline_web, sightline_worker, sightline_reader;
"""

WEB = ("sightline_disclose(jsonb, timestamptz)", "sightline_end_disclosure(uuid, text, text, timestamptz)",
       "sightline_ask_for(uuid, text, text, timestamptz)",
       "sightline_ask_if_known(jsonb, jsonb, text, int, text, jsonb, timestamptz)")
WITHIN_OTHERS = ("sightline_tell_desk(text, uuid, int, int, text, timestamptz)", "sightline_responsible_council(uuid)")


class Migration(migrations.Migration):
    """Write the policies, grants, triggers and functions of disclosure."""

    dependencies = [("disclosure", "0001_initial"), ("duties", "0002_protection"), ("record", "0002_protection")]

    operations = [
        migrations.RunSQL(RECEIVING, migrations.RunSQL.noop),
        *[migrations.RunSQL(definer(one), migrations.RunSQL.noop)
          for one in ("sightline_receives(uuid)", "sightline_reads_items(uuid)")],
        protect("disclosure_disclosure", seen_when=(
            f"(holder_id = {MY_AGENCY} and {SIGHTED}) or sightline_receives(id) or sightline_sees_whole(person_id)")),
        protect("disclosure_weighing", seen_when=OF_A_HOLDER, worker="append"),
        protect("disclosure_recipient", seen_when=(
            f"(agency_id = {MY_AGENCY} and sightline_receives(disclosure_id)) or {OF_A_HOLDER}"), worker="append"),
        protect("disclosure_item", seen_when=f"sightline_reads_items(disclosure_id) or {OF_A_HOLDER}", worker="append"),
        protect("disclosure_receipt",
                seen_when="exists (select 1 from disclosure_recipient r where r.id = recipient_id)",
                added_when=f"officer_id = {ME} and exists (select 1 from disclosure_recipient r"
                           f" where r.id = recipient_id and r.agency_id = {MY_AGENCY})", worker="append"),
        protect("disclosure_ending",
                seen_when="exists (select 1 from disclosure_disclosure d where d.id = disclosure_id)", worker="append"),
        protect("disclosure_request", seen_when=(
            f"((asked_by_id = {MY_AGENCY} or asked_id = {MY_AGENCY}) and {SIGHTED})"
            " or sightline_sees_whole(person_id)")),
        protect("disclosure_shield", seen_when="sightline_sees_identity_whole(identity_id)",
                added_when=f"sightline_sees_identity_whole(identity_id) and agency_id = {MY_AGENCY}"
                           f" and officer_id = {ME}",
                worker="append"),
        protect("disclosure_question",
                seen_when=f"(agency_id = {MY_AGENCY} or told_agency_id = {MY_AGENCY}) and {SIGHTED}", worker="append"),
        *[append_only(f"disclosure_{table}") for table in (
            "weighing", "recipient", "item", "receipt", "ending", "shield", "question")],
        migrations.RunSQL(WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
        migrations.RunSQL(END, migrations.RunSQL.noop),
        migrations.RunSQL(DISCLOSE, migrations.RunSQL.noop),
        migrations.RunSQL(ASK_FOR, migrations.RunSQL.noop),
        migrations.RunSQL(ASK, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        *[migrations.RunSQL(definer(one, "sightline_web"), migrations.RunSQL.noop) for one in WEB],
        *[migrations.RunSQL(definer(one, "sightline_reader"), migrations.RunSQL.noop) for one in WITHIN_OTHERS],
    ]

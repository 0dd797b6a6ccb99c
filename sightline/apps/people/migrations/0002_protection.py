"""Say in the database who sees a child: the agencies with a part in the child's life, each as far as it reaches."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, definer, open_to_read, protect

# These functions look past row-level security to answer one question about one row. They are owned by a role that can
# only read, and say yes or no.
SIGHT = f"""
create function sightline_sees_whole(person uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select current_setting('sightline.sight', true) = 'whole' and exists (
    select 1 from people_involvement i
    where i.person_id = person and i.agency_id = {MY_AGENCY} and i.until is null and i.sees = 'whole')
$$;
create function sightline_involved(person uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select current_setting('sightline.sight', true) in ('whole', 'own') and exists (
    select 1 from people_involvement i
    where i.person_id = person and i.agency_id = {MY_AGENCY} and i.until is null)
$$;
create function sightline_sees_identity(identity uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from people_identity n where n.id = identity
    and ((n.agency_id = {MY_AGENCY} and current_setting('sightline.sight', true) in ('whole', 'own'))
      or sightline_sees_whole(n.person_id)))
$$;
create function sightline_sees_identity_whole(identity uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from people_identity n where n.id = identity and sightline_sees_whole(n.person_id))
$$;
"""  # nosec B608: constants only

# Array operators are not leakproof, so that under a policy no index would serve them: the rule stands inside the
# function. The planner takes an overlap with some keys for a hundredth of all records, so each key is looked up alone.
FIND = """
create function sightline_find(wanted bigint[]) returns table (identity_id uuid, person_id uuid) language sql stable
  security definer set search_path = public, pg_temp set enable_seqscan = off as $$
  select distinct n.id, n.person_id from unnest(wanted) as w(key)
  cross join lateral (select i.id, i.person_id from people_identity i where i.keys @> array[w.key] limit 200) n
  where sightline_involved(n.person_id) limit 500
$$;
"""

# What is told of a child, from the words of all: for the functions that tell an agency of a child whose record it does
# not see, each as much as that agency must know. The same choice as `best_named` in queries.py.
TOLD_OF = """
create function sightline_told_of(child uuid) returns table (name text, born_on date, sex text) language sql stable
  security definer set search_path = public, pg_temp as $$
  with words as (
    select distinct on (d.identity_id) d.* from people_identity i join people_description d on d.identity_id = i.id
    where i.person_id = child order by d.identity_id, d.id desc)
  select
    (select trim(concat(w.given, ' ', w.family)) from words w where w.given is not null or w.family is not null
      order by w.given is null or w.family is null, concat(w.given, w.family) = upper(concat(w.given, w.family)),
        w.told_at desc limit 1),
    (select w.born_on from words w where w.born_on is not null order by w.told_at desc limit 1),
    (select w.sex from words w where w.sex is not null order by w.told_at desc limit 1)
$$;
"""

# The worker's search for identities that may be one child, for many at once: under each key, or under two keys that one
# identity must have. A key that more than a few persons share (a birthday with the sound of a common name, in a whole
# nation) says little by itself: then a second must be shared. In PL/pgSQL, so that a session plans it once.
NEAR = """
create function sightline_near(
    numbers int[], probes bigint[], seconds bigint[], few int[], most_a_key int, most_a_person int)
  returns table (n int, identity_id uuid, person_id uuid, agency_id int, scheme text, key text, made double precision)
  language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with near as (
    select p.n, q.person_id
    from unnest(numbers, probes, seconds, few) as p(n, key, second, few)
    cross join lateral (
      select array_agg(distinct c.person_id) as persons from (
        select i.person_id from people_identity i where i.keys @> array[p.key, p.second] limit most_a_key) c) found
    cross join lateral unnest(found.persons) as q(person_id)
    group by p.n, q.person_id
    having count(*) > 1 or bool_or(cardinality(found.persons) <= p.few))
  select near.n, i.id, i.person_id, i.agency_id::int, i.scheme::text, i.key::text,
    extract(epoch from o.made_at)::double precision
  from near join people_person o on o.id = near.person_id
  cross join lateral (
    select * from people_identity i where i.person_id = near.person_id and i.scheme <> 'sightline'
    limit most_a_person) i;
end $$;
"""

# All that stands around arrivals, in one answer, for each question of its own would cost as much as its travel: who is
# near, what was told of them, of whom a human said that they are apart, and by which weights to compare. Where others
# attribute meanwhile, it holds the persons near first, in order, and looks again where one of them gave up or took a
# record while it waited: each statement sees what is committed by then. It asks as the worker, but for who is near.
AROUND = """
create function sightline_around(
    numbers int[], probes bigint[], seconds bigint[], few int[], most_a_key int, most_a_person int, most_told int,
    arrived uuid[], theirs uuid[], made uuid[], hold boolean, bytes_a_record int)
  returns text language plpgsql volatile set search_path = public, pg_temp set enable_seqscan = off
  set plan_cache_mode = force_generic_plan as $$
declare near json; ids uuid[]; persons uuid[]; held uuid[]; told json; apart json; used json;
begin
  select json_agg(json_build_array(f.n, f.identity_id, f.person_id, f.agency_id, f.scheme, f.made)),
      array_agg(f.identity_id), array_agg(f.person_id)
    into near, ids, persons
    from sightline_near(numbers, probes, seconds, few, most_a_key, most_a_person) f;
  if hold then
    select array_agg(distinct p order by p) into held from unnest(persons || theirs) as p where p <> all(made);
    perform id from people_person where id = any(held) order by id for no key update;
    if array(select (i.id, i.person_id)::text from people_identity i
             where i.person_id = any(held) and i.scheme <> 'sightline' order by 1)
       <> array(select distinct (t.id, t.person_id)::text from unnest(ids, persons) as t(id, person_id)
                where t.person_id <> all(made) order by 1) then
      select json_agg(json_build_array(f.n, f.identity_id, f.person_id, f.agency_id, f.scheme, f.made)),
          array_agg(f.identity_id)
        into near, ids
        from sightline_near(numbers, probes, seconds, few, most_a_key, most_a_person) f;
    end if;
  end if;
  select json_agg(json_build_array(
      w.id, d.given, d.family, d.also_known_as, d.born_on, d.sex, d.identifiers, d.postcode, d.school, d.carers,
      d.phones) order by w.id, d.id desc)
    into told
    from (select unnest(ids) except select unnest(arrived)) as w(id) cross join lateral (
      select * from people_description d where d.identity_id = w.id order by d.id desc limit most_told) d;
  select json_agg(json_build_array(one_id, other_id)) into apart from people_doubt
    where answer = 'not-same' and (one_id = any(arrived) or other_id = any(arrived));
  select json_build_array(w.digest, w.join_at, w.keep_from, w.ask_from, (
      select greatest(c.reltuples::bigint, pg_relation_size(c.oid) / bytes_a_record) from pg_class c
      where c.oid = 'people_identity'::regclass))
    into used from people_weights w where w.in_use;
  return json_build_object('near', near, 'told', told, 'apart', apart, 'used', used);
end $$;
"""

# What officers record on our pages hangs on an identity of their agency's own, made once for a child they may see.
# Only ids: with them an agency asks for the entries that it may see, shared ones among them, and for no others.
IDENTITIES = """
create function sightline_identities_of(child uuid) returns setof uuid language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select n.id from people_identity n where n.person_id = child and sightline_involved(child)
$$;
"""

OWN_IDENTITY = f"""
create function sightline_own_identity(
    child uuid, told_by int, given text, family text, born_on date, sex text, digest bytea, at timestamptz)
  returns uuid language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare made uuid;
begin
  if told_by is distinct from {MY_AGENCY} or not sightline_involved(child) then
    raise exception 'no such child for this agency' using errcode = 'insufficient_privilege';
  end if;
  insert into people_identity (id, agency_id, scheme, key, person_id, keys)
    values (gen_random_uuid(), told_by, 'sightline', child::text, child, '{{}}')
    on conflict (agency_id, scheme, key) do nothing returning id into made;
  if made is not null then
    if given is not null or family is not null then
      insert into people_description (identity_id, digest, given, family, also_known_as, born_on, sex, identifiers,
        told_at) values (made, digest, given, family, '{{}}', born_on, sex, '{{}}', at);
    end if;
    return made;
  end if;
  select id into made from people_identity
    where agency_id = told_by and scheme = 'sightline' and key = child::text;
  return made;
end $$;
"""  # nosec B608: constants only

AUDIT_OF = """
create function sightline_audit_of(person uuid, most int) returns setof access_auditentry language sql stable
  security definer set search_path = public, pg_temp as $$
  select a.* from access_auditentry a
  where sightline_sees_whole(person) and a.children @> array[person] order by a.id desc limit most
$$;
"""

# A doubt seen from one side would betray that the child of the other side exists, and whoever answered it "the same"
# without having looked would take a part in that child's life.
SEES_BOTH = "sightline_sees_identity(one_id) and sightline_sees_identity(other_id)"

# Whose turn it is to say whether two records are one child: the same rule as SEES_BOTH, for many rows at once.
SEES_SIDE = f"""
  exists (select 1 from people_identity n where n.id = {{side}} and (n.agency_id = {MY_AGENCY} or (
    current_setting('sightline.sight', true) = 'whole' and exists (
      select 1 from people_involvement i where i.person_id = n.person_id and i.agency_id = {MY_AGENCY}
        and i.until is null and i.sees = 'whole'))))
"""  # nosec B608: constants only
DOUBTS_IN_LINE = f"""
create function sightline_doubts_in_line(behind timestamptz, behind_id uuid, backwards boolean, most int)
  returns table (id uuid, opened_at timestamptz) language plpgsql stable
  security definer set search_path = public, pg_temp as $$
begin
  if not {SIGHTED} then return; end if;
  if backwards then
    return query select d.id, d.opened_at from people_doubt d
      where d.answer = 'open' and (behind is null or (d.opened_at, d.id) < (behind, behind_id))
        and {SEES_SIDE.format(side="d.one_id")} and {SEES_SIDE.format(side="d.other_id")}
      order by d.opened_at desc, d.id desc limit most;
  else
    return query select d.id, d.opened_at from people_doubt d
      where d.answer = 'open' and (behind is null or (d.opened_at, d.id) > (behind, behind_id))
        and {SEES_SIDE.format(side="d.one_id")} and {SEES_SIDE.format(side="d.other_id")}
      order by d.opened_at, d.id limit most;
  end if;
end $$;
"""  # nosec B608: constants only

FUNCTIONS = ["sightline_sees_whole(uuid)", "sightline_involved(uuid)", "sightline_sees_identity(uuid)",
             "sightline_sees_identity_whole(uuid)", "sightline_find(bigint[])", "sightline_audit_of(uuid, int)",
             "sightline_own_identity(uuid, int, text, text, date, text, bytea, timestamptz)",
             "sightline_identities_of(uuid)", "sightline_doubts_in_line(timestamptz, uuid, boolean, int)"]
WORKER_FUNCTIONS = ["sightline_near(int[], bigint[], bigint[], int[], int, int)"]

AROUND_OF = "sightline_around(int[], bigint[], bigint[], int[], int, int, int, uuid[], uuid[], uuid[], boolean, int)"


class Migration(migrations.Migration):
    """Write the policies, grants and functions of people."""

    dependencies = [("people", "0001_initial"), ("access", "0002_protection")]

    operations = [
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RunSQL(AUDIT_OF, migrations.RunSQL.noop),
        migrations.RunSQL(TOLD_OF, migrations.RunSQL.noop),
        migrations.RunSQL(NEAR, migrations.RunSQL.noop),
        migrations.RunSQL(AROUND, migrations.RunSQL.noop),
        migrations.RunSQL(IDENTITIES, migrations.RunSQL.noop),
        migrations.RunSQL(DOUBTS_IN_LINE, migrations.RunSQL.noop),
        migrations.RunSQL(OWN_IDENTITY, migrations.RunSQL.noop),
        # The one thing that the reader may write, through that function only.
        migrations.RunSQL("grant insert on people_identity, people_description to sightline_reader",
                          migrations.RunSQL.noop),
        protect("people_person", seen_when="sightline_involved(id)"),
        protect("people_identity", seen_when="sightline_sees_identity(id)"),
        protect("people_description", seen_when="sightline_sees_identity(identity_id)"),
        protect("people_joining", seen_when="sightline_sees_identity(identity_id)", worker="append"),
        append_only("people_joining"),
        protect("people_doubt", seen_when=SEES_BOTH, changed_when=SEES_BOTH),
        open_to_read("people_weights"),
        protect("people_involvement",
                seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
        *[migrations.RunSQL(definer(function), migrations.RunSQL.noop) for function in FUNCTIONS],
        *[migrations.RunSQL(definer(function, "sightline_worker"), migrations.RunSQL.noop)
          for function in WORKER_FUNCTIONS],
        migrations.RunSQL(definer("sightline_told_of(uuid)", "sightline_reader"), migrations.RunSQL.noop),
        migrations.RunSQL(f"revoke all on function {AROUND_OF} from public;"
                          f"grant execute on function {AROUND_OF} to sightline_worker", migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

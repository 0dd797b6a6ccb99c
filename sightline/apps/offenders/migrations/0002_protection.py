"""Show offenders to managers of the agency that leads, and that one is near a child to social care of that child."""

from django.db import migrations

from sightline.apps.access.protection import AT_TASK, AT_WORK, MY_AGENCY, append_only, definer, keep_from_pages, protect
from sightline.domain.access.roles import ROLES
from sightline.domain.access.verbs import Verb
from sightline.domain.vocabulary.offender import FEED

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
MANAGING = ", ".join(f"'{code}'" for code, role in sorted(ROLES.items()) if Verb.SEE_OFFENDERS in role.may)

# Offender managers and their supervisors, for the offenders whom their own agency leads. No other role, of whatever
# rank, and no other agency.
MANAGES = f"""
create function sightline_manages_offenders() returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select sightline_in_role(array[{MANAGING}])
$$;
"""  # nosec B608: constants only
OURS = f"agency_id = {MY_AGENCY} and (select sightline_manages_offenders())"
OF_OURS = "exists (select 1 from offenders_offender o where o.id = offender_id)"

# A file of offenders, its pieces and its faults are for who manages them; every other file for the other officers.
OF_MY_ROLE = f"agency_id = {MY_AGENCY} and (feed = '{FEED}') = (select sightline_manages_offenders())"
FILES = f"""
alter policy web_sees on intake_submission using ({AT_WORK} and {OF_MY_ROLE});
alter policy web_adds on intake_submission with check ({AT_WORK} and {OF_MY_ROLE});
"""  # nosec B608: constants only

# To the manager a join says that there is a child, how old, and which council to ring: no name, no id of the child.
JOINS_OF = f"""
create function sightline_joins_of(of_offender uuid, day date)
  returns table (id uuid, way text, since date, how text, check_first text, found_at timestamptz, gone_at timestamptz,
    telling uuid, age int, council text, phone text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.id, j.way, j.since, j.how, j.check_first, j.found_at, j.gone_at, j.telling_id,
    (select extract(year from age(day, min((n ->> 'born_on')::date)))::int
      from jsonb_array_elements(s.child -> 'names') n),
    c.name, c.phone
  from offenders_join j
  join offenders_offender o on o.id = j.offender_id
  left join offenders_childside s on s.person_id = j.person_id
  left join lateral (
    select a.name, d.phone from people_involvement i join access_agency a on a.id = i.agency_id and a.kind = 'council'
      left join access_contact d on d.agency_id = a.id and d.desk = 'safeguarding'
    where i.person_id = j.person_id and i.until is null and i.sees = 'whole' order by i.since limit 1) c on true
  where j.offender_id = of_offender and o.agency_id = {MY_AGENCY} and sightline_manages_offenders()
  order by j.gone_at nulls first, j.found_at desc, j.id limit 200
$$;
"""  # nosec B608: constants only

# Who may be near these children, or these offenders, by the keys of both; for the worker alone. A key that many share
# is read up to a limit. Found first and limited after, or every row would be read to find the first few.
BY_KEYS = f"""
create function sightline_offenders_by_keys(people uuid[], most int)
  returns table (offender uuid, adult text, person uuid, child text) language sql stable
  security definer set search_path = public, pg_temp as $$
  select o.id, o.adult::text, c.person_id, c.child::text from offenders_childside c
  cross join lateral (
    with found as materialized (select o.id, o.adult from offenders_offender o where o.keys && c.keys)
    select * from found limit most) o
  where c.person_id = any(people) and cardinality(c.keys) > 0 and {AT_TASK}
$$;
create function sightline_children_by_keys(offenders uuid[], most int)
  returns table (offender uuid, adult text, person uuid, child text) language sql stable
  security definer set search_path = public, pg_temp as $$
  select o.id, o.adult::text, c.person_id, c.child::text from offenders_offender o
  cross join lateral (
    with found as materialized (select c.person_id, c.child from offenders_childside c where c.keys && o.keys)
    select * from found limit most) c
  where o.id = any(offenders) and cardinality(o.keys) > 0 and {AT_TASK}
$$;
"""  # nosec B608: constants only

# Near which offenders of the own agency a child is known, for the managers' lists: nothing of any child.
NEAR_ANY = f"""
create function sightline_near_any_child() returns table (id uuid) language sql stable
  security definer set search_path = public, pg_temp as $$
  select distinct j.offender_id from offenders_join j join offenders_offender o on o.id = j.offender_id
  where j.gone_at is null and o.agency_id = {MY_AGENCY} and sightline_manages_offenders()
$$;
"""  # nosec B608: constants only

# To social care of who is responsible for the child it says who the adult is, as what, and who manages them.
NEAR_CHILD = """
create function sightline_offenders_near(child uuid)
  returns table (id uuid, way text, since date, how text, check_first text, found_at timestamptz, name text,
    born_on date, category text, level text, risk text, agency text, manager text, phone text, email text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select j.id, j.way, j.since, j.how, j.check_first, j.found_at, o.name, o.born_on, o.category, o.level, o.risk,
    a.name, m.name, d.phone, coalesce(m.email, d.email)
  from offenders_join j
  join offenders_offender o on o.id = j.offender_id join access_agency a on a.id = o.agency_id
  left join access_officer m on m.id = o.manager_id
  left join lateral (
    select c.phone, c.email from access_contact c where c.agency_id = a.id and c.desk in ('offenders', 'safeguarding')
    order by c.desk limit 1) d on true
  where j.person_id = child and j.gone_at is null and sightline_sees_circle(child)
  order by j.found_at desc, j.id limit 50
$$;
"""


class Migration(migrations.Migration):
    """Write the policies, grants and functions of offenders."""

    dependencies = [("offenders", "0001_initial"), ("circle", "0002_protection"), ("intake", "0002_protection")]

    operations = [
        migrations.RunSQL(MANAGES, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_manages_offenders()"), migrations.RunSQL.noop),
        migrations.RunSQL(FILES, migrations.RunSQL.noop),
        protect("offenders_offender", seen_when=OURS, added_when=OURS, changed_when=OURS),
        protect("offenders_telling", seen_when=OF_OURS, worker="append",
                added_when=f"told_by_id = {MY_AGENCY} and officer_id = {ME} and {OF_OURS}"),
        append_only("offenders_telling"),
        protect("offenders_clock", seen_when=OF_OURS),
        keep_from_pages("offenders_childside"),
        keep_from_pages("offenders_join"),
        migrations.RunSQL(JOINS_OF, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_joins_of(uuid, date)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(BY_KEYS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_offenders_by_keys(uuid[], int)", "sightline_worker"),
                          migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_children_by_keys(uuid[], int)", "sightline_worker"),
                          migrations.RunSQL.noop),
        migrations.RunSQL(NEAR_ANY, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_near_any_child()", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(NEAR_CHILD, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_offenders_near(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Let everybody at work read how runs went, and who answers for the record how many children a sign concerns."""

from django.db import migrations

from sightline.apps.access.protection import AT_TASK, definer, open_to_read
from sightline.domain.access.roles import ROLES
from sightline.domain.access.verbs import Verb

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"
OVERSEEING = ", ".join(f"'{code}'" for code, role in sorted(ROLES.items()) if Verb.SEE_OVERSIGHT in role.may)

# How many children of a council gain or lose a sign may be one: the pages' role reads no row of it.
TALLIES = f"""
alter table population_tally enable row level security;
alter table population_tally force row level security;
create policy worker_works on population_tally to sightline_worker using ({AT_TASK}) with check ({AT_TASK});
grant select, insert, delete on population_tally to sightline_worker;
grant select on population_tally to sightline_reader
"""  # nosec B608: constants only
COUNTS = f"""
create function sightline_population_counts(asked bigint)
  returns table (code text, council text, gained int, lost int) language sql stable
  security definer set search_path = public, pg_temp as $$
  select t.code::text, t.council::text, sum(t.gained)::int, sum(t.lost)::int
  from population_tally t join population_partition p on p.id = t.partition_id
  where p.run_id = asked and exists (
    select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = {WORK} and w.officer_id = {ME} and m.role in ({OVERSEEING}))
  group by t.code, t.council order by 1, 2
$$;
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Write the policies, grants and the function of runs over everybody."""

    dependencies = [("population", "0001_initial"), ("access", "0002_protection")]

    operations = [
        *(open_to_read(f"population_{table}") for table in ("book", "run", "partition")),
        # A preview is asked for on a page; begun, and all else of a run, is the worker's.
        migrations.RunSQL("grant insert on population_run to sightline_web", migrations.RunSQL.noop),
        migrations.RunSQL(TALLIES, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_population_counts(bigint)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

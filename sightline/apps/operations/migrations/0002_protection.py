"""Show an operation to who takes part in it, a child in it to the child's own force and council, and counts beside."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, SIGHTED, append_only, definer, protect
from sightline.domain.operations.counted import FEWEST_SHOWN, MEASURES

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"
INSPECTS = f"""exists (
  select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
  where w.id = {WORK} and w.officer_id = {ME} and m.role = 'inspector')"""  # nosec B608: constants only
FEW = f"between 1 and {FEWEST_SHOWN - 1}"

# Who takes part sees the operation, its totals and everybody's numbers, and so does the inspectorate. (Whoever sees a
# child in it sees the operation too, and no numbers: that is the policy below, for it asks for a row of a child.)
TAKES_PART = f"""
create function sightline_in_operation(operation uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select ({SIGHTED} and exists (
      select 1 from operations_force f where f.operation_id = operation and f.agency_id = {MY_AGENCY}))
    or {INSPECTS}
$$;
"""  # nosec B608: constants only

SUMS = ", ".join(f"count(*) filter (where {one.kept_as}) as {one.code}" for one in MEASURES)
SHOWN = ", ".join(
    f"case when (select outside from me) and e.{one.code} {FEW} then null"  # nosec B608: constants only
    f" else e.{one.code}::int end" for one in MEASURES)
# One small number could be had back from the total by taking the others off, so then the total is kept back as well.
WHOLE = ", ".join(
    f"case when (select outside from me) and (sum(e.{one.code}) {FEW}"  # nosec B608: constants only
    f" or count(*) filter (where e.{one.code} {FEW}) = 1) then null"
    f" else sum(e.{one.code})::int end" for one in MEASURES)

COUNTED = f"""
create function sightline_operation_counts(operation uuid)
  returns table (agency text, {", ".join(f"{one.code} int" for one in MEASURES)}) language sql stable
  security definer set search_path = public, pg_temp as $$
  with me as (select {INSPECTS} as outside),
  of_it as (select o.id, o.reference from operations_operation o
    where o.id = operation and {AT_WORK} and sightline_in_operation(o.id)),
  every as (
    select a.name, {SUMS}
    from of_it join lateral (
        select f.agency_id from operations_force f where f.operation_id = of_it.id
        union select q.agency_id from operations_part q where q.reference = of_it.reference) t on true
      join access_agency a on a.id = t.agency_id
      left join operations_part p on p.reference = of_it.reference and p.agency_id = t.agency_id
    group by a.name)
  (select e.name::text, {SHOWN} from every e order by e.name)
  union all
  select null, {WHOLE} from every e having count(*) > 0
$$;
"""  # nosec B608: constants only

# Only a police force enters an operation, and only who leads says which forces take part.
IS_POLICE = (f"exists (select 1 from access_agency a where a.id = {MY_AGENCY}"  # nosec B608: constants only
             " and a.kind in ('police', 'transport-police'))")
OF_IT = "exists (select 1 from operations_operation o where o.id = operation_id)"
LED_BY_US = f"exists (select 1 from operations_operation o where o.id = operation_id and o.agency_id = {MY_AGENCY})"  # nosec B608
BY_ME = f"entered_by_id = {ME} and {SIGHTED}"
OF_A_CHILD = ("exists (select 1 from operations_part p where p.reference = operations_operation.reference)")


class Migration(migrations.Migration):
    """Write the policies, grants and functions of operations."""

    dependencies = [("operations", "0001_initial"), ("people", "0002_protection")]

    operations = [
        migrations.RunSQL(TAKES_PART, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_in_operation(uuid)"), migrations.RunSQL.noop),
        protect("operations_part",
                seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
        protect("operations_operation",
                seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_in_operation(id) or {OF_A_CHILD}",
                added_when=f"agency_id = {MY_AGENCY} and {IS_POLICE} and {BY_ME}"),
        protect("operations_force", seen_when=OF_IT, added_when=f"{LED_BY_US} and {BY_ME}", worker="append"),
        append_only("operations_force"),
        protect("operations_total", seen_when=OF_IT, worker="append",
                added_when=f"entered_for_id = {MY_AGENCY} and {BY_ME} and sightline_in_operation(operation_id)"),
        append_only("operations_total"),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_operation_counts(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Show figures to who oversees, the cases behind them to who sees the child, and let nobody change either."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, append_only, definer, protect
from sightline.apps.insight.defined import DEFINED, view_of
from sightline.apps.insight.defined.ground import GROUND
from sightline.apps.insight.defined.signs import GROUND as OF_SIGNS

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"

# For managers what their own agency answers for and what all do together, for the inspectorate everything.
OVERSEES = f"""
create function sightline_oversees(answering bigint) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = nullif(current_setting('sightline.work', true), '')::uuid and w.officer_id = {ME}
      and (m.role = 'inspector' or (m.role = 'duty-manager' and (answering is null or answering = m.agency_id))))
$$;
"""  # nosec B608: constants only
# Whose cases a manager's agency answers for, it sees; others whoever sees the child's whole record.
CASE_SEEN = f"(agency_id = {MY_AGENCY} and sightline_oversees(agency_id)) or sightline_sees_whole(person_id)"

VIEWS = [*GROUND, *OF_SIGNS, *(
    f"create view {view_of(code, edition)} with (security_invoker = true) as {select}"
    for (code, edition), select in DEFINED.items())]
NAMES = ["insight_event", "insight_child", "insight_home", "insight_firstsign",
         *(view_of(code, edition) for code, edition in DEFINED)]


class Migration(migrations.Migration):
    """Write the policies of insight, and the views by which it measures."""

    dependencies = [
        ("insight", "0001_initial"), ("signs", "0005_silence"), ("custody", "0006_saved"),
        ("responsibility", "0005_parting"), ("slavery", "0002_protection"), ("disclosure", "0002_protection"),
        ("offenders", "0002_protection")]

    operations = [
        migrations.RunSQL(OVERSEES, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_oversees(bigint)"), migrations.RunSQL.noop),
        protect("insight_snapshot", seen_when="sightline_oversees(null)", worker="append"),
        protect("insight_figure", seen_when="sightline_oversees(agency_id)", worker="append"),
        protect("insight_snapshotcase", seen_when=CASE_SEEN, worker="append"),
        protect("insight_snapshotchild", seen_when="sightline_sees_whole(person_id)", worker="append"),
        *[append_only(table) for table in (
            "insight_snapshot", "insight_figure", "insight_snapshotcase", "insight_snapshotchild")],
        *[migrations.RunSQL(view, migrations.RunSQL.noop) for view in VIEWS],
        migrations.RunSQL(f"grant select on {', '.join(NAMES)} to sightline_worker", migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

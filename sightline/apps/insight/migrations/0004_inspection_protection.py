"""Let inspectors see the children drawn in their open inspections and no others, and each auditor grade blind."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, INSPECTING, MY_AGENCY, append_only, definer, protect
from sightline.domain.insight.inspecting import LONGEST_OPEN_DAYS

OPEN = "{of}ended_at is null and {of}closes_at > now()"
"""Nobody has ended it, and its day has not come: the database's own clock says so."""
OPEN_I, OPEN_ONE = OPEN.format(of="i."), OPEN.format(of="")
ME = "(select nullif(current_setting('sightline.officer', true), '')::uuid)"

# A child who was drawn may have been joined to another record since: then that one is read, for it holds the case.
DRAWN = f"""
create function sightline_drawn(person uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  with recursive lives(id) as (
    select person union select p.id from people_person p join lives on p.merged_into_id = lives.id)
  select {INSPECTING} and exists (
    select 1 from lives join insight_drawncase d on d.person_id = lives.id
      join insight_inspection i on i.id = d.inspection_id
    where i.agency_id = {MY_AGENCY} and {OPEN_I})
$$;
"""  # nosec B608: constants only

# The rule that nearly every policy asks. For everybody else nothing but the `case` comes to what it was.
SEES_WHOLE = f"""
create or replace function sightline_sees_whole(person uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select case current_setting('sightline.sight', true)
    when 'whole' then exists (
      select 1 from people_involvement i
      where i.person_id = person and i.agency_id = {MY_AGENCY} and i.until is null and i.sees = 'whole')
    when 'drawn' then sightline_drawn(person)
    else false end
$$;
create or replace function sightline_identities_of(child uuid) returns setof uuid language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select n.id from people_identity n
  where n.person_id = child and (sightline_involved(child) or ({INSPECTING} and sightline_drawn(child)))
$$;
alter policy web_sees on people_person using ({AT_WORK} and (
  sightline_involved(id) or ({INSPECTING} and sightline_drawn(id))));
"""  # nosec B608: constants only

# A drawn child is read by the number of its case: the list behind a figure would say which figures it stands in.
BY_CASE_ALONE = f"""
alter policy web_sees on insight_snapshotcase using ({AT_WORK} and not coalesce({INSPECTING}, false) and (
  (agency_id = {MY_AGENCY} and sightline_oversees(agency_id)) or sightline_sees_whole(person_id)));
alter policy web_sees on insight_snapshotchild using (
  {AT_WORK} and not coalesce({INSPECTING}, false) and sightline_sees_whole(person_id));
"""

# From what is drawn: ids of children, and what was counted of each; nothing that says who they are.
FRAME = f"""
create function sightline_sampling_frame(frozen uuid)
  returns table (person uuid, agency bigint, measure text, part text, about uuid) language sql stable
  security definer set search_path = public, pg_temp as $$
  select c.person_id, c.agency_id, c.measure::text, c.part::text, c.about from insight_snapshotcase c
  where c.snapshot_id = frozen and {AT_WORK} and {INSPECTING}
$$;
create function sightline_may_be_drawn(inspection uuid, child uuid, at_place int) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select {INSPECTING} and exists (
    select 1 from insight_inspection i where i.id = inspection and i.agency_id = {MY_AGENCY}
      and i.opened_by_id = {ME} and {OPEN_I} and at_place between 1 and i.size
      and exists (select 1 from insight_snapshotcase c where c.snapshot_id = i.snapshot_id and c.person_id = child))
$$;
create function sightline_inspector_here(officer uuid) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from access_membership m
    where m.officer_id = officer and m.agency_id = {MY_AGENCY} and m.role = 'inspector'
      and (m.until_on is null or m.until_on >= current_date))
$$;
"""  # nosec B608: constants only

# Who reads a case now: to whom a reading was handed on last, else who was drawn for it. A reading is handed on while
# its auditor has not graded every topic, to somebody who has never read the case.
HANDS_ON = f"""
create function sightline_auditor(of_case uuid, wanted text) returns uuid language sql stable
  security definer set search_path = public, pg_temp as $$
  select coalesce((select h.to_auditor_id from insight_casehandedon h
      where h.drawn_id = d.id and h.reading = wanted order by h.id desc limit 1),
    case wanted when 'first' then d.first_id when 'second' then d.second_id end)
  from insight_drawncase d join insight_inspection i on i.id = d.inspection_id
  where d.id = of_case and i.agency_id = {MY_AGENCY} and {INSPECTING}
$$;
create function sightline_may_hand_on(of_case uuid, wanted text, from_auditor uuid, to_auditor uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select {INSPECTING} and exists (
    select 1 from insight_drawncase d join insight_inspection i on i.id = d.inspection_id
    where d.id = of_case and i.agency_id = {MY_AGENCY} and {OPEN_I}
      and sightline_auditor(d.id, wanted) = from_auditor and sightline_inspector_here(to_auditor)
      and to_auditor is distinct from d.first_id and to_auditor is distinct from d.second_id
      and not exists (select 1 from insight_casehandedon h where h.drawn_id = d.id and h.to_auditor_id = to_auditor)
      and exists (select 1 from unnest(i.topics) as t(topic) where not exists (select 1 from insight_grade g
        where g.drawn_id = d.id and g.auditor_id = from_auditor and g.topic = t.topic)))
$$;
"""  # nosec B608: constants only

# Until everybody who reads a case has graded every topic, each sees only the own grades; then they stand.
READ_BY_ALL = f"""
create function sightline_read_by_all(of_case uuid) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from insight_drawncase d join insight_inspection i on i.id = d.inspection_id
    where d.id = of_case and i.agency_id = {MY_AGENCY} and {INSPECTING} and not exists (
      select 1 from unnest(array[sightline_auditor(d.id, 'first'), sightline_auditor(d.id, 'second')]) as r(reader)
      cross join unnest(i.topics) as t(topic)
      where r.reader is not null and not exists (
        select 1 from insight_grade g where g.drawn_id = d.id and g.auditor_id = r.reader and g.topic = t.topic)))
$$;
"""  # nosec B608: constants only

OF_OURS = "exists (select 1 from insight_inspection i where i.id = inspection_id)"
OF_OUR_CASES = "exists (select 1 from insight_drawncase d where d.id = drawn_id)"
# The case is read in an open inspection, of which the topic and the grade are.
GRADABLE = f"""exists (select 1 from insight_drawncase d join insight_inspection i on i.id = d.inspection_id
  where d.id = drawn_id and {OPEN_I} and topic = any(i.topics)
    and (grade = any(i.grades) or (grade = '' and cardinality(i.grades) = 0)) and {{more}})"""  # nosec B608: constants only
MAY_GRADE = GRADABLE.format(
    more=f"{ME} in (sightline_auditor(d.id, 'first'), sightline_auditor(d.id, 'second'))"
         " and (d.second_id is null or not sightline_read_by_all(d.id))")
MAY_SETTLE = GRADABLE.format(
    more="d.second_id is not null and cardinality(i.grades) > 0 and sightline_read_by_all(d.id)")

# An inspection is ended, and nothing else of it changes.
ENDS = f"""
create policy web_ends on insight_inspection for update to sightline_web
  using ({AT_WORK} and agency_id = {MY_AGENCY} and {INSPECTING} and {OPEN_ONE})
  with check ({AT_WORK} and agency_id = {MY_AGENCY} and {INSPECTING} and ended_by_id = {ME});
grant update (ended_at, ended_by_id) on insight_inspection to sightline_web;
"""

FUNCTIONS = ("sightline_sampling_frame(uuid)", "sightline_may_be_drawn(uuid, uuid, int)",
             "sightline_inspector_here(uuid)", "sightline_auditor(uuid, text)",
             "sightline_may_hand_on(uuid, text, uuid, uuid)", "sightline_read_by_all(uuid)")


class Migration(migrations.Migration):
    """Write the policies and functions of inspections."""

    dependencies = [("insight", "0003_inspection")]

    operations = [
        migrations.RunSQL(DRAWN, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_drawn(uuid)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(SEES_WHOLE, migrations.RunSQL.noop),
        migrations.RunSQL(BY_CASE_ALONE, migrations.RunSQL.noop),
        migrations.RunSQL(FRAME, migrations.RunSQL.noop),
        migrations.RunSQL(HANDS_ON, migrations.RunSQL.noop),
        migrations.RunSQL(READ_BY_ALL, migrations.RunSQL.noop),
        *[migrations.RunSQL(definer(function, "sightline_web"), migrations.RunSQL.noop) for function in FUNCTIONS],
        protect("insight_inspection", inspectors_write=True, seen_when=f"agency_id = {MY_AGENCY} and {INSPECTING}",
                added_when=f"agency_id = {MY_AGENCY} and {INSPECTING} and opened_by_id = {ME} and {OPEN_ONE}"
                           f" and closes_at <= now() + interval '{LONGEST_OPEN_DAYS + 1} days'",
                worker="append"),
        migrations.RunSQL(ENDS, migrations.RunSQL.noop),
        protect("insight_drawncase", inspectors_write=True, seen_when=OF_OURS, worker="append",
                added_when="sightline_may_be_drawn(inspection_id, person_id, place)"
                           " and sightline_inspector_here(first_id)"
                           " and (second_id is null or sightline_inspector_here(second_id))"),
        protect("insight_casehandedon", inspectors_write=True, seen_when=OF_OUR_CASES, worker="append",
                added_when=f"officer_id = {ME} and sightline_may_hand_on(drawn_id, reading, from_auditor_id,"
                           " to_auditor_id)"),
        protect("insight_grade", inspectors_write=True, worker="append",
                seen_when=f"{OF_OUR_CASES} and (auditor_id = {ME} or sightline_read_by_all(drawn_id))",
                added_when=f"auditor_id = {ME} and {MAY_GRADE}"),
        protect("insight_adjudication", inspectors_write=True, seen_when=OF_OUR_CASES, worker="append",
                added_when=f"officer_id = {ME} and {MAY_SETTLE}"),
        *[append_only(f"insight_{name}") for name in ("drawncase", "casehandedon", "grade", "adjudication")],
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

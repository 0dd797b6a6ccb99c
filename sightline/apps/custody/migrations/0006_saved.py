"""Keep what officers have typed, each for that officer alone; and give a force its custody desk in one question."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, definer, protect

ME = "(select nullif(current_setting('sightline.officer', true), '')::uuid)"
MINE = f"officer_id = {ME} and agency_id = {MY_AGENCY} and {SIGHTED}"
OF_A_CASE = "exists (select 1 from responsibility_safetyevent e where e.id = event_id)"

# Whom a force holds: who was arrested and is its own to protect; whom a council has accepted and nobody has released
# yet; and whom it has released and nobody has said to have arrived. Nothing here says who a child is.
HELD = f"""
create function sightline_custody_held(most int)
  returns table (event_id uuid, person_id uuid, since timestamptz, suite text, owner text, ours boolean,
    offered_to text, answer_by timestamptz, release_id uuid, released boolean, steps bigint) language sql stable
  security definer set search_path = public, pg_temp as $$
  with held as (
    select e.id from responsibility_safetyevent e
      where e.owner_agency_id = {MY_AGENCY} and e.closed_at is null and e.happening = 'CUSTODY'
    union
    select e.id from responsibility_transfer t join responsibility_safetyevent e on e.id = t.event_id
      join access_agency a on a.id = t.to_agency_id and a.kind = 'council'
      where t.from_agency_id = {MY_AGENCY} and t.state = 'accepted' and e.owner_agency_id = t.to_agency_id
        and e.closed_at is null and e.happening = 'CUSTODY'
    union
    select r.event_id from custody_release r join responsibility_safetyevent e on e.id = r.event_id
      where r.agency_id = {MY_AGENCY} and r.state = 'released' and e.closed_at is null)
  select e.id, e.person_id, coalesce(r.released_at, e.ground_at), coalesce(g.facts->>'custody_suite',
      b.facts->>'custody_suite', ''), a.name, a.id = {MY_AGENCY}, o.name, t.answer_by, r.id,
    coalesce(r.state = 'released', false), (select count(*) from custody_journeystep s where s.release_id = r.id)
  from held join responsibility_safetyevent e on e.id = held.id join access_agency a on a.id = e.owner_agency_id
    join record_entry g on g.id = e.ground_id join record_entry b on b.id = e.opened_by_id
    left join custody_release r on r.event_id = e.id and r.agency_id = {MY_AGENCY}
      and r.state in ('planned', 'released')
    left join responsibility_transfer t on t.event_id = e.id and t.state = 'offered'
      and t.from_agency_id = {MY_AGENCY}
    left join access_agency o on o.id = t.to_agency_id
  where {SIGHTED} and exists (select 1 from access_agency m where m.id = {MY_AGENCY}
      and m.kind in ('police', 'transport-police'))
    and not exists (select 1 from custody_release d where d.event_id = e.id and d.state = 'arrived')
  order by e.ground_at, e.id limit most
$$;
"""  # nosec B608: constants only

# Who they are: name and birthday, as with whom a force protects (`sightline_protected_name`) and releases
# (`sightline_released_child`), for it holds the child. Of others who are asked for it says nothing.
NAMES = """
create function sightline_custody_names(events uuid[]) returns table (event_id uuid, name text, born_on date)
  language sql stable security definer set search_path = public, pg_temp as $$
  select h.event_id, c.name, c.born_on from sightline_custody_held(1000) h
    cross join lateral sightline_told_of(h.person_id) c where h.event_id = any(events)
$$;
"""


class Migration(migrations.Migration):
    """Make the table of what was typed with its policies, and the question of the desk."""

    dependencies = [
        ("access", "0001_initial"),
        ("custody", "0005_screen"),
        ("responsibility", "0004_plan_conferences"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedForm",
            fields=[
                ("id", models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False,
                                        primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=40)),
                ("told", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
                ("agency", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency")),
                ("event", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="responsibility.safetyevent")),
                ("officer", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.officer")),
            ],
            options={
                "indexes": [models.Index(fields=["saved_at"], name="saved_forms_to_forget")],
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "agency", "event", "form"), name="saved_once")],
            },
        ),
        protect("custody_savedform", seen_when=MINE, added_when=f"{MINE} and {OF_A_CASE}", changed_when=MINE),
        migrations.RunSQL(HELD, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_custody_held(int)", "sightline_web"), migrations.RunSQL.noop),
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_custody_names(uuid[])", "sightline_web"), migrations.RunSQL.noop),
    ]

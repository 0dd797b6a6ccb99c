"""Keep how far custody has come, and let a step be taken only by the table of the path."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, protect
from sightline.domain.custody.path import GATES, IN_ORDER, IN_THE_SUITE, LAW_CODES, PATH, STATE_WORDS, PathStep
from sightline.domain.custody.steps_told import NAMED_IN

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
OF_AN_EVENT = "exists (select 1 from responsibility_safetyevent e where e.id = {column})"


def _conditions(step: PathStep) -> str:
    """Give what a step asks, one line a condition, as the function that looks for what is missing runs it."""
    before = ", ".join(f"'{state}'" for state in step.before)
    lines = [f"if f.state not in ({before}) then found := found || 'state'::text; end if;"] if before else []
    lines += [f"if not '{code}' = any(f.taken) then found := found || '{code}'::text; end if;" for code in step.needs]
    lines += [f"if not coalesce(({GATES[code].kept_as}), false) then found := found || '{code}'::text; end if;"
              for code in step.gates]
    return "\n    ".join(lines) or "null;"


BRANCHES = "\n".join(f"  when '{step.code}' then\n    {_conditions(step)}" for step in PATH)
CODES_OF_LAW = ", ".join(f"'{code}'" for code in LAW_CODES)
SUITE = ", ".join(f"'{state}'" for state in IN_THE_SUITE)
RANKS = ", ".join(f"'{state}'" for state in IN_ORDER)
AFTER = " ".join(f"when '{step.code}' then '{step.after}'" for step in PATH if step.after)
TOLD_BY = " ".join(f"when '{step.code}' then '{step.told_by}'" for step in PATH if step.told_by)
ABOUT = " ".join(f"when '{step.code}' then '{step.about}'" for step in PATH if step.about)
NAMED = " ".join(f"when '{kind}' then e.facts->>'{fact}'" for kind, fact in NAMED_IN.items())
EXCEPTED = " ".join(f"when '{step.code}' then array[{', '.join(repr(code) for code in step.needs)}]"
                    for step in PATH if step.excepted)

# What is missing for a step, of the same rows as the pages offer and refuse by. It gives the codes.
MISSING = f"""
create function sightline_path_missing(event uuid, step text) returns text[] language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  found text[] := array[]::text[];
  f record;
  mine int := {MY_AGENCY};
begin
  if mine is not null and not exists (
      select 1 from custody_custodyrecord r join responsibility_safetyevent v on v.id = r.event_id
      where v.id = event and (mine in (r.agency_id, v.owner_agency_id) or sightline_involved(v.person_id))) then
    return array['state']::text[];
  end if;
  select r.state, array(select p.code::text from custody_pathstep p
        where p.record_id = r.event_id and p.at >= r.arrested_at) as taken,
      case when step = 'screened' then sightline_screened(event) end as screened,
      case when step = 'charged' then sightline_charging_gate(event) end as charging,
      coalesce(x.state, '') as release, coalesce(x.receiver = 'council', false) as to_council,
      case when step = 'closed' then exists (
        select 1 from duties_owedduty d join responsibility_safetyevent v on v.person_id = d.person_id
        where v.id = event and d.owed_by_id = r.agency_id and d.state in ('open', 'late')
          and d.started_at >= r.arrested_at and d.code in ({CODES_OF_LAW})) end as law_open
    into f from custody_custodyrecord r left join lateral (
      select k.state, k.receiver from custody_release k
      where k.event_id = event and k.state <> 'called-off' and k.planned_at >= r.arrested_at
      order by k.planned_at desc limit 1) x on true
    where r.event_id = event;
  case step
{BRANCHES}
  end case;
  return found;
end $$;
"""  # nosec B608: constants only

STEP_TAKEN = f"""
create function sightline_path_step_taken() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  r custody_custodyrecord;
  leads_to text := case new.code {AFTER} end;
  told_by text := case new.code {TOLD_BY} end;
  named text := case new.code {ABOUT} end;
  exceptions text[] := coalesce(case new.code {EXCEPTED} end, array[]::text[]);
  mine int := {MY_AGENCY};
begin
  select * into r from custody_custodyrecord where event_id = new.record_id for update;
  if told_by is not null and not exists (
      select 1 from record_entry e join people_identity i on i.id = e.identity_id
        join responsibility_safetyevent v on v.id = new.record_id and v.person_id = i.person_id
      where e.id = new.entry_id and e.kind = told_by
        and (named is null or split_part(case e.kind {NAMED} end, ':', 1) = named)) then
    raise exception 'the entry does not tell this step' using errcode = 'check_violation';
  end if;
  new.missing := sightline_path_missing(new.record_id, new.code);
  if new.officer_id is not null then
    if new.agency_id <> r.agency_id and new.code not in ('answered', 'referred', 'arrived') then
      raise exception 'only the force that holds the child takes this step' using errcode = 'check_violation';
    end if;
    if cardinality(new.missing) > 0 and not (new.missing <@ exceptions and btrim(new.reason) <> '' and exists (
        select 1 from access_membership m where m.officer_id = new.officer_id and m.agency_id = r.agency_id
          and m.role = 'duty-manager' and (m.until_on is null or m.until_on >= current_date))) then
      raise exception 'the custody path refuses: %', array_to_string(new.missing, ', ')
        using errcode = 'check_violation';
    end if;
    if leads_to is not null then
      update custody_custodyrecord set state = leads_to where event_id = new.record_id;
    end if;
  elsif new.code = 'arrested' then
    if new.at > r.arrested_at then  -- arrested again: from here on it is another custody
      update custody_custodyrecord set state = leads_to, arrested_at = new.at, arrest_id = new.entry_id,
          agency_id = (select e.told_by_id from record_entry e where e.id = new.entry_id)
        where event_id = new.record_id;
    end if;
  elsif new.at >= r.arrested_at and array_position(array[{RANKS}]::text[], leads_to)
      > array_position(array[{RANKS}]::text[], r.state::text) then
    update custody_custodyrecord set state = leads_to where event_id = new.record_id;
  end if;
  return new;
end $$;
create trigger path_step_taken before insert on custody_pathstep
  for each row execute function sightline_path_step_taken();
create function sightline_path_step_stays() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and old.officer_id is null then
    return old;
  end if;
  raise exception 'a step that an officer took is never changed' using errcode = 'check_violation';
end $$;
create trigger path_step_stays before update or delete on custody_pathstep
  for each row execute function sightline_path_step_stays();
create function sightline_release_on_the_path() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from custody_custodyrecord r where r.event_id = new.event_id and (r.state not in ({SUITE})
      or (r.state in ('bail-refused', 'kept-for-court') and new.receiver is distinct from 'council'))) then
    raise exception 'the custody path refuses this release' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_on_the_path before update on custody_release for each row
  when (old.state = 'planned' and new.state = 'released') execute function sightline_release_on_the_path();
alter function sightline_release_on_the_path() owner to sightline_reader;
grant update on custody_custodyrecord to sightline_reader;
alter function sightline_path_step_taken() owner to sightline_reader;
alter function sightline_path_step_stays() owner to sightline_reader;
alter function sightline_path_missing(uuid, text) owner to sightline_reader;
revoke all on function sightline_path_missing(uuid, text) from public;
grant execute on function sightline_path_missing(uuid, text) to sightline_web, sightline_worker;
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Add the custody record and its steps, with who sees them and what the table of the path allows."""

    dependencies = [
        ("access", "0002_protection"),
        ("custody", "0002_protection"),
        ("duties", "0002_protection"),
        ("record", "0002_protection"),
        ("responsibility", "0004_plan_conferences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CustodyRecord",
            fields=[
                ("event", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False,
                    to="responsibility.safetyevent")),
                ("arrested_at", models.DateTimeField()),
                ("state", models.CharField(
                    choices=[(state.value, words) for state, words in STATE_WORDS.items()], default="detained",
                    max_length=20)),
                ("agency", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency")),
                ("arrest", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.entry")),
            ],
            options={"indexes": [models.Index(fields=["agency", "arrested_at"], name="custody_records_of_a_force")]},
        ),
        migrations.CreateModel(
            name="PathStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(choices=[(step.code, step.title) for step in PATH], max_length=20)),
                ("at", models.DateTimeField()),
                ("noted_at", models.DateTimeField()),
                ("missing", django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(), default=list, size=None)),
                ("reason", models.TextField(blank=True)),
                ("agency", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency")),
                ("entry", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.entry")),
                ("officer", models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL)),
                ("record", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="custody.custodyrecord")),
            ],
            options={"constraints": [
                models.UniqueConstraint(fields=("record", "code", "entry"), name="one_step_an_entry"),
                models.CheckConstraint(
                    condition=models.Q(("agency", None), ("officer", None)) | models.Q(
                        ("agency__isnull", False), ("officer__isnull", False)),
                    name="taken_by_an_officer_of_an_agency"),
            ]},
        ),
        protect("custody_custodyrecord", seen_when=OF_AN_EVENT.format(column="event_id")),
        protect("custody_pathstep", seen_when=OF_AN_EVENT.format(column="record_id"),
                added_when=f"officer_id = {ME} and agency_id = {MY_AGENCY} and {SIGHTED} and "
                           + OF_AN_EVENT.format(column="record_id")),
        migrations.RunSQL(MISSING, migrations.RunSQL.noop),
        migrations.RunSQL(STEP_TAKEN, migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Keep what people say of signs beyond closing them: looks, reviews, measurements, switches, and local settings."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, append_only, definer, open_to_read, protect
from sightline.domain.vocabulary.offender import FEED as OFFENDERS

ME = "(select nullif(current_setting('sightline.officer', true), '')::uuid)"
WORK = "nullif(current_setting('sightline.work', true), '')::uuid"
OF_A_SIGN = "exists (select 1 from signs_found f where f.id = sign_id)"
MINE = f"{OF_A_SIGN} and officer_id = {ME} and agency_id = {MY_AGENCY}"
MY_LOOK = f"officer_id = {ME} and sightline_involved(person_id)"

# For which agency a sign was closed is known from the piece of work, whoever writes the row.
CLOSED_FOR = f"""
alter table signs_closing alter column agency_id
  set default (nullif(current_setting('sightline.agency', true), '')::int);
alter policy web_adds on signs_closing with check ({AT_WORK} and {MINE});
"""  # nosec B608: constants only

# Who decides for an area: a manager of its council, or, to propose, whoever works with children there.
DECIDES = f"""exists (
    select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
      join access_agency a on a.id = m.agency_id
    where w.id = {WORK} and w.officer_id = {ME} and a.id = {MY_AGENCY} and a.kind = 'council'
      and m.role = any(array[%s]))"""  # nosec B608: constants only
MANAGES, WRITES = DECIDES % "'duty-manager'", DECIDES % "'duty-manager', 'social-worker'"
SWITCHES = f"""
create function sightline_switch_sign(sign_code text, passed int, is_off boolean, ends timestamptz, why text,
    moment timestamptz) returns boolean language plpgsql volatile
  security definer set search_path = public, pg_temp as $$
begin
  if not {MANAGES} or is_off = coalesce((select s.off and s.until > moment from signs_switch s
      where s.area_id = {MY_AGENCY} and s.code = sign_code order by s.number desc limit 1), false)
    then return false; end if;
  insert into signs_switch (code, area_id, number, off, until, reason, officer_id, at)
    values (sign_code, {MY_AGENCY}, passed + 1, is_off, ends, why, {ME}, moment) on conflict do nothing;
  return found;
end $$;
"""  # nosec B608: constants only

# An edition is written by one officer and reviewed by another of the same council.
SETTINGS = f"""
create function sightline_propose_settings(named text, begins date, told text, moment timestamptz) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare made uuid;
begin
  if not {WRITES} then return null; end if;
  insert into signs_localsettings (area_id, edition, from_on, text, author_id, proposed_at)
    values ({MY_AGENCY}, named, begins, told, {ME}, moment) on conflict do nothing returning id into made;
  return made;
end $$;
create function sightline_review_settings(reviewed uuid, says text, why text, moment timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not {MANAGES} or not exists (select 1 from signs_localsettings s
      where s.id = reviewed and s.area_id = {MY_AGENCY} and s.author_id <> {ME}) then return false; end if;
  insert into signs_settingsreview (settings_id, outcome, reason, reviewer_id, at)
    values (reviewed, says, why, {ME}, moment) on conflict do nothing;
  return found;
end $$;
create function sightline_reviewed_by_another() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from signs_localsettings s where s.id = new.settings_id and s.author_id = new.reviewer_id) then
    raise exception 'settings are reviewed by somebody else than who wrote them' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger reviewed_by_another before insert on signs_settingsreview
  for each row execute function sightline_reviewed_by_another();
grant insert on signs_switch, signs_localsettings, signs_settingsreview to sightline_reader;
grant usage on all sequences in schema public to sightline_reader, sightline_web, sightline_worker;
"""  # nosec B608: constants only

# What agencies send of children at all, for who asks which of them never told anything of a child: feeds and an
# instant each.
SENT = f"""
create function sightline_sent_by(agencies bigint[]) returns table (agency_id bigint, feeds text[], last_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, array_agg(distinct s.feed::text), max(s.came_at) from unnest(agencies) as a(id)
    cross join lateral (select i.feed, i.came_at from intake_submission i
      where i.agency_id = a.id and i.state = 'done' and i.feed <> '{OFFENDERS}' order by i.came_at desc limit 20) s
  group by a.id
$$;
"""  # nosec B608: constants only
FUNCTIONS = (
    "sightline_switch_sign(text, int, boolean, timestamptz, text, timestamptz)",
    "sightline_propose_settings(text, date, text, timestamptz)",
    "sightline_review_settings(uuid, text, text, timestamptz)",
    "sightline_sent_by(bigint[])",
)


class Migration(migrations.Migration):
    """Make the tables and write their policies, functions and triggers."""

    dependencies = [
        ("access", "0002_protection"),
        ("people", "0002_protection"),
        ("intake", "0002_protection"),
        ("signs", "0003_in_sight"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="closing",
            name="agency",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
            ),
        ),
        migrations.AddField(
            model_name="found",
            name="against",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="found",
            name="against_words",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name="found",
            name="grown_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="found",
            name="shown_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="found",
            name="edition",
            field=models.CharField(max_length=80),
        ),
        migrations.CreateModel(
            name="LocalSettings",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("edition", models.CharField(max_length=40)),
                ("from_on", models.DateField()),
                ("text", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "local settings",
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("confirmed", models.IntegerField()),
                ("other", models.IntegerField()),
                ("wrong_person", models.IntegerField()),
                ("wrong_data", models.IntegerField()),
                ("stale", models.IntegerField()),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SettingsReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(choices=[("applied", "Applied"), ("sent-back", "Sent back")], max_length=10),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settings",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review", to="signs.localsettings"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Switch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("number", models.IntegerField()),
                ("off", models.BooleanField()),
                ("until", models.DateTimeField(null=True)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "switches",
            },
        ),
        migrations.CreateModel(
            name="Keeping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keepings", to="signs.found"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="kept_with_a_reason")
                ],
            },
        ),
        migrations.CreateModel(
            name="LastLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
                ("before_at", models.DateTimeField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("officer", "person"), name="one_last_look")],
            },
        ),
        migrations.AddConstraint(
            model_name="localsettings",
            constraint=models.UniqueConstraint(fields=("area", "edition"), name="one_edition_of_settings"),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(
                fields=("code", "area"), name="one_measurement_an_area", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="settingsreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="settings_reviewed_with_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.UniqueConstraint(fields=("area", "code", "number"), name="one_switch_after_another"),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="switched_with_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="switch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("off", False), ("until", None)),
                    models.Q(("off", True), ("until__gt", models.F("at"))),
                    _connector="OR",
                ),
                name="switched_off_until",
            ),
        ),
        migrations.RunSQL(CLOSED_FOR, migrations.RunSQL.noop),
        protect("signs_keeping", seen_when=OF_A_SIGN, added_when=MINE, worker="append"),
        append_only("signs_keeping"),
        protect("signs_lastlook", seen_when=MY_LOOK, added_when=MY_LOOK, changed_when=MY_LOOK),
        open_to_read("signs_measurement"),
        open_to_read("signs_switch"),
        append_only("signs_switch"),
        open_to_read("signs_localsettings"),
        append_only("signs_localsettings"),
        open_to_read("signs_settingsreview"),
        append_only("signs_settingsreview"),
        migrations.RunSQL(SWITCHES, migrations.RunSQL.noop),
        migrations.RunSQL(SETTINGS, migrations.RunSQL.noop),
        migrations.RunSQL(SENT, migrations.RunSQL.noop),
        *(migrations.RunSQL(definer(one, "sightline_web"), migrations.RunSQL.noop) for one in FUNCTIONS),
        migrations.RunSQL(
            "alter function sightline_reviewed_by_another() owner to sightline_reader;"
            "revoke all on function sightline_reviewed_by_another() from public",
            migrations.RunSQL.noop,
        ),
    ]

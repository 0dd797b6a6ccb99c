"""Keep partings that two people answer for, and counts of how records were linked."""

import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import open_to_read, protect

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
OF_A_DOUBT = "exists (select 1 from people_doubt d where d.id = doubt_id)"

# A doubt that somebody opens on a child's own page: of two records that both stand in it now, and that both may be
# seen; an answer comes by another way.
ASKED_WITHIN = """
create policy web_adds on people_doubt for insert to sightline_web with check (
  nullif(current_setting('sightline.work', true), '') is not null and within_id is not null
  and sightline_sees_whole(within_id) and answer = 'open' and officer_id is null
  and sightline_sees_identity(one_id) and sightline_sees_identity(other_id)
  and (select count(*) from people_identity i where i.id in (one_id, other_id) and i.person_id = within_id) = 2);
grant insert on people_doubt to sightline_web;
"""

# What is asked stays as it was asked; it is answered once, by an officer who is at work, and carried out once.
PARTING_MOVES = """
create function sightline_parting_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a parting is kept' using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' then
    if new.answer <> '' or new.carried_out_at is not null then
      raise exception 'a parting begins unanswered' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.doubt_id, new.asked_by_id, new.asked_at, new.reason) is distinct from
      (old.doubt_id, old.asked_by_id, old.asked_at, old.reason)
      or (old.carried_out_at is not null and new.carried_out_at is distinct from old.carried_out_at) then
    raise exception 'what was asked of a parting does not change' using errcode = 'check_violation';
  end if;
  if (new.answer, new.answered_by_id, new.answered_at, new.answer_reason) is distinct from
      (old.answer, old.answered_by_id, old.answered_at, old.answer_reason) then
    if old.answer <> '' then
      raise exception 'this parting was answered' using errcode = 'check_violation';
    end if;
    if new.answered_by_id is distinct from nullif(current_setting('sightline.officer', true), '')::uuid then
      raise exception 'a parting is answered by the officer at work' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
alter function sightline_parting_moves() owner to sightline_reader;
revoke all on function sightline_parting_moves() from public;
create trigger parting_moves before insert or update or delete on people_parting
  for each row execute function sightline_parting_moves();
"""


class Migration(migrations.Migration):
    """Keep partings that two people answer for, and counts of how records were linked."""

    dependencies = [
        ("access", "0002_protection"),
        ("intake", "0003_feed_life"),
        ("people", "0002_protection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FillRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField()),
                ("tellings", models.IntegerField()),
                ("names", models.IntegerField()),
                ("birthday", models.IntegerField()),
                ("postcode", models.IntegerField()),
                ("numbers", models.IntegerField()),
                ("school", models.IntegerField()),
                ("carers", models.IntegerField()),
                ("phones", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LinkCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=20)),
                ("part", models.CharField(max_length=30)),
                ("number", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Parting",
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
                ("asked_at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Waits for a second officer"),
                            ("not-same", "Confirmed: not the same child"),
                            ("same", "Not confirmed: the same child"),
                            ("cannot-tell", "Not confirmed: cannot tell"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_reason", models.TextField(blank=True)),
                ("carried_out_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="description",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["told_at"], name="descriptions_by_time"),
        ),
        migrations.AddField(
            model_name="fillrate",
            name="agency",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcount",
            constraint=models.UniqueConstraint(fields=("what", "part"), name="one_count_of_links"),
        ),
        migrations.AddField(
            model_name="parting",
            name="answered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="parting",
            name="asked_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="parting",
            name="doubt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="partings", to="people.doubt"
            ),
        ),
        migrations.AddField(
            model_name="parting",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddConstraint(
            model_name="fillrate",
            constraint=models.UniqueConstraint(fields=("agency", "week"), name="one_fill_rate_a_week"),
        ),
        migrations.AddConstraint(
            model_name="parting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("doubt",), name="one_parting_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="parting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer__in", ["", "withdrawn"]),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answered_by", models.F("asked_by")), _negated=True),
                        models.Q(("answer_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="parted_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="parting",
            constraint=models.CheckConstraint(
                condition=models.Q(("carried_out_at", None), ("answer", "not-same"), _connector="OR"),
                name="carried_out_when_confirmed",
            ),
        ),
        open_to_read("people_fillrate"),
        open_to_read("people_linkcount"),
        protect(
            "people_parting",
            seen_when=OF_A_DOUBT,
            added_when=f"{OF_A_DOUBT} and asked_by_id = {ME} and answer = ''",
            changed_when=f"{OF_A_DOUBT} and (answer = '' or answered_by_id = {ME})",
        ),
        migrations.RunSQL(ASKED_WITHIN, migrations.RunSQL.noop),
        migrations.RunSQL(PARTING_MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(
            "grant usage on all sequences in schema public to sightline_web, sightline_worker", migrations.RunSQL.noop
        ),
    ]

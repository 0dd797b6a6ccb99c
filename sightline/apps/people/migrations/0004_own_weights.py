"""Keep a deployment's own weights with their thresholds, and the dry spells of what records are compared by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import append_only, open_to_read
from sightline.domain.linkage.deciding import JOIN, KEEP, MOST_BITS, REVIEW

# What records were joined by can be read again for ever; and there is no instant without a model in use.
HELD = """
create function sightline_weights_hold() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'weights are kept' using errcode = 'check_violation';
  end if;
  if (new.digest, new.document, new.made_at, new.trained_on, new.of_records) is distinct from
      (old.digest, old.document, old.made_at, old.trained_on, old.of_records) then
    raise exception 'weights that are kept do not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger weights_hold before update or delete on people_weights
  for each row execute function sightline_weights_hold();
create function sightline_some_weights_in_use() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from people_weights where in_use) then
    raise exception 'some weights are always in use' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger some_weights_in_use after update on people_weights deferrable initially deferred
  for each row execute function sightline_some_weights_in_use();
"""
FIRST = """
insert into people_weights (made_at, digest, document, in_use)
select now(), 'first', '', not exists (select 1 from people_weights where in_use)
on conflict (digest) do nothing
"""


class Migration(migrations.Migration):
    """Keep a deployment's own weights with their thresholds, and dry spells."""

    dependencies = [
        ("access", "0002_protection"),
        ("people", "0003_reviewing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("weights", "document", models.TextField(blank=True)),
        migrations.AddField("weights", "trained_on", models.IntegerField(null=True)),
        migrations.AddField("weights", "of_records", models.IntegerField(null=True)),
        migrations.AddField("weights", "join_at", models.FloatField(db_default=JOIN)),
        migrations.AddField("weights", "keep_from", models.FloatField(db_default=KEEP)),
        migrations.AddField("weights", "ask_from", models.FloatField(db_default=REVIEW)),
        migrations.AddConstraint("weights", models.CheckConstraint(
            name="thresholds_in_order", condition=models.Q(
                join_at__lt=MOST_BITS, join_at__gt=models.F("keep_from"), keep_from__gte=models.F("ask_from"),
                ask_from__gte=0))),
        migrations.CreateModel(
            name="WeightsChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(
                    choices=[("put into use", "put into use"), ("thresholds set", "thresholds set")], max_length=20)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("join_at", models.FloatField()),
                ("keep_from", models.FloatField()),
                ("ask_from", models.FloatField()),
                ("officer", models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL)),
                ("weights", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="people.weights")),
            ],
        ),
        migrations.CreateModel(
            name="DrySpell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(
                    choices=[("names", "both names"), ("birthday", "a date of birth"), ("postcode", "a postcode"),
                             ("numbers", "a number"), ("school", "a school"), ("carers", "a carer’s name"),
                             ("phones", "a telephone number")], max_length=20)),
                ("week", models.DateField()),
                ("before", models.FloatField()),
                ("now", models.FloatField()),
                ("found_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(
                    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                    to="access.agency")),
            ],
            options={"constraints": [models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("agency", "name"), name="one_dry_spell_at_a_time")]},
        ),
        open_to_read("people_weightschange"),
        append_only("people_weightschange"),
        open_to_read("people_dryspell"),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(HELD, migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Keep what conferences decided on plans that were handed over, and show it to both sides."""

import django.db.models.deletion
from django.db import migrations, models

from sightline.apps.access.protection import protect

OF_MY_TRANSFER = "exists (select 1 from responsibility_transfer t where t.id = transfer_id)"


class Migration(migrations.Migration):
    """Make the table and write its policies."""

    dependencies = [("responsibility", "0003_packs_and_legs")]

    operations = [
        migrations.CreateModel(
            name="PlanConference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_at", models.DateTimeField()),
                ("by_day", models.BooleanField()),
                ("accepted", models.BooleanField()),
                ("noted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("entry", models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.entry")),
                ("transfer", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="conferences",
                    to="responsibility.transfer")),
            ],
            options={"indexes": [models.Index(fields=["transfer"], name="conferences_on_a_plan")]},
        ),
        protect("responsibility_planconference", seen_when=OF_MY_TRANSFER),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_worker",
                          migrations.RunSQL.noop),
    ]

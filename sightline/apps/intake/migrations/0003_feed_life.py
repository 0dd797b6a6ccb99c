"""Keep when each agency's feed last told something; open to read, for nothing of any child stands in it."""

import django.db.models.deletion
from django.db import migrations, models

from sightline.apps.access.protection import open_to_read


class Migration(migrations.Migration):
    """Make the table of feeds that were heard."""

    dependencies = [("access", "0002_protection"), ("intake", "0002_protection")]

    operations = [
        migrations.CreateModel(
            name="FeedLife",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feed", models.CharField(max_length=40)),
                ("last_at", models.DateTimeField()),
                ("usual", models.DurationField(null=True)),
                ("silent_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("agency", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency")),
            ],
            options={
                "verbose_name_plural": "feed lives",
                "indexes": [models.Index(
                    condition=models.Q(("silent_at__isnull", False), ("told_at", None)), fields=["silent_at"],
                    name="feeds_to_tell_of")],
                "constraints": [models.UniqueConstraint(fields=("agency", "feed"), name="one_life_a_feed")],
            },
        ),
        open_to_read("intake_feedlife"),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_worker",
                          migrations.RunSQL.noop),
    ]

"""Make the tables of estimates of extent, and of requests for them."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models
from django.db.models import F, Q


def an_id() -> models.UUIDField:
    """Give the field of an id that the database makes."""
    return models.UUIDField(db_default=RandomUUID(), editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    """Make the tables."""

    dependencies = [
        ("insight", "0004_inspection_protection"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="ExtentRequest",
            fields=[
                ("id", an_id()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                              to=settings.AUTH_USER_MODEL)),
            ]),
        migrations.CreateModel(
            name="Extent",
            fields=[
                ("id", an_id()),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("definition", models.CharField(max_length=40)),
                ("definition_words", models.TextField()),
                ("lists", models.JSONField()),
                ("histories", models.JSONField()),
                ("left_out", models.JSONField()),
                ("covered", models.JSONField()),
                ("links", models.JSONField()),
                ("population", models.IntegerField(null=True)),
                ("seed", models.BigIntegerField()),
                ("replicates", models.IntegerField()),
                ("answer", models.JSONField()),
                ("request", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT,
                                                 related_name="extent", to="insight.extentrequest")),
            ]),
        migrations.AddConstraint("extentrequest", models.CheckConstraint(
            condition=Q(("from_at__lt", F("until_at"))), name="an_extent_is_asked_of_a_period")),
        migrations.AddIndex("extent", models.Index(fields=["-made_at"], name="newest_extents")),
        migrations.AddConstraint("extent", models.CheckConstraint(
            condition=Q(("from_at__lt", F("until_at"))), name="an_extent_has_a_period")),
    ]

"""Make the tables of inspections, of drawn cases, and of what was said of them."""

from datetime import timedelta

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the tables of inspections."""

    dependencies = [
        ("access", "0002_protection"),
        ("insight", "0002_protection"),
        ("people", "0004_own_weights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Inspection",
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
                ("title", models.CharField(max_length=200)),
                ("framework", models.CharField(max_length=60)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                (
                    "grades",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                (
                    "strata",
                    models.CharField(
                        choices=[
                            ("agency", "The agency that answers"),
                            ("measure", "The measure that counted the child"),
                        ],
                        max_length=10,
                    ),
                ),
                ("size", models.IntegerField()),
                ("seed", models.BigIntegerField()),
                ("frame", models.JSONField()),
                ("because", models.CharField(max_length=1000)),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.agency"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="insight.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DrawnCase",
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
                ("place", models.IntegerField()),
                ("stratum", models.CharField(max_length=60)),
                ("measured", models.JSONField()),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="insight.inspection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=60)),
                ("grade", models.CharField(max_length=40)),
                ("reasons", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to="insight.drawncase",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["drawn", "topic", "-id"], name="newest_adjudication")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True), name="an_adjudication_has_reasons"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=60)),
                ("grade", models.CharField(blank=True, max_length=40)),
                ("reasons", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "auditor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drawn",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grades",
                        to="insight.drawncase",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["drawn", "auditor", "topic", "-id"], name="newest_grade")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reasons", ""), _negated=True), name="a_grade_has_reasons"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseHandedOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reading", models.CharField(choices=[("first", "first"), ("second", "second")], max_length=6)),
                ("because", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "drawn",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_on",
                        to="insight.drawncase",
                    ),
                ),
                *(
                    (
                        name,
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    )
                    for name in ("from_auditor", "to_auditor", "officer")
                ),
            ],
            options={
                "verbose_name_plural": "cases handed on",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reading__in", ["first", "second"])), name="a_reading_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="a_case_is_handed_on_for_a_reason"
                    ),
                    models.UniqueConstraint(fields=("drawn", "from_auditor"), name="a_reading_is_handed_on_once"),
                    models.UniqueConstraint(fields=("drawn", "to_auditor"), name="nobody_reads_a_case_anew"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("size__lte", 200)), name="not_everybody_is_drawn"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("because", ""), _negated=True)),
                name="an_inspection_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_at__gt", models.F("opened_at")),
                    ("closes_at__lte", models.F("opened_at") + timedelta(days=365)),
                ),
                name="an_inspection_closes",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="somebody_ends_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawncase",
            constraint=models.UniqueConstraint(fields=("inspection", "place"), name="one_case_a_place"),
        ),
        migrations.AddConstraint(
            model_name="drawncase",
            constraint=models.UniqueConstraint(fields=("inspection", "person"), name="drawn_once"),
        ),
        migrations.AddConstraint(
            model_name="drawncase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second", None), models.Q(("second", models.F("first")), _negated=True), _connector="OR"
                ),
                name="two_read_it",
            ),
        ),
    ]

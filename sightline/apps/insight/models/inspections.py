"""Inspections, the cases drawn for them, what each auditor grades, and how disagreements were settled."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from sightline.apps.insight.models.snapshots import Snapshot
from sightline.domain.insight.inspecting import LONGEST_OPEN_DAYS, LONGEST_REASON, MOST_DRAWN, Reading, Strata


class Inspection(models.Model):
    """Hold one inspection: of which snapshot, under which framework, and how its cases were drawn.

    `topics` and `grades` are those of the framework on the day it was opened; no grades where findings are words.
    `frame` maps each stratum to how many children the snapshot has in it. The same snapshot, strata, size and seed
    draw the same cases. At `closes_at` the drawn records close by themselves, if nobody has ended it before.
    """

    STRATA: ClassVar[list[tuple[str, str]]] = [(one.value, one.words) for one in Strata]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    title = models.CharField(max_length=200)
    framework = models.CharField(max_length=60)
    topics = ArrayField(models.CharField(max_length=60))
    grades = ArrayField(models.CharField(max_length=40))
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    strata = models.CharField(max_length=10, choices=STRATA)
    size = models.IntegerField()
    seed = models.BigIntegerField()
    frame = models.JSONField()
    because = models.CharField(max_length=LONGEST_REASON)
    opened_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MOST_DRAWN), name="not_everybody_is_drawn"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(because=""), name="an_inspection_says_why"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at"),
                            closes_at__lte=F("opened_at") + timedelta(days=LONGEST_OPEN_DAYS)),
                name="an_inspection_closes"),
            models.CheckConstraint(condition=Q(ended_at=None, ended_by=None)
                                   | Q(ended_at__isnull=False, ended_by__isnull=False), name="somebody_ends_it")]

    def __str__(self) -> str:
        return str(self.id)


class DrawnCase(models.Model):
    """Hold one child who was drawn: the place in the order of reading, the stratum, and who reads the case.

    `place` is the case's number, from 1, by which reports name it. `measured` lists what the snapshot counted of the
    child, as [measure, part, id of the event]. `second` reads the case again, where there is one. Both are as they were
    drawn: to whom a reading was handed on stands in CaseHandedOn.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="drawn", db_index=False)
    place = models.IntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=60)
    measured = models.JSONField()
    first = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "place"], name="one_case_a_place"),
            models.UniqueConstraint(fields=["inspection", "person"], name="drawn_once"),
            models.CheckConstraint(condition=Q(second=None) | ~Q(second=F("first")), name="two_read_it")]

    def __str__(self) -> str:
        return f"case {self.place}"


class CaseHandedOn(models.Model):
    """Hold that another auditor reads a drawn case from now on: the first or the second reading, from whom, and why.

    Nobody is handed a case that they have read: whoever reads it begins anew, blind to every other grade of it.
    """

    READINGS: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Reading]

    drawn = models.ForeignKey(DrawnCase, on_delete=models.PROTECT, related_name="handed_on", db_index=False)
    reading = models.CharField(max_length=6, choices=READINGS)
    from_auditor = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_auditor = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    because = models.CharField(max_length=LONGEST_REASON)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "cases handed on"
        constraints = [
            models.CheckConstraint(condition=Q(reading__in=[one.value for one in Reading]), name="a_reading_of_two"),
            models.CheckConstraint(condition=~Q(because=""), name="a_case_is_handed_on_for_a_reason"),
            models.UniqueConstraint(fields=["drawn", "from_auditor"], name="a_reading_is_handed_on_once"),
            models.UniqueConstraint(fields=["drawn", "to_auditor"], name="nobody_reads_a_case_anew")]

    def __str__(self) -> str:
        return f"{self.reading} {self.drawn_id}"


class Grade(models.Model):
    """Hold what one auditor says of one topic of a case, with reasons; a changed mind is a newer row, which holds.

    `grade` is empty where the framework has no grades: then `reasons` are the finding.
    """

    drawn = models.ForeignKey(DrawnCase, on_delete=models.PROTECT, related_name="grades", db_index=False)
    topic = models.CharField(max_length=60)
    auditor = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    grade = models.CharField(max_length=40, blank=True)
    reasons = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_grade_has_reasons")]
        indexes = [models.Index(fields=["drawn", "auditor", "topic", "-id"], name="newest_grade")]

    def __str__(self) -> str:
        return f"{self.topic} {self.drawn_id}"


class Adjudication(models.Model):
    """Hold which grade stands where two auditors disagreed, why, and who said so; the newest holds, all are kept."""

    drawn = models.ForeignKey(DrawnCase, on_delete=models.PROTECT, related_name="adjudications", db_index=False)
    topic = models.CharField(max_length=60)
    grade = models.CharField(max_length=40)
    reasons = models.CharField(max_length=LONGEST_REASON)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="an_adjudication_has_reasons")]
        indexes = [models.Index(fields=["drawn", "topic", "-id"], name="newest_adjudication")]

    def __str__(self) -> str:
        return f"{self.topic} {self.drawn_id}"

"""Runs over everybody, their partitions, and the rule books under which they read; no child stands in any of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

KINDS: list[tuple[str, str]] = [("check", "Comparison with what is kept"), ("preview", "Preview of a change")]


class Book(models.Model):
    """Keep from when a rule book was in force here, NULL: from the beginning; it is named by its rules' editions."""

    digest = models.CharField(primary_key=True, max_length=32)
    editions = ArrayField(models.CharField(max_length=20))
    first_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.digest


class Run(models.Model):
    """Hold one reading of everybody; `change` is what a preview tries, `partitions` NULL until somebody began."""

    KINDS: ClassVar[list[tuple[str, str]]] = KINDS

    kind = models.CharField(max_length=10, choices=KINDS)
    because = models.CharField(max_length=100)
    change = models.JSONField(null=True)
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    book = models.CharField(max_length=32, blank=True)
    partitions = models.IntegerField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in KINDS]), name="run_of_a_known_kind"),
            models.CheckConstraint(condition=Q(kind="preview") | Q(change=None), name="only_previews_try_a_change")]
        indexes = [models.Index(fields=["id"], name="runs_to_go_on_with", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Partition(models.Model):
    """Hold one share of a run: who finishes it says in the same transaction how it went, so it is done once or not.

    `waiting` counts children left to the reading that waits for them: they have news, or their time has come.
    `by_rules` counts those whom another rule book read last and who differ by that; `differed` those who differ
    although neither record nor rules changed, and `unread` those on whose record the code failed: nobody, it should be.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="shares")
    number = models.IntegerField()
    children = models.IntegerField(default=0)
    entries = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    by_rules = models.IntegerField(default=0)
    differed = models.IntegerField(default=0)
    unread = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_partition_a_number")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"


class Tally(models.Model):
    """Hold how many children of a council, in one partition, gain a sign and lose it."""

    partition = models.ForeignKey(Partition, on_delete=models.CASCADE, related_name="tallies")
    code = models.CharField(max_length=10)
    council = models.CharField(max_length=100)
    gained = models.IntegerField()
    lost = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.code} {self.partition_id}"

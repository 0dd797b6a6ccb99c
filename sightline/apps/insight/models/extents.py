"""Estimates of extent from our own lists, and who asked for them; never changed."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q


class ExtentRequest(models.Model):
    """Hold that somebody asked for an estimate of extent of a period; the worker computes it."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="an_extent_is_asked_of_a_period")]

    def __str__(self) -> str:
        return str(self.id)


class Extent(models.Model):
    """Hold one estimate of extent from our own lists, or why there is none; of no child, and never changed.

    `lists` are their names, `histories` maps each combination of them (bit 1 for the first) to its children, and
    `left_out` the reasons of the definition to how many they left out. `covered` says how many agencies told for each
    list; `links` what was measured of links. `answer` is the record of the estimate with its methods and diagnostics.
    `request` is None where a command asked. The same counts, replicates and seed give the same answer.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    request = models.OneToOneField(ExtentRequest, null=True, on_delete=models.PROTECT, related_name="extent")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    made_at = models.DateTimeField()
    definition = models.CharField(max_length=40)
    definition_words = models.TextField()
    lists = models.JSONField()
    histories = models.JSONField()
    left_out = models.JSONField()
    covered = models.JSONField()
    links = models.JSONField()
    population = models.IntegerField(null=True)
    seed = models.BigIntegerField()
    replicates = models.IntegerField()
    answer = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="an_extent_has_a_period")]
        indexes = [models.Index(fields=["-made_at"], name="newest_extents")]

    def __str__(self) -> str:
        return str(self.id)

"""Snapshots of what is measured: their cases, the groups of their children, and their figures; never changed."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q


class Snapshot(models.Model):
    """Hold one freezing of all measures: of events from an instant until another, as the record stood when it was made.

    `digest` is of all its cases and groups: the same cases give the same figures for ever. `editions` maps each measure
    to the edition of its definition. `officer` is None where the clock asked for it.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    made_at = models.DateTimeField()
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    editions = models.JSONField()
    cases = models.IntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="a_snapshot_has_a_period")]

    def __str__(self) -> str:
        return str(self.id)


class SnapshotCase(models.Model):
    """Hold one event that is measured: when its clock began, when it was done, and whether it counts.

    `about` is the event itself: an entry, or a release, a decision, a handover. `counts` None: nobody told. `agency` is
    who answers for it, None where nobody here does; `person` None where it is of no child (visits to offenders).
    `told_at` is when the event became known here.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(max_length=4)
    part = models.CharField(max_length=60)
    about = models.UUIDField()
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    began = models.DateTimeField()
    done = models.DateTimeField(null=True)
    counts = models.BooleanField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "measure", "part", "about"], name="measured_once")]
        indexes = [models.Index(fields=["person"], name="measured_of_a_person")]

    def __str__(self) -> str:
        return f"{self.measure} {self.about}"


class SnapshotChild(models.Model):
    """Hold the groups that a child of a snapshot belonged to then, by which the measures are compared (K26).

    `ethnicity` and `sex` as agencies told them; empty where nobody did. `looked_after`: at some time until then.
    `special_need`: what a school provided for it as last told until then (none, support, plan); empty where none told.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    sex = models.CharField(max_length=1)
    ethnicity = models.CharField(max_length=60)
    looked_after = models.BooleanField()
    special_need = models.CharField(max_length=10)

    class Meta:
        verbose_name_plural = "snapshot children"
        constraints = [models.UniqueConstraint(fields=["snapshot", "person"], name="grouped_once")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.person_id}"


class Figure(models.Model):
    """Hold one figure of a snapshot: of a measure's part, for one agency or for all (`agency` None); of no child.

    `grouped_by` and `group` name the group of children, empty for all. `n` events were told of, `untold` not. `hits`,
    `low` and `high` belong to shares. Times are in seconds, by Kaplan and Meier: `median` and `ninety` None where so
    many have not been done; `waiting` have not been done yet; `within`, `within_n`, `within_low` and `within_high` are
    those within the standard. `never` is the share not done after 30 days. `known_after` is the median of how long the
    events took to become known here, in seconds; `newest_at` when the newest of them did. An agency lies by chance
    alone between `chance_low` and `chance_high` in 95 of 100 cases, and between `far_low` and `far_high` in 998 of
    1,000.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="figures", db_index=False)
    measure = models.CharField(max_length=4)
    part = models.CharField(max_length=60)
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    grouped_by = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=60, blank=True)
    n = models.IntegerField()
    untold = models.IntegerField()
    hits = models.IntegerField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    waiting = models.IntegerField(null=True)
    median = models.FloatField(null=True)
    ninety = models.FloatField(null=True)
    within = models.IntegerField(null=True)
    within_n = models.IntegerField(null=True)
    within_low = models.FloatField(null=True)
    within_high = models.FloatField(null=True)
    never = models.FloatField(null=True)
    known_after = models.FloatField(null=True)
    newest_at = models.DateTimeField(null=True)
    chance_low = models.FloatField(null=True)
    chance_high = models.FloatField(null=True)
    far_low = models.FloatField(null=True)
    far_high = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "measure", "part", "agency", "grouped_by", "group"],
                                    name="one_figure", nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.measure} {self.part}"

"""Entries: what was told of a child, when it was, and when this system came to know; appended and never changed."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models


class Entry(models.Model):
    """Hold one telling.

    It points to its identity, never to a person, so that joining or splitting persons rewrites nothing. `source_key`
    names the event in the sender's own system; `revision` counts its tellings: the highest one known holds. `event` is
    the first of them (NULL for the first itself): what rules, duties and decisions name stays the same when it is
    corrected. `at` is
    set for an instant, `on_day` for a day: exactly one of them. `starts` is the earliest instant that can be meant.
    A withdrawal is a telling too: the next revision, of kind record.withdrawn, whose facts name what no longer holds.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False)
    told_by = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.CharField(max_length=200)
    source_key = models.CharField(max_length=200)
    revision = models.IntegerField(default=1)
    event = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=16)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(null=True)
    on_day = models.DateField(null=True)
    starts = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    until_day = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    postcode = models.CharField(max_length=10, null=True)
    council = models.CharField(max_length=100, null=True)
    force = models.CharField(max_length=100, null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    people = models.JSONField(default=list)
    things = models.JSONField(default=list)
    grade = models.CharField(max_length=60, null=True)
    recorded_at = models.DateTimeField()
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(
        "intake.Submission", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.IntegerField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["identity", "source_key", "revision"], name="one_telling_a_revision"),
            models.CheckConstraint(
                condition=models.Q(at=None, on_day__isnull=False) | models.Q(at__isnull=False, on_day=None),
                name="an_instant_or_a_day"),
        ]
        indexes = [models.Index(fields=["recorded_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Share(models.Model):
    """Keep that somebody decided to share one entry with one agency, until an instant; without it the agency sees none.

    Each hangs on a disclosure, which says why; the database refuses one that does not. A correction of the entry is
    shared with it.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "agency", "decision"], name="shared_once")]
        indexes = [models.Index(fields=["decision"], name="shares_of_a_decision")]

    def __str__(self) -> str:
        return f"{self.entry_id} with {self.agency_id}"


class ShareEnd(models.Model):
    """Keep that a share ended before its time, from when; the agency sees the entry no more."""

    share = models.OneToOneField(Share, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of {self.share_id}"


class News(models.Model):
    """Say that something new is held about a person and not yet read for signs and duties; written with the entry."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "news"
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"news {self.pk}"

"""Local settings: the file of an area with its own children, who wrote it, who reviewed it, and from when it holds."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class LocalSettings(models.Model):
    """Keep one edition of an area's settings as it was proposed; never changed. Nothing in it is of a real child."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    area = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=40)
    from_on = models.DateField()
    text = models.TextField()
    author = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "local settings"
        constraints = [models.UniqueConstraint(fields=["area", "edition"], name="one_edition_of_settings")]

    def __str__(self) -> str:
        return self.edition


class SettingsReview(models.Model):
    """Keep what a second person said of an edition: that it takes effect from its day, or why it does not."""

    OUTCOMES: ClassVar[list[tuple[str, str]]] = [("applied", "Applied"), ("sent-back", "Sent back")]

    settings = models.OneToOneField(LocalSettings, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    reason = models.TextField()
    reviewer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="settings_reviewed_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.settings_id}"

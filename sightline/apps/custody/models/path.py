"""The custody record of an arrested child, and the steps of the path that were taken."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sightline.domain.custody.path import PATH, STATE_WORDS, CustodyState


class CustodyRecord(models.Model):
    """Hold how far the custody of a child has come, for the safety event that the arrest opened or moved on.

    Only a step that is taken changes `state`: the database does it, by the table of the path (domain.custody.path).
    """

    STATES: ClassVar[list[tuple[str, str]]] = [(state.value, words) for state, words in STATE_WORDS.items()]

    event = models.OneToOneField("responsibility.SafetyEvent", primary_key=True, on_delete=models.PROTECT,
                                 related_name="+")
    arrest = models.ForeignKey("record.Entry", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    arrested_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=STATES, default=CustodyState.DETAINED.value)

    class Meta:
        indexes = [models.Index(fields=["agency", "arrested_at"], name="custody_records_of_a_force")]

    def __str__(self) -> str:
        return f"{self.state} {self.event_id}"


class PathStep(models.Model):
    """Keep one step of the path: what the database found missing is kept with it.

    Without an officer an entry told it, from a file or another system: it is not refused, `missing` counts it. With an
    officer it was taken on our pages, and `missing` holds only what somebody who may except it excepted, for `reason`.
    """

    CODES: ClassVar[list[tuple[str, str]]] = [(step.code, step.title) for step in PATH]

    record = models.ForeignKey(CustodyRecord, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=20, choices=CODES)
    at = models.DateTimeField()
    entry = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    missing = ArrayField(models.TextField(), default=list)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "code", "entry"], name="one_step_an_entry"),
            models.CheckConstraint(condition=Q(officer=None, agency=None) | Q(officer__isnull=False,
                                                                              agency__isnull=False),
                                   name="taken_by_an_officer_of_an_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"

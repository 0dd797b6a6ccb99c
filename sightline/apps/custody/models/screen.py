"""Talks with children in custody, and how their victim screens were decided; both are only ever added to."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.custody.screen import OUTCOME_WORDS, Outcome


class ScreenTalk(models.Model):
    """Keep one talk: what the child was asked, said in the child's own words, and how the child seemed.

    `answers` maps the code of a question to what was heard and the words; `adult` names the appropriate adult who was
    there, empty where none was. What stands here is confidential: see the policies.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    event = models.ForeignKey("responsibility.SafetyEvent", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    edition = models.CharField(max_length=20)
    alone = models.BooleanField()
    why_not_alone = models.TextField(blank=True)
    adult = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    mood = models.TextField(blank=True)
    injuries = models.TextField(blank=True)
    answers = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["event", "noted_at"], name="talks_of_an_event")]

    def __str__(self) -> str:
        return f"talk {self.pk}"


class ScreenDecision(models.Model):
    """Keep one decision of a screen; a later one holds instead of it, and both stay.

    `shown` and `facts` are the signs and entries that stood on the page, with their words at that time; `answers` maps
    the code of a sign to what the officer said to it. There is an entry where the decision ends the screen.
    """

    OUTCOMES: ClassVar[list[tuple[str, str]]] = [(one.value, words) for one, words in OUTCOME_WORDS.items()]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    event = models.ForeignKey("responsibility.SafetyEvent", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    edition = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    reasons = models.TextField()
    shown = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    entry = models.OneToOneField("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_screen_decision_at_a_time"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NOT_ASKED.value, entry=None) | (
                    ~Q(outcome=Outcome.NOT_ASKED.value) & Q(entry__isnull=False)),
                name="screen_ends_with_its_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"

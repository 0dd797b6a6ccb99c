"""Referrals to the National Referral Mechanism, and what people answered in them."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class VictimReferral(models.Model):
    """Hold one referral of a child by one agency: a draft, or one that a person says was submitted.

    It hangs on the agency's own identity of the child, so that it follows the child when records are joined or parted.
    The database lets it become sent only where every answer that the form needs is there (domain.slavery.form), and
    then keeps it as it was. `answers` holds what was sent: name to value, told, by, because.
    """

    DRAFT, SENT = "draft", "sent"
    STATES: ClassVar[list[tuple[str, str]]] = [(DRAFT, "Draft"), (SENT, "Submitted to the Home Office")]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=STATES, default=DRAFT)
    reference = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity"], name="one_draft_a_child_and_agency",
                                    condition=Q(state="draft")),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None, sent_by=None, entry=None, reference="") | (Q(
                    state="sent", sent_at__isnull=False, sent_by__isnull=False, entry__isnull=False)
                    & ~Q(reference="")),
                name="submitted_by_a_person_with_its_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class ReferralAnswer(models.Model):
    """Keep one answer as somebody typed it, after the ones before it; never changed, and the newest holds.

    `crossed` says that who typed it had not seen the answer before it, which said something else.
    """

    referral = models.ForeignKey(VictimReferral, on_delete=models.PROTECT, related_name="typed")
    field = models.CharField(max_length=100)
    number = models.IntegerField()
    value = models.TextField(blank=True)
    crossed = models.BooleanField(default=False)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "field", "number"], name="one_answer_after_another"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.pk}"

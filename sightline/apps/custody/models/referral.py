"""Referrals that arrests create: their words and clock, whom they go to, and what officers added."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.custody.referral import STATE_WORDS, ReferralState


class Referral(models.Model):
    """Hold the referral of one arrest of a child; the database lets it go only the ways of the domain's table.

    `words` are its sections as drafted, and stay as they were sent. `event` is None where the child had left custody
    before anybody told of the arrest. `known_at` is when the arrest became known, `referred_at` when the force was told
    to have referred the child by another way (of an arrest that was told late).
    """

    STATES: ClassVar[list[tuple[str, str]]] = [(state.value, words) for state, words in STATE_WORDS.items()]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    arrest = models.OneToOneField("record.Entry", on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey("responsibility.SafetyEvent", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES)
    arrested_at = models.DateTimeField()
    known_at = models.DateTimeField()
    rule = models.CharField(max_length=10, blank=True)
    words = models.JSONField(default=list)
    drafted_at = models.DateTimeField()
    sends_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=100, blank=True)
    referred_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReferralState.SENT.value, sent_at__isnull=False, entry__isnull=False) | (
                    ~Q(state=ReferralState.SENT.value) & Q(sent_at=None, entry=None, sent_by=None)),
                name="a_referral_that_is_sent_is_an_entry"),
            models.CheckConstraint(
                condition=Q(state=ReferralState.TOLD_LATE.value) | Q(sends_at__isnull=False),
                name="a_referral_has_its_clock"),
        ]
        indexes = [
            models.Index(fields=["sends_at"], name="referrals_to_send",
                         condition=Q(state=ReferralState.DRAFTED.value)),
            models.Index(fields=["person"], name="referrals_of_a_person"),
            models.Index(fields=["event"], name="referrals_of_an_event"),
            models.Index(fields=["agency", "arrested_at"], name="referrals_of_an_agency"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReferralTo(models.Model):
    """Name one council that a referral goes to, by which rule; `agency` is None for one that does not work here."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="to")
    name = models.CharField(max_length=200)
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "name"], name="each_council_once")]
        indexes = [models.Index(fields=["agency"], name="referrals_to_an_agency")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.pk}"


class ReferralAddition(models.Model):
    """Keep what an officer added to a referral, with who and when; it is never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="additions")
    words = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.referral_id} {self.pk}"

"""Disclosures with what was weighed, to whom they went and what came of them; requests; shields; strangers' questions.

Nothing here is changed once it is written: a change of mind is a new decision, which ends the older one.
"""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from sightline.domain.disclosure.asking import ANSWERS
from sightline.domain.disclosure.gateways import GATEWAYS, choosable
from sightline.domain.disclosure.weighing import LONGEST, OUTCOME_WORDS, TOLD_WORDS, WHY_WORDS, Outcome

YEAR = timedelta(days=LONGEST.days)


class Request(models.Model):
    """Keep that an agency asked for something of a child whom it knows; whoever sees the whole record answers."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    wanted = models.TextField()
    purpose = models.TextField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(wanted="") & ~Q(purpose=""), name="asked_for_something_and_why")]
        indexes = [models.Index(fields=["asked", "asked_at"], name="requests_to_an_agency")]

    def __str__(self) -> str:
        return str(self.id)


class Disclosure(models.Model):
    """Hold one decision to share or not to share: who holds it, for what, by which law, until when.

    `decision` is the entry on the timeline; it hangs on an identity, by which the child is known whatever is joined or
    parted. `words` is what is said to those who are told, or the reason that is given to who asked. `about` names a
    duty that the decision meets. A refusal has no end.
    """

    OUTCOMES: ClassVar[list[tuple[str, str]]] = [(one.value, words) for one, words in OUTCOME_WORDS.items()]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+", db_index=False)
    decision = models.OneToOneField("record.Entry", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    purpose = models.TextField()
    gateway = models.CharField(max_length=10, blank=True, choices=[(one.code, one.title) for one in GATEWAYS])
    until = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    about = models.CharField(max_length=120, blank=True)
    request = models.OneToOneField(Request, null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="disclosed_for_a_purpose"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.REFUSE.value, until=None)
                | (~Q(outcome=Outcome.REFUSE.value) & Q(until__isnull=False)
                   & Q(gateway__in=[one.code for one in choosable()])),
                name="shared_by_a_law_in_force"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("decided_at"), until__lte=F("decided_at") + YEAR),
                name="shared_for_a_year_at_most"),
        ]
        indexes = [models.Index(fields=["until"], name="disclosures_that_end", condition=Q(until__isnull=False))]

    def __str__(self) -> str:
        return str(self.id)


class Weighing(models.Model):
    """Hold what was weighed before a decision; for who holds it and who sees the whole record, never for who is told.

    `checked_on`: the day on which somebody made sure that it is still right; NULL: it went as it was told.
    """

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, primary_key=True, related_name="+")
    facilitates = models.BooleanField()
    facilitates_because = models.TextField()
    harms = models.BooleanField()
    harms_because = models.TextField()
    told = models.CharField(
        max_length=10, blank=True, choices=[(one.value, words) for one, words in TOLD_WORDS.items()])
    told_because = models.TextField(blank=True)
    checked_on = models.DateField(null=True)
    leak_harms = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(facilitates_because="") & ~Q(harms_because=""), name="weighed_with_reasons"),
            models.CheckConstraint(condition=~Q(told="nobody") | ~Q(told_because=""), name="nobody_told_because"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Item(models.Model):
    """Hold one thing that is shared or held back: an entry, a sign as it was shown, or a summary in words."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="items")
    entry = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    sign = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, sign="", words="") | (Q(entry=None) & ~Q(words="")),
                name="an_entry_or_words"),
            models.UniqueConstraint(fields=["disclosure", "entry"], name="each_entry_once"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"


class Recipient(models.Model):
    """Hold one agency that is told, or that was to be told and is not, with what it is there for."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="recipients")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disclosure", "agency"], name="told_once")]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class Receipt(models.Model):
    """Keep that a named officer of a recipient has it and what they did; or that they have removed their copies."""

    RECEIVED, REMOVED = "received", "removed"
    WHAT: ClassVar[list[tuple[str, str]]] = [
        (RECEIVED, "has it, and did"), (REMOVED, "has removed its copies")]

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="receipts")
    what = models.CharField(max_length=10, choices=WHAT)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "what"], name="one_receipt_of_each"),
            models.CheckConstraint(condition=~Q(words=""), name="a_receipt_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class Ending(models.Model):
    """Keep that a disclosure ended, when and why: by its time, by a newer decision, or because it was withdrawn."""

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=20, choices=[(one.value, words) for one, words in WHY_WORDS.items()])
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(why="expired") | Q(officer__isnull=False), name="ended_by_time_or_somebody")]

    def __str__(self) -> str:
        return f"end of {self.pk}"


class Shield(models.Model):
    """Keep that a child's whereabouts are confidential, or are so no more; the newest row of an identity holds.

    It hangs on the identity under which the agency tells of the child, so that joining records does not lose it.
    """

    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    shielded = models.BooleanField()
    reasons = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="shielded_with_reasons")]

    def __str__(self) -> str:
        return f"shield {self.pk}"


class Question(models.Model):
    """Keep that an officer asked whether a child is known: why, where, and what was answered; nothing of the child."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    purpose = models.CharField(max_length=20)
    because = models.TextField()
    ring_back = models.CharField(max_length=40)
    here = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=20, choices=[(one.value, words) for one, words in ANSWERS.items()])
    told_agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="asked_for_a_reason")]
        indexes = [models.Index(fields=["officer", "asked_at"], name="questions_of_an_officer"),
                   models.Index(fields=["agency", "asked_at"], name="questions_of_an_agency")]

    def __str__(self) -> str:
        return str(self.id)

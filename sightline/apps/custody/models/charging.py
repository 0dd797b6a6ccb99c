"""Decisions whether a child is charged, with what was considered; and the charges that only files told of."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.custody.charging import STATE_WORDS, ChargeState, Defence, Outcome, Referral, Said
from sightline.domain.custody.tools import ANSWER_WORDS, RESTRAINTS, TOOLS

UNDER_WAY = (ChargeState.CONSIDERING.value, ChargeState.REFERRED.value, ChargeState.MAY_CHARGE.value)


class Charging(models.Model):
    """Hold one decision on a charge: what was considered, by whom it was decided, and what came of it.

    The database lets it leave *considering* for a charge or for the prosecutor only where every condition of the gate
    holds (domain.custody.charging), and then keeps what was considered as it was. `supervisor` stands by a "no" to the
    defence, `same_by` lets one officer decide the victim screen and the charge.
    """

    STATES: ClassVar[list[tuple[str, str]]] = [(one.value, words) for one, words in STATE_WORDS.items()]
    SAID: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Said]
    REFERRALS: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Referral]
    DEFENCES: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Defence]
    OUTCOMES: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Outcome]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    event = models.ForeignKey("responsibility.SafetyEvent", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES, default=ChargeState.CONSIDERING.value)
    offence = models.CharField(max_length=300, blank=True)
    offence_kind = models.CharField(max_length=30, blank=True)

    direct = models.CharField(max_length=10, choices=SAID, null=True)
    direct_why = models.TextField(blank=True)
    reasonable = models.CharField(max_length=10, choices=SAID, null=True)
    reasonable_why = models.TextField(blank=True)
    schedule_4 = models.CharField(max_length=10, choices=SAID, null=True)
    schedule_4_how = models.TextField(blank=True)
    referral = models.CharField(max_length=40, choices=REFERRALS, null=True)
    referral_why = models.TextField(blank=True)
    defence = models.CharField(max_length=20, choices=DEFENCES, null=True)
    defence_why = models.TextField(blank=True)
    supervisor = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    supervisor_reason = models.TextField(blank=True)
    supervised_at = models.DateTimeField(null=True)
    same_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    same_reason = models.TextField(blank=True)

    outcome = models.CharField(max_length=30, choices=OUTCOMES, null=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    prosecutor = models.CharField(max_length=200, blank=True)
    prosecutor_words = models.TextField(blank=True)
    charged_at = models.DateTimeField(null=True)
    charge_entry = models.OneToOneField("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], name="one_charging_decision_under_way",
                                    condition=Q(state__in=UNDER_WAY)),
            models.CheckConstraint(
                condition=Q(state=ChargeState.CONSIDERING.value) | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, outcome__isnull=False) & ~Q(reasons="")),
                name="charging_decided_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=ChargeState.CHARGED.value, charged_at__isnull=False, charge_entry__isnull=False)
                | (~Q(state=ChargeState.CHARGED.value) & Q(charged_at=None, charge_entry=None)),
                name="charged_with_its_entry"),
        ]
        indexes = [models.Index(fields=["agency", "decided_at"], name="chargings_of_an_agency")]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Evidence(models.Model):
    """Keep one thing that speaks for or against coercion, with its source: words, or an entry of the record."""

    SPEAKS: ClassVar[list[tuple[str, str]]] = [("for", "for coercion"), ("against", "against coercion")]

    charging = models.ForeignKey(Charging, on_delete=models.PROTECT, related_name="evidence")
    speaks = models.CharField(max_length=10, choices=SPEAKS)
    words = models.TextField()
    source = models.CharField(max_length=300)
    entry = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.speaks} {self.pk}"


class ToolAnswer(models.Model):
    """Keep what became of one tool against who exploits the child, and why; of several the newest holds."""

    CODES: ClassVar[list[tuple[str, str]]] = [(tool.code, tool.name) for tool in TOOLS]
    ANSWERS: ClassVar[list[tuple[str, str]]] = [(one.value, words) for one, words in ANSWER_WORDS.items()]

    charging = models.ForeignKey(Charging, on_delete=models.PROTECT, related_name="tools")
    code = models.CharField(max_length=20, choices=CODES)
    answer = models.CharField(max_length=12, choices=ANSWERS)
    because = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="tool_answered_because")]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class Restraint(models.Model):
    """Keep that an order that restrains the child is asked for, by which supervisor and why."""

    CODES: ClassVar[list[tuple[str, str]]] = [(tool.code, tool.name) for tool in RESTRAINTS]

    charging = models.ForeignKey(Charging, on_delete=models.PROTECT, related_name="restraints")
    code = models.CharField(max_length=20, choices=CODES)
    supervisor = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="restraint_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class ChargingStep(models.Model):
    """Keep one thing that was done of a charging decision, and by whom; never changed."""

    charging = models.ForeignKey(Charging, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class ToldCharge(models.Model):
    """Keep a charge of a child that came past the gate, as a file or another system told it: it is counted."""

    entry = models.OneToOneField("record.Entry", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    charged_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "charged_at"], name="told_charges_of_an_agency"),
            models.Index(fields=["person"], name="told_charges_of_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.entry_id)

"""Safety events and their one owner at every instant; transfers, their legs, packs and disputes; custody suites."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from sightline.domain.responsibility.handing_over import AnsweredHow, TransferState
from sightline.domain.responsibility.opening import Happening
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind
from sightline.domain.responsibility.sites import SITE_WORDS

BY_NAME = Q(answered_by__isnull=False) | ~Q(answerer="")
"""Somebody answered by name: signed in, or as the officer on the road gave it."""


class SafetyEvent(models.Model):
    """Hold one safety event of a child. It always has exactly one owner: a named contact of one agency.

    `owner_words` names who owns it by the rule; where that organisation is not kept here, an agency that is holds it
    until a named person of that organisation has taken over: `watched`. `ground` is the entry on which the answer
    rests. An accepted transfer (`by_transfer`) holds until something newer is told. Each change of owner is written to
    OwnerChange by the database itself.
    """

    HAPPENINGS: ClassVar[list[tuple[str, str]]] = [(one.name, one.value) for one in Happening]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_by = models.OneToOneField("record.Entry", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    happening = models.CharField(max_length=12, choices=HAPPENINGS)
    ground = models.ForeignKey("record.Entry", on_delete=models.PROTECT, related_name="+")
    ground_at = models.DateTimeField()
    owner_agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    owner_contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    owner_words = models.CharField(max_length=200)
    watched = models.BooleanField(default=False)
    owner_since = models.DateTimeField()
    by_transfer = models.ForeignKey("Transfer", null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=4)
    authority = models.TextField()
    verified = models.BooleanField()
    because = models.TextField()
    tell = models.JSONField(default=list)
    closed_by = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closed_by=None, closed_at=None) | Q(closed_at__isnull=False),
                                   name="closed_at_some_time"),
            models.UniqueConstraint(fields=["person"], name="one_open_event_a_child", condition=Q(closed_at=None)),
        ]
        indexes = [
            models.Index(fields=["owner_agency", "owner_since"], name="open_events", condition=Q(closed_at=None)),
            models.Index(fields=["person"], name="events_of_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OwnerChange(models.Model):
    """Keep who became the owner of an event, when and how; written by the database, never changed."""

    event = models.ForeignKey(SafetyEvent, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=4)
    transfer = models.ForeignKey("Transfer", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["event", "at"])]

    def __str__(self) -> str:
        return f"{self.event_id} {self.at}"


class Transfer(models.Model):
    """Hold an offer of one agency to hand something of a child to another, and how it was answered.

    `kind` says what is handed over. A child's safety hangs on its event, of which at the most one offer stands, and
    moves the owner. Everything else hangs on the child alone and meets a duty by its receipt. `words` say what the
    giver asks; a refusal has its `reason`, `whose` it is in the refuser's eyes, and for an event `by_rule` (R1 to R21).
    Who answered is an officer who was signed in, or on the road the name and collar number that the officer gave, and
    `answered_how`. `seen_version` is the version of the pack on whose preview it was accepted.
    """

    STATES: ClassVar[list[tuple[str, str]]] = [(state.value, state.value) for state in TransferState]
    KINDS: ClassVar[list[tuple[str, str]]] = [(kind.value, KIND_WORDS[kind]) for kind in HandoverKind]
    WAYS: ClassVar[list[tuple[str, str]]] = [(how.value, how.value) for how in AnsweredHow]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    kind = models.CharField(max_length=20, choices=KINDS, db_default=HandoverKind.SAFETY.value)
    event = models.ForeignKey(SafetyEvent, null=True, on_delete=models.PROTECT, related_name="transfers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    to_contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    offered_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=STATES, default=TransferState.OFFERED.value)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    answered_how = models.CharField(max_length=40, choices=WAYS, db_default=AnsweredHow.SIGNED_IN.value)
    answerer = models.CharField(max_length=100, blank=True, db_default="")
    answerer_number = models.CharField(max_length=20, blank=True, db_default="")
    seen_version = models.IntegerField(null=True)
    reason = models.TextField(blank=True)
    whose = models.CharField(max_length=200, blank=True)
    by_rule = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], name="one_offer_at_a_time", condition=Q(state="offered")),
            models.UniqueConstraint(fields=["person", "kind", "to_agency"], name="one_handover_at_a_time",
                                    condition=Q(state="offered", event=None)),
            models.CheckConstraint(
                condition=Q(kind="safety", event__isnull=False, answer_by__isnull=False) | (
                    ~Q(kind="safety") & Q(event=None)), name="safety_hangs_on_its_event"),
            models.CheckConstraint(condition=Q(state="offered", answered_at=None) | (
                ~Q(state="offered") & Q(answered_at__isnull=False)), name="answered_at_some_time"),
            models.CheckConstraint(condition=~Q(state="accepted") | BY_NAME, name="accepted_by_a_named_person"),
            models.CheckConstraint(
                condition=~Q(state="refused") | (
                    BY_NAME & ~Q(reason="") & ~Q(whose="") & (Q(by_rule__regex=r"^R[0-9]{1,2}$") | ~Q(kind="safety"))),
                name="refused_by_a_rule"),
            models.CheckConstraint(condition=~Q(from_agency=models.F("to_agency")), name="handed_to_another"),
        ]
        indexes = [
            models.Index(fields=["to_agency"], name="offers_to_an_agency", condition=Q(state="offered")),
            models.Index(fields=["from_agency"], name="given_by_an_agency"),
            models.Index(fields=["answer_by"], name="offers_to_expire", condition=Q(state="offered")),
            models.Index(fields=["person"], name="handovers_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class RoadLeg(models.Model):
    """Hold the particulars of a handover on the road: the place, the time, and the condition of the child in words.

    `key` comes with the form, so that a form that was sent twice is one leg. `code_digest` names the code with which
    an officer who is not signed in answers, until the offer ends; the code itself is kept nowhere.
    """

    transfer = models.OneToOneField(Transfer, primary_key=True, on_delete=models.PROTECT, related_name="leg")
    key = models.UUIDField(unique=True)
    place = models.CharField(max_length=200)
    met_at = models.DateTimeField()
    giver = models.CharField(max_length=100)
    giver_number = models.CharField(max_length=20)
    seen_and_spoken_to = models.BooleanField()
    fed = models.BooleanField()
    injuries = models.CharField(max_length=500)
    said = models.TextField(blank=True)
    code_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(place="") & ~Q(giver="") & ~Q(injuries=""), name="a_leg_says_how"),
        ]

    def __str__(self) -> str:
        return str(self.transfer_id)


class Pack(models.Model):
    """Keep one version of a handover's pack: its number and digest, what it was computed from, and its preview.

    The preview names nobody: age, sex, where, which sections come. `withheld` says what does not come, and why.
    Never changed: a record that says something else makes the next version.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="packs")
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    entries = models.IntegerField()
    newest_entry_at = models.DateTimeField(null=True)
    preview = models.JSONField()
    withheld = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "number"], name="one_pack_a_number")]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.number}"


class PackContent(models.Model):
    """Keep the sections of one version of a pack, which the receiver sees from the acceptance on; never changed."""

    pack = models.OneToOneField(Pack, primary_key=True, on_delete=models.PROTECT, related_name="content")
    sections = models.JSONField()

    def __str__(self) -> str:
        return str(self.pack_id)


class Dispute(models.Model):
    """Hold a dispute that a refusal opened; it escalates and changes no owner.

    It is settled when a transfer of the event is accepted, when something newer names the owner, or with the event.
    """

    transfer = models.OneToOneField(Transfer, primary_key=True, on_delete=models.PROTECT, related_name="dispute")
    event = models.ForeignKey(SafetyEvent, on_delete=models.PROTECT, related_name="disputes")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    steps_taken = models.IntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_step_at"], name="disputes_to_escalate", condition=Q(next_step_at__isnull=False)),
            models.Index(fields=["event"], name="disputes_of_an_event"),
        ]

    def __str__(self) -> str:
        return str(self.transfer_id)


class KeptSite(models.Model):
    """Hold a custody suite or a children's home with the days on which it was open; it is ended, never removed.

    Reference for everybody: nothing of any child stands here.
    """

    kind = models.CharField(max_length=20, choices=[(kind.value, words) for kind, words in SITE_WORDS.items()])
    name = models.CharField(max_length=200)
    postcode = models.CharField(max_length=200)
    council = models.CharField(max_length=200)
    force = models.CharField(max_length=200)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "force", "since"], nulls_distinct=False,
                                    name="one_telling_of_a_site"),
            models.CheckConstraint(condition=~Q(postcode="") | ~Q(council=""), name="a_site_is_somewhere"),
            models.CheckConstraint(condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                                   name="a_site_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return self.name

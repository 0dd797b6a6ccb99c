"""Releases from custody with plans, legs and steps of journeys, drafted missing reports, and releases only told of."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.custody.journey import STATE_WORDS, ReleaseState
from sightline.domain.custody.plan import By, Mode, Receiver

ON_THE_WAY = (ReleaseState.PLANNED.value, ReleaseState.RELEASED.value)
LEFT = (ReleaseState.RELEASED.value, ReleaseState.ARRIVED.value)


class Release(models.Model):
    """Hold one release of a child: its plan, and what came of it.

    The database lets it become released only where every condition of the gate holds (domain.custody.gate), and then
    keeps the plan as it was. `home_council`, `home_force` and `out_of_area` are filled by the database from the parts
    that agencies have in the child's life. `alarm_at` is when silence about the arrival becomes an alarm, None where
    no alarm is due; `alarmed_at` when one was raised. `departure_alarm_at` is the same of the departure.
    """

    STATES: ClassVar[list[tuple[str, str]]] = [(state.value, words) for state, words in STATE_WORDS.items()]
    RECEIVERS: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Receiver]
    MODES: ClassVar[list[tuple[str, str]]] = [(mode.value, mode.value) for mode in Mode]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    event = models.ForeignKey("responsibility.SafetyEvent", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default=ReleaseState.PLANNED.value)
    home_council = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    home_force = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    out_of_area = models.BooleanField(default=True)

    assessed_in_person = models.BooleanField(default=False)
    assessment = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True)

    receiver = models.CharField(max_length=20, choices=RECEIVERS, null=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    receiver_phone = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=100, blank=True)
    at_least_18 = models.BooleanField(default=False)
    checked = models.TextField(blank=True)
    known_to_child = models.BooleanField(default=False)
    collected = models.BooleanField(default=False)
    receiver_agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    transfer = models.ForeignKey("responsibility.Transfer", null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_how = models.CharField(max_length=300, blank=True)

    home_told = models.CharField(max_length=200, blank=True)
    home_told_at = models.DateTimeField(null=True)
    override_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    override_at = models.DateTimeField(null=True)
    override_reason = models.TextField(blank=True)

    mode = models.CharField(max_length=30, choices=MODES, null=True)
    released_at = models.DateTimeField(null=True)
    release_entry = models.OneToOneField("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    departed_at = models.DateTimeField(null=True)
    expected_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)
    departure_alarm_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_said_by = models.CharField(max_length=200, blank=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], name="one_release_under_way", condition=Q(state__in=ON_THE_WAY)),
            models.CheckConstraint(
                condition=~Q(state__in=LEFT) | Q(
                    mode__isnull=False, released_at__isnull=False, release_entry__isnull=False),
                name="released_with_its_entry"),
            models.CheckConstraint(
                condition=~Q(state="arrived") | (Q(arrived_at__isnull=False, alarm_at=None) & ~Q(arrived_said_by="")),
                name="arrival_said_by_somebody"),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(expected_at__isnull=False) | Q(mode=Mode.COLLECTED.value),
                name="a_journey_is_expected"),
            models.CheckConstraint(condition=Q(state="released") | Q(alarm_at=None, departure_alarm_at=None),
                                   name="alarm_on_the_way_only"),
        ]
        indexes = [
            models.Index(fields=["alarm_at"], name="alarms_to_raise", condition=Q(alarm_at__isnull=False)),
            models.Index(fields=["departure_alarm_at"], name="departures_to_look_at",
                         condition=Q(departure_alarm_at__isnull=False)),
            models.Index(fields=["agency", "released_at"], name="releases_of_an_agency"),
            models.Index(fields=["person"], name="releases_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class Leg(models.Model):
    """Hold one leg of a planned journey; one that was taken out of the plan stays, with when."""

    WAYS: ClassVar[list[tuple[str, str]]] = [(by.value, by.value) for by in By]

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="legs")
    way = models.CharField(max_length=20, choices=WAYS)
    escort = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=200)
    destination = models.CharField(max_length=200)
    departs_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way=By.POLICE.value) | ~Q(escort=""),
                                   name="police_vehicle_has_a_driver"),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.pk}"


class JourneyStep(models.Model):
    """Keep one thing that was done or said of a release, by whom and who noted it; never changed."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    said_by = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.pk}"


class MissingDraft(models.Model):
    """Hold the missing report that the alarm drafted; only a person sends it, and then it is an entry."""

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.PROTECT, related_name="draft")
    drafted_at = models.DateTimeField()
    words = models.TextField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, entry=None) | Q(
                    sent_at__isnull=False, sent_by__isnull=False, entry__isnull=False),
                name="sent_by_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.release_id)


class ToldRelease(models.Model):
    """Keep a release of a child that happened without the gate, as a file or another system told it: it is counted."""

    entry = models.OneToOneField("record.Entry", primary_key=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    mode = models.CharField(max_length=30, blank=True)
    received = models.BooleanField()
    home_council_told = models.BooleanField(null=True)
    out_of_area = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "released_at"], name="told_releases_of_an_agency"),
            models.Index(fields=["person"], name="told_releases_of_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.entry_id)

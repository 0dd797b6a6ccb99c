"""What is owed for a child, who owns it, by when; and the notices that tell people."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from sightline.domain.duties.position import NO_LIMIT
from sightline.domain.vocabulary.duty import DutyState


class OwedDuty(models.Model):
    """Hold one duty. It always has exactly one owner: a named contact of the agency that owes it.

    Where who owes it (`owed_by_words`) is not kept here, an agency of the child's watches over it: `watched`.
    `started_by` is the entry that started it, or NULL where a reading of signs did; `started_key` makes it one of its
    kind: the same rule on the same entry never owes twice. `due_at` is the limit in law or guidance as an instant
    (`due_is_day`: the end of that day), NULL where there is no number; `local_target_at` a target of the partnership;
    `act_by` the one of them that the queue is ordered by, within the class of danger that the duty's code belongs to
    (`danger`); what has no limit stands at the end (`stands_at`). A duty whose ground is gone is ended: nobody owes it.
    One that was put off stands in no list until then; the database takes that back when its limit moves nearer.
    """

    ENDED = "ended"
    STATES: ClassVar[list[tuple[str, str]]] = [
        *[(state.value, state.value) for state in DutyState], (ENDED, "no longer owed")]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    edition = models.CharField(max_length=20)
    what = models.CharField(max_length=300)
    part = models.CharField(max_length=60)
    started_by = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    started_key = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    watched = models.BooleanField(default=False)
    owed_by_words = models.CharField(max_length=200)
    owed_by = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    owed_to = models.CharField(max_length=200)
    owed_to_agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    due_is_day = models.BooleanField(default=False)
    local_target_at = models.DateTimeField(null=True)
    target_is_day = models.BooleanField(default=False)
    act_by = models.DateTimeField(null=True)
    danger = models.SmallIntegerField()
    stands_at = models.GeneratedField(
        expression=Coalesce("act_by", models.Value(NO_LIMIT)), output_field=models.DateTimeField(), db_persist=True)
    put_off_until = models.DateTimeField(null=True)
    estimated = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES)
    met_by = models.ForeignKey("record.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True)
    authority = models.TextField()
    verified = models.BooleanField()
    explanation = models.TextField()
    opened_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    steps_taken = models.IntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "owed duties"
        constraints = [
            models.UniqueConstraint(fields=["code", "started_key"], name="owed_once"),
            models.CheckConstraint(condition=Q(state="met") | Q(met_at=None), name="met_means_met"),
        ]
        indexes = [
            models.Index(fields=["owed_by", "watched", "danger", "stands_at", "id"], name="line_of_an_agency",
                         condition=Q(state__in=["open", "late"])),
            models.Index(fields=["owner", "danger", "stands_at", "id"], name="line_of_a_desk",
                         condition=Q(state__in=["open", "late"])),
            models.Index(fields=["officer", "danger", "stands_at", "id"], name="line_of_an_officer",
                         condition=Q(state__in=["open", "late"], officer__isnull=False)),
            models.Index(fields=["owed_by", "watched", "danger", "stands_at", "id"], name="late_at_an_agency",
                         condition=Q(state="late")),
            models.Index(fields=["owner", "danger", "stands_at", "id"], name="late_on_a_desk",
                         condition=Q(state="late")),
            models.Index(fields=["owed_by", "watched", "danger", "stands_at", "id"], name="put_off_at_an_agency",
                         condition=Q(state__in=["open", "late"], put_off_until__isnull=False)),
            models.Index(fields=["next_step_at"], name="steps_to_take", condition=Q(next_step_at__isnull=False)),
            models.Index(fields=["person"], name="duties_of_a_person"),
            models.Index(fields=["started_key"], name="duties_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"


class Step(models.Model):
    """Keep what happened to a duty: started, reminded, escalated, given to somebody, met; never changed."""

    duty = models.ForeignKey(OwedDuty, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    contact = models.ForeignKey("access.Contact", null=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["duty", "at"])]

    def __str__(self) -> str:
        return f"{self.what} {self.duty_id}"


class Notice(models.Model):
    """Tell a named contact that something is owed or was decided; written in the transaction that made it so.

    Sent, delivered, opened, acknowledged and acted are instants. `key` makes a notice one of its kind, so that a job
    that runs twice sends once. A notice about several children (what a night handed over) names none: `person` is
    NULL. `channel` is the one tried now, since `channel_since`; `channel_failed` says that it was given up. At
    `next_look_at` a job looks whether a clock has passed; a notice without `urgency` was never looked at.
    `to_officer` is set where it is to one officer by name, and not to whoever sits at the desk.
    `passed_from` is the notice that nobody of another desk opened; `nobody_since` says that everybody was told and
    nobody opened it.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(OwedDuty, null=True, on_delete=models.PROTECT, related_name="notices")
    from_agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    to_contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    to_officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    acted_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    urgency = models.CharField(max_length=4, blank=True, db_default="")
    channel = models.CharField(max_length=20, blank=True, db_default="")
    channel_since = models.DateTimeField(null=True)
    channel_failed = models.BooleanField(default=False, db_default=False)
    next_look_at = models.DateTimeField(null=True)
    passed_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="passed_on")
    nobody_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="notices_to_send", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["to_contact", "channel", "person"], name="notices_in_order",
                         condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["next_look_at"], name="notices_to_look_at", condition=Q(next_look_at__isnull=False)),
            models.Index(fields=["made_at"], name="notices_not_looked_at", condition=Q(urgency="")),
            models.Index(fields=["duty"], name="notices_to_act_on", condition=Q(acted_at=None, duty__isnull=False)),
            models.Index(fields=["nobody_since"], name="notices_unreached", condition=Q(nobody_since__isnull=False)),
            models.Index(fields=["to_agency", "-made_at"], name="notices_of_an_agency"),
            models.Index(fields=["person"], name="notices_of_a_person"),
            models.Index(fields=["to_agency"], name="unread_notices", condition=Q(opened_at=None)),
            models.Index(fields=["to_agency", "made_at", "id"], name="notices_in_line",
                         condition=Q(opened_at=None, duty=None)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Delivery(models.Model):
    """Keep one try to send a notice over one channel, written before the try and finished after it.

    `to_name` is who of the rota was on duty then; `remote` the id that a service gave the message. A clock that passed
    is kept here too, with what was done next in `words`.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    words = models.CharField(max_length=300, blank=True)
    to_name = models.CharField(max_length=200, blank=True, db_default="")
    remote = models.CharField(max_length=100, blank=True, db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="deliveries_to_ask_for", condition=Q(outcome="accepted")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.outcome}"


class Routing(models.Model):
    """Keep that a duty or a safety event fell to the desk on duty out of hours, and that the morning took it back.

    It is of one of the two: `event` is the id of a safety event, which a room above this one keeps. While
    `handed_over_at` is NULL the night owns it. `moved` says that the night had not finished, so that the day desk owns
    it again; `morning` is the notice that lists it.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(OwedDuty, null=True, on_delete=models.PROTECT, related_name="routings")
    event = models.UUIDField(null=True)
    day_contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    night_contact = models.ForeignKey("access.Contact", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)
    routed_at = models.DateTimeField()
    hand_over_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    moved = models.BooleanField(default=False, db_default=False)
    morning = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="routings")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty=None, event__isnull=False) | Q(duty__isnull=False, event=None),
                                   name="routed_is_one_thing"),
            models.UniqueConstraint(fields=["duty"], name="duty_routed_once", condition=Q(handed_over_at=None)),
            models.UniqueConstraint(fields=["event"], name="event_routed_once", condition=Q(handed_over_at=None)),
        ]
        indexes = [
            models.Index(fields=["hand_over_at"], name="nights_to_hand_over", condition=Q(handed_over_at=None)),
            models.Index(fields=["morning"], name="routings_of_a_morning"),
            models.Index(fields=["event"], name="routings_of_an_event", condition=Q(event__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)

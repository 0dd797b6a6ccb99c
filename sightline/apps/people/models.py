"""Persons, the identities that agencies know them by, what was said of each, and doubts whether two are one."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models

from sightline.domain.access.involvement import InvolvedAs
from sightline.domain.access.roles import Sight
from sightline.domain.linkage.deciding import JOIN, KEEP, MOST_BITS, REVIEW
from sightline.domain.people.inputs import INPUTS


class Person(models.Model):
    """Hold one child. The id is never used again; a person merged into another resolves to it for ever."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    made_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class Identity(models.Model):
    """Hold the name (scheme and key) by which one agency's system knows a child, and the person it belongs to now.

    `keys` are hashes of what was said of it, by which others like it are found (domain.linkage.keys).
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    scheme = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    keys = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["agency", "scheme", "key"], name="one_identity_a_key")]
        indexes = [GinIndex(fields=["keys"], name="identity_keys", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.id)


class Description(models.Model):
    """Hold one thing that was said of an identity: names, birthday, identifiers, address, as they came."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="descriptions", db_index=False)
    digest = models.BinaryField(max_length=16)
    given = models.CharField(max_length=100, null=True)
    family = models.CharField(max_length=100, null=True)
    also_known_as = ArrayField(models.CharField(max_length=200), default=list)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, null=True)
    ethnicity = models.CharField(max_length=60, null=True)
    identifiers = models.JSONField(default=dict)
    postcode = models.CharField(max_length=10, null=True)
    address = models.CharField(max_length=300, null=True)
    school = models.CharField(max_length=200, null=True)
    carers = ArrayField(models.CharField(max_length=200), db_default=[])
    phones = ArrayField(models.CharField(max_length=200), db_default=[])
    told_at = models.DateTimeField()
    submission = models.ForeignKey(
        "intake.Submission", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "digest"], name="said_once")]
        indexes = [BrinIndex(fields=["told_at"], name="descriptions_by_time")]

    def __str__(self) -> str:
        return f"description {self.pk}"


class Joining(models.Model):
    """Keep that an identity was joined to a person, moved or split off, why and by whom; never changed.

    Where a comparison decided: its weight in `bits`, what each fact added (`parts`), and the digest of the model.
    """

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="joinings", db_index=False)
    from_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20)
    because = models.JSONField(default=list)
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    bits = models.FloatField(null=True)
    parts = models.JSONField(db_default=[])
    model = models.CharField(max_length=32, db_default="")

    class Meta:
        indexes = [models.Index(fields=["identity", "at"])]

    def __str__(self) -> str:
        return f"{self.how} {self.identity_id}"


class Doubt(models.Model):
    """Ask a human whether two identities are one child; the answer is kept for ever and binds later matching.

    `bits`, `parts` and `model` keep the comparison as it was when the question was put. `within` is the person to whom
    both belonged when it was asked whether they do, or none where they belonged to two.
    """

    OPEN, SAME, NOT_SAME, CANNOT_TELL = "open", "same", "not-same", "cannot-tell"
    ANSWERS: ClassVar[list[tuple[str, str]]] = [
        (OPEN, "Waiting"), (SAME, "The same child"), (NOT_SAME, "Not the same child"), (CANNOT_TELL, "Cannot tell")]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    one = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+", db_index=False)
    because = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=ANSWERS, default=OPEN)
    reason = models.TextField(blank=True)
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)
    bits = models.FloatField(null=True)
    parts = models.JSONField(db_default=[])
    model = models.CharField(max_length=32, db_default="")
    within = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_doubt_a_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="a_pair_has_one_order"),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="waiting_doubts", condition=models.Q(answer="open")),
            models.Index(fields=["other"], name="doubts_by_other"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Weights(models.Model):
    """Hold a model file by which records are compared, with the thresholds kept beside it; exactly one is in use.

    The row `first` holds no document: it stands for the first model that we bring. `trained_on` is how many records
    were looked at to train it, `of_records` how many there were. The database changes nothing of a row but the
    thresholds and whether it is in use.
    """

    FIRST = "first"

    made_at = models.DateTimeField()
    digest = models.CharField(max_length=32, unique=True)
    document = models.TextField(blank=True)
    in_use = models.BooleanField(default=False)
    trained_on = models.IntegerField(null=True)
    of_records = models.IntegerField(null=True)
    join_at = models.FloatField(db_default=JOIN)
    keep_from = models.FloatField(db_default=KEEP)
    ask_from = models.FloatField(db_default=REVIEW)

    class Meta:
        verbose_name_plural = "weights"
        constraints = [
            models.UniqueConstraint(fields=["in_use"], name="one_model_in_use", condition=models.Q(in_use=True)),
            models.CheckConstraint(name="thresholds_in_order", condition=models.Q(
                join_at__lt=MOST_BITS, join_at__gt=models.F("keep_from"), keep_from__gte=models.F("ask_from"),
                ask_from__gte=0)),
        ]

    def __str__(self) -> str:
        return self.digest


class WeightsChange(models.Model):
    """Keep that a model was put into use, or its thresholds were set: by whom, when and why; never changed."""

    USED, THRESHOLDS = "put into use", "thresholds set"

    weights = models.ForeignKey(Weights, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=[(USED, USED), (THRESHOLDS, THRESHOLDS)])
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = models.TextField()
    join_at = models.FloatField()
    keep_from = models.FloatField()
    ask_from = models.FloatField()

    def __str__(self) -> str:
        return f"{self.weights_id} {self.what}"


class Parting(models.Model):
    """Ask a second officer to confirm that a child on whom somebody works is parted in two; kept with both answers.

    `person` is whom it was asked to part. The database moves no record off an active person without a confirmed
    parting that has not been carried out yet, and takes the answer from nobody who asked.
    """

    WAITING, WITHDRAWN = "", "withdrawn"
    ANSWERS: ClassVar[list[tuple[str, str]]] = [
        (WAITING, "Waits for a second officer"), (Doubt.NOT_SAME, "Confirmed: not the same child"),
        (Doubt.SAME, "Not confirmed: the same child"), (Doubt.CANNOT_TELL, "Not confirmed: cannot tell"),
        (WITHDRAWN, "Withdrawn")]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    doubt = models.ForeignKey(Doubt, on_delete=models.PROTECT, related_name="partings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    reason = models.TextField()
    answer = models.CharField(max_length=12, choices=ANSWERS, blank=True, default=WAITING)
    answered_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+",
                                    db_index=False)
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.TextField(blank=True)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["doubt"], name="one_parting_waits", condition=models.Q(answer="")),
            models.CheckConstraint(name="parted_by_two_people", condition=models.Q(answer__in=["", "withdrawn"])
                                   | (models.Q(answered_by__isnull=False, answered_at__isnull=False)
                                      & ~models.Q(answered_by=models.F("asked_by")) & ~models.Q(answer_reason=""))),
            models.CheckConstraint(name="carried_out_when_confirmed",
                                   condition=models.Q(carried_out_at=None) | models.Q(answer="not-same")),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FillRate(models.Model):
    """Count how many of an agency's tellings of a week held each input that records are compared by; of no child."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    week = models.DateField()
    tellings = models.IntegerField()
    names = models.IntegerField()
    birthday = models.IntegerField()
    postcode = models.IntegerField()
    numbers = models.IntegerField()
    school = models.IntegerField()
    carers = models.IntegerField()
    phones = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "week"], name="one_fill_rate_a_week")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.week}"


class DrySpell(models.Model):
    """Keep that an input of an agency dried up, from which share to which, and when it was told and ended; of no child.

    `week` is the first week of the fall. One spell of an agency and input lasts at a time.
    """

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=20, choices=[*INPUTS.items()])
    week = models.DateField()
    before = models.FloatField()
    now = models.FloatField()
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_dry_spell_at_a_time",
                                               condition=models.Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.name} {self.week}"


class LinkCount(models.Model):
    """Hold one count of how records were linked, such as answers "the same" among doubts of a weight; of no child."""

    what = models.CharField(max_length=20)
    part = models.CharField(max_length=30)
    number = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "part"], name="one_count_of_links")]

    def __str__(self) -> str:
        return f"{self.what} {self.part}"


class Involvement(models.Model):
    """Give an agency a part in a child's life, and with it the sight of the record that the part carries."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="involvements")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=60, choices=[(part.value, part.value) for part in InvolvedAs])
    sees = models.CharField(max_length=10, choices=[(sight.value, sight.value) for sight in Sight])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "agency", "part"], name="one_part_at_a_time",
                                    condition=models.Q(until=None))]
        indexes = [models.Index(fields=["agency", "person"], name="parts_now", condition=models.Q(until=None))]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.part}"

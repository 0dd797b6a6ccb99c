"""Managed offenders and what agencies tell of them, apart from children's records; and which of them are near a child.

What an agency tells is appended and never changed. Everything else is the last reading of it, and can be read again.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from sightline.domain.offenders.joins import WAY_WORDS
from sightline.domain.vocabulary.offender import CATEGORIES, LEVELS, RISKS, TELLING_WORDS

Choices = list[tuple[str, str]]


class Offender(models.Model):
    """Hold one adult whom an agency manages; `agency` leads, `reference` is its own number.

    Category, level and risk are as people recorded them. `adult` and `keys` are what joins are found by, `look_at` is
    when a clock turns, and `to_read` says that something was told that nobody has read.
    """

    CATEGORY: ClassVar[Choices] = list(CATEGORIES.items())
    LEVEL: ClassVar[Choices] = list(LEVELS.items())
    RISK: ClassVar[Choices] = list(RISKS.items())

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    also_known_as = ArrayField(models.CharField(max_length=200), default=list)
    born_on = models.DateField(null=True)
    category = models.CharField(max_length=1, choices=CATEGORY, blank=True)
    level = models.CharField(max_length=1, choices=LEVEL, blank=True)
    risk = models.CharField(max_length=10, choices=RISK, blank=True)
    manager = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    reactive = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    under = ArrayField(models.CharField(max_length=30), default=list)
    adult = models.JSONField(default=dict)
    keys = ArrayField(models.CharField(max_length=120), default=list)
    look_at = models.DateTimeField(null=True)
    to_read = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "reference"], name="one_offender_a_reference"),
            models.CheckConstraint(condition=~Q(reference="") & ~Q(name=""), name="an_offender_is_named"),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["keys"], name="offender_keys", fastupdate=False),
            models.Index(fields=["look_at"], name="offenders_to_look_at", condition=Q(look_at__isnull=False)),
            models.Index(fields=["to_read"], name="offenders_to_read", condition=Q(to_read=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Telling(models.Model):
    """Hold one thing that an agency told of an offender; the highest revision of a key holds.

    `event` is the first telling of the key (NULL for the first itself). `gone` takes it back.
    """

    KINDS: ClassVar[Choices] = [(kind.value, words) for kind, words in TELLING_WORDS.items()]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="tellings", db_index=False)
    kind = models.CharField(max_length=30, choices=KINDS)
    source_key = models.CharField(max_length=200)
    revision = models.IntegerField(default=1)
    event = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_day = models.DateField()
    until_day = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    told_by = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    submission = models.ForeignKey(
        "intake.Submission", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.IntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offender", "source_key", "revision"], name="one_offender_telling"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Clock(models.Model):
    """Hold how one clock of an offender stands, as the last reading says.

    `due_on` is the last day on which it is met in time; NULL while it is stopped. `words` say why in a sentence.
    """

    offender = models.ForeignKey(Offender, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    key = models.CharField(max_length=200)
    code = models.CharField(max_length=30)
    what = models.CharField(max_length=200)
    began_on = models.DateField()
    due_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    state = models.CharField(max_length=12)
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offender", "key"], name="one_clock_a_key")]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="clocks_running", condition=Q(met_on=None))]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class ChildSide(models.Model):
    """Hold what of a child's record can lie near an offender's: homes, names with birthdays, where the child was met.

    It is written by the reading of the child, and seen by nobody: joins are what is shown.
    """

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    child = models.JSONField()
    keys = ArrayField(models.CharField(max_length=120))

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["keys"], name="child_side_keys", fastupdate=False)]

    def __str__(self) -> str:
        return "the child's side"


class Join(models.Model):
    """Keep that an offender is near a child, in which way, by what both sides told; `gone_at` when it ended.

    `since` is the day from which both told it. `check_first` says what a person must look at, or nothing.
    """

    WAYS: ClassVar[Choices] = [(way.value, words) for way, words in WAY_WORDS.items()]

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="joins", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=30, choices=WAYS)
    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.CharField(max_length=36)
    since = models.DateField()
    how = models.CharField(max_length=200)
    check_first = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offender", "person", "way", "telling", "entry"], name="one_join"),
        ]

    def __str__(self) -> str:
        return str(self.id)

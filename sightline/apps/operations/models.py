"""Operations with the forces that take part, the totals that sources tell, and the parts that children had."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from sightline.domain.operations.counted import Counts
from sightline.domain.operations.parts import WAYS


class Operation(models.Model):
    """Hold one police operation; `agency` is the force that entered it and leads. `reference` is in capitals."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    reference = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    on_day = models.DateField()
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reference="") & ~Q(name=""), name="operation_is_named")]
        indexes = [models.Index(fields=["-on_day"], name="operations_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class Force(models.Model):
    """Keep that a force takes part, and how many warrants it had; None where nobody told that."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="forces")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    warrants = models.IntegerField(null=True)
    entered_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "agency"], name="a_force_takes_part_once"),
            models.CheckConstraint(condition=Q(warrants=None) | Q(warrants__gte=0), name="warrants_not_below_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.operation_id}"


class Total(models.Model):
    """Keep a number that a source told, as it told it; never changed: a correction is the next row of the source.

    `agency` None means the whole operation. `told_on` is the day of the report.
    """

    COUNTS: ClassVar[list[tuple[str, str]]] = [(one.value, one.value) for one in Counts]

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="totals")
    source = models.CharField(max_length=200)
    told_on = models.DateField()
    counts = models.CharField(max_length=30, choices=COUNTS)
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    entered_by = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    entered_for = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=0) & ~Q(source=""), name="a_source_tells_a_number"),
            models.CheckConstraint(condition=Q(counts__in=[one.value for one in Counts]), name="counted_in_our_words"),
        ]

    def __str__(self) -> str:
        return f"{self.counts} {self.pk}"


class Part(models.Model):
    """Hold a child's part in an operation, as the last reading of the child says; `agency` told it.

    It names the operation by its reference, so that it does not matter whether the arrest or the operation came first.
    """

    WAYS: ClassVar[list[tuple[str, str]]] = [(one.code, one.words) for one in WAYS]

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    entry = models.ForeignKey("record.Entry", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    arrested = models.BooleanField()
    at = models.DateTimeField()
    screened_at = models.DateTimeField(null=True)
    referred_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=20, choices=WAYS, blank=True)
    way_by = models.CharField(max_length=200, blank=True)
    way_at = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "reference"], name="one_part_in_an_operation"),
            models.CheckConstraint(condition=Q(way="", way_at=None) | (~Q(way="") & Q(way_at__isnull=False)),
                                   name="safeguarded_at_a_time"),
        ]
        indexes = [models.Index(fields=["reference"], name="parts_of_an_operation")]

    def __str__(self) -> str:
        return f"{self.person_id} in an operation"

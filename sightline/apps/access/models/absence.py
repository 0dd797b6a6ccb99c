"""Who is away from an agency, and who sees meanwhile to what is theirs."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q


class Absence(models.Model):
    """Say that an officer is away from an agency for a time, and who sees to what is theirs until they are back.

    Nothing changes its owner: what lies with the absent officer shows in the other's list too, and no longer does
    when the time is over. Why somebody is away is nobody's business here, and is not kept.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    covered_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gte=models.F("from_at")), name="away_for_a_time"),
            models.CheckConstraint(condition=~Q(officer=models.F("covered_by")), name="covered_by_another"),
        ]
        indexes = [
            models.Index(fields=["agency", "until_at"], name="absences_of_an_agency"),
            models.Index(fields=["from_at"], name="covers_to_tell", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} until {self.until_at}"

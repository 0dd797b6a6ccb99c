"""How often each sign was right, counted from how people closed it; and where it is switched off, by whom and why."""

from django.db import models
from django.db.models import F, Q


class Measurement(models.Model):
    """Hold how the signs of one rule were closed: in an area, or everywhere where `area` is NULL. Counts, no child."""

    code = models.CharField(max_length=10)
    area = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed = models.IntegerField()
    other = models.IntegerField()
    wrong_person = models.IntegerField()
    wrong_data = models.IntegerField()
    stale = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "area"], name="one_measurement_an_area",
                                               nulls_distinct=False)]

    def __str__(self) -> str:
        return f"{self.code} {self.area_id}"


class Switch(models.Model):
    """Keep that somebody switched a sign off for an area, or on again, and why; never changed.

    `number` counts the switches of one sign in one area: of two who switch at once, the database takes one. `until` is
    when it is on again by itself; NULL where this switches it on.
    """

    code = models.CharField(max_length=10)
    area = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    off = models.BooleanField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "switches"
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], name="one_switch_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="switched_with_a_reason"),
            models.CheckConstraint(condition=Q(off=False, until=None) | Q(off=True, until__gt=F("at")),
                                   name="switched_off_until")]

    def __str__(self) -> str:
        return f"{self.code} {'off' if self.off else 'on'}"

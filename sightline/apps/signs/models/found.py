"""Warning signs that were found, how people closed them, and how soon somebody must look."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models

from sightline.apps.signs.outcomes import OUTCOMES


class Found(models.Model):
    """Hold one sign on a child, with the entries that made it; `gone_at` says when it was no longer shown.

    `grown_at` says when it last came to rest on an entry more. `shown_until` is when it will be gone if nothing more is
    told and nobody keeps it. `against` names entries that speak against it, each with its words.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    family = models.CharField(max_length=30)
    critical = models.BooleanField()
    title = models.CharField(max_length=200)
    because = ArrayField(models.UUIDField())
    reasons = ArrayField(models.TextField())
    first_at = models.CharField(max_length=40)
    last_at = models.CharField(max_length=40)
    edition = models.CharField(max_length=80)
    source = models.TextField()
    verified = models.BooleanField()
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    grown_at = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    against = ArrayField(models.UUIDField(), default=list)
    against_words = ArrayField(models.TextField(), default=list)

    class Meta:
        verbose_name_plural = "found signs"
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], name="one_sign_at_a_time",
                                    condition=models.Q(gone_at=None))]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"


class Closing(models.Model):
    """Keep that a person closed a sign and why; the same entries do not raise it again, new ones do.

    `agency` is the one for which the officer acted: how often a sign is right is measured by its area.
    """

    sign = models.ForeignKey(Found, on_delete=models.PROTECT, related_name="closings")
    because = ArrayField(models.UUIDField())
    outcome = models.CharField(max_length=20, choices=OUTCOMES)
    reason = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.outcome} {self.sign_id}"


class Keeping(models.Model):
    """Keep that a person reviewed a sign that would have run out, why it stays, and until when."""

    sign = models.ForeignKey(Found, on_delete=models.PROTECT, related_name="keepings")
    because = ArrayField(models.UUIDField())
    reason = models.TextField()
    officer = models.ForeignKey("access.Officer", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="kept_with_a_reason")]

    def __str__(self) -> str:
        return f"kept {self.sign_id}"


class PersonReading(models.Model):
    """Hold how soon somebody must look at a child, and when the same entries must be read again."""

    person = models.OneToOneField("people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+")
    attention = models.CharField(max_length=20)
    because = models.TextField()
    families = models.IntegerField()
    read_at = models.DateTimeField()
    look_again_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["look_again_at"], name="to_look_again",
                                condition=models.Q(look_again_at__isnull=False))]

    def __str__(self) -> str:
        return f"reading of {self.person_id}"

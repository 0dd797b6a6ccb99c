"""Agencies, whom they cover, and the people to ring: nothing of any child is kept here."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sightline.domain.vocabulary.agency import AGENCY_KIND_WORDS, AgencyKind

KIND_CHOICES = [(kind.value, AGENCY_KIND_WORDS[kind]) for kind in AgencyKind]


class Agency(models.Model):
    """Hold one organisation.

    `area` is the name of the council or police force area that it answers for ("Knowsley", "Merseyside"), empty for
    others; `code` its GSS code, LAESTAB or other public code.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    area = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=20, blank=True)
    nation = models.CharField(max_length=20, default="england")

    class Meta:
        verbose_name_plural = "agencies"
        indexes = [models.Index(fields=["kind", "area"]), models.Index(fields=["code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area"], name="one_agency_an_area",
                condition=models.Q(kind__in=["council", "police"]) & ~models.Q(area=""))]

    def __str__(self) -> str:
        return self.name


class Cover(models.Model):
    """Say that an agency works in another's area: a force covers councils, a council covers schools; many to many."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="covers")
    covered = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="covered_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "covered"], name="covers_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} covers {self.covered_id}"


class Contact(models.Model):
    """Name a person or desk of an agency that duties fall on and that others can ring.

    `desk` says what for: safeguarding (duties fall here first), manager and director (escalation), education,
    out-of-hours, offenders (their managers). `hours` are rows of day (0 Monday to 6 Sunday, 7 bank holidays), opening
    and closing time; none means always. `channels` are those by which it is told, in order; none means the usual ones.
    The secret of a `webhook` is not kept here: it follows from a key outside the database and `webhook_edition`.
    `unproven` are addresses by channel that were entered and do not count yet, with what came of their test message;
    `proven` those that were confirmed.
    """

    DESKS = [
        ("safeguarding", "Safeguarding desk"), ("education", "Education"), ("manager", "Manager"),
        ("director", "Director"), ("out-of-hours", "Out-of-hours team"), ("offenders", "Offender management"),
    ]

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="contacts")
    desk = models.CharField(max_length=20, choices=DESKS)
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    officer = models.ForeignKey(
        "access.Officer", null=True, blank=True, on_delete=models.SET_NULL, related_name="desks")
    hours = models.JSONField(default=list, db_default=[])
    channels = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    webhook = models.CharField(max_length=300, blank=True, db_default="")
    webhook_edition = models.IntegerField(default=0, db_default=0)
    unproven = models.JSONField(default=dict, db_default={})
    proven = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "desk"], name="one_contact_a_desk")]

    def __str__(self) -> str:
        return f"{self.name}, {self.job}"


class RotaTurn(models.Model):
    """Say who sits at a desk from an instant until another; a turn that was entered wrongly is ended, never removed."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="turns")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    officer = models.ForeignKey("access.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="a_turn_ends_after_it_begins")]
        indexes = [models.Index(fields=["until_at"], name="turns_by_end", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.name} {self.from_at}"

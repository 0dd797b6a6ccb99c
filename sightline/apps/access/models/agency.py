"""Agencies, whom they cover, and the people to ring: nothing of any child is kept here."""

from django.db import models

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
    out-of-hours.
    """

    DESKS = [
        ("safeguarding", "Safeguarding desk"), ("education", "Education"), ("manager", "Manager"),
        ("director", "Director"), ("out-of-hours", "Out-of-hours team"),
    ]

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="contacts")
    desk = models.CharField(max_length=20, choices=DESKS)
    name = models.CharField(max_length=200)
    job = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    officer = models.ForeignKey(
        "access.Officer", null=True, blank=True, on_delete=models.SET_NULL, related_name="desks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "desk"], name="one_contact_a_desk")]

    def __str__(self) -> str:
        return f"{self.name}, {self.job}"

"""Officers, the roles they hold in agencies, and their pieces of work with the purpose stated for each."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now

from sightline.apps.access.models.agency import Agency
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES

ROLE_CHOICES = [(role.code, role.words) for role in ROLES.values()]
PURPOSE_CHOICES = [(purpose.code, purpose.words) for purpose in PURPOSES.values()]


class Officers(BaseUserManager["Officer"]):
    """Make officers in the shape that Django's sign-in wants."""

    def create_user(
        self, email: str, password: str | None = None, *, name: str = "", kept_password: str | None = None
    ) -> "Officer":
        """Add an officer; without a password the account can only be entered after one is set."""
        officer = self.model(email=self.normalize_email(email).lower(), name=name)
        if kept_password is None:
            officer.set_password(password)
        else:
            officer.password = kept_password
        officer.save(using=self._db)
        return officer

    def get_by_natural_key(self, username: str | None) -> "Officer":
        """Find an officer by e-mail, in any case of letters."""
        return self.get(email=(username or "").lower())


class Officer(AbstractBaseUser):
    """Hold somebody who signs in; the e-mail is the log-in name."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = Officers()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Give an officer a role in an agency, from a day until a day."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "agency", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.role} in {self.agency_id}"


class PieceOfWork(models.Model):
    """Hold the purpose that an officer stated for a piece of work; every read carries its id."""

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="pieces_of_work")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pieces_of_work")
    purpose = models.CharField(max_length=20, choices=PURPOSE_CHOICES)
    because = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "pieces of work"

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

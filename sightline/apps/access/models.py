"""Who may sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Officers(BaseUserManager["Officer"]):
    """Make officers and find them by the name under which they sign in."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Officer":
        """Make an officer who signs in with this e-mail address; without a password nobody can."""
        officer = self.model(email=self.normalize_email(email).lower(), name=name)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer

    def get_by_natural_key(self, username: str | None) -> "Officer":
        """Find the officer by e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)


class Officer(AbstractBaseUser):
    """Hold one person who signs in with an e-mail address."""

    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Officers] = Officers()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_officer_an_email_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Give the officer's name, as the pages show it."""
        return self.name

    def get_short_name(self) -> str:
        """Give the officer's name: it is not cut into parts."""
        return self.name

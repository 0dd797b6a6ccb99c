"""Tell the database, for one transaction, who is at work or which task runs; without it no row of any child is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from sightline.domain.access.roles import ROLES, Role


@dataclass(frozen=True, slots=True)
class Acting:
    """Hold who acts: an officer, in a role, for an agency, within a piece of work with its purpose."""

    officer: UUID
    officer_name: str
    agency: int
    agency_name: str
    role_code: str
    work: UUID
    purpose: str

    @property
    def role(self) -> type[Role]:
        """Give the class of the role."""
        return ROLES[self.role_code]


def enter(acting: Acting) -> None:
    """Set who acts for the rest of the current transaction."""
    settings = {
        "sightline.officer": str(acting.officer), "sightline.agency": str(acting.agency),
        "sightline.sight": acting.role.sight.value, "sightline.work": str(acting.work),
        "sightline.purpose": acting.purpose,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join(["set_config(%s, %s, true)"] * len(settings)),
            [word for pair in settings.items() for word in pair])


@contextmanager
def acting_as(acting: Acting) -> Iterator[None]:
    """Open a transaction in which the officer acts."""
    with transaction.atomic():
        enter(acting)
        yield


@contextmanager
def at_task(name: str) -> Iterator[None]:
    """Open a transaction in which the worker runs the named task."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('sightline.task', %s, true)", [name])
        yield

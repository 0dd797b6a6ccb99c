"""Tell the database, for one transaction, who is at work or which task runs; without it no row of any child is seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
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


def begin_work(officer: UUID, work: UUID, *, at: datetime) -> Acting | None:
    """Set who acts for the rest of the current transaction, and give it; None where the piece of work does not hold.

    The database finds the agency and what the role may see by itself: the piece of work must be this officer's, not
    have ended, and rest on a role that is still held.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_begin_work(%s, %s, %s)", [officer, work, at])
        row = cursor.fetchone()
    if row is None:
        return None
    return Acting(officer=officer, officer_name=row[0], agency=row[1], agency_name=row[2], role_code=row[3], work=work,
                  purpose=row[4])


@contextmanager
def at_task(name: str) -> Iterator[None]:
    """Open a transaction in which the worker runs the named task."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(BEGIN_TASK, [name])
        yield


# What a task asks for every record is planned once a session (bulk.often), and for any number of values: a plan for
# just these would often seem cheaper to the database than it is, for it counts planning as next to nothing.
BEGIN_TASK = "select set_config('sightline.task', %s, true), set_config('plan_cache_mode', 'force_generic_plan', true)"

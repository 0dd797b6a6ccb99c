"""Enter an operation, who takes part and what sources tell of it; say that a child had a part in it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.operations.models import Force, Operation, Total
from sightline.apps.operations.queries import Joinable, OperationFacts
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.intake.row import Told, Withdrawn
from sightline.domain.operations.counted import Counts
from sightline.domain.operations.parts import JOINED, reference_of


class OperationRefused(ValueError):
    """What was asked of an operation cannot be done; the message says what to do instead, in words."""


@dataclass(frozen=True, slots=True)
class By:
    """Say who enters something: an officer of an agency, or an agency's list (`officer` None)."""

    agency: int
    officer: UUID | None


def enter(*, by: By, reference: str, name: str, on_day: date, warrants: int | None, at: datetime) -> UUID:
    """Enter an operation that the own force leads and takes part in; gives its id. Raises OperationRefused."""
    try:
        with transaction.atomic():
            made = Operation.objects.create(reference=reference_of(reference), name=name, on_day=on_day,
                                            agency_id=by.agency, entered_by_id=by.officer, entered_at=at)
            _add_force(made.pk, by=by, agency=by.agency, warrants=warrants, at=at)
    except ProgrammingError:
        raise OperationRefused("Only a police force enters an operation.") from None
    except IntegrityError:
        raise OperationRefused("An operation with this reference is entered already, perhaps by another force. Ask it, "
                               "or use another reference.") from None
    return UUID(str(made.pk))


def add_force(*, by: By, operation: UUID, agency: int, warrants: int | None, at: datetime) -> None:
    """Say that another force takes part, and with how many warrants. Raises OperationRefused."""
    try:
        with transaction.atomic():
            _add_force(operation, by=by, agency=agency, warrants=warrants, at=at)
    except ProgrammingError:
        raise OperationRefused("The force that leads the operation says who takes part.") from None
    except IntegrityError:
        raise OperationRefused("This force takes part already.") from None


def _add_force(operation: UUID, *, by: By, agency: int, warrants: int | None, at: datetime) -> None:
    Force.objects.create(operation_id=operation, agency_id=agency, warrants=warrants, entered_by_id=by.officer,
                         entered_at=at)


def tell_total(
    *, by: By, operation: UUID, source: str, told_on: date, counts: Counts, number: int, agency: int | None,
    at: datetime,
) -> None:
    """Keep a number as its source told it, of the whole operation or of one force. Raises OperationRefused."""
    try:
        with transaction.atomic():
            Total.objects.create(operation_id=operation, source=source, told_on=told_on, counts=counts.value,
                                 number=number, agency_id=agency, entered_by_id=by.officer, entered_for_id=by.agency,
                                 entered_at=at)
    except ProgrammingError:
        raise OperationRefused("Only the forces that take part enter what sources tell.") from None


def join(*, acting: Acting, operation: OperationFacts, found: Joinable, at: datetime) -> None:
    """Say that an entry of the own force was part of an operation; it becomes an entry of the child's record."""
    _tell(acting, found.person, Told(JOINED, found.starts, _key(operation, found.entry), {
        "operation": operation.reference, "about": str(found.entry)}), at=at)


def part(*, acting: Acting, operation: OperationFacts, person: UUID, entry: UUID, reason: str, at: datetime) -> None:
    """Take back that an entry was part of an operation, with the reason; the word stays in the record as taken back."""
    _tell(acting, person, Withdrawn(_key(operation, entry), reason), at=at)


def _key(operation: OperationFacts, entry: UUID) -> str:
    return f"operation/{operation.id}/{entry}"


def _tell(acting: Acting, person: UUID, told: Told | Withdrawn, *, at: datetime) -> None:
    identity = own_identity(person=person, agency=acting.agency, at=at)
    origin = Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer)
    append([Telling(0, identity, told)], origin=origin, at=at)

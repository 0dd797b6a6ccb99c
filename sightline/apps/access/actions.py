"""State a purpose, keep who looked, and keep agencies and officers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.models import Agency, Contact, Cover, Membership, Officer, PieceOfWork
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES

WORK_LASTS = timedelta(hours=8)
"""A piece of work ends after a shift, so that nobody carries a purpose of yesterday (our own choice)."""

AUDIT_COLUMNS = (
    ("officer_id", "uuid"), ("agency_id", "int"), ("work_id", "uuid"), ("purpose", "text"), ("act", "text"),
    ("writes", "boolean"), ("refused", "boolean"), ("children", "uuid[]"), ("about", "jsonb"),
)


class PurposeNotAllowed(PermissionError):
    """This purpose does not belong to your role. Choose one of the purposes that are offered."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class PurposeNeedsReason(ValueError):
    """This purpose needs a sentence that says why. It is kept with everything you look at."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class AlreadyKept(ValueError):
    """There is already an officer with this e-mail."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def start_work(*, officer: UUID, membership: int, purpose: str, because: str, at: datetime) -> UUID:
    """Start a piece of work with its purpose and give its id.

    Raises PurposeNotAllowed where role or purpose do not fit, PurposeNeedsReason.
    """
    member = Membership.objects.select_related("officer").filter(pk=membership, officer_id=officer).first()
    if member is None or purpose not in PURPOSES or purpose not in ROLES[member.role].purposes:
        raise PurposeNotAllowed
    if PURPOSES[purpose].needs_reason and not because.strip():
        raise PurposeNeedsReason
    work = PieceOfWork.objects.create(
        officer_id=officer, membership=member, purpose=purpose, because=because.strip(), started_at=at,
        ends_at=at + WORK_LASTS)
    return work.id


def keep_audit(
    acting: Acting | None, *, act: str, children: Iterable[UUID] = (), writes: bool = False, refused: bool = False,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Append one audit entry for a request or command, in its own transaction; `about` holds ids only."""
    insert("access_auditentry", AUDIT_COLUMNS, [(
        acting.officer if acting else None, acting.agency if acting else None, acting.work if acting else None,
        acting.purpose if acting else "", act, writes, refused, sorted(set(children)), dict(about or {}))])


@transaction.atomic
def keep_agency(
    *, name: str, kind: str, area: str = "", code: str = "", nation: str = "england",
    desks: Mapping[str, Mapping[str, str]], covers: Iterable[str] = (),
) -> int:
    """Add or renew an agency with its desks ({"safeguarding": {"name", "job", "phone", "email"}}) and give its id.

    An agency must have a safeguarding desk: duties fall on a named contact. `covers` names agencies already kept.
    """
    if "safeguarding" not in desks:
        raise ValueError("An agency needs a safeguarding desk with a named contact, on whom duties fall.")
    agency, _ = Agency.objects.update_or_create(
        slug=slugify(name)[:80], defaults={"name": name, "kind": kind, "area": area, "code": code, "nation": nation})
    for desk, person in desks.items():
        Contact.objects.update_or_create(agency=agency, desk=desk, defaults={
            "name": person["name"], "job": person["job"], "phone": person.get("phone", ""),
            "email": person.get("email", "")})
    for covered in Agency.objects.filter(name__in=list(covers)):
        Cover.objects.get_or_create(agency=agency, covered=covered)
    return agency.pk


@transaction.atomic
def keep_officer(
    *, email: str, name: str, password: str | None, agency: int, role: str, on: date, desk: str | None = None,
    kept_password: str | None = None,
) -> UUID:
    """Add an officer with a role in an agency, and give the id; `desk` puts the officer at one of its desks.

    `kept_password` is a password as it is kept, hashed already, for invented officers who share one.

    Raises AlreadyKept where the e-mail is taken, ValueError where the role does not belong in such an agency.
    """
    kind = Agency.objects.get(pk=agency).kind
    if role not in ROLES or kind not in ROLES[role].works_in:
        raise ValueError("This role does not belong in an agency of this kind.")
    try:
        with transaction.atomic():
            officer = Officer.objects.create_user(email, password, name=name, kept_password=kept_password)
    except IntegrityError:
        raise AlreadyKept from None
    Membership.objects.create(officer=officer, agency_id=agency, role=role, from_on=on)
    if desk is not None:
        Contact.objects.filter(agency_id=agency, desk=desk).update(officer=officer, name=name)
    return officer.id

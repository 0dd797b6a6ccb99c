"""State a purpose, keep who looked, and keep agencies and officers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.models import Agency, Contact, Cover, Membership, Officer, PieceOfWork
from sightline.domain.access.purposes import PURPOSES
from sightline.domain.access.roles import ROLES

WORK_LASTS = timedelta(hours=8)
"""A piece of work ends after a shift, so that nobody carries a purpose of yesterday (our own choice)."""

ONE_AN_AREA = ("council", "police")
"""Kinds of agency of which an area has one, as the constraint of the table says."""

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


class AreaTaken(ValueError):
    """Another agency of this kind answers for this area already. Renew that one, by the name it has here."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoSuchDesk(ValueError):
    """The agency has no such desk. Add the desk first, with sightline agency add."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class NoSuchOfficer(LookupError):
    """There is no officer with this e-mail who may sign in."""

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
    Raises AreaTaken where another council or police force answers for the area.
    """
    if "safeguarding" not in desks:
        raise ValueError("An agency needs a safeguarding desk with a named contact, on whom duties fall.")
    slug = slugify(name)[:80]
    if area and kind in ONE_AN_AREA and Agency.objects.filter(kind=kind, area=area).exclude(slug=slug).exists():
        raise AreaTaken
    agency, _ = Agency.objects.update_or_create(
        slug=slug, defaults={"name": name, "kind": kind, "area": area, "code": code, "nation": nation})
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

    `kept_password` is a password as it is kept, hashed already, for invented officers who share one. Raises AlreadyKept
    where the e-mail is taken, NoSuchDesk, ValueError where the role is none for such an agency.
    """
    kind = Agency.objects.get(pk=agency).kind
    if role not in ROLES or kind not in ROLES[role].works_in:
        raise ValueError("This role does not belong in an agency of this kind.")
    if desk is not None and not Contact.objects.filter(agency_id=agency, desk=desk).exists():
        raise NoSuchDesk
    try:
        with transaction.atomic():
            officer = Officer.objects.create_user(email, password, name=name, kept_password=kept_password)
    except IntegrityError:
        raise AlreadyKept from None
    Membership.objects.create(officer=officer, agency_id=agency, role=role, from_on=on)
    if desk is not None:
        Contact.objects.filter(agency_id=agency, desk=desk).update(officer=officer, name=name)
    return officer.id


@transaction.atomic
def end_access(*, email: str, on: date) -> list[str]:
    """End an officer's sign-in and every role, at once; what the officer did stays under the name.

    Gives the desks that the officer sat at, as "desk of agency": their contacts stay, and need somebody else's name.
    Raises NoSuchOfficer.
    """
    officer = Officer.objects.filter(email=email.lower(), is_active=True).first()
    if officer is None:
        raise NoSuchOfficer
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    officer.memberships.filter(Q(until_on=None) | Q(until_on__gt=on)).update(until_on=on)
    left = [f"{contact.desk} of {contact.agency.name}"
            for contact in officer.desks.select_related("agency").order_by("agency__name", "desk")]
    officer.desks.update(officer=None)
    keep_audit(None, act="end access", writes=True, about={"officer": str(officer.pk)})
    return left

"""Ask for agencies, contacts, officers and their work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from sightline.apps.access.models import Agency, Contact, Membership, Officer
from sightline.domain.access.roles import ROLES, may
from sightline.domain.access.verbs import Verb
from sightline.domain.duties.hours import from_rows
from sightline.domain.duties.rota import Span


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """Hold what others need to know of an agency."""

    id: int
    slug: str
    name: str
    kind: str
    area: str
    code: str
    nation: str


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """Hold one role that an officer may act in."""

    id: int
    agency: AgencyFacts
    role: str

    @property
    def words(self) -> str:
        """Give the role in words."""
        return ROLES[self.role].words


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Hold whom to ring."""

    id: int
    agency_id: int
    agency: str
    desk: str
    name: str
    job: str
    phone: str
    email: str
    officer: UUID | None
    hours: tuple[Span, ...] = ()
    channels: tuple[str, ...] = ()
    webhook: str = ""
    webhook_edition: int = 0


class AgencyBook:
    """Find agencies by id, name, area or code; read once for a piece of bulk work."""

    def __init__(self, agencies: Iterable[AgencyFacts], contacts: Iterable[ContactFacts]) -> None:
        self.by_id = {a.id: a for a in agencies}
        self._by_name = {a.name.lower(): a for a in self.by_id.values()}
        self._by_code = {a.code.lower(): a for a in self.by_id.values() if a.code}
        self._by_area = {(a.kind, a.area.lower()): a for a in self.by_id.values() if a.area}
        self._contacts: dict[tuple[int, str], ContactFacts] = {(c.agency_id, c.desk): c for c in contacts}

    def named(self, words: str) -> AgencyFacts | None:
        """Find an agency by its name or code."""
        return self._by_name.get(words.lower()) or self._by_code.get(words.lower())

    def council(self, area: str) -> AgencyFacts | None:
        """Find the council of an area."""
        return self._by_area.get(("council", area.lower()))

    def force(self, area: str) -> AgencyFacts | None:
        """Find the police force of an area."""
        return self._by_area.get(("police", area.lower())) or self._by_area.get(("transport-police", area.lower()))

    def contacts_of(self, agency_id: int) -> list[ContactFacts]:
        """List the agency's contacts."""
        return [contact for (agency, _), contact in self._contacts.items() if agency == agency_id]

    def contacts(self) -> list[ContactFacts]:
        """List all contacts."""
        return list(self._contacts.values())

    def desk(self, agency_id: int, *desks: str) -> ContactFacts | None:
        """Find the first of the named desks that the agency has; the safeguarding desk stands in for any."""
        for desk in (*desks, "safeguarding"):
            contact = self._contacts.get((agency_id, desk))
            if contact is not None:
                return contact
        return None


def agency_book() -> AgencyBook:
    """Read all agencies and contacts."""
    return AgencyBook(map(_facts, Agency.objects.all()), contacts())


@dataclass(frozen=True, slots=True)
class Around:
    """Hold an agency's desks by name, and the agencies that work in its area or in whose area it works."""

    desks: Mapping[str, ContactFacts]
    agencies: Sequence[tuple[int, str]]


AROUND = """
select c.id, a.id, a.name, c.desk, c.name, c.job, c.phone, c.email, c.officer_id
from access_contact c join access_agency a on a.id = c.agency_id where a.id = %s
union all
select null, a.id, a.name, null, null, null, null, null, null from access_agency a
where a.id in (select agency_id from access_cover where covered_id = %s
  union select covered_id from access_cover where agency_id = %s)
order by 3
"""


def around(agency_id: int) -> Around:
    """Give whom to ring at an agency, and who around it could hold a piece of a child."""
    with connection.cursor() as cursor:
        cursor.execute(AROUND, [agency_id, agency_id, agency_id])
        rows = cursor.fetchall()
    return Around({row[3]: ContactFacts(*row) for row in rows if row[0] is not None},
                  [(row[1], row[2]) for row in rows if row[0] is None])


def agencies() -> list[AgencyFacts]:
    """List all agencies by name."""
    return [_facts(a) for a in Agency.objects.order_by("name")]


def agency_named(words: str) -> AgencyFacts | None:
    """Find an agency by slug, name or code, in any case of letters."""
    found = Agency.objects.filter(Q(slug__iexact=words) | Q(name__iexact=words) | (Q(code__iexact=words) & ~Q(code="")))
    agency = found.first()
    return _facts(agency) if agency else None


def contacts(agency_id: int | None = None, *, kinds: Sequence[str] | None = None) -> list[ContactFacts]:
    """List contacts, of one agency, of the agencies of some kinds, or of all."""
    rows = Contact.objects.select_related("agency").order_by("agency__name", "desk")
    if kinds is not None:
        rows = rows.filter(agency__kind__in=kinds)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return [ContactFacts(c.pk, c.agency_id, c.agency.name, c.desk, c.name, c.job, c.phone, c.email, c.officer_id,
                         from_rows(c.hours), tuple(c.channels), c.webhook, c.webhook_edition)
            for c in rows]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Hold one officer of an agency with the roles held there, in words."""

    id: UUID
    name: str
    roles: tuple[str, ...]


def colleagues(agency_id: int, *, on: date) -> list[Colleague]:
    """List the officers of an agency who may work with its inbox on a day, by name."""
    seeing = [role.code for role in ROLES.values() if may(role, Verb.SEE_QUEUE)]
    rows = Membership.objects.select_related("officer").filter(
        Q(until_on=None) | Q(until_on__gte=on), agency_id=agency_id, from_on__lte=on, role__in=seeing,
        officer__is_active=True).order_by("officer__name", "officer_id", "role")
    found: dict[UUID, Colleague] = {}
    for row in rows:
        held = found.get(row.officer_id)
        roles = (*held.roles, ROLES[row.role].words) if held else (ROLES[row.role].words,)
        found[row.officer_id] = Colleague(row.officer_id, row.officer.name, roles)
    return list(found.values())


def name_of(officer: UUID) -> str:
    """Give the name of an officer, or nothing."""
    return Officer.objects.filter(pk=officer).values_list("name", flat=True).first() or ""


def officer_by_email(email: str) -> Officer | None:
    """Find an active officer by e-mail."""
    return Officer.objects.filter(email=email.lower(), is_active=True).first()


def memberships_of(officer_id: UUID, *, on: date) -> list[MembershipFacts]:
    """List the roles that an officer holds on a day."""
    rows = Membership.objects.select_related("agency").filter(
        Q(until_on=None) | Q(until_on__gte=on), officer_id=officer_id, from_on__lte=on).order_by("agency__name", "role")
    return [MembershipFacts(m.pk, _facts(m.agency), m.role) for m in rows]


def _facts(agency: Agency) -> AgencyFacts:
    return AgencyFacts(agency.pk, agency.slug, agency.name, agency.kind, agency.area, agency.code, agency.nation)

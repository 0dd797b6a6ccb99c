"""Keep and ask for hours and rotas: which desk of an agency is on duty at an instant, and who sits there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from sightline.apps.access.models import Contact, Membership, Officer, RotaTurn
from sightline.apps.access.queries import AgencyBook, ContactFacts
from sightline.domain.duties.hours import to_rows
from sightline.domain.duties.nations import Nation, UnknownNation, read_nation
from sightline.domain.duties.rota import Desk, Span, Turn, on_duty, person_on


class NotYourDesk(PermissionError):
    """This is not a desk of your agency. Its own keeper of officers or duty manager keeps its hours and rota."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class TurnRefused(ValueError):
    """The turn cannot be kept; the message says what to write."""


@dataclass(frozen=True, slots=True)
class OnDutyNow:
    """Hold whom to reach at a desk: the person of its rota where one is named, else the desk's named contact.

    Where that officer is away it is whoever covers. `phone` is rung, `mobile` gets text messages: never the number of
    somebody who is away.
    """

    contact: ContactFacts
    name: str
    phone: str
    email: str
    mobile: str = ""
    officer: UUID | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Covering:
    """Hold who sees to what is an absent officer's; `officer` is None where a manager without an account does."""

    officer: UUID | None
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """Hold one row of a rota."""

    id: int
    contact: int
    from_at: datetime
    until_at: datetime
    name: str
    phone: str
    email: str


class Rota:
    """Answer who is on duty at one instant, for every agency of a book; read once for a piece of bulk work."""

    def __init__(
        self, book: AgencyBook, turns: Mapping[int, Sequence[Turn]], covers: Mapping[tuple[int, UUID], Covering],
        at: datetime,
    ) -> None:
        self._book, self._turns, self._covers, self.at = book, turns, covers, at

    def on_duty(self, agency: int) -> OnDutyNow:
        """Give who is on duty for an agency; never nobody. Raises LookupError where it has no desk."""
        contacts = {c.id: c for c in self._book.contacts_of(agency)}
        desks = [Desk(c.id, c.desk, c.hours, self._turns.get(c.id, ())) for c in contacts.values()]
        found = on_duty(desks, self.at, nation=self.nation(agency))
        return self._sitting(contacts[found.contact], found.person, found.because)

    def at_desk(self, contact: ContactFacts) -> OnDutyNow:
        """Give who sits at a desk."""
        return self._sitting(contact, person_on(self._turns.get(contact.id, ()), self.at), "")

    def of_officer(self, contact: ContactFacts, officer: UUID) -> OnDutyNow:
        """Give whom a notice to one officer by name reaches: the officer, or whoever covers; not a desk's number."""
        cover = self._covers.get((contact.agency_id, officer))
        if cover is not None:
            return OnDutyNow(contact, cover.name, cover.phone, cover.email, cover.phone, cover.officer)
        found = Officer.objects.get(pk=officer)
        return OnDutyNow(contact, found.name, "", found.email, officer=officer)

    def desks_of(self, agency: int, officers: Collection[UUID]) -> list[ContactFacts]:
        """List the desks where one of some officers sits now, by the rota or by name, whether there or covered."""
        turns = {contact.id: person_on(self._turns.get(contact.id, ()), self.at)
                 for contact in self._book.contacts_of(agency)}
        sits = {contact.id: contact.officer if turn is None else UUID(turn.officer) if turn.officer else None
                for contact in self._book.contacts_of(agency) for turn in [turns[contact.id]]}
        return [contact for contact in self._book.contacts_of(agency) if sits[contact.id] in officers]

    def seeing_to(self, agency: int, officer: UUID) -> Covering | None:
        """Give who sees to what is an officer's; None where the officer is there, or nobody is."""
        return self._covers.get((agency, officer))

    def _sitting(self, contact: ContactFacts, person: Turn | None, because: str) -> OnDutyNow:
        """Give the person of the rota, or the desk's own, or whoever covers for the one of them."""
        officer = contact.officer if person is None else UUID(person.officer) if person.officer else None
        cover = self._covers.get((contact.agency_id, officer)) if officer is not None else None
        if cover is not None:
            return OnDutyNow(contact, cover.name, cover.phone or contact.phone, cover.email or contact.email,
                             cover.phone, cover.officer, because)
        name, phone, email = (contact.name, "", "") if person is None else (person.name, person.phone, person.email)
        return OnDutyNow(contact, name, phone or contact.phone, email or contact.email, phone or contact.phone, officer,
                         because)

    def nation(self, agency: int) -> Nation:
        """Give the nation whose bank holidays an agency has."""
        try:
            return read_nation(self._book.by_id[agency].nation)
        except UnknownNation:
            return Nation.ENGLAND


def rota_at(at: datetime, *, book: AgencyBook) -> Rota:
    """Read who is on duty everywhere at an instant."""
    rows = RotaTurn.objects.select_related("officer").filter(
        Q(ended_at=None) | Q(ended_at__gt=at), from_at__lte=at, until_at__gt=at)
    turns: dict[int, list[Turn]] = {}
    for row in rows.order_by("id"):
        email = row.email or (row.officer.email if row.officer else "")
        turns.setdefault(row.contact_id, []).append(
            Turn(row.from_at, row.until_at, row.name, row.phone, email, str(row.officer_id or "")))
    with connection.cursor() as cursor:
        cursor.execute("select agency_id, officer_id, seen_by, name, email, phone from sightline_covers(%s)"
                       " where name is not null", [at])
        covers = {(row[0], row[1]): Covering(*row[2:]) for row in cursor.fetchall()}
    return Rota(book, turns, covers, at)


def turns_of(agency: int, *, at: datetime) -> list[TurnFacts]:
    """List the turns of an agency's desks that have not ended, by their beginning."""
    rows = RotaTurn.objects.filter(contact__agency_id=agency, ended_at=None, until_at__gt=at)
    return [TurnFacts(r.pk, r.contact_id, r.from_at, r.until_at, r.name, r.phone, r.email)
            for r in rows.order_by("from_at", "id")]


def colleagues(agency: int) -> list[tuple[UUID, str]]:
    """List the officers of an agency by name."""
    rows = Membership.objects.filter(agency_id=agency, until_on=None, officer__is_active=True)
    return sorted(set(rows.values_list("officer_id", "officer__name")), key=lambda one: one[1])


def keep_hours(*, contact: int, spans: Sequence[Span]) -> None:
    """Keep a desk's hours, as the officer at work; none means always. Raises NotYourDesk."""
    _ask("select sightline_keep_hours(%s, to_jsonb(%s::json))", contact, _json(spans))


def keep_turn(*, contact: int, turn: Turn) -> None:
    """Add a turn to a desk's rota, as the officer at work. Raises NotYourDesk, TurnRefused."""
    require_turn(turn)
    _ask("select sightline_keep_turn(%s, %s, %s, %s, %s, %s, %s)", contact, turn.from_at, turn.until_at,
         UUID(turn.officer) if turn.officer else None, turn.name, turn.phone, turn.email)


def end_turn(*, turn: int, at: datetime) -> None:
    """End a turn, as the officer at work; a second time changes nothing. Raises NotYourDesk."""
    _ask("select sightline_end_turn(%s, %s)", turn, at)


def require_turn(turn: Turn) -> None:
    """Raise TurnRefused where a turn cannot be kept."""
    if turn.until_at <= turn.from_at:
        raise TurnRefused("A turn ends after it begins.")
    if not turn.name.strip():
        raise TurnRefused("Say who sits at the desk.")


def keep_desk(
    *, contact: int, spans: Sequence[Span] | None = None, turns: Sequence[Turn] = (),
    channels: Sequence[str] | None = None, webhook: str | None = None,
) -> None:
    """Keep a desk's hours, turns, channels and webhook as an operator's command does; what is None stays.

    A webhook that is written again gets another secret. Raises TurnRefused.
    """
    rows = Contact.objects.filter(pk=contact)
    if spans is not None:
        rows.update(hours=to_rows(spans))
    if channels is not None:
        rows.update(channels=list(channels))
    if webhook is not None:
        kept = rows.get()
        rows.update(webhook=webhook, webhook_edition=kept.webhook_edition + 1)
    for turn in turns:
        require_turn(turn)
        RotaTurn.objects.create(contact_id=contact, from_at=turn.from_at, until_at=turn.until_at, name=turn.name,
                                phone=turn.phone, email=turn.email)


def _json(spans: Sequence[Span]) -> str:
    rows = ", ".join(f'[{day}, "{opens}", "{closes}"]' for day, opens, closes in to_rows(spans))
    return f"[{rows}]"


def _ask(statement: str, *values: int | str | datetime | UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if not row or not row[0]:
        raise NotYourDesk

"""Share or refuse by a decision, end what was shared, say that one has it, ask for something, and shield a child."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from psycopg.errors import NoDataFound

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyFacts
from sightline.apps.disclosure.models import Receipt
from sightline.apps.people.actions import own_identity
from sightline.domain.disclosure.functions import FUNCTIONS
from sightline.domain.disclosure.weighing import Weighed, Why, flaws
from sightline.domain.vocabulary.agency import AgencyKind

MOST_ITEMS = 60
"""As many things as one disclosure holds: it is one child and one purpose, never a file."""


class DisclosureRefused(ValueError):
    """The disclosure cannot be done; the message says why, in words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold what is to be shared or refused: what was weighed, to whom, which things, and what it answers."""

    person: UUID
    weighed: Weighed
    recipients: Sequence[AgencyFacts]
    entries: Sequence[UUID]
    signs: Sequence[tuple[str, str]]
    """Code of each sign, and the words in which it was shown."""
    summary: str
    words: str
    about: str
    request: UUID | None
    replaces: UUID | None


def disclose(draft: Draft, *, decision: UUID, at: datetime) -> UUID:
    """Share or refuse, by a decision that stands on the timeline, and give the disclosure's id; all of it or nothing.

    Who is told gets a notice, and sees the entries until the end. Raises DisclosureRefused.
    """
    found = flaws(draft.weighed, at=at)
    if found:
        raise DisclosureRefused(found[0].words)
    if len(draft.entries) + len(draft.signs) > MOST_ITEMS:
        raise DisclosureRefused(f"Share at most {MOST_ITEMS} things at a time: what they need for this purpose.")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select sightline_disclose(%s::jsonb, %s)", [_document(draft, decision), at])
            made: UUID | None = cursor.fetchone()[0]
    except IntegrityError:
        raise DisclosureRefused("Somebody has answered or replaced this. Open the child’s page again.") from None
    except DatabaseError as refused:
        raise _nobody_there(refused) from None
    if made is None:
        raise DisclosureRefused("You can share what your own agency told, or anything where you see the whole record."
                                " Something here is neither, or is no longer there. Open the child’s page again.")
    return made


def _nobody_there(refused: DatabaseError) -> Exception:
    if isinstance(refused.__cause__, NoDataFound):
        return DisclosureRefused("An agency that you chose has no safeguarding desk here, so nobody would see it. Ring"
                                 " it, and ask its keeper of officers to name one.")
    return refused


def _document(draft: Draft, decision: UUID) -> str:
    weighed = draft.weighed
    return json.dumps({
        "person": str(draft.person), "decision": str(decision), "outcome": weighed.outcome.value,
        "purpose": weighed.purpose, "gateway": weighed.gateway, "words": draft.words, "about": draft.about,
        "until": weighed.until and weighed.until.isoformat(), "request": draft.request and str(draft.request),
        "replaces": draft.replaces and str(draft.replaces), "facilitates": weighed.facilitates,
        "facilitates_because": weighed.facilitates_because, "harms": weighed.harms,
        "harms_because": weighed.harms_because, "told": weighed.told.value if weighed.told else "",
        "told_because": weighed.told_because, "leak_harms": weighed.leak_harms,
        "checked_on": weighed.checked_on and weighed.checked_on.isoformat(),
        "recipients": [one.id for one in draft.recipients],
        "functions": {str(one.id): FUNCTIONS[AgencyKind(one.kind)] for one in draft.recipients},
        "entries": [str(entry) for entry in draft.entries], "summary": draft.summary,
        "signs": [{"code": code, "words": words} for code, words in draft.signs]})


WHY_NOT_ENDED = {
    "not yours": "This disclosure is not there, or not yours to end.",
    "ended": "This disclosure has ended already.",
}


def end(*, disclosure: UUID, why: Why, words: str, at: datetime) -> None:
    """End a disclosure at once, for everybody who was told; each is told so, and asked to remove their copies.

    Raises DisclosureRefused.
    """
    if not words.strip():
        raise DisclosureRefused("Say in a sentence why you take it back.")
    with connection.cursor() as cursor:
        cursor.execute("select sightline_end_disclosure(%s, %s, %s, %s)", [disclosure, why.value, words, at])
        said = str(cursor.fetchone()[0])
    if said != why.value:
        raise DisclosureRefused(WHY_NOT_ENDED[said])


def say_received(*, recipient: int, officer: UUID, words: str, at: datetime) -> None:
    """Say by name that our agency has what was shared, and what we do with it.

    Raises DisclosureRefused.
    """
    _receipt(recipient, Receipt.RECEIVED, officer, words, at)


def say_removed(*, recipient: int, officer: UUID, words: str, at: datetime) -> None:
    """Say by name that our agency has removed its copies.

    Raises DisclosureRefused.
    """
    _receipt(recipient, Receipt.REMOVED, officer, words, at)


def _receipt(recipient: int, what: str, officer: UUID, words: str, at: datetime) -> None:
    if not words.strip():
        raise DisclosureRefused("Say in a sentence what you did.")
    columns = (("recipient_id", "bigint"), ("what", "text"), ("officer_id", "uuid"), ("at", "timestamptz"),
               ("words", "text"))
    try:
        with transaction.atomic():
            insert("disclosure_receipt", columns, [(recipient, what, officer, at, words)])
    except IntegrityError:
        raise DisclosureRefused("Somebody of your agency has said so already.") from None


def ask_for(*, person: UUID, wanted: str, purpose: str, at: datetime) -> UUID:
    """Ask the council that is responsible for the child to share something, and give the request's id.

    Raises DisclosureRefused.
    """
    if not wanted.strip() or not purpose.strip():
        raise DisclosureRefused("Say what you need to know, and what for.")
    with connection.cursor() as cursor:
        cursor.execute("select sightline_ask_for(%s, %s, %s, %s)", [person, wanted, purpose, at])
        made: UUID | None = cursor.fetchone()[0]
    if made is None:
        raise DisclosureRefused("Nobody else here sees more of this child than you do. Ring the council where the"
                                " child lives.")
    return made


def shield(*, acting: Acting, person: UUID, shielded: bool, reasons: str, at: datetime) -> None:
    """Keep a child's whereabouts confidential, or do so no more: a stranger's question is then answered "ring".

    Raises DisclosureRefused.
    """
    if not reasons.strip():
        raise DisclosureRefused("Say in a sentence why.")
    columns = (("identity_id", "uuid"), ("agency_id", "int"), ("officer_id", "uuid"), ("at", "timestamptz"),
               ("shielded", "boolean"), ("reasons", "text"))
    identity = own_identity(person=person, agency=acting.agency, at=at)
    insert("disclosure_shield", columns, [(identity, acting.agency, acting.officer, at, shielded, reasons)])

"""Ask whether a child is known, and whom to ring: an answer and a contact, and nothing of the child."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from sightline.apps.access.queries import ContactFacts, contacts
from sightline.domain.disclosure.asking import Answered
from sightline.domain.people.asking import asked_keys
from sightline.domain.people.describe import described
from sightline.domain.vocabulary.identity import Identity


class NotForThisAgency(PermissionError):
    """Your agency does not ask this question here. If a child is in danger, ring 999; else ring your council."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what is answered, and the contact to ring; where that cannot be found, there is none."""

    answer: Answered
    contact: ContactFacts | None
    question: UUID | None


def ask_if_known(
    told: Identity, *, because: str, here: int, ring_back: str, at: datetime,
) -> Reply:
    """Ask whether this child is known to anybody here.

    `here` is the council in whose area the officer stands: it is rung where nobody else is to be. Whatever fails is
    answered by whom to ring, never by silence. Raises NotForThisAgency.
    """
    keys = asked_keys(described(told))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select question, answer, contact from sightline_ask_if_known(%s::jsonb, %s::jsonb, %s, %s, %s, %s)",
                [_sets(keys.sure), _sets(keys.doubtful), because, here, ring_back, at])
            row = cursor.fetchone()
    except DatabaseError:
        return Reply(Answered.NOT_ANSWERED, on_duty(here, at=at), None)
    if row is None:
        raise NotForThisAgency
    return Reply(Answered(row[1]), next((c for c in contacts() if c.id == row[2]), None), row[0])


def on_duty(agency: int, *, at: datetime) -> ContactFacts | None:
    """Give whom to ring at an agency at an instant: the database's own answer, so that both are one."""
    with connection.cursor() as cursor:
        cursor.execute("select sightline_on_duty(%s, %s)", [agency, at])
        found = cursor.fetchone()[0]
    return next((c for c in contacts(agency) if c.id == found), None)


def _sets(keys: tuple[frozenset[int], ...]) -> str:
    return json.dumps([sorted(one) for one in keys])

"""Ask whether a child is known, and whom to ring: an answer and a contact, and nothing of the child."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from sightline.apps.access.queries import agency_book
from sightline.apps.access.rota import OnDutyNow, rota_at
from sightline.domain.disclosure.asking import Answered
from sightline.domain.linkage.asking import asked_keys
from sightline.domain.linkage.described import described
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.domain.vocabulary.identity import Identity


class NotForThisAgency(PermissionError):
    """Your agency does not ask this question here. If a child is in danger, ring 999; else ring your council."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what is answered, and who is on duty to be rung; where nobody can be found, there is none."""

    answer: Answered
    ring: OnDutyNow | None
    question: UUID | None


def ask_if_known(
    told: Identity, *, because: str, here: int, ring_back: str, at: datetime,
) -> Reply:
    """Ask whether this child is known to anybody here.

    `here` is the council in whose area the officer stands: it is rung where nobody else is to be. Whatever fails is
    answered by whom to ring, never by silence. Raises NotForThisAgency.
    """
    keys, rings = asked_keys(described(told)), _on_duty(at)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select question, answer, agency"
                " from sightline_ask_if_known(%s::jsonb, %s::jsonb, %s, %s, %s, %s::jsonb, %s)",
                [_sets(keys.sure), _sets(keys.doubtful), because, here, ring_back,
                 json.dumps({agency: one.contact.id for agency, one in rings.items()}), at])
            row = cursor.fetchone()
    except DatabaseError:
        return Reply(Answered.NOT_ANSWERED, rings.get(here), None)
    if row is None:
        raise NotForThisAgency
    return Reply(Answered(row[1]), rings.get(row[2]), row[0])


def _on_duty(at: datetime) -> dict[int, OnDutyNow]:
    """Give who is on duty at each council that has a desk."""
    book = agency_book()
    rota = rota_at(at, book=book)
    return {one.id: rota.on_duty(one.id) for one in book.by_id.values()
            if one.kind == AgencyKind.COUNCIL and book.contacts_of(one.id)}


def _sets(keys: tuple[frozenset[int], ...]) -> str:
    return json.dumps([sorted(one) for one in keys])

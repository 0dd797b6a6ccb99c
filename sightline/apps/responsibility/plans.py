"""Keep how conferences answered plans that were handed over, and tell both sides: the outcome is all the giver keeps.

Who holds the plan is read from the timeline and kept as a part in the child's life, with its beginning and end; the
duties of the plan begin and end with it. Here stands what both sides of the handover may know of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.domain.duties.life import not_before
from sightline.domain.duties.plans import Plans, TransferIn
from sightline.domain.vocabulary.moment import first_instant, is_day

COLUMNS = (("transfer_id", "uuid"), ("entry_id", "uuid"), ("held_at", "timestamptz"), ("by_day", "boolean"),
           ("accepted", "boolean"), ("noted_at", "timestamptz"))
TO_GIVER = {
    True: "The conference of {receiver} accepted a child protection plan that you handed over: {receiver} is"
          " responsible for it now.",
    False: "The conference of {receiver} did not accept a child protection plan that you handed over: you stay"
           " responsible for it.",
}
TO_RECEIVER = {
    True: "Your conference accepted a child protection plan: you are responsible for it now, and owe its review.",
    False: "Your conference did not accept a child protection plan: {giver} stays responsible for it.",
}

RECEIVED = """
select t.id, t.person_id, t.from_agency_id, t.to_agency_id, t.to_contact_id, t.answered_at
from responsibility_transfer t
where t.person_id = any(%s) and t.kind = 'protection-plan' and t.state = 'accepted' order by t.answered_at desc
"""
HELD = """
select c.entry_id::text, c.accepted, c.ended_at is null from responsibility_planconference c
  join responsibility_transfer t on t.id = c.transfer_id where t.person_id = any(%s)
"""
KEEP = """
on conflict (entry_id) do update set accepted = excluded.accepted, held_at = excluded.held_at,
  by_day = excluded.by_day, ended_at = null
returning transfer_id, entry_id, accepted
"""
END = """
update responsibility_planconference set ended_at = %s where entry_id = any(%s::uuid[]) and ended_at is null
"""


@dataclass(frozen=True, slots=True)
class _Received:
    """Hold a plan that was handed over and received."""

    transfer: UUID
    person: UUID
    giver: int
    receiver: int
    contact: int
    received_at: datetime


def keep(plans: Mapping[UUID, Plans], *, book: AgencyBook, at: datetime) -> None:
    """Keep what conferences decided on plans that were received, and end what no longer stands. May be repeated."""
    received = [_Received(*row) for row in _rows(RECEIVED, list(plans))]
    if not received:
        return
    told = {one.entry.id: (one, plan) for person, of_person in plans.items() for one in of_person.conferences
            if (plan := _answered(one, [r for r in received if r.person == person], book)) is not None}
    held = {entry: (accepted, stands) for entry, accepted, stands in _rows(HELD, list(plans))}
    gone = [entry for entry, (_, stands) in held.items() if stands and entry not in told]
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(END, [at, gone])
    new = [(one, plan) for entry, (one, plan) in told.items() if held.get(entry) != (one.accepted, True)]
    insert("responsibility_planconference", COLUMNS, [
        (plan.transfer, UUID(one.entry.id), first_instant(one.entry.at), is_day(one.entry.at), one.accepted, at)
        for one, plan in new], ending=KEEP)
    _tell(new, book=book, at=at)


def _answered(one: TransferIn, received: Sequence[_Received], book: AgencyBook) -> _Received | None:
    """Give the handover that a conference answers: the newest that its council had received by then."""
    council = book.council(one.entry.by) or book.named(one.entry.by)
    return next((plan for plan in received if council is not None and plan.receiver == council.id
                 and not_before(one.entry, plan.received_at)), None)


def _tell(new: Sequence[tuple[TransferIn, _Received]], *, book: AgencyBook, at: datetime) -> None:
    """Tell both sides once of each decision, whom the plan is with by it."""
    rows = []
    for one, plan in new:
        giver, receiver = book.by_id[plan.giver].name, book.by_id[plan.receiver].name
        desk = book.desk(plan.giver, "safeguarding")
        key = f"transfer:{plan.transfer}:conference:{one.entry.id}:{one.accepted}"
        if desk is not None:
            rows.append((f"{key}:giver", plan.person, None, plan.receiver, plan.giver, desk.id,
                         TO_GIVER[one.accepted].format(receiver=receiver), at, 0, at))
        rows.append((f"{key}:receiver", plan.person, None, plan.giver, plan.receiver, plan.contact,
                     TO_RECEIVER[one.accepted].format(giver=giver), at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, rows, ending="on conflict (key) do nothing")


def _rows(statement: str, people: list[UUID]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [people])
        return list(cursor.fetchall())

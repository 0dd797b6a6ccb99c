"""Tell the next person when time runs out: the owner half-way, a named manager at the limit, the director after it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, ContactFacts
from sightline.apps.duties.actions import NOTICE_COLUMNS, STEP_COLUMNS
from sightline.apps.duties.models import OwedDuty
from sightline.apps.duties.queries import duty_of_row
from sightline.domain.duties.catalogue import rules_of
from sightline.domain.duties.escalation import Escalation, escalation_plan

DESKS = {"owner": ("safeguarding",), "named manager": ("manager", "safeguarding"),
         "director": ("director", "manager", "safeguarding")}


def take_steps(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Take the steps that are due, each with its notice, and give how many duties that were; may be repeated.

    Somebody who takes steps at the same time gets other duties.
    """
    with connection.cursor() as cursor:
        cursor.execute("select id from duties_owedduty where next_step_at <= %s order by next_step_at limit %s"
                       " for update skip locked", [at, most])
        ids = [row[0] for row in cursor.fetchall()]
    duties = list(OwedDuty.objects.filter(pk__in=ids))
    notices: list[tuple[Any, ...]] = []
    steps: list[tuple[Any, ...]] = []
    for duty in duties:
        _take(duty, notices, steps, book=book, at=at)
    OwedDuty.objects.bulk_update(duties, ["steps_taken", "next_step_at"])
    insert("duties_step", STEP_COLUMNS, steps)
    insert("duties_notice", NOTICE_COLUMNS, notices, ending="on conflict (key) do nothing")
    return len(duties)


def _take(
    duty: OwedDuty, notices: list[tuple[Any, ...]], steps: list[tuple[Any, ...]], *, book: AgencyBook, at: datetime
) -> None:
    """Take every step of one duty that is due; where several are (nobody ran for a night), each is told."""
    plan = _plan(duty)
    while duty.steps_taken < len(plan) and plan[duty.steps_taken].at <= at:
        step = plan[duty.steps_taken]
        contact = _contact(duty, step, book)
        words = f"{step.percent} % of the time is gone: {step.to}"
        steps.append((duty.pk, at, f"told {step.to}", contact.id, None, words))
        notices.append((f"{duty.code}:{duty.started_key}:{step.percent}", duty.person_id, duty.pk, None,
                        contact.agency_id, contact.id, duty.what, at, 0, at))
        duty.steps_taken += 1
    duty.next_step_at = plan[duty.steps_taken].at if duty.steps_taken < len(plan) else None


def _plan(duty: OwedDuty) -> Sequence[Escalation]:
    rules = rules_of(duty.code)
    return escalation_plan(rules[-1], duty_of_row(duty)) if rules and duty.state in ("open", "late") else ()


def _contact(duty: OwedDuty, step: Escalation, book: AgencyBook) -> ContactFacts:
    """Give whom to tell: the owner first, then the agency's manager and director, as far as it has them."""
    owner = next((c for c in book.contacts_of(duty.owed_by_id) if c.id == duty.owner_id), None)
    if step.to == "owner" and owner is not None:
        return owner
    contact = book.desk(duty.owed_by_id, *DESKS.get(step.to, ("safeguarding",))) or owner
    assert contact is not None, "every agency has a safeguarding desk"
    return contact



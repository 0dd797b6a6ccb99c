"""Write a referral: keep each answer as it is typed, so that two people at once lose nothing, and say that it was sent.

Nothing is submitted from here: a person submits the form to the Home Office and says so, with the reference that came
back. Then it is an entry of the record, and the referral does not change any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.apps.slavery.models import ReferralAnswer, VictimReferral
from sightline.domain.intake.row import Told

LACKING = "The referral lacks answers that the form needs. Open it again: what is missing stands first."
ALREADY = "This referral was sent already, and does not change any more."


class ReferralRefused(ValueError):
    """What was asked of a referral cannot be done; the message says what to do instead, in words."""


@dataclass(frozen=True, slots=True)
class Typing:
    """Hold what somebody typed, and the number of the answer that they had before them: 0 where there was none."""

    value: str
    seen: int


@dataclass(frozen=True, slots=True)
class Saved:
    """Say what became of what was typed: the number of each answer that holds now, and which two people crossed."""

    numbers: Mapping[str, int]
    crossed: tuple[str, ...]


def save(
    *, acting: Acting, person: UUID, typed: Mapping[str, Typing], before: UUID | None, at: datetime
) -> Saved:
    """Keep answers in the draft of the agency, begun now where there is none. What says nothing new adds nothing.

    `before` is the referral that was before the person who typed. Raises ReferralRefused where it was sent since.
    """
    with transaction.atomic():
        if before is not None and VictimReferral.objects.filter(pk=before, state=VictimReferral.SENT).exists():
            raise ReferralRefused(ALREADY)
        draft = _draft(acting, person, at=at)
        newest: dict[str, ReferralAnswer] = {}
        for one in ReferralAnswer.objects.filter(referral=draft, field__in=list(typed)).order_by("number"):
            newest[one.field] = one
        rows = [row for name, told in typed.items() if (row := _row(name, told, newest.get(name)))]
        for row in rows:
            row.referral, row.officer_id, row.at = draft, acting.officer, at
        ReferralAnswer.objects.bulk_create(rows)
        newest |= {row.field: row for row in rows}
        return Saved({name: one.number for name, one in newest.items()},
                     tuple(name for name, one in newest.items() if one.crossed))


def sent(
    *, acting: Acting, person: UUID, answers: Mapping[str, Mapping[str, Any]], reference: str, submitted_at: datetime,
    at: datetime,
) -> UUID:
    """Record that a person submitted the referral, with the reference that came back; it meets D-NRM-1.

    Gives the entry. `answers` is what was submitted. Raises ReferralRefused.
    """
    with transaction.atomic():
        draft = _draft(acting, person, at=at)
        told = Told("slavery.referral", submitted_at, f"nrm/{draft.pk}", {
            "source": acting.agency_name, "reference": reference})
        origin = Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer)
        entry = append([Telling(0, draft.identity_id, told)], origin=origin, at=at).begun[draft.identity_id, told.key]
        draft.state, draft.reference, draft.answers = VictimReferral.SENT, reference, dict(answers)
        draft.sent_at, draft.sent_by_id, draft.entry_id = submitted_at, acting.officer, entry
        try:
            with transaction.atomic():
                draft.save(update_fields=["state", "reference", "answers", "sent_at", "sent_by", "entry"])
        except IntegrityError:
            raise ReferralRefused(LACKING) from None
        return entry


def _draft(acting: Acting, person: UUID, *, at: datetime) -> VictimReferral:
    """Give the agency's draft, locked until the end: one writes after the other."""
    identity = own_identity(person=person, agency=acting.agency, at=at)
    drafts = VictimReferral.objects.select_for_update().filter(identity_id=identity, state=VictimReferral.DRAFT)
    try:
        with transaction.atomic():
            return drafts.first() or VictimReferral.objects.create(
                identity_id=identity, agency_id=acting.agency, begun_by_id=acting.officer, begun_at=at)
    except IntegrityError:  # somebody else of the agency began it in the same moment
        found = drafts.first()
        if found is None:
            raise
        return found


def _row(name: str, told: Typing, before: ReferralAnswer | None) -> ReferralAnswer | None:
    """Give the answer to add, without who and when; None where it says nothing new."""
    if before is None:
        same, crossed, number = False, False, 1
    else:
        unseen = told.seen < before.number
        same = before.value == told.value and (unseen or not before.crossed)
        crossed, number = unseen, before.number + 1
    if same:
        return None
    return ReferralAnswer(field=name, number=number, value=told.value, crossed=crossed)

"""Hand a child's safety, a plan or a file to another agency: offers, their answers, and the clock of disputes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, agencies, contacts
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.record.actions import note_news
from sightline.apps.responsibility.models import Dispute, SafetyEvent, Transfer
from sightline.domain.responsibility.handing_over import DISPUTE_STEPS, TransferState, next_step_at
from sightline.domain.responsibility.rules import RULES
from sightline.domain.responsibility.sections import KIND_WORDS, HandoverKind, may_be_handed

RULE_CODES = frozenset(rule.code for rule in RULES)

OFFERED = "A child's safety is offered to you. Accept by name, or say whose it is and by which rule."
HANDED = "Something of a child is handed to you: {what}. Receive it by name; the receipt is kept."
EXPIRED = "Nobody answered your offer to hand over a child's safety in time. You stay the owner."
EXPIRED_UNANSWERED = "You did not answer in time when a child's safety was offered to you. The giver stays the owner."
DISPUTED = "Two agencies dispute who takes over a child, since {minutes} minutes. The owner is still {owner}."


class TransferRefused(ValueError):
    """The transfer cannot be done; the message says why, in words."""


class PackChanged(TransferRefused):
    """The pack has changed since you looked. See what is new, and accept again.

    Nothing was accepted: the giver is still the owner.
    """

    def __init__(self) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Hold why an agency refuses: nobody may say "not ours" without saying whose, and by which rule (R1 to R21).

    A plan or a file is refused without a rule: those say who protects a child.
    """

    reason: str
    whose: str
    by_rule: str
    of_safety: bool = True

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise TransferRefused("Say why you refuse.")
        if not self.whose.strip():
            raise TransferRefused("Say whose child it is: not ours is no answer.")
        if self.of_safety and self.by_rule not in RULE_CODES:
            raise TransferRefused("Say by which rule, R1 to R21.")


def offer(
    *, acting: Acting, event: UUID, to_contact: int, words: str, answer_by: datetime, at: datetime
) -> UUID:
    """Offer an event that we own to another agency's named contact, who is told at once; we stay the owner.

    Raises TransferRefused.
    """
    contact = next((c for c in contacts() if c.id == to_contact), None)
    owned = SafetyEvent.objects.filter(pk=event, owner_agency_id=acting.agency, closed_at=None).first()
    if owned is None:
        raise TransferRefused("You do not own this event, or it has ended. Open the child's page again.")
    if contact is None or contact.agency_id == acting.agency:
        raise TransferRefused("Choose a contact of another agency.")
    if not words.strip():
        raise TransferRefused("Say what you ask of them, and what they must know first.")
    if answer_by <= at:
        raise TransferRefused("The time by which they must answer has passed.")
    try:
        with transaction.atomic():
            made = Transfer.objects.create(
                event=owned, person_id=owned.person_id, from_agency_id=acting.agency, to_agency_id=contact.agency_id,
                to_contact_id=contact.id, offered_by_id=acting.officer, offered_at=at, answer_by=answer_by, words=words)
    except IntegrityError:
        raise TransferRefused("This event is offered to somebody already, or has another owner by now. Open the child's"
                              " page again.") from None
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"transfer:{made.pk}:offered", owned.person_id, None, acting.agency, contact.agency_id, contact.id, OFFERED,
         at, 0, at)])
    note_news([owned.person_id], at=at)
    return made.pk


def hand_over(
    *, acting: Acting, person: UUID, kind: HandoverKind, to_contact: int, words: str, at: datetime
) -> UUID:
    """Hand a plan, an enquiry, a school's file or a placement's notice to another agency, which receives it by name.

    What it is stays with us until then; nobody's safety changes hands by it. The receiver is told at once, and the
    pack is made when the child is read next. Raises TransferRefused.
    """
    everybody = {c.id: c for c in contacts()}
    contact, kinds = everybody.get(to_contact), {agency.id: agency.kind for agency in agencies()}
    if kind is HandoverKind.SAFETY:
        raise TransferRefused("A child's safety is handed over from its event.")
    if contact is None or contact.agency_id == acting.agency:
        raise TransferRefused("Choose a contact of another agency.")
    if not may_be_handed(kind, giver=kinds[acting.agency], receiver=kinds[contact.agency_id]):
        raise TransferRefused(f"Your agency cannot hand {KIND_WORDS[kind]} to this one. Choose another.")
    if not words.strip():
        raise TransferRefused("Say why you hand it over, and what you ask of them.")
    try:
        with transaction.atomic():
            made = Transfer.objects.create(
                kind=kind.value, event=None, person_id=person, from_agency_id=acting.agency,
                to_agency_id=contact.agency_id, to_contact_id=contact.id, offered_by_id=acting.officer, offered_at=at,
                words=words)
    except IntegrityError:
        raise TransferRefused("This is handed to them already, and they have not answered.") from None
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"transfer:{made.pk}:offered", person, None, acting.agency, contact.agency_id, contact.id,
         HANDED.format(what=KIND_WORDS[kind]), at, 0, at)])
    note_news([person], at=at)
    return made.pk


def accept(*, transfer: UUID, at: datetime, seen_version: int | None = None) -> None:
    """Take over as the officer at work: from this instant our agency owns the child's safety, or holds the file.

    `seen_version` is the version of the pack whose preview the officer saw: where a newer one has been made, nothing
    is accepted. Raises PackChanged, TransferRefused.
    """
    _answer(transfer, TransferState.ACCEPTED, None, at=at, seen=seen_version)


def refuse(*, transfer: UUID, refusal: Refusal, at: datetime) -> None:
    """Refuse with reasons: the giver stays the owner, and a dispute begins with its own clock.

    Raises TransferRefused.
    """
    _answer(transfer, TransferState.REFUSED, refusal, at=at)


def withdraw(*, transfer: UUID, at: datetime) -> None:
    """Withdraw what we offered.

    Raises TransferRefused.
    """
    _answer(transfer, TransferState.WITHDRAWN, None, at=at)


WHY_NOT = {
    "not yours": "This offer is not there, or not yours to answer.",
    TransferState.ACCEPTED: "Somebody has accepted this offer already.",
    TransferState.REFUSED: "This offer was refused already.",
    TransferState.WITHDRAWN: "This offer was withdrawn: the giver is still the owner.",
    TransferState.EXPIRED: "This offer has expired: the giver is still the owner. Ring them.",
}


def _answer(
    transfer: UUID, answer: TransferState, refusal: Refusal | None, *, at: datetime, seen: int | None = None
) -> None:
    given = (None, None, None) if refusal is None else (refusal.reason, refusal.whose, refusal.by_rule)
    with connection.cursor() as cursor:
        cursor.execute("select sightline_answer_transfer(%s, %s, %s, %s, %s, %s, %s, %s)",
                       [transfer, answer.value, *given, next_step_at(at, taken=0), at, seen])
        row = cursor.fetchone()
    heard(str(row[0]) if row else "not yours", answer)


def heard(said: str, answer: TransferState) -> None:
    """Raise what the database said where it is not the answer that was given.

    Raises PackChanged, TransferRefused.
    """
    if said == "changed":
        raise PackChanged
    if said != answer.value:
        raise TransferRefused(WHY_NOT[said])


def expire_offers(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Let offers expire that nobody answered in time, and tell both sides; give how many. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update responsibility_transfer t set state = 'expired', answered_at = %s"
            " from responsibility_safetyevent e where e.id = t.event_id and t.id in ("
            "  select id from responsibility_transfer where state = 'offered' and answer_by <= %s"
            "  order by answer_by limit %s for update skip locked)"
            " returning t.id, t.person_id, e.owner_agency_id, e.owner_contact_id, t.to_agency_id, t.to_contact_id",
            [at, at, most])
        rows = cursor.fetchall()
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"transfer:{id_}:{key}", person, None, None, agency, contact, words, at, 0, at)
        for id_, person, giver, owner, receiver, asked in rows
        for key, agency, contact, words in (("expired", giver, owner, EXPIRED),
                                            ("expired:unanswered", receiver, asked, EXPIRED_UNANSWERED))
    ], ending="on conflict (key) do nothing")
    return len(rows)


def escalate_disputes(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell the managers of both sides of disputes that go on, by their clock; the owner stays. May be repeated."""
    rows = list(Dispute.objects.select_related("transfer", "event").filter(next_step_at__lte=at)
                .select_for_update(of=("self",), skip_locked=True).order_by("next_step_at")[:most])
    notices = []
    for dispute in rows:
        while (due := next_step_at(dispute.opened_at, taken=dispute.steps_taken)) is not None and due <= at:
            step = DISPUTE_STEPS[dispute.steps_taken]
            minutes = int(step.after.total_seconds() // 60)
            owner = book.by_id[dispute.event.owner_agency_id].name
            for side in (dispute.transfer.from_agency_id, dispute.transfer.to_agency_id):
                desk = book.desk(side, step.desk, "manager")
                if desk is not None:
                    notices.append((
                        f"dispute:{dispute.pk}:{minutes}:{side}", dispute.person_id, None, None, side, desk.id,
                        DISPUTED.format(minutes=minutes, owner=owner), at, 0, at))
            dispute.steps_taken += 1
        dispute.next_step_at = next_step_at(dispute.opened_at, taken=dispute.steps_taken)
    Dispute.objects.bulk_update(rows, ["steps_taken", "next_step_at"])
    insert("duties_notice", NOTICE_COLUMNS, notices, ending="on conflict (key) do nothing")
    return len(rows)

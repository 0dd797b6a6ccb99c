"""Send the referral of an arrest, by its clock or by an officer who will not wait; add to it. Nobody can prevent it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, agency_book
from sightline.apps.access.rota import rota_at
from sightline.apps.custody.models import Referral, ReferralAddition, ReferralTo
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.domain.custody.referral import ReferralState
from sightline.domain.duties.claims.custody import POLICE_SOURCE
from sightline.domain.intake.row import Told

REFERRED = "A child was arrested, and is referred to you. See what the police know, and answer the referral."
ADDED = "An officer added something to the referral of an arrested child. See what was added."
NOBODY_HERE = ("None of the councils that must be told works here. Ring each, and record the referral on the child's "
               "page.")
GONE = "This referral has gone already. You may add to it."
NOT_OURS = "Only the force that arrested the child sends its referral or adds to it."


class ReferralRefused(ValueError):
    """What was asked of a referral cannot be done; the message says what to do instead, in words."""


def send_due(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Send the referrals whose time has come, and tell councils that turned out later to have a part; give how many.

    The entry, the state and the notices are one transaction: a worker that is killed has sent nothing, and the next one
    does. May be repeated. A referral to nobody who works here waits, and is shown as not sent: somebody must ring.
    """
    reached = Exists(ReferralTo.objects.filter(referral_id=OuterRef("pk"), agency__isnull=False))
    waiting = Referral.objects.select_for_update(skip_locked=True).filter(
        reached, state=ReferralState.DRAFTED.value, sends_at__lte=at)
    due = list(waiting.order_by("sends_at", "id")[:most])
    _send(due, officer=None, at=at)
    behind = list(ReferralTo.objects.select_for_update(of=("self",), skip_locked=True).filter(
        referral__state=ReferralState.SENT.value, sent_at=None, agency__isnull=False).order_by("id")[:most])
    _tell(behind, book=book, at=at)
    return len(due) + len(behind)


def send_now(*, acting: Acting, referral: UUID, at: datetime) -> None:
    """Send a referral before its time, as an officer of the force. Raises ReferralRefused."""
    found = _ours(acting, referral)
    if found.state != ReferralState.DRAFTED.value:
        raise ReferralRefused(GONE)
    to = list(found.to.filter(agency__isnull=False).order_by("id"))
    if not to:
        raise ReferralRefused(NOBODY_HERE)
    _send([found], officer=acting.officer, at=at)
    _tell(to, book=agency_book(), at=at)


def add(*, acting: Acting, referral: UUID, words: str, at: datetime) -> None:
    """Add words to a referral, kept with who and when; whom it went to already is told. Raises ReferralRefused."""
    found = _ours(acting, referral)
    if found.state not in (ReferralState.DRAFTED.value, ReferralState.SENT.value):
        raise ReferralRefused("This referral has ended. Record what you know on the child's page.")
    added = ReferralAddition.objects.create(
        referral=found, words=words, officer_id=acting.officer, agency_id=acting.agency, at=at)
    if found.state == ReferralState.SENT.value:
        _notify(list(found.to.filter(sent_at__isnull=False)), {found.pk: found}, key=f"added:{added.pk}", about=ADDED,
                book=agency_book(), at=at)


def record_adult(*, acting: Acting, referral: UUID, outcome: str, words: str, at: datetime) -> None:
    """Record what is known of the adult behind the child; it meets D-CCE-2. Raises ReferralRefused."""
    found = _ours(acting, referral)
    identity = own_identity(person=found.person_id, agency=acting.agency, at=at)
    told = Told("decision.made", at, f"adult/{found.arrest_id}/{at.isoformat()}", {
        "about": "D-CCE-2", "outcome": outcome, "reasons": words})
    append([Telling(0, identity, told)], at=at,
           origin=Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer))


def _ours(acting: Acting, referral: UUID) -> Referral:
    """Give a referral of the officer's own force; nobody changes it meanwhile."""
    found = Referral.objects.select_for_update().filter(pk=referral, agency_id=acting.agency).first()
    if found is None:
        raise ReferralRefused(NOT_OURS)
    return found


def _send(due: Sequence[Referral], *, officer: UUID | None, at: datetime) -> None:
    """Make each an entry of its force, on the identity of which the force told the arrest, and let it stand sent."""
    forces: dict[int, list[Referral]] = {}
    for one in due:
        forces.setdefault(one.agency_id, []).append(one)
    for agency, ours in forces.items():
        origin = Origin(agency=agency, agency_name=ours[0].agency.name, officer=officer)
        begun = append([Telling(0, one.identity_id, Told("care.referral", at, f"referral/{one.arrest_id}", {
            "source": POLICE_SOURCE, "reason": "arrested"})) for one in ours], origin=origin, at=at).begun
        for one in ours:
            one.entry_id = begun[one.identity_id, f"referral/{one.arrest_id}"]
            one.state, one.sent_at, one.sent_by_id = ReferralState.SENT.value, at, officer
    Referral.objects.bulk_update(due, ["state", "sent_at", "sent_by", "entry"])


def _tell(to: Sequence[ReferralTo], *, book: AgencyBook, at: datetime) -> None:
    """Tell each council at the desk that is on duty now, once."""
    if not to:
        return
    referrals = Referral.objects.in_bulk({one.referral_id for one in to})
    _notify(to, referrals, key="sent", about=REFERRED, book=book, at=at)
    ReferralTo.objects.filter(pk__in=[one.pk for one in to], sent_at=None).update(sent_at=at)


def _notify(
    to: Sequence[ReferralTo], referrals: dict[UUID, Referral], *, key: str, about: str, book: AgencyBook, at: datetime
) -> None:
    """Write the notices; an agency without any desk is passed over: it must not keep the others from being told."""
    rota, rows = rota_at(at, book=book), []
    for one in to:
        if one.agency_id is None or not book.contacts_of(one.agency_id):
            continue
        referral, contact = referrals[one.referral_id], rota.on_duty(one.agency_id).contact
        rows.append((f"referral:{referral.pk}:{key}:{one.agency_id}", referral.person_id, None, referral.agency_id,
                     one.agency_id, contact.id, about, at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, rows, ending="on conflict (key) do nothing")

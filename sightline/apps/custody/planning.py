"""Plan the release of a child: each thing that the gate asks for is one act, kept with who recorded it and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.access.queries import agency_book
from sightline.apps.custody.models import JourneyStep, Leg, Release
from sightline.apps.custody.telling import tell_of
from sightline.apps.responsibility.queries import EventFacts, transfer
from sightline.domain.custody.journey import ReleaseState
from sightline.domain.custody.plan import Leg as PlannedLeg
from sightline.domain.custody.plan import Receiver
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.agency import AgencyKind

NOT_OURS = "Only the force that holds the child plans the release. Open the child's page again."
HAS_HAPPENED = "This release has happened, or was called off: its plan does not change any more."
ASSESSED = "risk assessed in person"


class ReleaseRefused(ValueError):
    """What was asked of a release cannot be done; the message says what to do instead, in words."""


@dataclass(frozen=True, slots=True)
class ReceivingAdult:
    """Hold the adult to whom a child is to be released, and how that adult was checked."""

    name: str
    phone: str
    receiver: Receiver
    relation: str
    at_least_18: bool
    checked: str
    known_to_child: bool
    collects: bool


def plan_for(*, acting: Acting, event: EventFacts, at: datetime) -> Release:
    """Give the plan of the release under way for an event, begun now where there is none; nobody changes it meanwhile.

    Raises ReleaseRefused.
    """
    under_way = Release.objects.select_for_update().filter(
        event_id=event.id, state__in=(ReleaseState.PLANNED.value, ReleaseState.RELEASED.value))
    found = under_way.first()
    try:
        with transaction.atomic():
            if found is None:
                found = Release.objects.create(
                    event_id=event.id, person_id=event.person, agency_id=acting.agency, planned_by_id=acting.officer,
                    planned_at=at)
                found.refresh_from_db()  # the database fills in the home, and guards what it filled in
    except IntegrityError:
        raise ReleaseRefused(NOT_OURS) from None
    if found.agency_id != acting.agency:
        raise ReleaseRefused(NOT_OURS)
    if found.state != ReleaseState.PLANNED.value:
        raise ReleaseRefused(HAS_HAPPENED)
    return found


def assess(*, acting: Acting, event: EventFacts, words: str, assessed_at: datetime, at: datetime) -> None:
    """Record the risk assessment that was made with the child in person; it meets D-REL-1. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    plan.assessed_in_person, plan.assessment, plan.assessed_at = True, words, assessed_at
    plan.save(update_fields=["assessed_in_person", "assessment", "assessed_at"])
    step(plan, acting, "risk assessed in person", at=at, happened_at=assessed_at, words=words)
    tell(acting, plan, Told("decision.made", assessed_at, f"release/{plan.pk}/assessed/{at.isoformat()}", {
        "about": "D-REL-1", "outcome": ASSESSED, "reasons": words}), at=at)


def name_adult(*, acting: Acting, event: EventFacts, adult: ReceivingAdult, at: datetime) -> None:
    """Name who is to receive the child, and how the adult was checked; who stood there before no longer accepts.

    Raises ReleaseRefused.
    """
    plan = plan_for(acting=acting, event=event, at=at)
    if plan.receiver_name != adult.name or plan.receiver != adult.receiver.value:
        plan.accepted_at, plan.accepted_how = None, ""
    plan.receiver, plan.receiver_name, plan.receiver_phone = adult.receiver.value, adult.name, adult.phone
    plan.relation, plan.at_least_18, plan.checked = adult.relation, adult.at_least_18, adult.checked
    plan.known_to_child, plan.collected = adult.known_to_child, adult.collects
    plan.receiver_agency = plan.transfer = None
    plan.save()
    step(plan, acting, "receiving adult named", at=at, words=f"{adult.name}, {adult.relation}. {adult.checked}".strip())


def adult_accepted(*, acting: Acting, event: EventFacts, how: str, accepted_at: datetime, at: datetime) -> None:
    """Record that the adult who was named has accepted, and how. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    if not plan.receiver_name or plan.receiver_agency_id is not None:
        raise ReleaseRefused("Name the receiving adult first.")
    plan.accepted_at, plan.accepted_how = accepted_at, how
    plan.save(update_fields=["accepted_at", "accepted_how"])
    step(plan, acting, "receiver accepted", at=at, happened_at=accepted_at, said_by=plan.receiver_name, words=how)


def choose_agency(*, acting: Acting, event: EventFacts, transfer_id: UUID, at: datetime) -> None:
    """Let an agency receive the child that accepted our offer of this event by name. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    offer = transfer(transfer_id)
    if offer is None or offer.event != event.id or offer.state != "accepted" or offer.answered_at is None:
        raise ReleaseRefused("This agency has not accepted. Offer it the child's safety, and wait for its answer.")
    council = agency_book().by_id[offer.to_agency_id].kind == AgencyKind.COUNCIL.value
    plan.receiver = (Receiver.COUNCIL if council else Receiver.AGENCY).value
    plan.receiver_name, plan.receiver_phone, plan.relation = offer.to_agency, "", ""
    plan.receiver_agency_id, plan.transfer_id, plan.collected = offer.to_agency_id, offer.id, False
    plan.at_least_18, plan.checked, plan.known_to_child = False, "", False
    plan.accepted_at = offer.answered_at
    plan.accepted_how = f"by {offer.answered_by}, on its own page"
    plan.save()
    step(plan, acting, "receiver accepted", at=at, happened_at=offer.answered_at,
         said_by=f"{offer.answered_by}, {offer.to_agency}")


def add_leg(*, acting: Acting, event: EventFacts, leg: PlannedLeg, at: datetime) -> None:
    """Add a leg to the journey. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    Leg.objects.create(release=plan, way=leg.by.value, escort=leg.escort, origin=leg.start, destination=leg.end,
                       departs_at=leg.departs_at, arrives_at=leg.arrives_at)
    step(plan, acting, "leg added", at=at, words=f"{leg.by.value}: {leg.start} to {leg.end}")


def take_out_leg(*, acting: Acting, event: EventFacts, leg: int, at: datetime) -> None:
    """Take a leg out of the plan; it stays in the record. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    if Leg.objects.filter(pk=leg, release=plan, taken_out_at=None).update(taken_out_at=at):
        step(plan, acting, "leg taken out", at=at)


def home_told(*, acting: Acting, event: EventFacts, whom: str, told_at: datetime, at: datetime) -> None:
    """Record who at the home council was told; it meets D-REL-4. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    plan.home_told, plan.home_told_at = whom, told_at
    plan.save(update_fields=["home_told", "home_told_at"])
    step(plan, acting, "home council told", at=at, happened_at=told_at, said_by=whom)
    tell(acting, plan, Told("notice.sent", told_at, f"release/{plan.pk}/home-told/{at.isoformat()}", {
        "duty": "D-REL-4", "to": whom}), at=at)


def override(*, acting: Acting, event: EventFacts, reason: str, decided_at: datetime, at: datetime) -> None:
    """Let the child travel alone, as an inspector who answers for it with a reason. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    if plan.planned_by_id == acting.officer:
        raise ReleaseRefused("You plan this release yourself. Another inspector must override the gate.")
    plan.override_by_id, plan.override_at, plan.override_reason = acting.officer, decided_at, reason
    try:
        with transaction.atomic():
            plan.save(update_fields=["override_by", "override_at", "override_reason"])
    except IntegrityError:
        raise ReleaseRefused("Only an inspector of the force that holds the child overrides the gate.") from None
    step(plan, acting, "gate overridden", at=at, happened_at=decided_at, words=reason)


def call_off(*, acting: Acting, event: EventFacts, reason: str, at: datetime) -> None:
    """Call a planned release off, with the reason. Raises ReleaseRefused."""
    plan = plan_for(acting=acting, event=event, at=at)
    plan.state, plan.called_off_at = ReleaseState.CALLED_OFF.value, at
    plan.save(update_fields=["state", "called_off_at"])
    step(plan, acting, "called off", at=at, words=reason)


def step(
    release: Release, acting: Acting, what: str, *, at: datetime, happened_at: datetime | None = None,
    said_by: str = "", words: str = "",
) -> None:
    """Keep what was done of a release, by the officer at work."""
    JourneyStep.objects.create(release=release, at=happened_at or at, what=what, said_by=said_by, words=words,
                               officer_id=acting.officer, agency_id=acting.agency, noted_at=at)


def tell(acting: Acting, release: Release, *told: Told, at: datetime) -> dict[str, UUID]:
    """Append entries about the child, and give their ids by their keys."""
    return tell_of(acting, release.person_id, *told, at=at)

"""Release a child through the gate, and confirm the journey: departed, delayed, arrived; send the missing report."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import agency_book
from sightline.apps.custody import path
from sightline.apps.custody.alarms import notice_rows
from sightline.apps.custody.models import MissingDraft, Release
from sightline.apps.custody.planning import ReleaseRefused, plan_for, step, tell
from sightline.apps.custody.plans import legs_in_plan, plan_of
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.custody.gate import Condition, refusals
from sightline.domain.custody.journey import ReleaseState, alarm_at, departure_alarm_at
from sightline.domain.custody.plan import Mode, Receiver, ReleasePlan
from sightline.domain.intake.row import Told
from sightline.domain.responsibility.opening import SAFE
from sightline.domain.vocabulary.place import Place

ON_THE_WAY = "A child is on the way home from custody. See the journey, and who receives the child."
NOT_ON_THE_WAY = "This child is not on the way: nothing is released, or somebody has confirmed the arrival already."


class ReleaseWithoutGate(ReleaseRefused):
    """The gate refuses: `conditions` are those that do not hold."""

    def __init__(self, conditions: tuple[Condition, ...]) -> None:
        super().__init__("The child cannot be released yet.")
        self.conditions = conditions


@transaction.atomic
def release(
    *, acting: Acting, event: EventFacts, place: Place | None, released_at: datetime, at: datetime
) -> None:
    """Record that the child left custody at an instant; it becomes an entry, and the journey is watched from then on.

    `place` is the custody suite's. Raises ReleaseWithoutGate and ReleaseRefused.
    """
    found = plan_for(acting=acting, event=event, at=at)
    plan = plan_of(found, legs_in_plan(found))
    if failing := refusals(plan):
        raise ReleaseWithoutGate(failing)
    if released_at > at or released_at < event.ground_at:
        raise ReleaseRefused("The child left custody after the arrest, and not later than now. Enter when it was.")
    if (late := _latest_condition(found, plan)) is not None and late > released_at:
        raise ReleaseRefused("What the gate asks must have been done before the child left: the assessment, the "
                             "acceptance, telling the home council, and the override. A release without them is told "
                             "by the custody record, and is counted as gone past the gate.")
    kept = tell(acting, found, *_entries(found, plan, place, released_at), at=at)
    found.state, found.mode, found.released_at = ReleaseState.RELEASED.value, plan.mode.value, released_at
    found.release_entry_id = kept[f"release/{found.pk}"]
    found.expected_at = plan.expected_at
    found.alarm_at = None if plan.expected_at is None else alarm_at(plan.expected_at)
    found.departure_alarm_at = departure_alarm_at(
        plan.legs[0].departs_at if plan.legs else None, released_at=released_at)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise ReleaseRefused("The gate refused what was recorded meanwhile. Open the page again.") from None
    _on_the_path(found, acting, "released", released_at, entry=found.release_entry_id, at=at)
    step(found, acting, "released", at=at, happened_at=released_at, words=plan.mode.value)
    book = agency_book()
    insert("duties_notice", NOTICE_COLUMNS, notice_rows(
        found, key="released", to=(found.home_council_id, found.home_force_id, found.receiver_agency_id),
        about=ON_THE_WAY, from_agency=acting.agency, book=book, at=at), ending="on conflict (key) do nothing")
    if plan.mode is Mode.COLLECTED:
        _arrived(found, acting, said_by=found.receiver_name, arrived_at=released_at, how="at the custody suite", at=at)


def _latest_condition(found: Release, plan: ReleasePlan) -> datetime | None:
    """Give when the last of what the gate asks was done."""
    done = (found.assessed_at, found.accepted_at, found.home_told_at,
            found.override_at if plan.mode is Mode.ALONE else None)
    return max((one for one in done if one is not None), default=None)


def _entries(found: Release, plan: ReleasePlan, place: Place | None, released_at: datetime) -> list[Told]:
    receiver = plan.receiver.value if plan.receiver else None
    facts: dict[str, object] = {"mode": plan.mode.value, "received_by": plan.receiver_name, "receiver_is": receiver,
                                "home_council_told": bool(plan.home_told)}
    if plan.expected_at is not None:
        facts["arrival_due"] = plan.expected_at.isoformat()
    told = [Told("police.release", released_at, f"release/{found.pk}", facts, place=place)]
    because = f"{plan.receiver_name}, {plan.relation}".rstrip(", ")
    if plan.receiver is Receiver.ADULT:
        told.append(Told("decision.made", released_at, f"release/{found.pk}/checked", {
            "about": "D-REL-2", "outcome": "receiving adult checked", "reasons": f"{because}: {plan.checked}"}))
    if plan.out_of_area:
        words = plan.override_reason if plan.mode is Mode.ALONE else f"{plan.mode.value}, to {because}"
        told.append(Told("decision.made", released_at, f"release/{found.pk}/journey", {
            "about": "D-REL-3", "outcome": "journey planned", "reasons": words}))
    return told


def departed(*, acting: Acting, event: EventFacts, said_by: str, departed_at: datetime, at: datetime) -> None:
    """Record that somebody saw the child depart; a late departure moves no planned arrival. Raises ReleaseRefused."""
    found = _on_the_way(event)
    found.departed_at, found.departure_alarm_at = departed_at, None
    _save(found, "departed_at", "departure_alarm_at")
    step(found, acting, "departed", at=at, happened_at=departed_at, said_by=said_by)


def delayed(
    *, acting: Acting, event: EventFacts, said_by: str, expected_at: datetime, reason: str, at: datetime
) -> None:
    """Expect the child later than planned, because somebody said why; the alarms move with it.

    Raises ReleaseRefused.
    """
    found = _on_the_way(event)
    if found.expected_at is None or expected_at <= found.expected_at or expected_at <= at:
        raise ReleaseRefused("The new time must be later than the planned arrival, and still to come.")
    if found.departure_alarm_at is not None:
        found.departure_alarm_at += expected_at - found.expected_at
    found.expected_at, found.alarm_at = expected_at, alarm_at(expected_at)
    _save(found, "expected_at", "alarm_at", "departure_alarm_at")
    step(found, acting, "expected later", at=at, said_by=said_by, words=reason)


@transaction.atomic
def arrived(
    *, acting: Acting, event: EventFacts, said_by: str, how: str, arrived_at: datetime, at: datetime
) -> None:
    """Record that the receiver has the child, as a named person said; that ends the safety event.

    Raises ReleaseRefused.
    """
    found = _on_the_way(event)
    if found.released_at is None or not found.released_at < arrived_at <= at:
        raise ReleaseRefused("The child arrived after the release, and not later than now. Enter when it was.")
    _arrived(found, acting, said_by=said_by, arrived_at=arrived_at, how=how, at=at)


def _arrived(
    found: Release, acting: Acting, *, said_by: str, arrived_at: datetime, how: str, at: datetime
) -> None:
    found.state, found.arrived_at, found.arrived_said_by = ReleaseState.ARRIVED.value, arrived_at, said_by
    found.alarm_at = found.departure_alarm_at = None
    _save(found, "state", "arrived_at", "arrived_said_by", "alarm_at", "departure_alarm_at")
    step(found, acting, "arrived", at=at, happened_at=arrived_at, said_by=said_by, words=how)
    _on_the_path(found, acting, "arrived", arrived_at, entry=None, at=at)
    facts = {"received_by": found.receiver_name, "told_how": f"{said_by}, {how}"}
    told = [Told("police.arrival", arrived_at, f"release/{found.pk}/arrived", facts)] if found.expected_at else []
    reported = MissingDraft.objects.filter(pk=found.pk, sent_at__isnull=False).first()
    if reported is not None:
        told += _found_again(found, reported, f"arrived: {said_by}, {how}", at=at)
    if told:
        tell(acting, found, *told, at=at)


def _on_the_path(
    found: Release, acting: Acting, code: str, happened_at: datetime, *, entry: UUID | None, at: datetime
) -> None:
    """Move the custody record on, too; what the path refuses is no release."""
    try:
        path.note(acting=acting, event=found.event_id, code=code, entry=entry, taken=path.Taken(happened_at, {}), at=at)
    except path.PathRefused as refused:
        raise ReleaseRefused(str(refused)) from None


def _found_again(found: Release, reported: MissingDraft, because: str, *, at: datetime) -> list[Told]:
    """Give what ends the search: found when it became known, which may be long after the child arrived, and safe."""
    return [
        Told("missing.found", at, f"release/{found.pk}/found", {"reason": because}),
        Told("decision.made", at, f"release/{found.pk}/safe", {
            "about": str(reported.entry_id), "outcome": SAFE, "reasons": because}),
    ]


@transaction.atomic
def send_missing(*, acting: Acting, event: EventFacts, words: str, at: datetime) -> UUID:
    """Report the child missing, with the words that a person stands by; gives the entry's id. Raises ReleaseRefused."""
    found = Release.objects.filter(event_id=event.id, state=ReleaseState.RELEASED.value).first()
    draft = MissingDraft.objects.select_for_update().filter(release=found).first() if found else None
    if found is None or draft is None:
        raise ReleaseRefused(NOT_ON_THE_WAY)
    if draft.sent_at is not None:
        raise ReleaseRefused("Somebody has reported the child missing already.")
    key = f"release/{found.pk}/missing"
    entry = tell(acting, found, Told("missing.reported", at, key, {"reason": words}), at=at)[key]
    draft.words, draft.sent_at, draft.sent_by_id, draft.entry_id = words, at, acting.officer, entry
    draft.save()
    step(found, acting, "reported missing", at=at)
    return entry


def _on_the_way(event: EventFacts) -> Release:
    found = Release.objects.select_for_update().filter(
        event_id=event.id, state=ReleaseState.RELEASED.value).first()
    if found is None:
        raise ReleaseRefused(NOT_ON_THE_WAY)
    return found


def _save(found: Release, *fields: str) -> None:
    try:
        with transaction.atomic():
            found.save(update_fields=fields)
    except IntegrityError:
        raise ReleaseRefused("This is for the force that released the child, or for who receives the child.") from None

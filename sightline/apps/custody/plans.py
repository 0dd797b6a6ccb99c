"""Read a plan of the database as the gate reads it."""

from collections.abc import Sequence

from sightline.apps.custody.models import Leg, Release
from sightline.domain.custody.plan import By, Receiver, ReleasePlan
from sightline.domain.custody.plan import Leg as PlannedLeg


def legs_in_plan(release: Release) -> list[Leg]:
    """Give the legs that stand in a plan, in order."""
    return sorted((leg for leg in release.legs.all() if leg.taken_out_at is None),
                  key=lambda leg: (leg.departs_at, leg.pk))


def plan_of(r: Release, legs: Sequence[Leg]) -> ReleasePlan:
    """Give the plan of a release as the gate reads it."""
    return ReleasePlan(
        planned_by=str(r.planned_by_id), assessed_in_person=r.assessed_in_person, assessment=r.assessment,
        receiver=Receiver(r.receiver) if r.receiver else None, receiver_name=r.receiver_name, relation=r.relation,
        at_least_18=r.at_least_18, checked=r.checked, known_to_child=r.known_to_child, accepted_at=r.accepted_at,
        accepted_how=r.accepted_how, collected=r.collected, out_of_area=r.out_of_area,
        legs=tuple(PlannedLeg(By(leg.way), leg.escort, leg.origin, leg.destination, leg.departs_at, leg.arrives_at)
                   for leg in legs),
        home_told=r.home_told, home_told_at=r.home_told_at,
        override_by=str(r.override_by_id) if r.override_by_id else "", override_reason=r.override_reason)

"""The release gate: what must be recorded before a child leaves custody, as one table.

The pages refuse by it and say its words; the database refuses by the same rows, whoever writes and by whatever way
(`kept_as`, SQL over the row of a release). A property test holds the two sides of each row together.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.domain.custody.plan import ADULTS, Mode, Receiver, ReleasePlan

PUBLIC_SQL = "('train', 'coach or bus', 'taxi', 'on foot')"


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: its code, what it asks, what to do where it fails, and where it comes from.

    `holds` is the claim about a plan; `kept_as` the same in SQL, where `r` is the release and `legs` counts its legs.
    """

    code: str
    title: str
    refusal: str
    authority: str
    source: str
    verified: bool
    holds: Callable[[ReleasePlan], bool]
    kept_as: str


def _said(text: str) -> bool:
    return bool(text.strip())


def _assessed(plan: ReleasePlan) -> bool:
    return plan.assessed_in_person and _said(plan.assessment)


def _receiver_named(plan: ReleasePlan) -> bool:
    if plan.receiver is None or not _said(plan.receiver_name):
        return False
    return plan.receiver not in ADULTS or _said(plan.relation)


def _accepted(plan: ReleasePlan) -> bool:
    return plan.accepted_at is not None and _said(plan.accepted_how)


def _adult_checked(plan: ReleasePlan) -> bool:
    if plan.receiver is not Receiver.ADULT:
        return plan.receiver is not None
    return plan.at_least_18 and _said(plan.checked) and plan.known_to_child


def _journey_planned(plan: ReleasePlan) -> bool:
    return bool(plan.legs) or (plan.collected and not plan.out_of_area)


def _legs_in_order(plan: ReleasePlan) -> bool:
    each = all(leg.departs_at < leg.arrives_at for leg in plan.legs)
    following = zip(plan.legs, plan.legs[1:], strict=False)
    return each and all(one.arrives_at <= other.departs_at for one, other in following)


def _not_alone(plan: ReleasePlan) -> bool:
    if plan.mode is not Mode.ALONE:
        return True
    return _said(plan.override_by) and _said(plan.override_reason) and plan.override_by != plan.planned_by


def _home_told(plan: ReleasePlan) -> bool:
    return _said(plan.home_told) and plan.home_told_at is not None


GATE: tuple[Condition, ...] = (
    Condition(
        "assessed", "Risk assessed in person",
        "Assess the risk of release with the child, in person, and record it.",
        "D-REL-1: Authorised Professional Practice, detention; force procedures", "G13", True,
        _assessed, "r.assessed_in_person and btrim(r.assessment) <> ''"),
    Condition(
        "receiver", "Who receives the child",
        "Name the adult who receives the child and what that adult is to the child, or the agency.",
        "D-REL-3: our own rule, after HMICFRS 2020", "HM2", False,
        _receiver_named,
        "r.receiver is not null and btrim(r.receiver_name) <> '' and"
        " (r.receiver not in ('parent-or-guardian', 'other-adult') or btrim(r.relation) <> '')"),
    Condition(
        "accepted", "The receiver has accepted",
        "Speak with the receiver, and record when and how the receiver accepted. An agency accepts by name, on its own "
        "page.",
        "D-REL-3: our own rule, after HMICFRS 2020", "HM2", False,
        _accepted, "r.accepted_at is not null and btrim(r.accepted_how) <> ''"),
    Condition(
        "checked", "The receiving adult is checked",
        "Check that the adult is at least 18, is known to the child or a parent, and what police hold of the adult. "
        "Where there is a risk do not release to this adult: ask the council.",
        "D-REL-2: force procedures, such as that of Kent (H 04)", "G13", True,
        _adult_checked,
        "r.receiver is not null and (r.receiver <> 'other-adult'"
        " or (r.at_least_18 and btrim(r.checked) <> '' and r.known_to_child))"),
    Condition(
        "journey", "The journey is planned",
        "Plan the journey to the receiver, leg by leg. Out of the home area a plan is always needed.",
        "D-REL-3: our own rule, after HMICFRS 2020", "HM2", False,
        _journey_planned, "legs.number > 0 or (r.collected and not r.out_of_area)"),
    Condition(
        "in-order", "The legs follow each other",
        "Each leg must arrive after it departs, and the next depart after the one before has arrived. Take the wrong "
        "leg out, and add it again.",
        "Our own rule", "OURS", False,
        _legs_in_order, "legs.in_order"),
    Condition(
        "not-alone", "The child does not travel alone",
        "Nobody may send a child alone by train, coach or taxi. Name an escort; or an inspector, who is not the one "
        "who plans, overrides it with a reason. That is counted.",
        "D-REL-3: our own rule, after HMICFRS 2020", "HM2", False,
        _not_alone,
        "r.collected or not legs.alone or (r.override_by_id is not null and btrim(r.override_reason) <> ''"
        " and r.override_by_id <> r.planned_by_id)"),
    Condition(
        "home-told", "The home council is told",
        "Tell the duty desk of the home council, at night the out-of-hours team, and record whom you told and when.",
        "D-REL-4: our own rule; Children Act 2004 ss.10, 11", "OURS", False,
        _home_told, "btrim(r.home_told) <> '' and r.home_told_at is not null"),
)


def refusals(plan: ReleasePlan) -> tuple[Condition, ...]:
    """Give the conditions that do not hold yet; none means that the child may be released."""
    return tuple(condition for condition in GATE if not condition.holds(plan))

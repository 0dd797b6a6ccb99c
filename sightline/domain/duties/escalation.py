"""Who is told when a duty runs out of time: the owner half-way, a named manager at the limit, the director after it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sightline.domain.duties.rule import DutyRule
from sightline.domain.vocabulary.duty import Duty, DutyState
from sightline.domain.vocabulary.moment import LONDON, first_instant, last_instant


@dataclass(frozen=True, slots=True)
class Escalation:
    """Say who is told of a duty, and at which instant the step became due."""

    percent: int
    to: str
    at: datetime


def escalations(rule: DutyRule, duty: Duty, at: datetime) -> tuple[Escalation, ...]:
    """Give the steps that are due at an instant: none of a duty that is met, nor of one without limit or target.

    Time is elapsed time between the start and the limit (or the local target where the law gives no number).
    """
    return tuple(step for step in escalation_plan(rule, duty) if step.at <= at)


def escalation_plan(rule: DutyRule, duty: Duty) -> tuple[Escalation, ...]:
    """Give every step with its instant, so that a clock can be set for the next one."""
    deadline = duty.local_target_at if duty.due_at is None else duty.due_at
    if duty.state is DutyState.MET or deadline is None:
        return ()
    start = first_instant(duty.started_at).astimezone(UTC)
    time = last_instant(deadline).astimezone(UTC) - start
    return tuple(
        Escalation(step.percent, step.to, (start + time * step.percent / 100).astimezone(LONDON))
        for step in rule.escalation
    )

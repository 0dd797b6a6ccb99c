"""What a supervisor sees of many offenders: visits overdue by risk and by manager, and how many were made in time.

It counts what officers owe. Nothing is added up of an offender, and nothing of a child.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sightline.domain.offenders.visiting import NextVisit, Visits, VisitState, meeting, plan_on

# How long overdue, in days, is counted apart, as measure K20 counts: more than so many.
LONG_DAYS = 7
VERY_LONG_DAYS = 30


class Managed(NamedTuple):
    """Hold one managed offender: by whom, at which risk as people recorded it, and how the next visit stands."""

    offender: str
    manager: str
    risk: str
    visit: NextVisit


class Line(NamedTuple):
    """Hold counts of offenders under one heading; those overdue for long are among the overdue.

    `longest_days` is how long the longest is overdue, 0 where none is.
    """

    heading: str
    managed: int
    not_set: int
    overdue: int
    overdue_long: int
    overdue_very_long: int
    longest_days: int


def by_risk(rows: Iterable[Managed], *, risks: Sequence[str]) -> tuple[Line, ...]:
    """Count by risk, in the order given; a risk without an offender has its line, an unknown one stands at the end."""
    lines = _grouped(rows, lambda row: row.risk)
    others = sorted(set(lines) - set(risks))
    return tuple(lines.get(risk) or _line(risk, ()) for risk in (*risks, *others))


def by_manager(rows: Iterable[Managed]) -> tuple[Line, ...]:
    """Count by offender manager: who has most overdue first, then who manages most, then by name."""
    lines = _grouped(rows, lambda row: row.manager).values()
    return tuple(sorted(lines, key=lambda line: (-line.overdue, -line.managed, line.heading)))


def _grouped(rows: Iterable[Managed], heading: Callable[[Managed], str]) -> dict[str, Line]:
    found: dict[str, list[Managed]] = {}
    for row in rows:
        found.setdefault(heading(row), []).append(row)
    return {name: _line(name, of_name) for name, of_name in found.items()}


def _line(heading: str, rows: Sequence[Managed]) -> Line:
    overdue = [row.visit.days_overdue for row in rows if row.visit.state is VisitState.OVERDUE]
    return Line(heading, len(rows), sum(row.visit.state is VisitState.NOT_SET for row in rows), len(overdue),
                sum(days > LONG_DAYS for days in overdue), sum(days > VERY_LONG_DAYS for days in overdue),
                max(overdue, default=0))


class Due(NamedTuple):
    """Hold a visit that came due: on which day, and when it was made, None while it was not."""

    due_on: date
    made_on: date | None

    @property
    def in_time(self) -> bool:
        """Tell whether it was made by the end of the day on which it was due."""
        return self.made_on is not None and self.made_on <= self.due_on


def came_due(visits: Visits, *, from_on: date, until_on: date, on: date) -> tuple[Due, ...]:
    """Give the visits that came due from one day to another, both among them, as they were known on the day asked.

    A visit counts under the day for which it was set last before it was made: one that an officer put off before its
    day is counted under its new day, one put off after its day was due and not made.
    """
    found: list[Due] = []
    for set_on in sorted({plan.set_on for plan in visits.planned if plan.set_on <= on}):
        plan = plan_on(visits.planned, on=set_on)
        if plan is None or not from_on <= plan.due_on <= min(until_on, on):
            continue
        made_on = meeting(plan, visits.made, since=None, on=on)
        later = min((other.set_on for other in visits.planned if set_on < other.set_on <= on), default=None)
        if later is not None and later <= plan.due_on and (made_on is None or made_on > later):
            continue
        found.append(Due(plan.due_on, made_on))
    return tuple(found)

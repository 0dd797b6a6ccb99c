"""How soon duties run out, in the groups in which lists show them: by the clock, and by nothing else."""

from datetime import datetime

from sightline.domain.vocabulary.duty import DutyState
from sightline.domain.vocabulary.moment import day_of, is_day, last_instant
from sightline.interfaces.web.shown import DutyShown

SOON_DAYS = 3
"""What runs out within so many days stands first on a child's page (our own choice: a weekend and a day)."""

A_WEEK = 7
LATE = "Late"


def when_due(duty: DutyShown, at: datetime) -> str:
    """Say how soon an open or late duty runs out, as the heading of its group."""
    return heading_of(days_left(duty, at), late=duty.state == DutyState.LATE)


def heading_of(days: int | None, *, late: bool) -> str:
    """Give the heading of what runs out in so many days; None where it has no limit."""
    if late:
        return LATE
    if days is None:
        return "As soon as possible: the law gives no number"
    if days <= 0:
        return "Due today"
    if days == 1:
        return "Due tomorrow"
    return "Due in the next seven days" if days <= A_WEEK else "Due later"


def days_left(duty: DutyShown, at: datetime) -> int | None:
    """Count the days until the day on which a duty runs out; None where it has no limit."""
    limit = duty.limit
    if limit is None:
        return None
    return (day_of(limit if is_day(limit) else last_instant(limit)) - day_of(at)).days


def due_soon(duty: DutyShown, at: datetime) -> bool:
    """Tell whether a duty is late, has no number, or runs out within three days."""
    days = days_left(duty, at)
    return duty.state == DutyState.LATE or days is None or days <= SOON_DAYS

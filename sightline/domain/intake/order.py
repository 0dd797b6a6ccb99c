"""Find moments that cannot be: in the future, before the birth, or the end before the start."""

from datetime import date, datetime
from functools import lru_cache

from sightline.domain.intake.problem import Problem
from sightline.domain.vocabulary.moment import Moment, day_of, last_instant

ANNOUNCED_DAYS = 31
"""A suspension, a move of school or the end of either is often told some days before it begins."""


def future(column: str, moment: Moment | None, on: date | None, *, announced: bool = False) -> tuple[Problem, ...]:
    """Find a moment after the day on which the file came; what may be announced has 31 days, with a note."""
    if moment is None or on is None or not _is_after(moment, on):
        return ()
    ahead = (day_of(moment) - on).days
    if announced and ahead <= ANNOUNCED_DAYS:
        return (Problem(column, "This lies in the future; it was kept as announced.", turns_back=False),)
    return (Problem(column, "This lies in the future."),)


def _is_after(moment: Moment, on: date) -> bool:
    return moment >= _end_of(on) if isinstance(moment, datetime) else moment > on


@lru_cache(64)
def _end_of(on: date) -> datetime:
    return last_instant(on)


def before(column: str, moment: Moment | None, start_name: str, start: Moment | None) -> tuple[Problem, ...]:
    """Find a moment that lies before the one that must come first; a day and an instant compare by their days."""
    if moment is None or start is None:
        return ()
    if isinstance(moment, datetime) and isinstance(start, datetime):
        is_before = moment < start
    else:
        is_before = day_of(moment) < day_of(start)
    return (Problem(column, f"This lies before {start_name}."),) if is_before else ()


def birth(column: str, born_on: date | None, event: Moment | None, on: date | None) -> tuple[Problem, ...]:
    """Find a birth after the event that is told of the child, or in the future."""
    if born_on is None:
        return ()
    in_future = (Problem(column, "This lies in the future."),) if on is not None and born_on > on else ()
    if event is not None and born_on > day_of(event):
        return (*in_future, Problem(column, "This lies after the event that the row tells."))
    return in_future


def whole_years(born_on: date, moment: Moment) -> int:
    """Give the age in whole years at a moment; born on 29 February, a birthday falls on 1 March."""
    day = day_of(moment)
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))

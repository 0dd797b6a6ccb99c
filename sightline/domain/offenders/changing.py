"""From which day an offender's clocks may stand otherwise, though nothing more is told: until then nobody need look."""

from collections.abc import Iterator
from datetime import date, timedelta

from sightline.domain.offenders.facts import Facts, is_countable
from sightline.domain.offenders.notifying import LATE, Clocks
from sightline.domain.offenders.requirement import State
from sightline.domain.offenders.rules import QUALIFYING_DAYS
from sightline.domain.offenders.staying import ONE_DAY, reached

# How far ahead a stay that goes on is looked at: sooner than this, or on this day, it is looked at again.
AHEAD = timedelta(days=QUALIFYING_DAYS)


def changes_on(facts: Facts, found: Clocks, *, on: date) -> date | None:
    """Give the first day after the day asked on which the clocks found may stand otherwise, None where there is none.

    It may be too early, never too late: on that day the clocks are counted again. The days left or over go on by
    themselves.
    """
    return min((day for day in _days(facts, found, on) if day > on), default=None)


def _days(facts: Facts, found: Clocks, on: date) -> Iterator[date]:
    for one in found.requirements:
        if one.state is State.RUNNING and one.last_day is not None:
            yield one.last_day + ONE_DAY
    for event in facts.events:
        yield event.on
    for notice in facts.notices:
        yield notice.on
        if notice.expected_on is not None and is_countable(notice.expected_on):
            yield notice.expected_on + LATE + ONE_DAY
    for spell in facts.away:
        yield spell.from_on
        if spell.until_on is not None:
            yield spell.until_on
    for abode in facts.homeless:
        yield abode.from_on
    if any(stay.until_on is None or stay.until_on > on for stay in facts.stays):
        yield on + AHEAD
        for one_reached in reached(facts.stays, on=on + AHEAD, refused=[]):
            yield one_reached.on

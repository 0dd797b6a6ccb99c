"""Put what is known of offenders into rows and words for people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sightline.apps.offenders.queries import DueFacts, ToldFacts
from sightline.domain.duties.saying import count, say_day
from sightline.domain.offenders.due import DUE_WORDS, DueState
from sightline.domain.offenders.supervising import Line, Managed, by_manager, by_risk, came_due
from sightline.domain.offenders.told import visits_of
from sightline.domain.offenders.visiting import NextVisit, VisitState
from sightline.domain.vocabulary.offender import (
    AWAY,
    CATEGORIES,
    LEVELS,
    MODES,
    NOTIFIED,
    ORDERS,
    REVIEWS,
    RISKS,
    TELLING_WORDS,
    THERE,
    Telling,
)
from sightline.interfaces.web.chart import Figure

COLOURS = {DueState.MISSED: "red", DueState.NOT_SET: "orange", DueState.RUNNING: "blue", DueState.STOPPED: "grey",
           DueState.REMOTE: "grey", DueState.MET_LATE: "yellow", DueState.MET: "green"}
LINE_COLUMNS = ("", "Managed", "Overdue", "More than 7 days", "More than 30 days", "Longest, in days",
                "No visit set")
NOBODY = "Nobody is named"
FACT_WORDS: Mapping[str, str] = {
    "name": "Name", "also_known_as": "Other names", "born_on": "Born", "nation": "Nation", "category": "Category",
    "level": "Level", "risk": "Risk", "manager": "Manager", "there": "There", "address": "Address",
    "postcode": "Postcode", "uprn": "Property number", "no_fixed_abode": "No fixed abode",
    "notified_on": "Told the police on", "what": "What", "about": "About", "expected_on": "Expected on",
    "where": "Where", "order": "Order", "conditions": "Conditions", "given": "Child’s forename",
    "family": "Child’s surname", "due_on": "Due by", "reason": "Reason", "announced": "Announced", "seen": "Seen",
    "found": "What was seen", "lives_there": "Who else is there", "child_contact": "Contact with children",
    "devices": "Devices", "mode": "Managed", "review": "Review", "prison": "Prison", "outcome": "What came of it",
}
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "there": THERE, "what": NOTIFIED, "where": AWAY, "order": ORDERS, "mode": MODES, "review": REVIEWS, "risk": RISKS,
    "category": CATEGORIES, "level": LEVELS}
DAYS = frozenset({"born_on", "notified_on", "expected_on", "due_on"})


@dataclass(frozen=True, slots=True)
class DueRow:
    """Hold one thing due for the page: its state in words with a colour, and when in words."""

    facts: DueFacts
    words: str
    colour: str
    when: str
    today: bool


@dataclass(frozen=True, slots=True)
class Supervised:
    """Hold what a supervisor sees of visits."""

    by_risk: tuple[Line, ...]
    by_manager: tuple[Line, ...]


def due_rows(found: Iterable[DueFacts], *, today: date) -> list[DueRow]:
    """Put what is due into words: how long it is overdue, or when it is due."""
    return [DueRow(one, DUE_WORDS[one.state], COLOURS[one.state], _when(one, today), one.due_on == today)
            for one in found]


def _when(one: DueFacts, today: date) -> str:
    if one.met_on is not None or one.due_on is None:
        return ""
    days = (one.due_on - today).days
    if days < 0:
        return f"{count(-days, 'day')} over"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {count(days, 'day')}"


def told_rows(told: Iterable[ToldFacts]) -> list[tuple[ToldFacts, str, list[tuple[str, str]]]]:
    """Give each telling with its title and its facts in words."""
    return [(one, TELLING_WORDS[one.told.kind], [
        (words, _said(name, one.told.facts[name])) for name, words in FACT_WORDS.items() if name in one.told.facts])
        for one in told]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in DAYS:
        return say_day(date.fromisoformat(value))
    words = VALUE_WORDS.get(name, {}).get(str(value))
    return str(value) if words is None else f"{words[:1].upper()}{words[1:]}"


STATES = {DueState.MISSED: VisitState.OVERDUE, DueState.NOT_SET: VisitState.NOT_SET,
          DueState.RUNNING: VisitState.AHEAD, DueState.STOPPED: VisitState.AWAY, DueState.REMOTE: VisitState.REMOTE}


def supervised(rows: Sequence[DueFacts], *, on: date) -> Supervised:
    """Count visits by risk and by manager."""
    managed = [Managed(one.name, one.manager or NOBODY, one.risk, NextVisit(
        STATES[one.state], one.due_on, _over(one, on), one.because)) for one in rows]
    return Supervised(by_risk(managed, risks=tuple(RISKS)), by_manager(managed))


def _over(one: DueFacts, on: date) -> int:
    return max((on - one.due_on).days, 0) if one.due_on is not None and one.state is DueState.MISSED else 0


def line_rows(lines: Iterable[Line], *, words: Mapping[str, str] | None = None) -> list[tuple[Any, ...]]:
    """Give the counts of each line as a row of a table."""
    return [((words or {}).get(line.heading, line.heading or "Not told"), line.managed, line.overdue,
             line.overdue_long, line.overdue_very_long, line.longest_days, line.not_set) for line in lines]


def overdue_rows(rows: Iterable[DueFacts], *, on: date) -> list[DueRow]:
    """Give the visits that are overdue, the highest risk and the longest first."""
    risks = list(RISKS)
    late = [one for one in rows if one.state is DueState.MISSED]
    late.sort(key=lambda one: (risks.index(one.risk) if one.risk in risks else len(risks), one.due_on or on, one.name))
    return due_rows(late, today=on)


def in_time_by_month(visits: Mapping[UUID, Sequence[Telling]], *, months: int, on: date) -> list[Figure]:
    """Give the share of visits made in time of those that came due, month by month, this month last."""
    found = []
    for back in reversed(range(months)):
        first = _month(on, back)
        last = min(_month(on, back - 1) - timedelta(days=1), on)
        due = [one for told in visits.values()
               for one in came_due(visits_of(told), from_on=first, until_on=last, on=on)]
        in_time = sum(one.in_time for one in due)
        share = round(100 * in_time / len(due), 1) if due else None
        words = f"{share:g} % ({in_time} of {len(due)})" if due else "None was due"
        found.append(Figure(f"{first:%b %Y}", share, words))
    return found


def _month(on: date, back: int) -> date:
    months = on.year * 12 + on.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)

"""School days as records tell them: how long a suspension is, and how much of a period a child was there."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sightline.domain.signs.facts import number, word
from sightline.domain.signs.finding import Evidence
from sightline.domain.signs.gaps import earliest
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import day_of

SESSIONS_A_DAY = 2
LUNCHTIME_SESSIONS = 1


class Spell(NamedTuple):
    """Hold one suspension with its length in sessions (half days), None where it was not told."""

    evidence: Evidence
    sessions: float | None


class Period(NamedTuple):
    """Hold one period of attendance that has ended, in sessions; None where a number was not told."""

    evidence: Evidence
    possible: float | None
    attended: float | None
    unauthorised: float | None


def spells(exclusions: Iterable[Entry]) -> list[Spell]:
    """Give the suspensions in order, each once: what a school tells daily and its census again begins on one day."""
    by_day: dict[date, Spell] = {}
    for entry in exclusions:
        if word(entry, "category") in {"susp", "lnch"}:
            sessions = sessions_of(entry)
            other = by_day.get(entry.on)
            if other is None or (sessions or 0) > (other.sessions or 0):
                by_day[entry.on] = Spell(Evidence(entry, _suspended), sessions)
    return list(by_day.values())


def sessions_of(entry: Entry) -> float | None:
    """Give the length of a suspension in sessions; None where it was not told.

    A lunchtime is one session, half a school day. Without a number, the weekdays to the told end are counted: school
    holidays are not known here.
    """
    told = number(entry, "sessions")
    if told:
        return told
    if word(entry, "category") == "lnch":
        return LUNCHTIME_SESSIONS
    if entry.until is None:
        return None
    first = entry.on
    days = max((day_of(entry.until) - first).days + 1, 0)
    weekdays = days // 7 * 5 + sum((first.weekday() + extra) % 7 < 5 for extra in range(days % 7))
    return weekdays * SESSIONS_A_DAY or None


def school_days(sessions: float) -> str:
    """Write sessions as school days."""
    days = f"{sessions / SESSIONS_A_DAY:g}"
    return f"{days} school day{'' if days == '1' else 's'}"


def _suspended(entry: Entry) -> str:
    if word(entry, "category") == "lnch":
        return "Suspended at lunchtime {when}"
    sessions = sessions_of(entry)
    if sessions is None:
        return "Suspended from school {when}, for how long was not told"
    return f"Suspended from school for {school_days(sessions)} {{when}}"


def periods(attendance: Iterable[Entry], *, since: datetime, at: datetime) -> list[Period]:
    """Give the periods that ended in that time, in the order of their ends; one told twice is as it was told last."""
    by_period: dict[tuple[date, date], Entry] = {}
    for entry in attendance:
        end = entry.at if entry.until is None else entry.until
        if since <= earliest(end) <= at:
            period = day_of(end), entry.on
            other = by_period.setdefault(period, entry)
            if other is not entry and entry.known_from > other.known_from:
                by_period[period] = entry
    return [_period(by_period[period]) for period in sorted(by_period)]


def _period(entry: Entry) -> Period:
    return Period(Evidence(entry, _attended, at=entry.until), number(entry, "possible"), number(entry, "attended"),
                  number(entry, "unauthorised"))


def _attended(entry: Entry) -> str:
    possible, attended = number(entry, "possible"), number(entry, "attended")
    unauthorised = number(entry, "unauthorised")
    parts = [] if attended is None else [f"attended {attended:g}"]
    parts += [] if unauthorised is None else [f"absent without authorisation for {unauthorised:g}"]
    of = "" if possible is None else f" of {possible:g} possible"
    return f"In the period that ended {{when}}: {' and '.join(parts) or 'attendance not told'}{of} sessions"

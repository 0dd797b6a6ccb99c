"""Find what should have followed and did not: the pattern of all signs of failure.

Each gives a finding that lies in the future while the time still runs: the reading is made again when it is over.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.days import CalendarEnds, working_days
from sightline.domain.duties.living import USUAL, nation_in
from sightline.domain.duties.nations import Nation
from sightline.domain.signs.finding import Evidence, Finding, Says
from sightline.domain.signs.gaps import earliest, later_by, latest
from sightline.domain.signs.known import Known
from sightline.domain.signs.ours import Waiting, Waits
from sightline.domain.signs.wording import when
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, day_of, last_instant
from sightline.domain.vocabulary.place import Place

CALENDARS = Calendars()
LONGEST_HOLIDAYS_DAYS = 4
LONGEST_SCHOOL_HOLIDAYS_DAYS = 50


def unanswered(
    asks: Iterable[Evidence], *, wait: timedelta | Callable[[Evidence], datetime], answers: Sequence[Entry],
    answered: Says,
) -> Iterator[Finding]:
    """Find what none of the answers followed in time: from the moment the wait is over.

    `wait` is a length, or says when the wait for this one is over. Where only days are known, the wait begins at the
    end of the day, and an answer is in time if it can have been. The first answer that came late is told with it, in
    the words of `answered`.
    """
    told_by = [latest(answer.at) for answer in answers]
    first = 0
    for ask in sorted(asks, key=lambda ask: earliest(ask.moment)):
        while first < len(answers) and told_by[first] < earliest(ask.moment):
            first += 1
        over_at = later_by(ask.moment, wait) if isinstance(wait, timedelta) else wait(ask)
        if first == len(answers):
            yield Finding(over_at, [ask])
        elif earliest(answers[first].at) > over_at:
            yield Finding(over_at, [ask, Evidence(answers[first], answered)], answered=True)


def overdue(
    known: Known, what: Waits, *, says: str, over: Callable[[Waiting], datetime], late: str
) -> Iterator[Finding]:
    """Find what waited in our own books until its time was over: nothing where its entry does not stand.

    `{whom}` in the words stands for whom it waits for, `{when}` for since when. What ended late says so, in the words
    of `late`.
    """
    for one in known.waiting(what):
        entry = known.about(one)
        over_at = over(one)
        if entry is None or (one.ended_at is not None and one.ended_at <= over_at):
            continue
        ended = "" if one.ended_at is None else f"; {late} {when(one.ended_at)}"
        words = says.replace("{whom}", one.whom) + ended
        yield Finding(over_at, [Evidence(entry, words, at=one.since)], answered=bool(ended))


def working_days_later(known: Known, moment: Moment, number: int) -> datetime:
    """Give the end of the number-th working day after the day of the moment, where the child lives.

    Where the calendar ends, as many days and the longest holidays: nobody is called late who may have been in time.
    """
    ends = _working_days(_nation(known), day_of(moment), number)
    return later_by(moment, timedelta(days=number + LONGEST_HOLIDAYS_DAYS)) if ends is None else ends


def school_days_later(known: Known, moment: Moment, number: int) -> datetime:
    """Give the end of the number-th school day after the day of the moment.

    It is counted by the usual calendar of the nation in which the child lives. Where the calendar ends, as many days
    and the longest holidays.
    """
    ends = _school_days(_nation(known), day_of(moment), number)
    return later_by(moment, timedelta(days=number + LONGEST_SCHOOL_HOLIDAYS_DAYS)) if ends is None else ends


@lru_cache(maxsize=4096)
def _working_days(nation: Nation, day: date, number: int) -> datetime | None:
    """Give the end of the day, the same for every child of the nation; None where the calendar ends."""
    try:
        return last_instant(working_days(nation).after(day, number)).astimezone(UTC)
    except CalendarEnds:
        return None


@lru_cache(maxsize=4096)
def _school_days(nation: Nation, day: date, number: int) -> datetime | None:
    try:
        return last_instant(CALENDARS.of_school(None, nation=nation).days.after(day, number)).astimezone(UTC)
    except CalendarEnds:
        return None


def _nation(known: Known) -> Nation:
    """Give the nation of the last home told, else of the last place of any entry, else the usual one."""
    homes = [entry for entry in known.kind("child.home") if entry.place]
    told = next((entry for entry in reversed(known.entries) if entry.place and entry.place.council), None)
    for entry in (*homes[-1:], told):
        nation = _nation_of(entry.place.council) if entry is not None and entry.place else None
        if nation is not None:
            return nation
    return USUAL


@lru_cache(maxsize=1024)
def _nation_of(council: str | None) -> Nation | None:
    return nation_in(Place(council=council))

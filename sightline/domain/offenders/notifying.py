"""What an offender must tell the police, by when, and whether it was told: counted from plain facts.

Nothing is kept and nothing is asked of a clock: the same facts and the same day give the same answer, in whatever
order they were told and however often. A fact that cannot be counted as it was told is refused in words; the others
are counted nevertheless.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sightline.domain.duties.nations import Nation
from sightline.domain.duties.saying import say_day
from sightline.domain.offenders import rules
from sightline.domain.offenders.absence import NEVER_AWAY, Absences, absences
from sightline.domain.offenders.facts import (
    EARLIEST,
    LATEST,
    AwayKind,
    Event,
    Facts,
    Homeless,
    Notice,
    Refused,
    is_countable,
)
from sightline.domain.offenders.receiving import Received
from sightline.domain.offenders.requirement import Requirement, required
from sightline.domain.offenders.rule import ClockRule, Matter
from sightline.domain.offenders.staying import reached

RELEASE, TRAVEL = Matter.RELEASE, Matter.TRAVEL
ABROAD = AwayKind.ABROAD

EARLY = timedelta(days=rules.EARLY_BY_DAYS)
# The last of three days that begin with the day that was named.
LATE = timedelta(days=rules.IN_DAYS - 1)

# Each matter that happens by itself, and its rule. A stay is found from the days spent, a notice by itself is none.
STARTS: dict[Matter | None, ClockRule] = {
    rule.starts_with: rule for rule in rules.NOTIFICATION
    if rule.commenced and rule.starts_with not in (None, Matter.STAY)}
IN_ADVANCE = frozenset(rule.starts_with for rule in rules.NOTIFICATION if rule.in_advance)
TOLD_ONLY = {Matter.YEAR: "A periodic notice", Matter.WEEK: "A periodic notice", Matter.STAY: "A stay of 7 days",
             Matter.NOT_HAPPENED: "That something did not happen"}
MATTER_WORDS = {
    Matter.FIRST: "A conviction, caution or order", Matter.NAME: "A new name", Matter.HOME: "A home address changed",
    Matter.RELEASE: "A release", Matter.CHILD: "A household with a child", Matter.TRAVEL: "A journey abroad",
    Matter.BANK: "A bank account or card", Matter.IDENTITY: "A passport or identity document",
    Matter.ABSENCE: "An absence from home", **TOLD_ONLY,
}

class Clocks(NamedTuple):
    """Hold every clock of an offender on a day, in order of what began first, and what could not be counted."""

    requirements: tuple[Requirement, ...]
    refused: tuple[Refused, ...]


class Happening(NamedTuple):
    """Hold something that starts a clock on a day."""

    rule: ClockRule
    on: date
    about: str


# A clock that runs or ran: its rule, the day that it counts from, about what, and when it was met.
Owed = tuple[ClockRule, date, str, date | None]


def clocks(facts: Facts, *, on: date) -> Clocks:
    """Give what the facts require of the offender, as it stands on the day."""
    refused: list[Refused] = []
    received = Received.of(facts.notices, on, refused)
    events = [event for event in facts.events if _sound(event, refused)]
    releases = [event for event in events if event.matter is RELEASE]
    away = absences(facts.away, releases, on=on, refused=refused) if facts.away or releases else NEVER_AWAY
    happened = _happened(facts, events, away, on, refused)
    homeless = [spell for spell in facts.homeless if _abode_sound(spell, refused)]
    here = _rules_in(facts.nation)
    owed = [*_told_of(received, happened, here), *_not_happened(received, happened, on),
            *_periodic(received.anew, homeless, here, on)]
    found: dict[tuple[date, str, str], Requirement] = {}
    for rule, began_on, about, met_on in owed:
        key = (began_on, rule.code, about)
        if key not in found:
            found[key] = required(rule, began_on, about, met_on, gone=away.gone, on=on)
    return Clocks(tuple([found[key] for key in sorted(found)]),
                  tuple(sorted(set(refused), key=_by_words)) if refused else ())


def _by_words(one: Refused) -> str:
    return one.because


@lru_cache
def _rules_in(nation: Nation) -> frozenset[ClockRule]:
    return frozenset(rule for rule in rules.NOTIFICATION if nation in rule.nations)


def _sound(event: Event, refused: list[Refused]) -> bool:
    if EARLIEST <= event.on <= LATEST and event.matter in STARTS:
        return True
    words = MATTER_WORDS[event.matter]
    if not is_countable(event.on):
        because = f"{words} on {say_day(event.on)} is told: no such day can be counted."
    elif event.matter in TOLD_ONLY:
        because = (f"{words} on {say_day(event.on)} is told as something that happened: it is only ever told to the "
                   "police.")
    else:
        because = (f"{words} of {say_day(event.on)} is told, but no clock for it is in force: check the Crime and "
                   "Policing Act 2026.")
    refused.append(Refused(event, because))
    return False


def _happened(facts: Facts, events: Iterable[Event], away: Absences, on: date,
              refused: list[Refused]) -> list[Happening]:
    """Give what had happened by the day and starts a clock; a journey starts one while it lies ahead."""
    found = [Happening(STARTS[matter], day, about) for matter, day, about in events
             if (day <= on and matter is not RELEASE) or matter is TRAVEL]
    found += [Happening(rules.RELEASE, day, "") for day in away.released]
    if facts.stays:
        found += [Happening(rules.STAY, day, address)
                  for address, day in reached(facts.stays, on=on, refused=refused)]
    if facts.away:
        told = {event.on for event in events if event.matter is TRAVEL}
        found += [Happening(rules.TRAVEL, spell.from_on, "") for spell in facts.away
                  if spell.kind is ABROAD and spell.from_on not in told and is_countable(spell.from_on)]
    return found


def _told_of(received: Received, happened: Sequence[Happening], here: frozenset[ClockRule]) -> Iterator[Owed]:
    """Give the clock of each thing that happened, and the notice that met it."""
    departures = sorted({one.on for one in happened if one.rule is rules.TRAVEL})
    for rule, day, about in happened:
        if rule in here and rule.in_force_on(day):
            met = (_journey_told(day, about, received, departures) if rule is rules.TRAVEL
                   else _told(rule, day, about, received))
            yield rule, day, about, met


def _told(rule: ClockRule, day: date, about: str, received: Received) -> date | None:
    """Give the day of the first notice that meets a rule, received after the event or rightly in advance of it."""
    first: date | None = None
    for matter in rule.met_by:
        for notice in received.of_matter(matter):
            if first is not None and notice.on >= first:
                break
            if _meets(rule, day, about, notice):
                first = notice.on
                break
    return first


def _meets(rule: ClockRule, day: date, about: str, notice: Notice) -> bool:
    if about and notice.about and notice.about != about:
        return False
    expected = notice.expected_on
    if expected is not None and expected > notice.on and rule.in_advance:
        return expected - EARLY <= day <= expected + LATE
    return notice.on >= day or (rule.known_before and notice.about != "" and notice.about == about)


def _journey_told(day: date, about: str, received: Received, departures: Sequence[date]) -> date | None:
    """Give the day of the first notice of a journey: one that names its day, or the only journey that it can mean."""
    before = max((one for one in departures if one < day), default=date.min)
    return next((notice.on for notice in received.of_matter(TRAVEL)
                 if not (about and notice.about and notice.about != about)
                 and (notice.expected_on == day or (notice.expected_on is None and before < notice.on <= day))), None)


def _not_happened(received: Received, happened: Sequence[Happening], on: date) -> Iterator[Owed]:
    """Give what was told in advance and did not happen by the end of the third day (s.84(4))."""
    for notice in received.ahead:
        matter, told_on, about, expected = notice
        if expected is None or matter not in IN_ADVANCE or on <= expected + LATE:
            continue
        if any(one.rule.starts_with is matter and told_on <= one.on <= expected + LATE and _same(about, one.about)
               for one in happened):
            continue
        later = [one.on for one in received.of_matter(matter) if one.on > told_on and _same(about, one.about)]
        later += [one.on for one in received.of_matter(Matter.NOT_HAPPENED)
                  if one.on >= told_on and _same(about, one.about)]
        yield rules.ADVANCE, expected, about, min(later, default=None)


def _same(one: str, other: str) -> bool:
    return not one or not other or one == other


def _periodic(told: Sequence[date], homeless: Sequence[Homeless], here: frozenset[ClockRule],
              on: date) -> Iterator[Owed]:
    """Give the year after each notice, or the week with no fixed abode, and the notice that followed."""
    weekly = [spell for spell in homeless if rules.WEEK in here and rules.WEEK.in_force_on(spell.from_on)]
    for day, following in zip_longest(told, told[1:]):
        rule = rules.WEEK if weekly and _within(weekly, day) else rules.YEAR
        if rule.in_force_on(day):
            yield rule, day, "", following
    for spell in weekly:
        if spell.from_on <= on and spell.from_on not in told:
            yield rules.WEEK, spell.from_on, "", next((day for day in told if day > spell.from_on), None)


def _within(spells: Iterable[Homeless], day: date) -> bool:
    return any(spell.from_on <= day and (spell.until_on is None or day < spell.until_on) for spell in spells)


def _abode_sound(spell: Homeless, refused: list[Refused]) -> bool:
    until = spell.until_on or spell.from_on
    if not (is_countable(spell.from_on) and is_countable(until)):
        because = f"No fixed abode since {say_day(spell.from_on)} is told: no such days can be counted."
    elif until < spell.from_on:
        because = (f"No fixed abode since {say_day(spell.from_on)} is told until {say_day(until)}, before it began.")
    else:
        return True
    refused.append(Refused(spell, because))
    return False

"""What an offender must tell the police, by when, and whether it was told: counted from plain facts.

Nothing is kept and nothing is asked of a clock: the same facts and the same day give the same answer, in whatever
order they were told and however often. A fact that cannot be counted as it was told is refused in words; the others
are counted nevertheless.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sightline.domain.duties.nations import Nation
from sightline.domain.duties.saying import say_day
from sightline.domain.offenders import rules
from sightline.domain.offenders.absence import NEVER_AWAY, Absences, absences, count_on
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Refused, is_countable
from sightline.domain.offenders.requirement import Requirement, required
from sightline.domain.offenders.rule import ClockRule, Matter
from sightline.domain.offenders.staying import reached

EARLY = timedelta(days=rules.EARLY_BY_DAYS)
# The last of three days that begin with the day that was named.
LATE = timedelta(days=rules.IN_DAYS - 1)

# Each matter that happens by itself, and its rule. A stay is found from the days spent, a notice by itself is none.
HAPPENS = {rule.starts_with: rule for rule in rules.NOTIFICATION
           if rule.starts_with not in (None, Matter.STAY)}
TOLD_ONLY = {Matter.YEAR: "A periodic notice", Matter.WEEK: "A periodic notice", Matter.STAY: "A stay of 7 days",
             Matter.NOT_HAPPENED: "That something did not happen"}
MATTER_WORDS = {
    Matter.FIRST: "A conviction, caution or order", Matter.NAME: "A new name", Matter.HOME: "A home address changed",
    Matter.RELEASE: "A release", Matter.CHILD: "A household with a child", Matter.TRAVEL: "A journey abroad",
    Matter.BANK: "A bank account or card", Matter.IDENTITY: "A passport or identity document",
    Matter.ABSENCE: "An absence from home", **TOLD_ONLY,
}

Received = dict[Matter, list[Notice]]


class Clocks(NamedTuple):
    """Hold every clock of an offender on a day, in order of what began first, and what could not be counted."""

    requirements: tuple[Requirement, ...]
    refused: tuple[Refused, ...]


class Happening(NamedTuple):
    """Hold something that starts a clock on a day."""

    rule: ClockRule
    on: date
    about: str


def clocks(facts: Facts, *, on: date) -> Clocks:
    """Give what the facts require of the offender, as it stands on the day."""
    refused: list[Refused] = []
    received = _received(facts.notices, on, refused)
    events = [event for event in facts.events if _sound(event, refused)]
    releases = [event for event in events if event.matter is Matter.RELEASE]
    away = absences(facts.away, releases, on=on, refused=refused) if facts.away or releases else NEVER_AWAY
    happened = [*_happenings(facts, events, away, on, refused)]
    homeless = [spell for spell in facts.homeless if _abode_sound(spell, refused)]
    found: dict[tuple[str, date, str], Requirement] = {}
    for rule, began_on, about, met_on in _required(received, happened, homeless, facts.nation, on):
        key = (rule.code, began_on, about)
        if key not in found:
            counted = count_on(rule, began_on, away.gone)
            found[key] = required(rule, about=about, began_on=began_on, counted=counted, met_on=met_on, on=on)
    return Clocks(tuple(sorted(found.values(), key=_by_start)), tuple(sorted(set(refused), key=_by_words)))


def _by_start(one: Requirement) -> tuple[date, str, str]:
    return one.began_on, one.rule.code, one.about


def _by_words(one: Refused) -> str:
    return one.because


@lru_cache
def _rules_in(nation: Nation) -> frozenset[ClockRule]:
    return frozenset(rule for rule in rules.NOTIFICATION if nation in rule.nations)


def _received(notices: Iterable[Notice], on: date, refused: list[Refused]) -> Received:
    """Give the notices of each matter in the order of their days."""
    received: Received = defaultdict(list)
    for notice in sorted(notices, key=lambda one: one.on):
        if not is_countable(notice.on) or not is_countable(notice.expected_on or notice.on):
            because = f"A notice received on {say_day(notice.on)} is told: no such day can be counted."
            refused.append(Refused(notice, because))
        elif notice.on > on:
            because = f"A notice received on {say_day(notice.on)} is told, but that day has not come."
            refused.append(Refused(notice, because))
        else:
            received[notice.of].append(notice)
    return received


def _sound(event: Event, refused: list[Refused]) -> bool:
    words = MATTER_WORDS[event.matter]
    if not is_countable(event.on):
        because = f"{words} on {say_day(event.on)} is told: no such day can be counted."
    elif event.matter in TOLD_ONLY:
        because = (f"{words} on {say_day(event.on)} is told as something that happened: it is only ever told to the "
                   "police.")
    elif not HAPPENS[event.matter].commenced:
        because = (f"{words} of {say_day(event.on)} is told, but no clock for it is in force: check the Crime and "
                   "Policing Act 2026.")
    else:
        return True
    refused.append(Refused(event, because))
    return False


def _happenings(facts: Facts, events: Iterable[Event], away: Absences, on: date,
                refused: list[Refused]) -> Iterator[Happening]:
    """Give what had happened by the day and starts a clock; a journey starts one while it lies ahead."""
    for matter, day, about in events:
        if matter is Matter.TRAVEL or (day <= on and matter is not Matter.RELEASE):
            yield Happening(HAPPENS[matter], day, about)
    for day in away.released:
        yield Happening(rules.RELEASE, day, "")
    if facts.stays:
        for address, day in reached(facts.stays, on=on, refused=refused):
            yield Happening(rules.STAY, day, address)
    told = {event.on for event in events if event.matter is Matter.TRAVEL}
    for spell in facts.away:
        if spell.kind is AwayKind.ABROAD and spell.from_on not in told and is_countable(spell.from_on):
            yield Happening(rules.TRAVEL, spell.from_on, "")


def _required(received: Received, happened: Sequence[Happening], homeless: Sequence[Homeless], nation: Nation,
              on: date) -> Iterator[tuple[ClockRule, date, str, date | None]]:
    """Give each clock that runs or ran: its rule, the day that it counts from, about what, and when it was met."""
    here = _rules_in(nation)
    departures = sorted({one.on for one in happened if one.rule is rules.TRAVEL})
    for rule, day, about in happened:
        if rule in here and rule.in_force_on(day):
            met = (_journey_told(day, about, received, departures) if rule is rules.TRAVEL
                   else _told(rule, day, about, received))
            yield rule, day, about, met
    yield from _not_happened(received, happened, on)
    yield from _periodic(received, homeless, here, on)


def _told(rule: ClockRule, day: date, about: str, received: Received) -> date | None:
    """Give the day of the first notice that meets a rule, received after the event or rightly in advance of it."""
    first: date | None = None
    for matter in rule.met_by:
        for notice in received.get(matter, ()):
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
    return next((notice.on for notice in received.get(Matter.TRAVEL, ())
                 if not (about and notice.about and notice.about != about)
                 and (notice.expected_on == day or (notice.expected_on is None and before < notice.on <= day))), None)


def _not_happened(received: Received, happened: Sequence[Happening],
                  on: date) -> Iterator[tuple[ClockRule, date, str, date | None]]:
    """Give what was told in advance and did not happen by the end of the third day (s.84(4))."""
    for matter in (Matter.NAME, Matter.HOME, Matter.STAY):
        for notice in received.get(matter, ()):
            expected = notice.expected_on
            if expected is None or expected <= notice.on or on <= expected + LATE:
                continue
            about = notice.about
            if any(one.rule.starts_with is matter and notice.on <= one.on <= expected + LATE
                   and _same(about, one.about) for one in happened):
                continue
            later = [other.on for other in received.get(matter, ()) if other.on > notice.on
                     and _same(about, other.about)]
            later += [other.on for other in received.get(Matter.NOT_HAPPENED, ()) if other.on >= notice.on
                      and _same(about, other.about)]
            yield rules.ADVANCE, expected, about, min(later, default=None)


def _same(one: str, other: str) -> bool:
    return not one or not other or one == other


def _periodic(received: Received, homeless: Sequence[Homeless], here: frozenset[ClockRule],
              on: date) -> Iterator[tuple[ClockRule, date, str, date | None]]:
    """Give the year after each notice, or the week with no fixed abode, and the notice that followed."""
    told = sorted({notice.on for matter in rules.BEGINS_ANEW for notice in received.get(matter, ())})
    for day, following in zip(told, [*told[1:], None], strict=False):
        weekly = rules.WEEK in here and rules.WEEK.in_force_on(day) and any(
            spell.from_on <= day and (spell.until_on is None or day < spell.until_on) for spell in homeless)
        rule = rules.WEEK if weekly else rules.YEAR
        if rule.in_force_on(day):
            yield rule, day, "", following
    for spell in homeless:
        if spell.from_on <= on and rules.WEEK in here and rules.WEEK.in_force_on(spell.from_on):
            following = next((day for day in told if day >= spell.from_on), None)
            if following != spell.from_on:
                yield rules.WEEK, spell.from_on, "", following


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

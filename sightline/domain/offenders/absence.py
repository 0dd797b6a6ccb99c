"""Time in custody, in hospital or abroad: what of it is told, the releases that end it, and what it does to a clock.

A day belongs to a spell if the offender is away at its end: the day of going is away, the day of release is not, and
is the first day of what begins with it. Only what has begun by the day asked is counted; an end that is expected, but
has not come, is no end yet.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sightline.domain.duties.clock import days_beginning_with
from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.facts import AwayKind, Event, Refused, Spell, is_countable
from sightline.domain.offenders.rule import Away, ClockRule, Matter, counted, last_day

# A release that is told again within so many days of another, with no custody between, is the same release.
SAME_RELEASE_DAYS = 3

BEGINNING_WITH_THE_RETURN = days_beginning_with(3)


class Gone(NamedTuple):
    """Hold a run of days away, spells that touch being one; `until_on` is None while it goes on."""

    from_on: date
    until_on: date | None
    kind: AwayKind


class Absences(NamedTuple):
    """Hold an offender's runs of days away in order, and the days of release from custody or hospital in order."""

    gone: tuple[Gone, ...] = ()
    released: tuple[date, ...] = ()


NEVER_AWAY = Absences()


def absences(spells: Iterable[Spell], releases: Iterable[Event], *, on: date, refused: list[Refused]) -> Absences:
    """Give what is counted of the spells and releases that are told, by the day asked; adds what is refused."""
    begun = _ended_once([spell for spell in spells if _sound(spell, on, refused)], refused)
    told = sorted({event.on for event in releases if event.on <= on})
    begun = _cut_by(told, begun, refused)
    known = [spell._replace(until_on=None) if spell.until_on is not None and spell.until_on > on else spell
             for spell in begun]
    detained = [spell for spell in known if spell.kind is not AwayKind.ABROAD]
    ends = {run.until_on for run in merged(detained) if run.until_on is not None}
    return Absences(tuple(merged(known)), _releases(ends, told, detained, refused))


def merged(spells: Sequence[Spell]) -> list[Gone]:
    """Join spells that overlap or touch, in order."""
    runs: list[Gone] = []
    for kind, from_on, until_on in sorted(spells, key=_by_start):
        last = runs[-1] if runs else None
        if last is None or (last.until_on is not None and last.until_on < from_on):
            runs.append(Gone(from_on, until_on, kind))
        elif last.until_on is not None and (until_on is None or until_on > last.until_on):
            runs[-1] = Gone(last.from_on, until_on, kind if last.until_on == from_on else last.kind)
    return runs


def _by_start(spell: Spell) -> tuple[date, date, str]:
    return spell.from_on, spell.until_on or date.max, spell.kind


def _sound(spell: Spell, on: date, refused: list[Refused]) -> bool:
    if not (is_countable(spell.from_on) and (spell.until_on is None or is_countable(spell.until_on))):
        refused.append(Refused(spell, f"{_the(spell)} is told: no such days can be counted."))
        return False
    if spell.until_on is not None and spell.until_on < spell.from_on:
        because = f"{_the(spell)} is told until {say_day(spell.until_on)}, before it began."
        refused.append(Refused(spell, because))
        return False
    return spell.from_on <= on


def _the(spell: Spell) -> str:
    words = "time abroad" if spell.kind is AwayKind.ABROAD else spell.kind
    return f"The {words} since {say_day(spell.from_on)}"


def _ended_once(spells: list[Spell], refused: list[Refused]) -> list[Spell]:
    """Give one spell for each kind and first day: with the earliest end that is told, other ends being refused."""
    by_start: dict[tuple[AwayKind, date], set[date | None]] = {}
    for kind, from_on, until_on in spells:
        by_start.setdefault((kind, from_on), set()).add(until_on)
    kept: list[Spell] = []
    for (kind, from_on), ends in by_start.items():
        known = sorted(end for end in ends if end is not None)
        spell = Spell(kind, from_on, known[0] if known else None)
        kept.append(spell)
        for other in known[1:]:
            because = (f"Two ends are told of the {_the(spell).removeprefix('The ')}: {say_day(known[0])} is "
                       f"counted, {say_day(other)} is not.")
            refused.append(Refused(Spell(kind, from_on, other), because))
    return kept


def _cut_by(told: Iterable[date], spells: list[Spell], refused: list[Refused]) -> list[Spell]:
    """End the custody (or hospital) that a release falls into; one that was told to end later is refused so far."""
    for day in told:
        within = [spell for spell in spells if spell.kind is not AwayKind.ABROAD and spell.from_on < day
                  and (spell.until_on is None or day < spell.until_on)]
        kind = AwayKind.CUSTODY if any(spell.kind is AwayKind.CUSTODY for spell in within) else AwayKind.HOSPITAL
        for spell in within:
            if spell.kind is not kind:
                continue
            spells = [one._replace(until_on=day) if one is spell else one for one in spells]
            if spell.until_on is not None:
                because = (f"A release on {say_day(day)} is told, but the {_the(spell).removeprefix('The ')} is told "
                           f"until {say_day(spell.until_on)}: the earlier is counted.")
                refused.append(Refused(spell, because))
    return spells


def _releases(ends: set[date], told: Iterable[date], detained: list[Spell], refused: list[Refused]) -> tuple[date, ...]:
    """Give the days of release: the ends of detention, and releases that are told of no detention known here."""
    kept = sorted(ends)
    for day in told:
        if day in kept:
            continue
        same = [one for one in kept if 0 < (day - one).days <= SAME_RELEASE_DAYS
                and not any(one < spell.from_on <= day for spell in detained)]
        if same:
            because = (f"A release on {say_day(day)} is told, but {say_day(same[-1])} is told as the day of that "
                       "release: the earlier is counted.")
            refused.append(Refused(Event(Matter.RELEASE, day), because))
        elif not any(spell.from_on < day and (spell.until_on is None or day < spell.until_on) for spell in detained):
            kept = sorted((*kept, day))
    return tuple(kept)


class Counted(NamedTuple):
    """Hold a clock as it was counted: the last day, None while it stands still; days left out; what it waits for."""

    last_day: date | None
    days_away: int = 0
    goes_on: bool = False
    waits: Gone | None = None


def count_on(rule: ClockRule, began_on: date, gone: Sequence[Gone]) -> Counted:
    """Give the last day of a rule's clock over the days away, in order.

    Raises CalendarEnds.
    """
    return _continued(rule, began_on, gone) if rule.away is Away.CONTINUED else _not_counted(rule, began_on, gone)


def _not_counted(rule: ClockRule, began_on: date, gone: Sequence[Gone]) -> Counted:
    """Leave the days away out: a run that begins before the last day moves it by its length (s.83(6), s.84(5))."""
    start, moved = began_on, 0
    last = last_day(rule, start)
    for run in gone:
        if last is None or run.from_on > last:
            break
        if run.until_on is None:
            return Counted(None, moved, waits=run)
        if run.until_on <= start:
            continue
        if run.from_on <= start:
            moved += (run.until_on - start).days
            start = run.until_on
            last = last_day(rule, start)
        else:
            length = run.until_on - run.from_on
            moved, last = moved + length.days, last + length
    return Counted(last, moved)


def _continued(rule: ClockRule, began_on: date, gone: Sequence[Gone]) -> Counted:
    """Let what ends while away go on until the end of three days beginning with the return (s.85(3))."""
    last, goes_on = last_day(rule, began_on), False
    for run in gone:
        if last is None or run.from_on > last:
            break
        if run.until_on is None:
            return Counted(None, waits=run)
        if last < run.until_on:
            last, goes_on = counted(BEGINNING_WITH_THE_RETURN, run.until_on), True
    return Counted(last, goes_on=goes_on)

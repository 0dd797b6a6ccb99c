"""Measure how many offenders' clocks are recomputed a second, on invented offenders with some years behind them.

`python -m benchmarks offender_clocks`. One process, one core; facts are made before the time is taken. An invented
offender has a first notice, a notice every year, and by chance moves, names, stays, journeys, prison and no fixed
abode. The share of offenders whose clocks can change on one day with nothing told is measured, too: a nightly job
needs to look at those alone.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import mean
from time import perf_counter

from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Spell, Stay
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.rule import Matter

Row = tuple[str, float, str]
OFFENDERS = 50_000
QUICK = 5_000
ON = date(2026, 6, 20)
YEARS = 4
DAYS = 365 * YEARS
RUNS = 3


def invented(number: int, *, seed: int = 8) -> Iterator[Facts]:
    """Invent offenders."""
    chance = random.Random(seed)
    for _ in range(number):
        yield _offender(chance)


def _offender(chance: random.Random) -> Facts:
    start = ON - timedelta(days=chance.randint(30, DAYS))
    events, notices = [Event(Matter.FIRST, start)], [Notice(Matter.FIRST, start + timedelta(days=chance.randint(0, 3)))]
    stays: list[Stay] = []
    away: list[Spell] = []
    homeless: list[Homeless] = []
    day = start + timedelta(days=chance.randint(200, 366))
    while day < ON:
        notices.append(Notice(Matter.YEAR, day))
        day += timedelta(days=chance.randint(300, 370))
    for number in range(chance.choice((0, 0, 1, 1, 2, 3))):
        moved = _some_day(chance, start)
        events.append(Event(Matter.HOME, moved, f"address {number}"))
        if chance.random() < 0.9:
            notices.append(Notice(Matter.HOME, moved + timedelta(days=chance.randint(0, 3)), f"address {number}"))
        elif chance.random() < 0.5:
            notices.append(Notice(Matter.HOME, moved - timedelta(days=5), f"address {number}", moved))
    if chance.random() < 0.3:
        gone = _some_day(chance, start)
        until = gone + timedelta(days=chance.randint(1, 400))
        away.append(Spell(chance.choice((AwayKind.CUSTODY, AwayKind.HOSPITAL)), gone, None if until > ON else until))
        notices.append(Notice(Matter.RELEASE, until + timedelta(days=chance.randint(0, 4))))
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        stayed = _some_day(chance, start)
        nights = chance.randint(1, 9)
        stays += [Stay("elsewhere", stayed, stayed + timedelta(days=nights)),
                  Stay("elsewhere", stayed + timedelta(days=60), stayed + timedelta(days=60 + nights))]
    if chance.random() < 0.1:
        leaves = _some_day(chance, start)
        events.append(Event(Matter.TRAVEL, leaves, "abroad"))
        notices.append(Notice(Matter.TRAVEL, leaves - timedelta(days=chance.randint(3, 20)), "abroad"))
        away.append(Spell(AwayKind.ABROAD, leaves, leaves + timedelta(days=10)))
    if chance.random() < 0.02:
        homeless.append(Homeless(_some_day(chance, start)))
    if chance.random() < 0.3:
        events.append(Event(Matter.BANK, changed := _some_day(chance, start), "account"))
        notices.append(Notice(Matter.BANK, changed + timedelta(days=1), "account"))
    told = tuple(notice for notice in notices if notice.on <= ON)
    return Facts(tuple(events), told, tuple(stays), tuple(away), tuple(homeless))


def _some_day(chance: random.Random, start: date) -> date:
    return start + timedelta(days=chance.randint(0, (ON - start).days))


def measure(*, full: bool) -> list[Row]:
    """Recompute every clock of every offender on one day."""
    offenders = list(invented(OFFENDERS if full else QUICK))
    for facts in offenders[:500]:
        clocks(facts, on=ON)
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        found = [clocks(facts, on=ON) for facts in offenders]
        times.append(perf_counter() - began)
    number = len(offenders)
    return [
        ("offenders", number, ""),
        ("facts of an offender, mean", mean(sum(map(len, facts[:5])) for facts in offenders), ""),
        ("clocks of an offender, mean", mean(len(one.requirements) for one in found), ""),
        ("facts refused", sum(len(one.refused) for one in found), ""),
        ("offenders a second, best", number / min(times), ""),
        ("offenders a second, worst", number / max(times), ""),
        ("all of them, best", min(times), "s"),
    ]


if __name__ == "__main__":
    for told, value, unit in measure(full=True):
        print(f"{told:60} {value:12.2f} {unit}")

"""Measure how many offenders' clocks are recomputed a second, on invented offenders with some years behind them.

`python -m benchmarks offender_clocks`. One process, one core; facts are made before the time is taken. An invented
offender has a first notice, a notice every year, and by chance moves, names, stays, journeys, prison and no fixed
abode. The share of offenders whose clocks can change on one day with nothing told is measured, too: a nightly job
needs to look at those alone.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from multiprocessing import Barrier, Pool
from os import cpu_count
from statistics import mean
from time import perf_counter, process_time
from typing import Any

from sightline.domain.offenders.changing import changes_on
from sightline.domain.offenders.facts import AwayKind, Event, Facts, Homeless, Notice, Spell, Stay
from sightline.domain.offenders.notifying import clocks
from sightline.domain.offenders.rule import Matter

Row = tuple[str, float, str]
OFFENDERS = 50_000
QUICK = 5_000
ON = date(2026, 6, 20)
YEARS = 4
DAYS = 365 * YEARS
RUNS = 5


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
    """Recompute every clock of every offender on one day, and ask when they change next."""
    offenders = list(invented(OFFENDERS if full else QUICK))
    number = len(offenders)
    found = [clocks(facts, on=ON) for facts in offenders]
    rows: list[Row] = [
        ("offenders", number, ""),
        ("facts of an offender, mean", mean(sum(map(len, facts[:5])) for facts in offenders), ""),
        ("clocks of an offender, mean", mean(len(one.requirements) for one in found), ""),
        ("facts refused", sum(len(one.refused) for one in found), ""),
    ]
    next_days = [changes_on(facts, one, on=ON) for facts, one in zip(offenders, found, strict=True)]
    tomorrow = [facts for facts, day in zip(offenders, next_days, strict=True) if day == ON + timedelta(days=1)]
    del found, next_days
    elapsed, worked = zip(*(_recomputed(offenders) for _ in range(RUNS)), strict=True)
    return [
        *rows,
        ("offenders recomputed a second, best", number / min(elapsed), ""),
        ("offenders recomputed a second, worst", number / max(elapsed), ""),
        ("offenders recomputed a second of processor time, best", number / min(worked), ""),
        ("all of them recomputed, best", min(elapsed), "s"),
        (f"offenders recomputed a second by {cpu_count()} processes, best", _by_processes(number), ""),
        ("offenders who can change by tomorrow with nothing told", 100 * len(tomorrow) / number, "%"),
        ("those alone recomputed", min(_recomputed(tomorrow)[0] for _ in range(RUNS)), "s"),
    ]


def _by_processes(number: int) -> float:
    """Give how many offenders a second all cores recompute together, each a share that it has made before."""
    shares = cpu_count() or 1
    ready = Barrier(shares)
    with Pool(shares, initializer=_make_share, initargs=(number // shares, ready)) as pool:
        pool.map(_recompute_share, range(shares), chunksize=1)
        best = min(_timed(lambda: pool.map(_recompute_share, range(shares), chunksize=1)) for _ in range(RUNS))
    return number / best


_SHARE: list[Facts] = []


def _make_share(number: int, ready: Any) -> None:
    _SHARE[:] = invented(number)
    ready.wait()


def _recompute_share(_: int) -> None:
    _recomputed(_SHARE)


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _recomputed(offenders: list[Facts]) -> tuple[float, float]:
    """Give the seconds that passed, and those that the processor worked; what is found is not kept."""
    began, began_work = perf_counter(), process_time()
    for facts in offenders:
        clocks(facts, on=ON)
    return perf_counter() - began, process_time() - began_work


if __name__ == "__main__":
    for told, value, unit in measure(full=True):
        print(f"{told:60} {value:12.2f} {unit}")

"""On which day seven days in twelve months were spent at an address that is not home.

A day of a stay counts with its night; the day of leaving does not. Each address counts for itself, and a day that two
stays hold counts once. What the law means by a day here is to be verified.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sightline.domain.duties.clock import months
from sightline.domain.duties.saying import say_day
from sightline.domain.offenders.facts import Refused, Stay, is_countable
from sightline.domain.offenders.rule import counted
from sightline.domain.offenders.rules import QUALIFYING_DAYS, QUALIFYING_MONTHS

TWELVE_MONTHS = months(QUALIFYING_MONTHS)
ONE_DAY = timedelta(days=1)


class Reached(NamedTuple):
    """Hold that the days at an address came to seven in twelve months, for the first time on that day."""

    address: str
    on: date


def reached(stays: Iterable[Stay], *, on: date, refused: list[Refused]) -> list[Reached]:
    """Give the first day, by the day asked, on which the total was reached at each address; adds what is refused."""
    by_address: dict[str, list[tuple[date, date]]] = {}
    for stay in stays:
        if _sound(stay, refused) and stay.from_on <= on:
            # The day asked is a day of a stay that goes on.
            end = on + ONE_DAY if stay.until_on is None or stay.until_on > on else stay.until_on
            by_address.setdefault(stay.address, []).append((stay.from_on, end))
    return [Reached(address, day) for address, spans in by_address.items() if (day := _first_total(spans)) is not None]


def _sound(stay: Stay, refused: list[Refused]) -> bool:
    known = stay.until_on or stay.from_on
    if not (is_countable(stay.from_on) and is_countable(known)):
        because = f"A stay since {say_day(stay.from_on)} is told: no such days can be counted."
    elif not stay.address:
        because = f"A stay since {say_day(stay.from_on)} is told without an address."
    elif known < stay.from_on:
        because = f"A stay since {say_day(stay.from_on)} is told until {say_day(known)}, before it began."
    else:
        return True
    refused.append(Refused(stay, because))
    return False


def _first_total(spans: list[tuple[date, date]]) -> date | None:
    days: list[date] = []
    for from_on, end in sorted(spans):
        day = max(from_on, days[-1] + ONE_DAY) if days else from_on
        while day < end:
            days.append(day)
            if len(days) >= QUALIFYING_DAYS and day < _twelve_months_end(days[-QUALIFYING_DAYS]):
                return day
            day += ONE_DAY
    return None


@lru_cache(maxsize=8192)
def _twelve_months_end(first: date) -> date:
    """Give the day after twelve months that begin with a day: those from 29 February end with 28 February."""
    same = counted(TWELVE_MONTHS, first)
    assert same is not None
    return same if same.day == first.day else same + ONE_DAY

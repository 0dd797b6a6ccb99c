"""Tell when an input that records are compared by dries up: names, birthdays or numbers, say, come no longer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)
BEFORE_WEEKS = 4
"""An input is compared with its share in so many weeks before. Our own choice."""
LEAST = 30
"""So many tellings at least on both sides, or chance alone would raise an alarm. Our own choice."""
FALL = 0.5
"""An alarm from a fall to under this part of the earlier share. Our own choice."""
INPUTS = {"names": "both names", "birthday": "a date of birth", "postcode": "a postcode", "numbers": "a number",
          "school": "a school", "carers": "a carer’s name", "phones": "a telephone number"}


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold how many of an agency's tellings of a week, which begins on `week`, held each input."""

    agency: str
    week: date
    tellings: int
    names: int
    birthday: int
    postcode: int
    numbers: int
    school: int
    carers: int
    phones: int

    def of(self, name: str) -> int:
        """Give how many held an input."""
        return int(getattr(self, name))


@dataclass(frozen=True, slots=True)
class DriedUp:
    """Hold that an agency's input fell from one share to another, and in which weeks it did."""

    agency: str
    name: str
    before: float
    now: float
    since: date


def dried_up(weeks: Iterable[Filled]) -> tuple[DriedUp, ...]:
    """Find the inputs that fell to under half of their share in the four weeks before, of each agency.

    The newest weeks are taken together until they hold enough tellings, four at the most; with fewer nothing is said.
    """
    by_agency: dict[str, list[Filled]] = {}
    for one in weeks:
        by_agency.setdefault(one.agency, []).append(one)
    found = []
    for agency in sorted(by_agency):
        told = sorted(by_agency[agency], key=lambda one: one.week, reverse=True)
        now = _newest(told)
        if not now:
            continue
        since = now[-1].week
        before = [one for one in told if since - BEFORE_WEEKS * WEEK <= one.week < since]
        if sum(one.tellings for one in before) >= LEAST:
            found += [DriedUp(agency, name, *shares, since) for name in INPUTS if _fell(shares := (
                _share(before, name), _share(now, name)))]
    return tuple(found)


def share_now(weeks: Iterable[Filled], name: str) -> float | None:
    """Give the share of an agency's newest tellings that hold an input, or None where four weeks hold too few."""
    now = _newest(sorted(weeks, key=lambda one: one.week, reverse=True))
    return _share(now, name) if now else None


def came_again(before: float, now: float | None) -> bool:
    """Tell whether an input that had dried up is told again in at least half of its earlier share."""
    return now is not None and now >= FALL * before


def _newest(told: Sequence[Filled]) -> list[Filled]:
    """Give the newest weeks, as few as hold enough, the newest first; none where four do not."""
    now: list[Filled] = []
    for one in told:
        if told[0].week - one.week >= BEFORE_WEEKS * WEEK:
            break
        now.append(one)
        if sum(week.tellings for week in now) >= LEAST:
            return now
    return []


def _share(weeks: Sequence[Filled], name: str) -> float:
    return sum(one.of(name) for one in weeks) / sum(one.tellings for one in weeks)


def _fell(shares: tuple[float, float]) -> bool:
    before, now = shares
    return before > 0 and now < FALL * before

"""Who sees to what is an absent officer's: whoever covers, or covers for that one; in a circle the manager does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Away:
    """Say that an officer is away from an instant until another, and who covers."""

    officer: str
    covered_by: str
    from_at: datetime
    until_at: datetime


def away_at(absences: Iterable[Away], at: datetime) -> dict[str, str]:
    """Give who covers each officer who is away at an instant; an absence that ends now has ended."""
    return {one.officer: one.covered_by for one in absences if one.from_at <= at < one.until_at}


def who_sees_to(officer: str, away: Mapping[str, str], *, leaders: Sequence[str] = ()) -> str | None:
    """Give who sees to what is an officer's: the officer, while there; else the first there along the covers.

    Where the covers lead in a circle, the first of the `leaders` (the manager, then the director) sees to it, or who
    is there for that one. None where nobody is: then it stays with the desk, whose clocks tell the next person.
    """
    there = _there(officer, away)
    return there or next((found for one in leaders if (found := _there(one, away))), None)


def covered_through(officer: str, away: Mapping[str, str]) -> frozenset[str]:
    """Give whose covers lead to or through an officer, and the officer."""
    found = {officer}
    while more := {one for one, by in away.items() if by in found} - found:
        found |= more
    return frozenset(found)


def _there(officer: str, away: Mapping[str, str]) -> str | None:
    passed = set()
    while officer in away:
        if officer in passed:
            return None
        passed.add(officer)
        officer = away[officer]
    return officer

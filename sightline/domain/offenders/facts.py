"""What is known of one managed offender's obligations: plain facts, and the facts that cannot be counted.

A spell or stay lasts from its first day until the day of leaving, which is no day of it any more.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.duties.nations import Nation
from sightline.domain.offenders.rule import Matter


class AwayKind(StrEnum):
    """Name where an offender is while clocks stand still."""

    CUSTODY = "custody"
    HOSPITAL = "hospital"
    ABROAD = "abroad"


class Event(NamedTuple):
    """Hold something that happened (or lies ahead) and must be told; `about` says which name, address or document."""

    matter: Matter
    on: date
    about: str = ""


class Notice(NamedTuple):
    """Hold a notice that the police received: of what, when, about which name, address or document.

    `expected_on` is the day that the notice names for something that has not happened yet.
    """

    of: Matter
    on: date
    about: str = ""
    expected_on: date | None = None


class Stay(NamedTuple):
    """Hold a stay at an address that is not home; `until_on` is the day of leaving, None while nobody knows it."""

    address: str
    from_on: date
    until_on: date | None = None


class Spell(NamedTuple):
    """Hold a spell away; `until_on` is the day of release or return, None while nobody knows it."""

    kind: AwayKind
    from_on: date
    until_on: date | None = None


class Homeless(NamedTuple):
    """Hold a spell with no fixed abode."""

    from_on: date
    until_on: date | None = None


class Facts(NamedTuple):
    """Hold everything that one offender's clocks are counted from."""

    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    stays: tuple[Stay, ...] = ()
    away: tuple[Spell, ...] = ()
    homeless: tuple[Homeless, ...] = ()
    nation: Nation = Nation.ENGLAND


class Refused(NamedTuple):
    """Hold a fact that is not counted as it was told, and why, in words for whoever told it."""

    fact: Event | Notice | Stay | Spell | Homeless
    because: str


# Days outside of a life: what lies there is a mistake of typing, and cannot be counted on from.
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def is_countable(day: date) -> bool:
    """Tell whether a day lies where a life can."""
    return EARLIEST <= day <= LATEST

"""The plan of a release: who receives the child, how that was checked and accepted, and the journey leg by leg."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mode(StrEnum):
    """Name how a child travels from custody, as entries tell it (police.release)."""

    COLLECTED = "collected"
    ESCORTED = "escorted"
    ACCOMPANIED = "public-transport-accompanied"
    ALONE = "public-transport-alone"


class By(StrEnum):
    """Name what carries the child on one leg."""

    POLICE = "police vehicle"
    CAR = "car of the receiver"
    TRAIN = "train"
    COACH = "coach or bus"
    TAXI = "taxi"
    FOOT = "on foot"


PUBLIC = frozenset({By.TRAIN, By.COACH, By.TAXI, By.FOOT})
"""Ways in which strangers are about: without an escort the child is alone among them, and a taxi is no escort."""


class Receiver(StrEnum):
    """Name what the receiver is to the child, as entries tell it (police.release)."""

    PARENT = "parent-or-guardian"
    ADULT = "other-adult"
    COUNCIL = "council"
    AGENCY = "other-agency"


ADULTS = frozenset({Receiver.PARENT, Receiver.ADULT})


@dataclass(frozen=True, slots=True)
class Leg:
    """Hold one leg of a journey: by what, with which escort (empty: alone), from where to where, and when (planned)."""

    by: By
    escort: str
    start: str
    end: str
    departs_at: datetime
    arrives_at: datetime

    @property
    def alone(self) -> bool:
        """Tell whether the child is alone among strangers on this leg."""
        return self.by in PUBLIC and not self.escort.strip()


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """Hold what is recorded of a release before it happens; what is not recorded is empty, None or False.

    `checked` says how the adult was checked (police national computer, local intelligence); `accepted_at` is when the
    receiver said yes, `accepted_how` in which way. `collected` means that the receiver takes the child over at the
    door of the suite. `out_of_area` holds also where nobody knows the home's police force.
    """

    planned_by: str = ""
    assessed_in_person: bool = False
    assessment: str = ""
    receiver: Receiver | None = None
    receiver_name: str = ""
    relation: str = ""
    at_least_18: bool = False
    checked: str = ""
    known_to_child: bool = False
    accepted_at: datetime | None = None
    accepted_how: str = ""
    collected: bool = False
    out_of_area: bool = True
    legs: tuple[Leg, ...] = ()
    home_told: str = ""
    home_told_at: datetime | None = None
    override_by: str = ""
    override_reason: str = ""

    @property
    def mode(self) -> Mode:
        """Say how the child travels: the least safe leg counts."""
        if self.collected:
            return Mode.COLLECTED
        if any(leg.alone for leg in self.legs):
            return Mode.ALONE
        return Mode.ACCOMPANIED if any(leg.by in PUBLIC for leg in self.legs) else Mode.ESCORTED

    @property
    def expected_at(self) -> datetime | None:
        """Give when the child is planned to arrive; None where nobody travels without the receiver, or no leg is."""
        return None if self.collected or not self.legs else self.legs[-1].arrives_at

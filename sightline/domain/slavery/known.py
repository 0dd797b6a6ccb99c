"""What filling a referral rests on besides the timeline: what agencies say of the child, the council, who refers."""

from dataclasses import dataclass
from datetime import date

from sightline.domain.vocabulary.timeline import Timeline


@dataclass(frozen=True, slots=True)
class SaidOf:
    """Hold what one agency says of the child, and the day on which it said so; what was not told is None."""

    agency: str
    on: date
    given: str | None = None
    family: str | None = None
    born_on: date | None = None
    sex: str | None = None


@dataclass(frozen=True, slots=True)
class CouncilDesk:
    """Hold the council of the child with the desk to ring, and how we know that it is this council."""

    name: str
    phone: str
    email: str
    because: str


@dataclass(frozen=True, slots=True)
class Referrer:
    """Hold who refers: the officer and the agency, in the nation where the report is made."""

    name: str
    role: str
    phone: str
    email: str
    organisation: str
    nation: str


@dataclass(frozen=True, slots=True)
class Known:
    """Hold everything that fills a referral; `said` stands with the newest words first, `on` is the day of today."""

    timeline: Timeline
    said: tuple[SaidOf, ...]
    council: CouncilDesk | None
    referrer: Referrer
    reference: str
    on: date

    @property
    def names(self) -> frozenset[str]:
        """Give every word by which anybody has named the child."""
        told = " ".join(part for one in self.said for part in (one.given, one.family) if part)
        return frozenset(told.split())

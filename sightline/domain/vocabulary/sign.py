"""A warning sign that was found on a child's timeline, and how soon a person must look."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.domain.vocabulary.moment import Moment


class Family(StrEnum):
    """Group the signs by the part of the child's life in which they show."""

    MOVEMENT = "movement"
    EDUCATION = "education"
    JUSTICE = "justice"
    WEALTH = "wealth and phones"
    HEALTH = "health and harm"
    RELATIONSHIPS = "relationships"
    ENVIRONMENT = "environment"
    HOME = "home"
    SYSTEM = "system"


class Attention(StrEnum):
    """Say how soon a person must look; it is not a score."""

    NOW = "now"
    NEXT_WORKING_DAY = "next-working-day"
    WORKER = "worker"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one sign with its reasons: `because` names the entries that made it, and `reasons` says each in words.

    `until` is when it will no longer be shown if nothing more is told. `against` pairs the id of an entry that speaks
    against the sign with what it says; it never removes the sign.
    """

    code: str
    family: Family
    critical: bool
    title: str
    because: tuple[str, ...]
    reasons: tuple[str, ...]
    first_at: Moment
    last_at: Moment
    edition: str
    source: str
    verified: bool
    until: datetime | None = None
    against: tuple[tuple[str, str], ...] = ()

    @property
    def against_words(self) -> list[str]:
        """Give the words of what speaks against the sign."""
        return [words for _, words in self.against]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a timeline shows at one instant.

    `look_again_at` is the next instant at which the same entries could show something else, or None.
    """

    child: str
    at: datetime
    signs: tuple[Sign, ...]
    attention: Attention
    because: str
    families: int
    look_again_at: datetime | None

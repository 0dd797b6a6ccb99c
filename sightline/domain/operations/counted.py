"""What is counted of the children in an operation, as one table, and how small numbers are kept from outsiders."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FEWEST_SHOWN = 5
"""To who has no part in the operation, one to four children are "fewer than 5": with a day and a force known from the
news, the number would point at a child (our own choice, as the national statistics do)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one count: its code, its words, what it counts, and the same in SQL over the parts `p`."""

    code: str
    words: str
    counts: str
    kept_as: str


MEASURES: tuple[Measure, ...] = (
    Measure("arrested", "Children arrested", "children whose arrest is part of the operation", "p.arrested"),
    Measure("screened", "With a victim screen", "of these, with a decision of the victim screen (D-ARR-4-SCREEN)",
            "p.arrested and p.screened_at is not null"),
    Measure("referred", "With a referral", "of these, referred to children's social care by police (D-ARR-4)",
            "p.arrested and p.referred_at is not null"),
    Measure("safeguarded", "Safeguarded after the arrest", "of these, safeguarded since in one of the ways below",
            "p.arrested and p.way <> ''"),
    Measure("met", "Others safeguarded", "children not arrested in it, and safeguarded in one of the ways below",
            "not p.arrested and p.way <> ''"),
)


class Counts(StrEnum):
    """Name what sources count in an operation."""

    ARRESTS = "arrests"
    CHILDREN = "children arrested"
    SAFEGUARDED = "children safeguarded"
    WARRANTS = "warrants"


@dataclass(frozen=True, slots=True)
class Total:
    """Hold one number that a source told: of the whole operation, or of one force (`agency`)."""

    source: str
    counts: Counts
    agency: str | None
    number: int


def differ(totals: Iterable[Total]) -> tuple[Counts, ...]:
    """Give what the sources tell differently of the whole operation; nothing is averaged and none is chosen."""
    told: dict[Counts, set[int]] = {what: set() for what in Counts}
    for one in totals:
        if one.agency is None:
            told[one.counts].add(one.number)
    return tuple(what for what, numbers in told.items() if len(numbers) > 1)

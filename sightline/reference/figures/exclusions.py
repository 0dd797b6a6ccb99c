"""Permanent exclusions and suspensions for drugs and alcohol by council and school year: old, up to 2016/17.

The published reasons are those of the old list. The file beside holds them all; shown is the one that bears on
exploitation.
"""

from dataclasses import dataclass
from functools import cache

from sightline.reference.figures.published import Published, published, read_rows


@dataclass(frozen=True, slots=True)
class YearOfExclusions:
    """Hold exclusions for drugs and alcohol of one school year ("2016/17") from all state-funded schools there."""

    year: str
    code: str
    council: str
    permanent: Published
    suspended: Published


@cache
def exclusions_of(code: str) -> tuple[YearOfExclusions, ...]:
    """Give the years of one council, or of England, in their order; nothing for an unknown code."""
    return tuple(
        YearOfExclusions(year=row["year"], code=row["code"], council=row["council"],
                         permanent=published(row["permanent_drug_alcohol"]),
                         suspended=published(row["suspended_drug_alcohol"]))
        for row in read_rows("exclusions") if row["code"] == code)

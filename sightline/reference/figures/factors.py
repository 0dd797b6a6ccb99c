"""What assessments of children in need found: factors by council and year, with the children who lived there.

Episodes are counted, not children: a child may be assessed more than once in a year, and one assessment may find
several factors.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sightline.reference.figures.published import ENGLAND, Published, published, read_rows


class Factor(StrEnum):
    """Name a factor that is found at the end of an assessment; the value is its column."""

    CRIMINAL_EXPLOITATION = "criminal_exploitation"
    GANGS = "gangs"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class YearOfFactors:
    """Hold what one council (or England) published for the year that ended on 31 March of `year`.

    `children` are those aged 0 to 17 who lived there, rounded to ten; `episodes` those in which any factor was found.
    """

    year: int
    code: str
    council: str
    children: Published
    episodes: Published
    criminal_exploitation: Published
    gangs: Published
    sexual_exploitation: Published
    missing: Published

    def of(self, factor: Factor) -> Published:
        """Give the episodes in which a factor was found."""
        found: Published = getattr(self, factor.value)
        return found


@cache
def all_factors() -> tuple[YearOfFactors, ...]:
    """Give every council and year, and England, by year and code."""
    return tuple(
        YearOfFactors(
            year=int(row["year"]), code=row["code"], council=row["council"],
            **{column: published(row[column]) for column in ("children", "episodes", *Factor)})
        for row in read_rows("factors"))


@cache
def factors_of(code: str) -> tuple[YearOfFactors, ...]:
    """Give the years of one council, or of England, in their order; nothing for an unknown code."""
    return tuple(one for one in all_factors() if one.code == code)


@cache
def councils_in(year: int) -> tuple[YearOfFactors, ...]:
    """Give the councils of one year, by code, without England."""
    return tuple(one for one in all_factors() if one.year == year and one.code != ENGLAND)


@cache
def years() -> tuple[int, ...]:
    """Give the years that are held, in their order."""
    return tuple(sorted({one.year for one in all_factors()}))

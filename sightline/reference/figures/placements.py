"""New placements of looked-after children by council, year and distance from home."""

from dataclasses import dataclass
from functools import cache

from sightline.reference.figures.published import Published, published, read_rows

COLUMNS = ("inside_near", "inside_far", "outside_near", "outside_far", "unknown", "total")


@dataclass(frozen=True, slots=True)
class YearOfPlacements:
    """Hold the placements that began in the year that ended on 31 March of `year`.

    `inside` and `outside` are of the council's own area, `near` up to and `far` above 20 miles from the child's home;
    `unknown` those whose distance is not known, which are in neither.
    """

    year: int
    code: str
    council: str
    inside_near: Published
    inside_far: Published
    outside_near: Published
    outside_far: Published
    unknown: Published
    total: Published

    def share_outside(self) -> float | None:
        """Give the known part outside the council's area among all, or None where a part of it was not published."""
        near, far, total = self.outside_near.value, self.outside_far.value, self.total.value
        return None if near is None or far is None or not total else (near + far) / total

    def share_far_outside(self) -> float | None:
        """Give the part outside the council's area and above 20 miles from home, or None where it is not published."""
        far, total = self.outside_far.value, self.total.value
        return None if far is None or not total else far / total


@cache
def placements_of(code: str) -> tuple[YearOfPlacements, ...]:
    """Give the years of one council, or of England, in their order; nothing for an unknown code."""
    return tuple(
        YearOfPlacements(year=int(row["year"]), code=row["code"], council=row["council"],
                         **{column: published(row[column]) for column in COLUMNS})
        for row in read_rows("placements") if row["code"] == code)

"""How many in each 100 children were excluded or suspended in a year in England: what to lay beside our own figures."""

from dataclasses import dataclass
from functools import cache

from sightline.reference.figures.published import read_rows


@dataclass(frozen=True, slots=True)
class YearOfExcluded:
    """Hold for a school year ("2023/24") and a group of children how many in each 100 were `what`."""

    year: str
    group: str
    what: str
    percent: float


@cache
def excluded() -> tuple[YearOfExcluded, ...]:
    """Give all years, the oldest first."""
    return tuple(sorted((YearOfExcluded(row["year"], row["group"], row["what"], float(row["percent"]))
                         for row in read_rows("excluded")), key=lambda one: (one.year, one.what, one.group)))


def newest() -> tuple[YearOfExcluded, ...]:
    """Give the newest published year of each group."""
    return tuple({(one.group, one.what): one for one in excluded()}.values())

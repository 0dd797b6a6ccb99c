"""Decisions on children in the National Referral Mechanism: reasonable and conclusive grounds, by year, in the UK."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from sightline.reference.figures.published import read_rows


@dataclass(frozen=True, slots=True)
class YearOfDecisions:
    """Hold the decisions of a calendar year on children: positive says that the child is, or may be, a victim."""

    year: int
    reasonable_positive: int
    reasonable_negative: int
    conclusive_positive: int
    conclusive_negative: int


@cache
def decisions() -> tuple[YearOfDecisions, ...]:
    """Give the decisions by year, in their order."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in read_rows("decisions"):
        for way in ("positive", "negative"):
            found[int(row["quarter"][:4])][f"{row['grounds']}_{way}"] += int(row[way])
    return tuple(YearOfDecisions(year=year, **one) for year, one in sorted(found.items()))

"""How often things happen: the published rates, with the row of the official table that each was taken from.

Where a council's figure is suppressed, the North West's stands in its place, else England's; the row says which.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.demonstration.chance import Weighted

FILE = Path(__file__).with_name("data") / "rates.csv"


@dataclass(frozen=True, slots=True)
class Rate:
    """Hold one published figure: `area_code` is a council, a police force, or "England"."""

    rate: str
    area_code: str
    value: float
    unit: str
    source: str
    row: str


@cache
def rates() -> dict[tuple[str, str], Rate]:
    """Give all rates by name and area."""
    with FILE.open(encoding="utf-8", newline="") as file:
        read = [Rate(**{**row, "value": float(row["value"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]
    return {(one.rate, one.area_code): one for one in read}


@cache
def rate(name: str, area_code: str = "England") -> float:
    """Give the figure of one area, or England's where the area has none of its own."""
    table = rates()
    return (table.get((name, area_code)) or table[name, "England"]).value


@cache
def breakdown(prefix: str, area_code: str = "England") -> dict[str, float]:
    """Give the figures whose name starts with the prefix, by the rest of the name, in the order of the file."""
    return {name.removeprefix(prefix): one.value for (name, code), one in rates().items()
            if code == area_code and name.startswith(prefix)}


@cache
def weighted(prefix: str, area_code: str = "England") -> Weighted[str]:
    """Give the same, ready to be drawn from."""
    return Weighted.of(breakdown(prefix, area_code))

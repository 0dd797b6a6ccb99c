"""Reads the tables of the geography: small CSV files beside this module, read when first asked for."""

import csv
from pathlib import Path

FOLDER = Path(__file__).with_name("data")


def read_table(name: str) -> list[dict[str, str]]:
    """Read one table: a dictionary for each row, empty text where a cell is empty."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

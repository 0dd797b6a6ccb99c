"""Names that people bear, how often, and the ethnic groups of each council: for invented people and for linkage."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def british_first_names(sex: str) -> tuple[tuple[str, int], ...]:
    """Give given names usual in Britain with their births 2005 to 2016, commonest first; `sex` is F or M."""
    return tuple((row["name"], int(row["births_2005_2016"])) for row in _first_names(sex) if row["british"] == "1")


@cache
def births_with_first_name(sex: str) -> dict[str, int]:
    """Map each given name of the list to its births in England and Wales, 2005 to 2016; `sex` is F or M."""
    return {row["name"]: int(row["births_2005_2016"]) for row in _first_names(sex)}


@cache
def surnames() -> tuple[tuple[str, float], ...]:
    """Give surnames usual in Britain with the share of people who bear each, commonest first."""
    with (FOLDER / "surnames.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["surname"], float(row["frequency"])) for row in csv.DictReader(file))


@cache
def name_variants() -> dict[str, tuple[str, ...]]:
    """Map an English given name to its short forms and variants."""
    with (FOLDER / "name_variants.txt").open(encoding="utf-8") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return {name: tuple(variants) for name, *variants in lines}


@cache
def ethnic_groups(authority_code: str) -> dict[str, int]:
    """Map the census 2021 ethnic groups of one council of the demonstration to people of all ages; may be empty."""
    with (FOLDER / "ethnicity_2021.csv").open(encoding="utf-8", newline="") as file:
        return {row["ethnic_group"]: int(row["people"]) for row in csv.DictReader(file)
                if row["authority_code"] == authority_code}


@cache
def _first_names(sex: str) -> list[dict[str, str]]:
    with (FOLDER / "first_names.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["sex"] == sex]

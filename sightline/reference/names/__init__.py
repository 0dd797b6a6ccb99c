"""Short forms, spellings and relatives of first names, from two public lists."""

import csv
from functools import cache
from importlib.resources import files


@cache
def variants() -> dict[str, frozenset[str]]:
    """Give for each first name, in lower case, the names that the lists call a form of it, in both directions."""
    found: dict[str, set[str]] = {}
    for name in ("first_name_variants_uk.csv", "first_name_variants_wikidata.csv"):
        with (files(__package__) / name).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                one, other = row["name"].strip().lower(), row["variant"].strip().lower()
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in found.items()}

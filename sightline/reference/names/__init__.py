"""Short forms, spellings and relatives of first names, from two public lists and one of our own; and of surnames."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import permutations


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
    for one, other in _forms("first"):
        found.setdefault(one, set()).add(other)
    return {name: frozenset(others) for name, others in found.items()}


@cache
def surname_variants() -> dict[str, frozenset[str]]:
    """Give for each surname, in lower case letters only, other ways in which clerks here write it."""
    found: dict[str, set[str]] = {}
    for one, other in _forms("surname"):
        found.setdefault(one, set()).add(other)
    return {name: frozenset(others) for name, others in found.items()}


def _forms(kind: str) -> Iterator[tuple[str, str]]:
    """Yield every two forms of one name; a name may stand in several lines, which are not one name for that."""
    with (files(__package__) / "forms.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["kind"] == kind:
                yield from permutations(["".join(filter(str.isalpha, form)) for form in row["forms"].split()], 2)

"""The frameworks under whose topics inspectors grade: data with source and dates, so that a new one is a new row."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from sightline.reference.inspection import frameworks_text


@dataclass(frozen=True, slots=True)
class Topic:
    """Hold one topic of a framework."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """Hold one framework: its topics and grades, since when and until when it holds, and where that was read."""

    code: str
    title: str
    since: date
    until: date | None
    topics: tuple[Topic, ...]
    grades: tuple[str, ...]
    grades_verified: bool
    source: str
    verified: bool
    note: str


@cache
def frameworks() -> tuple[Framework, ...]:
    """Give all frameworks, the newest first."""
    rows = tomllib.loads(frameworks_text())["framework"]
    told = [Framework(
        row["code"], row["title"], row["from"], row.get("until"), tuple(Topic(**one) for one in row["topic"]),
        tuple(row["grades"]), row["grades_verified"], row["source"], row["verified"], row["note"]) for row in rows]
    return tuple(sorted(told, key=lambda framework: framework.since, reverse=True))


def framework(code: str) -> Framework:
    """Give the framework of a code. Raises LookupError where there is none."""
    for one in frameworks():
        if one.code == code:
            return one
    raise LookupError(f"There is no framework {code!r}.")

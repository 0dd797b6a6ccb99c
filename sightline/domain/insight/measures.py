"""What is measured for inspectors, K1 to K29: of which events, what counts of them, and from when."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache

from sightline.reference.inspection import measures_text

TOPICS_OF = "hmicfrs-child-protection-2024"
"""The framework whose topics the measures name."""


class MeasureKind(StrEnum):
    """Say what a measure gives."""

    SHARE = "share"
    TIME = "time"
    COUNT = "count"
    ESTIMATE = "estimate"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Measure:
    """Hold one definition. A change of it is a new edition; figures of two editions never stand in one series."""

    code: str
    edition: str
    title: str
    kind: MeasureKind
    among: str
    counts: str
    clock: str
    topic: str
    limits: str
    parts: tuple[str, ...]
    """Kinds of events that are counted each for itself: one part "" where there are none, "*" where the cases say."""
    standard: timedelta | None
    standard_source: str
    verified: bool


@cache
def measures() -> dict[str, Measure]:
    """Give all measures by their codes, in their order."""
    return {row["code"]: Measure(
        row["code"], row["edition"], row["title"], MeasureKind(row["kind"]), row["among"], row["counts"], row["clock"],
        row["topic"], row["limits"], tuple(row.get("parts", ("",))),
        timedelta(hours=row["standard_hours"]) if "standard_hours" in row else None, row.get("standard_source", ""),
        row.get("verified", False)) for row in tomllib.loads(measures_text())["measure"]}

"""Schools of the councils of the demonstration, by their real names and numbers of 2017/18."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("schools.csv")


@dataclass(frozen=True, slots=True)
class School:
    """Hold one school: `laestab` is its council's three digits and its own four; `phase` primary, secondary, special,
    or alternative (pupil referral unit or other alternative provision).
    """

    laestab: str
    name: str
    phase: str
    authority_code: str


@cache
def schools(authority_code: str) -> tuple[School, ...]:
    """Give the schools of one council by number; none where the council is not in the file."""
    return tuple(school for school in _all() if school.authority_code == authority_code)


@cache
def school_names() -> Mapping[str, str]:
    """Give the names of the schools by LAESTAB."""
    return MappingProxyType({school.laestab: school.name for school in _all()})


@cache
def _all() -> tuple[School, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(School(**row) for row in csv.DictReader(file))

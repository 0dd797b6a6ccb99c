"""The cases that hold each duty, as its spec writes them: printed into cases.json, for the specs are not installed."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("cases.json")


class Case(NamedTuple):
    """Hold one case of a duty's spec: what it shows, and the lines that say what was told and what is then owed."""

    title: str
    lines: list[str]


def cases_of(code: str) -> list[Case]:
    """Give the cases of a duty; none where it cannot start yet."""
    return _all().get(code, [])


@cache
def _all() -> dict[str, list[Case]]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: [Case(title, lines) for title, lines in cases] for code, cases in told.items()}

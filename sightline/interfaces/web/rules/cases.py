"""The cases that hold each duty and each sign, as their specs write them: printed, for the specs are not installed."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("cases.json")
SIGNS_FILE = Path(__file__).with_name("sign_cases.json")


class Case(NamedTuple):
    """Hold one case of a duty's spec: what it shows, and the lines that say what was told and what is then owed."""

    title: str
    lines: list[str]


class SignCase(NamedTuple):
    """Hold one worked case of a sign: tables (columns, rows) of what was told and waits, and what must be shown."""

    title: str
    tables: list[dict[str, Any]]
    expected: list[str]


def cases_of(code: str) -> list[Case]:
    """Give the cases of a duty; none where it cannot start yet."""
    return _all().get(code, [])


@cache
def _all() -> dict[str, list[Case]]:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: [Case(title, lines) for title, lines in cases] for code, cases in told.items()}


def sign_cases_of(code: str) -> list[SignCase]:
    """Give the worked cases of a sign; none where its spec is of another kind."""
    return [SignCase(**case) for case in _all_signs().get(code, [])]


@cache
def _all_signs() -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = json.loads(SIGNS_FILE.read_text(encoding="utf-8"))
    return told

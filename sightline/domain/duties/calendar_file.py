"""Read the calendar of a school from the text of a file, JSON or CSV.

JSON: {"name": "...", "opens_at": "08:45", "terms": [{"name": "autumn", "first": "2026-09-01", "last": "2026-12-18"}],
"closures": [{"name": "half-term", "first": "2026-10-26", "last": "2026-10-30"}]}; "estimated": true where it is not
the school's own; "about" and "verified" are for readers. CSV: the columns kind (term or closure), name, first, last.
Days are written 2026-09-01 or 01/09/2026. A closure is a half-term, a training day or any other day without lessons;
weekends and bank holidays need not be listed.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any

from sightline.domain.duties.days import bank_holidays_between
from sightline.domain.duties.nations import Nation
from sightline.domain.duties.saying import say_day
from sightline.domain.duties.school_calendar import SCHOOL_OPENS_AT, SchoolCalendar, Stretch

# The summer holidays of Northern Ireland, the longest, last about 62 days: a longer gap is a term that was forgotten.
LONGEST_HOLIDAY_DAYS = 75
LONGEST_STRETCH_DAYS = 200
MOST_STRETCHES = 1000

JSON_KEYS = frozenset({"name", "about", "estimated", "verified", "opens_at", "terms", "closures"})
CSV_COLUMNS = ("kind", "name", "first", "last")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d)/(\d\d)/(\d{4})", re.ASCII)
KINDS = {"term": "terms", "closure": "closures"}


class CalendarRefused(ValueError):
    """The file is not a calendar that can be trusted; the message says why, in words for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Hold what the file says, before it is believed."""

    name: str
    estimated: bool
    opens_at: time
    terms: tuple[Stretch, ...]
    closures: tuple[Stretch, ...]


def read_calendar(text: str, *, nation: Nation) -> SchoolCalendar:
    """Read a calendar; the bank holidays of the nation are added to its closures.

    Raises CalendarRefused, and CalendarEnds where the bank holidays are not known for the whole of its time.
    """
    written = _from_json(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else _from_csv(text)
    terms = tuple(sorted(written.terms, key=lambda term: term.first))
    _require_whole(terms)
    holidays = bank_holidays_between(terms[0].first, terms[-1].last, nation=nation)
    closures = written.closures + tuple(Stretch("bank holiday", day, day) for day in holidays)
    return SchoolCalendar(written.name, terms, closures, written.estimated, written.opens_at)


def _require_whole(terms: tuple[Stretch, ...]) -> None:
    if not terms:
        raise CalendarRefused("The calendar holds no term. List each term with its first and last day.")
    for one, other in pairwise(terms):
        gap = (other.first - one.last).days
        if gap <= 0:
            raise CalendarRefused(
                f"Two terms overlap: one ends on {say_day(one.last)}, the next begins on {say_day(other.first)}."
            )
        if gap > LONGEST_HOLIDAY_DAYS:
            raise CalendarRefused(
                f"No term is listed between {say_day(one.last)} and {say_day(other.first)}, {gap} days: "
                f"the longest holiday believed is {LONGEST_HOLIDAY_DAYS} days. Add the term that is missing."
            )


def _from_json(text: str) -> _Written:
    try:
        told = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise CalendarRefused("The file begins like JSON and cannot be read as JSON. Check its brackets.") from None
    unknown = sorted(set(told) - JSON_KEYS)
    if unknown:
        raise CalendarRefused(f"Not known: {_short(unknown)}. Keys that are known: {_short(sorted(JSON_KEYS))}.")
    estimated = told.get("estimated", False)
    if not isinstance(estimated, bool):
        raise CalendarRefused('"estimated" must be true or false.')
    return _Written(
        _name(told.get("name")), estimated, _opens_at(told.get("opens_at")),
        _stretches(told.get("terms"), where="terms"), _stretches(told.get("closures", []), where="closures"),
    )


def _from_csv(text: str) -> _Written:
    lines: dict[str, list[dict[str, str]]] = {"terms": [], "closures": []}
    try:
        rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
        header = [name.strip().lower() for name in rows.fieldnames or ()]
        if set(header) != set(CSV_COLUMNS):
            raise CalendarRefused(f"The first line must name the columns {', '.join(CSV_COLUMNS)}.")
        rows.fieldnames = header
        for row in rows:
            kind = KINDS.get((row["kind"] or "").strip().lower())
            if kind is None:
                raise CalendarRefused(f"Line {rows.line_num}: the kind must be term or closure.")
            lines[kind].append(row)
    except csv.Error:
        raise CalendarRefused("The file can be read neither as JSON nor as CSV.") from None
    terms, closures = (_stretches(lines[where], where=where) for where in ("terms", "closures"))
    return _Written(_name(None), False, SCHOOL_OPENS_AT, terms, closures)


def _stretches(told: Any, *, where: str) -> tuple[Stretch, ...]:
    if not isinstance(told, list):
        raise CalendarRefused(f'"{where}" must be a list.')
    if len(told) > MOST_STRETCHES:
        raise CalendarRefused(f"There are more than {MOST_STRETCHES} {where}: this is no school's calendar.")
    return tuple(_stretch(one, where=f"{where}, number {number}") for number, one in enumerate(told, 1))


def _stretch(told: Any, *, where: str) -> Stretch:
    if not isinstance(told, Mapping):
        raise CalendarRefused(f"In {where}: name, first and last are needed.")
    first, last = _day(told.get("first"), where=where), _day(told.get("last"), where=where)
    if last < first:
        raise CalendarRefused(f"In {where}: the last day, {say_day(last)}, is before the first, {say_day(first)}.")
    if (last - first).days > LONGEST_STRETCH_DAYS:
        raise CalendarRefused(f"In {where}: it lasts more than {LONGEST_STRETCH_DAYS} days. Check the years.")
    return Stretch(_name(told.get("name")), first, last)


def _day(told: Any, *, where: str) -> date:
    written = DAY.fullmatch(told.strip()) if isinstance(told, str) else None
    try:
        if written is None:
            raise ValueError
        year, month, day, day_first, month_second, year_last = written.groups()
        return date(int(year or year_last), int(month or month_second), int(day or day_first))
    except ValueError:
        raise CalendarRefused(f"In {where}: first and last must be days like 2026-09-01 or 01/09/2026.") from None


def _opens_at(told: Any) -> time:
    if told is None:
        return SCHOOL_OPENS_AT
    try:
        opens_at = time.fromisoformat(told)
    except (ValueError, TypeError):
        opens_at = None
    if opens_at is None or opens_at.tzinfo is not None:
        raise CalendarRefused('"opens_at" must be a time of day like 08:45.')
    return opens_at


def _name(told: Any) -> str:
    return told[:80] if isinstance(told, str) and told else "the calendar given"


def _short(words: Iterable[str]) -> str:
    return ", ".join(word[:30] for word in list(words)[:7])

"""One object inside a JSON payload, read key by key; every fault names its path."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sightline.domain.intake.order import before, future
from sightline.domain.intake.problem import LONGEST_SHOWN, Problem
from sightline.domain.intake.row import Fault
from sightline.domain.intake.values import Unreadable, read_day, read_yes_no

LONGEST_TEXT = 500


class Part:
    """Read the keys of an object; faults of all parts of one row gather in one list."""

    def __init__(self, values: dict[str, Any], row: int, path: str = "", faults: list[Fault] | None = None) -> None:
        self.values = values
        self.row = row
        self.path = path
        self.faults: list[Fault] = [] if faults is None else faults

    def fault(self, key: str, words: str, *, turns_back: bool = True) -> None:
        """Say what is wrong at a key."""
        value = self.values.get(key)
        shown = "" if value is None or isinstance(value, dict | list) else str(value)[:LONGEST_SHOWN]
        self.faults.append(Fault(self.row, f"{self.path}{key}", shown, words, turns_back))

    def note(self, key: str, words: str) -> None:
        """Say something of a key that loses nothing."""
        self.fault(key, words, turns_back=False)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Take over problems whose columns are keys of this object."""
        for problem in problems:
            self.fault(problem.column, problem.fault, turns_back=problem.turns_back)

    def note_unknown(self, known: tuple[str, ...]) -> None:
        """Name the keys that are not known."""
        for key in self.values:
            if key not in known:
                self.note(key[:LONGEST_SHOWN], "This is no key of the payload; it was not read.")

    def text(self, key: str) -> str | None:
        """Give a text, or None where it is absent or empty."""
        value = self.values.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is not None and (not isinstance(value, str) or len(value) > LONGEST_TEXT):
            self.fault(key, f"Write text of at most {LONGEST_TEXT} characters.")
            return None
        return (value.strip() or None) if value else None

    def needed(self, key: str) -> str | None:
        """Give a text without which the object cannot be told; its absence is a fault."""
        value = self.text(key)
        if value is None:
            self.fault(key, "This is missing; without it the record cannot be corrected later, so it is not taken.")
        return value

    def texts(self, key: str) -> list[str]:
        """Give a list of texts."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, "Write a list of texts.")
            return []
        return [item.strip() for item in value if item.strip()]

    def flag(self, key: str) -> bool | None:
        """Give yes or no, or None where it is absent."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        try:
            return read_yes_no(str(value))
        except Unreadable:
            self.fault(key, "Write true or false.")
            return None

    def day(self, key: str, on: date | None, *, announced: bool = False) -> date | None:
        """Give a day, or None; one after `on` is a fault."""
        text = self.text(key)
        if text is None:
            return None
        try:
            day = read_day(text)
        except Unreadable as error:
            self.fault(key, error.words)
            return None
        self.problems(future(key, day, on, announced=announced))
        return day

    def period(self, on: date | None, *, end_name: str = "end_date") -> tuple[date | None, date | None]:
        """Give start_date and the end; a missing start is noted, as without it the event cannot be told."""
        start, end = self.day("start_date", on), self.day(end_name, on, announced=True)
        if start is None and "start_date" not in self.values:
            self.note("start_date", "Without this day the event cannot be told.")
        self.problems(before(end_name, end, "start_date", start))
        return start, end

    def part(self, key: str) -> "Part | None":
        """Give an object inside this one, or None."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, "Write an object with keys and values.")
            return None
        return Part(value, self.row, f"{self.path}{key}.", self.faults)

    def parts(self, key: str) -> list["Part"]:
        """Give the objects of a list; a single object counts as a list of one."""
        value = self.values.get(key)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in items):
            self.fault(key, "Write a list of objects with keys and values.")
            return []
        return [Part(item, self.row, f"{self.path}{key}[{n}].", self.faults) for n, item in enumerate(items)]

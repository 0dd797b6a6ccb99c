"""Read a timeline file of JSON Lines for the pure commands, with a fault in words for each line that cannot be read.

A thin reader that checks form only; the feed `timeline` reads the same format with identities.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from sightline.domain.intake.row import Fault
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, TEXT, WORD, WORDS, YES_NO
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_instant, read_moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

LONGEST_LINE_BYTES = 1_000_000
MOST_LINES = 1_000_000


class LineRefused(ValueError):
    """Say which part of a line cannot be read, and why."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


class SeveralChildren(ValueError):
    """The file holds entries of more than one child: give one file for each child."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def read_timeline(stream: BinaryIO) -> tuple[Timeline, list[Fault]]:
    """Read the lines into one child's timeline, and the faults of lines that were turned back.

    Raises SeveralChildren.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number in range(1, MOST_LINES + 1):
        line = stream.readline(LONGEST_LINE_BYTES + 1)
        if not line:
            break
        if len(line) > LONGEST_LINE_BYTES:
            faults.append(Fault(number, "", "", "The line is longer than 1 MB: nothing after it was read."))
            break
        if line.strip():
            _read_line(line, number, entries, faults)
    else:
        faults.append(Fault(MOST_LINES + 1, "", "", "The rest of the file was not read: it is too long."))
    children = {entry.child for entry in entries}
    if len(children) > 1:
        raise SeveralChildren
    return Timeline.of(children.pop() if children else "", entries), faults


def _read_line(line: bytes, number: int, entries: list[Entry], faults: list[Fault]) -> None:
    try:
        entries.append(_entry(_object(line)))
    except LineRefused as refused:
        faults.append(Fault(number, refused.column, "", str(refused)))


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise LineRefused("", "This is not one JSON object in UTF-8.") from None
    if not isinstance(told, dict):
        raise LineRefused("", "This is not one JSON object in UTF-8.")
    return told


def _entry(told: Mapping[str, Any]) -> Entry:
    kind = _text(told, "kind")
    if kind not in KINDS:
        raise LineRefused("kind", "This kind of entry is not known.")
    grade = told.get("grade")
    return Entry(
        id=_text(told, "id"), child=_text(told, "child"), kind=kind, at=_moment(told, "at"), by=_text(told, "by"),
        facts=_facts(kind, told.get("facts", {})), until=_moment(told, "until") if "until" in told else None,
        place=_place(told.get("place")), people=_people(told.get("people", [])), things=_things(told.get("things", [])),
        grade=None if grade is None else str(grade),
        recorded_at=_instant(told["recorded_at"]) if told.get("recorded_at") is not None else None,
    )


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value:
        raise LineRefused(key, f'"{key}" is needed, as text.')
    return value


def _moment(told: Mapping[str, Any], key: str) -> Moment:
    try:
        return read_moment(_text(told, key))
    except UnreadableMoment as why:
        raise LineRefused(key, str(why)) from None


def _instant(value: object) -> datetime:
    try:
        return read_instant(value if isinstance(value, str) else "")
    except UnreadableMoment as why:
        raise LineRefused("recorded_at", str(why)) from None


_IS: dict[str, Callable[[Any], bool]] = {
    YES_NO: lambda value: isinstance(value, bool),
    NUMBER: lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    TEXT: lambda value: isinstance(value, str),
    WORD: lambda value: isinstance(value, str),
    WORDS: lambda value: isinstance(value, list) and all(isinstance(word, str) for word in value),
}


def _facts(kind: str, told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise LineRefused("facts", '"facts" must be an object.')
    known = {fact.key: fact for fact in KINDS[kind].facts}
    for key, value in told.items():
        if key not in known:
            raise LineRefused(f"facts.{key[:40]}", f"This fact is not known for {kind}.")
        if value is not None and not _IS[known[key].type](value):
            raise LineRefused(f"facts.{key}", f"This must be {known[key].type}.")
    return {key: value for key, value in told.items() if value is not None}


def _place(told: Any) -> Place | None:
    if told is None:
        return None
    numbers, words = ("lat", "lon"), ("postcode", "council", "force")
    if not isinstance(told, dict) or not set(told) <= {*numbers, *words}:
        raise LineRefused("place", '"place" holds postcode, council, force, lat and lon only.')
    if not all(told.get(key) is None or isinstance(told[key], str) for key in words):
        raise LineRefused("place", "Postcode, council and force must be text.")
    if not all(told.get(key) is None or _IS[NUMBER](told[key]) for key in numbers):
        raise LineRefused("place", "Latitude and longitude must be numbers.")
    return Place(**told)


def _people(told: Any) -> tuple[Companion, ...]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise LineRefused("people", '"people" must be a list of objects.')
    return tuple(
        Companion(_text(one, "id"), one.get("role"), one["age"] if _IS[NUMBER](one.get("age")) else None)
        for one in told
    )


def _things(told: Any) -> tuple[Thing, ...]:
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise LineRefused("things", '"things" must be a list of objects.')
    return tuple(Thing(_text(one, "kind"), _text(one, "id")) for one in told)

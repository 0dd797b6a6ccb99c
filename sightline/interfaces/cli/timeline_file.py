"""Read a timeline file (JSON Lines) for the pure commands: entries of one child, and faults in plain words.

This reader checks only what reading signs needs. It gives way to the timeline feed of the import, which checks every
fact against the vocabulary and takes the same file.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from sightline.domain.intake.row import Fault
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_instant, read_moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

LONGEST_LINE = 1_000_000
SHOWN_VALUE = 40
OTHER_CHILD = "This is another child than that of the first line; a timeline holds one child."
POSITION_LIMITS = {"lat": 90.0, "lon": 180.0}


class Unfit(ValueError):
    """One value of a line cannot be used."""

    def __init__(self, column: str, value: object, fault: str) -> None:
        super().__init__(fault)
        self.column, self.value, self.fault = column, value, fault


def read_timeline(stream: BinaryIO) -> tuple[Timeline, list[Fault]]:
    """Read one child's entries; a line that cannot be read becomes a fault and stops no other.

    A line of another child than the first is left out and told as a fault. The timeline is empty where no line could
    be read.
    """
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    child = ""
    for number, line in _lines(stream):
        try:
            entry = _entry(_object(line))
            child = child or entry.child
            if entry.child != child:
                raise Unfit("child", entry.child, OTHER_CHILD)
            if entries.setdefault(entry.id, entry) != entry:
                raise Unfit("id", entry.id, "another line has this id with other content; give each entry its own id")
        except Unfit as unfit:
            faults.append(Fault(number, unfit.column, _shown(unfit.value), unfit.fault))
    return Timeline.of(child, entries.values()), faults


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the numbered lines that hold anything; of one that is too long, its beginning."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        if line.strip():
            yield number, line


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Unfit("", "", "the line is longer than a million bytes")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unfit("", "", "the line is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise Unfit("", "", "the line is not one JSON object") from None
    if not isinstance(value, dict):
        raise Unfit("", value, "the line is not one JSON object")
    return value


def _entry(line: dict[str, Any]) -> Entry:
    at = _moment(line, "at")
    until = _moment(line, "until") if line.get("until") is not None else None
    kind = _text(line, "kind")
    if kind not in KINDS:
        raise Unfit("kind", kind, "this kind of entry is not known; `sightline feeds timeline` lists the kinds")
    return Entry(
        id=_text(line, "id"),
        child=_text(line, "child"),
        kind=kind,
        at=at,
        by=_text(line, "by"),
        facts=_mapping(line, "facts"),
        until=until,
        place=_place(_mapping(line, "place")) if line.get("place") is not None else None,
        people=tuple(_companion(person) for person in _objects(line, "people")),
        things=tuple(Thing(_text(thing, "kind"), _text(thing, "id")) for thing in _objects(line, "things")),
        grade=_maybe_text(line, "grade"),
        recorded_at=_instant(line, "recorded_at") if line.get("recorded_at") is not None else None,
    )


def _moment(line: dict[str, Any], key: str) -> Moment:
    try:
        return read_moment(_text(line, key))
    except UnreadableMoment as error:
        raise Unfit(key, line.get(key), f"{error}") from None


def _instant(line: dict[str, Any], key: str) -> datetime:
    try:
        return read_instant(_text(line, key))
    except UnreadableMoment:
        raise Unfit(key, line.get(key), "this is not an instant with its offset (2026-05-10T23:15:00+01:00)") from None


def _text(line: dict[str, Any], key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str) or not value:
        raise Unfit(key, value, f"`{key}` must be text and must not be empty")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unfit(key, "", f"`{key}` holds half a character, which is no text") from None
    return value


def _maybe_text(line: dict[str, Any], key: str) -> str | None:
    return None if line.get(key) is None else _text(line, key)


def _mapping(line: dict[str, Any], key: str) -> dict[str, Any]:
    value = line.get(key)
    if value is not None and not isinstance(value, dict):
        raise Unfit(key, value, f"`{key}` must be a JSON object")
    return value or {}


def _objects(line: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = line.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Unfit(key, value, f"`{key}` must be a list of JSON objects")
    return value


def _place(place: dict[str, Any]) -> Place:
    texts = {key: _maybe_text(place, key) for key in ("postcode", "council", "force")}
    return Place(texts["postcode"], texts["council"], texts["force"], _degrees(place, "lat"), _degrees(place, "lon"))


def _degrees(place: dict[str, Any], key: str) -> float | None:
    value = place.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Unfit(key, value, f"`{key}` must be a number of degrees")
    if not abs(value) <= POSITION_LIMITS[key]:
        raise Unfit(key, value, f"`{key}` must lie between -{POSITION_LIMITS[key]:g} and {POSITION_LIMITS[key]:g}")
    return float(value)


def _companion(person: dict[str, Any]) -> Companion:
    age = person.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int)):
        raise Unfit("people", age, "`age` must be a whole number of years")
    return Companion(_text(person, "id"), _maybe_text(person, "role"), age)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text[:SHOWN_VALUE].encode("utf-8", "replace").decode()

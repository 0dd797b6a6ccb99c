"""Read one line of a timeline: an object with kind, time and facts, checked against the vocabulary of kinds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from sightline.domain.intake.person import identifier_problems, sex_of
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.values import Unreadable, checked, read_day, read_yes_no
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, WORDS, YES_NO, Fact
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_instant, read_moment
from sightline.domain.vocabulary.place import Place

NEEDED = ("id", "child", "kind", "at", "by")
KEYS = (*NEEDED, "until", "facts", "place", "people", "things", "grade", "recorded_at", "identity")
IDENTITY_KEYS = ("given", "family", "born_on", "sex", "upn", "nhs", "pnc", "cro", "postcode")
IDENTIFIERS = ("upn", "nhs", "pnc", "cro")

LONGEST_TEXT = 500

EXAMPLE = "Write an instant with its offset (2026-05-10T23:15:00+01:00) or a day (2026-05-10)."


class EntryLine:
    """Read one object of a timeline; `problems` holds all that is wrong with it, `entry` what it says."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.line = line
        self.identity: dict[str, Any] = {}
        for key in line:
            if key not in KEYS:
                self._note(key[:80], "This is no key of a timeline; it was not read.")
        for key in NEEDED:
            if line.get(key) in (None, ""):
                self._fault(key, "This is missing. Every entry has id, child, kind, at and by.")
        self.entry = self._entry()
        self._read_identity()

    @property
    def is_good(self) -> bool:
        """Tell whether nothing turns the entry back."""
        return not any(problem.turns_back for problem in self.problems)

    def _fault(self, column: str, words: str) -> None:
        self.problems.append(Problem(column, words))

    def _note(self, column: str, words: str) -> None:
        self.problems.append(Problem(column, words, turns_back=False))

    def _entry(self) -> Entry:
        kind = self._text("kind") or ""
        if kind and kind not in KINDS:
            self._fault("kind", "This kind of entry is not known.")
        at, until = self._moment("at", read_moment), self._moment("until", read_moment)
        place, people = self.line.get("place"), self.line.get("people")
        facts = self.line.get("facts") or {}
        if not isinstance(facts, dict):
            self._fault("facts", 'Facts are an object, such as {"category": "PERM"}.')
            facts = {}
        if kind == "missing.found":
            place, people = place or facts.get("place"), people or facts.get("people")
            facts = {key: value for key, value in facts.items() if key not in ("place", "people")}
        recorded = self._moment("recorded_at", read_instant)
        return Entry(
            id=self._text("id") or "",
            child=self._text("child") or "",
            kind=kind,
            at=at or date.min,
            by=self._text("by") or "",
            facts=self._facts(kind, facts),
            until=until,
            place=self._place(place),
            people=self._people(people),
            things=self._things(self.line.get("things")),
            grade=self._text("grade"),
            recorded_at=recorded if isinstance(recorded, datetime) else None,
        )

    def _text(self, key: str, source: Mapping[str, Any] | None = None) -> str | None:
        value = (self.line if source is None else source).get(key)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            self._fault(key, f"Write text of at most {LONGEST_TEXT} characters.")
            return None
        return value

    def _moment(self, key: str, read: Callable[[str], Moment]) -> Moment | None:
        value = self.line.get(key)
        if value is None or (value == "" and key in NEEDED):
            return None
        try:
            if isinstance(value, str):
                return read(value)
        except UnreadableMoment:
            pass
        self._fault(
            key, EXAMPLE if read is read_moment else "Write an instant with its offset: 2026-05-10T23:15:00+01:00."
        )
        return None

    def _facts(self, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        known = {fact.key: fact for fact in KINDS[kind].facts} if kind in KINDS else {}
        told: dict[str, Any] = {}
        for key, value in facts.items():
            if value is None or kind not in KINDS:
                continue
            if key not in known:
                self._note(f"facts.{key[:80]}", f"An entry {kind} has no such fact; it was left out.")
                continue
            try:
                told[key] = read_fact(known[key], value)
            except Unreadable as error:
                self._fault(f"facts.{key}", error.words)
        return told

    def _place(self, value: Any) -> Place | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self._fault("place", 'A place is an object, such as {"postcode": "L36 9YZ"}.')
            return None
        postcode = self._text("postcode", value)
        if postcode is not None:
            answer = checked("postcode", postcode)
            postcode = answer.normal if answer.valid else None
            if not answer.valid:
                self._note("place.postcode", f"{answer.why} It names no place.")
        lat, lon = self._degrees("lat", value, 90), self._degrees("lon", value, 180)
        council, force = self._text("council", value), self._text("force", value)
        if all(told is None for told in (postcode, council, force, lat, lon)):
            return None
        return Place(postcode, council, force, lat, lon)

    def _degrees(self, key: str, value: Mapping[str, Any], most: int) -> float | None:
        degrees = value.get(key)
        if degrees is None:
            return None
        if isinstance(degrees, bool) or not isinstance(degrees, int | float) or not abs(degrees) <= most:
            self._fault(f"place.{key}", f"Write degrees, a number from -{most} to {most}.")
            return None
        return float(degrees)

    def _objects(self, key: str, value: Any, needed: str) -> list[dict[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) and item.get(needed) for item in value):
            self._fault(key, f"Write a list of objects, each with {needed}.")
            return []
        return value

    def _people(self, value: Any) -> tuple[Companion, ...]:
        people = []
        for item in self._objects("people", value, "id"):
            age = item.get("age")
            if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 120):
                self._fault("people.age", "Write the age in whole years.")
                age = None
            people.append(Companion(self._text("id", item) or "", self._text("role", item), age))
        return tuple(people)

    def _things(self, value: Any) -> tuple[Thing, ...]:
        items = self._objects("things", value, "id")
        return tuple(Thing(self._text("kind", item) or "", self._text("id", item) or "") for item in items)

    def _read_identity(self) -> None:
        told = self.line.get("identity")
        if told is None:
            return
        if not isinstance(told, dict):
            self._fault("identity", 'An identity is an object, such as {"given": "Amara"}.')
            return
        for key in told:
            if key not in IDENTITY_KEYS:
                self._note(f"identity.{key[:80]}", "This is no key of an identity; it was not read.")
        self.identity = {key: text for key in IDENTITY_KEYS if (text := self._text(key, told)) is not None}
        self._read_birth()
        if "sex" in self.identity:
            self.identity["sex"] = sex_of(self.identity["sex"])
        numbers = {f"identity.{kind}": (kind, self.identity.get(kind)) for kind in (*IDENTIFIERS, "postcode")}
        self.problems += identifier_problems(numbers)

    def _read_birth(self) -> None:
        try:
            if "born_on" in self.identity:
                self.identity["born_on"] = read_day(self.identity["born_on"])
        except Unreadable as error:
            self._fault("identity.born_on", error.words)


def read_fact(fact: Fact, value: Any) -> Any:
    """Read the value of a fact as its type; raises Unreadable."""
    if fact.type == YES_NO:
        return value if isinstance(value, bool) else read_yes_no(str(value))
    if fact.type == NUMBER:
        return _number(value)
    if fact.type == WORDS:
        items = value if isinstance(value, list) else [value]
        return tuple(_word(fact, item) for item in items)
    return _word(fact, value)


def _number(value: Any) -> int | float:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        raise Unreadable("Write a number that is not less than 0.")
    return int(value) if float(value).is_integer() else value


def _word(fact: Fact, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable("Write text.")
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"Write at most {LONGEST_TEXT} characters.")
    if not fact.allowed:
        return text
    found = next((word for word in fact.allowed if word.casefold() == text.casefold()), None)
    if found is None:
        raise Unreadable(f"Write one of: {', '.join(fact.allowed)}.")
    return found

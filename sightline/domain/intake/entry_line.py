"""Read one line of a timeline: an object with kind, time and facts, checked against the vocabulary of kinds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sightline.domain.intake.fact_value import AS_TEXT, LONGEST_TEXT, is_number, read_fact
from sightline.domain.intake.person import identifier_problems, sex_of, sex_problems
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.values import Unreadable, checked, read_day
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.moment import Moment, UnreadableMoment, read_instant, read_moment
from sightline.domain.vocabulary.place import Place

NEEDED = ("id", "child", "kind", "at", "by")
KEYS = (*NEEDED, "until", "facts", "place", "people", "things", "grade", "recorded_at", "identity")
IDENTITY_TEXTS = ("given", "family", "born_on", "sex", "upn", "nhs", "pnc", "cro", "postcode", "school")
IDENTITY_LISTS = ("carers", "phones")
IDENTITY_KEYS = (*IDENTITY_TEXTS, *IDENTITY_LISTS)
IDENTIFIERS = ("upn", "nhs", "pnc", "cro")
AS_NUMBERS = (*IDENTIFIERS, "school")

PLACE_KEYS = ("postcode", "council", "force", "lat", "lon")
PEOPLE_KEYS = ("id", "role", "age")
THING_KEYS = ("kind", "id")
ALSO_AMONG_FACTS = {"missing.found": ("place", "people")}
"""What a kind may tell among its facts as well as beside them."""

MOST_STRANGE = 20
MOST_OF_A_KIND = 10
"""So many carers or telephone numbers may an identity tell."""

EXAMPLE = "Write an instant with its offset (2026-05-10T23:15:00+01:00) or a day (2026-05-10)."


class EntryLine:
    """Read one object of a timeline; `problems` holds all that is wrong with it, `entry` what it says."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.line = line
        self.identity: dict[str, Any] = {}
        self._note_strange(line, KEYS, "", "a timeline")
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

    def _note_strange(self, told: Mapping[str, Any], known: tuple[str, ...], prefix: str, what: str) -> None:
        """Note the keys that nobody reads."""
        strange = [key for key in told if key not in known]
        for key in strange[:MOST_STRANGE]:
            self._note(f"{prefix}{key[:80]}", f"This is no key of {what}; it was not read.")
        if len(strange) > MOST_STRANGE:
            self._note(prefix.rstrip("."), f"{len(strange) - MOST_STRANGE} more keys were not read.")

    def _entry(self) -> Entry:
        kind = self._text("kind") or ""
        if kind and kind not in KINDS:
            self._fault("kind", "This kind of entry is not known.")
        at, until = self._moment("at", read_moment), self._moment("until", read_moment)
        facts = self.line.get("facts")
        if facts is not None and not isinstance(facts, dict):
            self._fault("facts", 'Facts are an object, such as {"category": "PERM"}.')
        facts = dict(facts) if isinstance(facts, dict) else {}
        place, people = (self._beside(key, kind, facts) for key in ("place", "people"))
        recorded = self._moment("recorded_at", read_instant)
        return Entry(
            id=self._text("id", number=True) or "",
            child=self._text("child", number=True) or "",
            kind=kind,
            at=at or date.min,
            by=self._text("by") or "",
            facts=self._facts(kind, facts),
            until=until,
            place=self._place(place),
            people=self._people(people),
            things=self._things(self.line.get("things")),
            grade=self._text("grade", number=True),
            recorded_at=recorded if isinstance(recorded, datetime) else None,
        )

    def _beside(self, key: str, kind: str, facts: dict[str, Any]) -> Any:
        """Give what stands beside the facts, or for some kinds among them; taken out there."""
        told = self.line.get(key)
        if key not in ALSO_AMONG_FACTS.get(kind, ()):
            return told
        among = facts.pop(key, None)
        if told is not None and among is not None:
            self._note(f"facts.{key}", f"The entry has a {key} of its own; this one was not read.")
        return among if told is None else told

    def _text(
        self, key: str, source: Mapping[str, Any] | None = None, *, prefix: str = "", number: bool = False
    ) -> str | None:
        """Read a text, or where `number` allows it a number as text; the column of a fault is prefix and key."""
        value = (self.line if source is None else source).get(key)
        if value is None or value == "":
            return None
        if number and is_number(value):
            self._note(f"{prefix}{key}", AS_TEXT)
            value = str(value)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            self._fault(f"{prefix}{key}", f"Write text of at most {LONGEST_TEXT} characters.")
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
                told[key], note = read_fact(known[key], value)
            except Unreadable as error:
                self._fault(f"facts.{key}", error.words)
            else:
                if note:
                    self._note(f"facts.{key}", note)
        return told

    def _place(self, value: Any) -> Place | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            self._fault("place", 'A place is an object, such as {"postcode": "L36 9YZ"}.')
            return None
        self._note_strange(value, PLACE_KEYS, "place.", "a place")
        postcode = self._text("postcode", value, prefix="place.")
        if postcode is not None:
            answer = checked("postcode", postcode)
            postcode = answer.normal if answer.valid else None
            if not answer.valid:
                self._note("place.postcode", f"{answer.why} It names no place.")
        lat, lon = self._degrees("lat", value, 90), self._degrees("lon", value, 180)
        council, force = (self._text(key, value, prefix="place.") for key in ("council", "force"))
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

    def _objects(self, key: str, value: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> list[dict[str, Any]]:
        if value is None:
            return []
        whole = isinstance(value, list) and all(
            isinstance(item, dict) and all(item.get(name) not in (None, "") for name in needed) for item in value
        )
        if not whole:
            self._fault(key, f"Write a list of objects, each with {' and '.join(needed)}.")
            return []
        for item in value:
            self._note_strange(item, known, f"{key}.", f"the objects in {key}")
        return list(value)

    def _people(self, value: Any) -> tuple[Companion, ...]:
        people = []
        for item in self._objects("people", value, PEOPLE_KEYS, ("id",)):
            age = item.get("age")
            if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 120):
                self._fault("people.age", "Write the age in whole years.")
                age = None
            id_ = self._text("id", item, prefix="people.", number=True)
            people.append(Companion(id_ or "", self._text("role", item, prefix="people."), age))
        return tuple(people)

    def _things(self, value: Any) -> tuple[Thing, ...]:
        return tuple(
            Thing(
                self._text("kind", item, prefix="things.") or "",
                self._text("id", item, prefix="things.", number=True) or "",
            )
            for item in self._objects("things", value, THING_KEYS, THING_KEYS)
        )

    def _read_identity(self) -> None:
        told = self.line.get("identity")
        if told is None:
            return
        if not isinstance(told, dict):
            self._fault("identity", 'An identity is an object, such as {"given": "Amara"}.')
            return
        self._note_strange(told, IDENTITY_KEYS, "identity.", "an identity")
        read = {key: self._text(key, told, prefix="identity.", number=key in AS_NUMBERS) for key in IDENTITY_TEXTS}
        self.identity = {key: text for key, text in read.items() if text is not None}
        self.identity |= {key: words for key in IDENTITY_LISTS if (words := self._texts(key, told.get(key)))}
        self._read_birth()
        if "sex" in self.identity:
            self.problems += sex_problems("identity.sex", self.identity["sex"])
            self.identity["sex"] = sex_of(self.identity["sex"])
        numbers = {f"identity.{kind}": (kind, self.identity.get(kind)) for kind in (*IDENTIFIERS, "postcode")}
        self.problems += identifier_problems(numbers)

    def _texts(self, key: str, value: Any) -> tuple[str, ...]:
        """Read a list of some texts, of which numbers may be some; one text alone is a list of one."""
        items = value if isinstance(value, list) else [value]
        if len(items) > MOST_OF_A_KIND:
            self._fault(f"identity.{key}", f"Write a list of at most {MOST_OF_A_KIND} texts.")
            return ()
        read = [self._text(key, {key: item}, prefix="identity.", number=True) for item in items]
        return tuple(text for text in read if text is not None)

    def _read_birth(self) -> None:
        try:
            if "born_on" in self.identity:
                self.identity["born_on"] = read_day(self.identity["born_on"])
        except Unreadable as error:
            self._fault("identity.born_on", error.words)

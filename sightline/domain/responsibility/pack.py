"""The handover pack: what one receiver needs of one child, and what is withheld from that receiver and why.

Computed from the record and from nothing else: the same entries give the same pack, so that a pack with other words is
a newer version of it. It holds no ages and no lateness, which time alone would change.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sightline.domain.responsibility.sections import (
    IDENTIFIERS,
    NEEDED,
    Function,
    HandoverKind,
    Section,
    section_of,
)
from sightline.domain.vocabulary.duty import Duty, DutyState
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.kinds import DETAIL_HELD
from sightline.domain.vocabulary.moment import first_instant, write_moment
from sightline.domain.vocabulary.sign import Sign

LOOKS_BACK = timedelta(days=730)
"""How far back a pack reaches, plans and placements excepted (our own choice: two years)."""

HOW_LONG_EVER = frozenset({Section.PLANS, Section.PLACEMENTS})

CONFIDENTIAL_PLACES = ("U", "A")
"""SSDA903 placements whose address goes to councils only: foster carers (U) and adopters (A)."""


class Because(StrEnum):
    """Say why something is withheld from a receiver."""

    NOT_NEEDED = "not needed for this function"
    CONFIDENTIAL = "the address is confidential"
    NOT_SHARED = "told by an agency that has not shared it"
    THIRD_PARTY = "about somebody else"
    POLICE_DETAIL = "the police hold the detail: ask them"
    OLD = "older than two years"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of a section: a label and words; `words` None means that nobody told it. `key` names it."""

    key: str
    label: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold one section with its lines and entries, each entry as it will be shown."""

    section: Section
    lines: tuple[Line, ...] = ()
    entries: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """Say that so many items of a section were withheld, and why; never what they say."""

    what: str
    because: Because
    items: int


@dataclass(frozen=True, slots=True)
class Preview:
    """Hold what a receiver is shown before accepting: whom it is about without a name, and what will come."""

    age: int | None
    sex: str | None
    where: str | None
    sections: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """Hold a pack: its preview, its sections, what was withheld, and a digest that names these words."""

    preview: Preview
    sections: tuple[Filled, ...]
    withheld: tuple[Withheld, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Handover:
    """Hold what is handed over, by whom, to whom.

    `giver_sees_whole` says whether the giver may give what others told; `receiver_sees_whole` whether the receiver sees
    it anyway by taking over. `shared` holds entries that a decision shared with either.
    `given_at` is when it was accepted: what became known later is no longer the giver's to give.
    """

    kind: HandoverKind
    giver: str
    receiver: str
    function: Function
    giver_sees_whole: bool
    receiver_sees_whole: bool
    shared: frozenset[str] = frozenset()
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """Hold who the child is, as agencies told it."""

    name: str | None = None
    others: tuple[str, ...] = ()
    born_on: date | None = None
    sex: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Hold everything that a pack is computed from; `lines` are those that are no entries, by section."""

    who: Who
    entries: Iterable[Entry]
    signs: Sequence[Sign]
    duties: Sequence[Duty]
    lines: Mapping[Section, tuple[Line, ...]]
    where: str | None
    at: datetime


def pack_of(known: Known, handover: Handover) -> Pack:
    """Compute the pack for one receiver; a pair that is not in the table of sections raises KeyError."""
    sorting = _Sorting(known, handover, NEEDED[handover.kind, handover.function])
    sorting.identity()
    sorting.kept_lines()
    sorting.signs()
    sorting.duties()
    sorting.told()
    sections = tuple(sorting.section(section) for section in Section if section in sorting.needed)
    withheld = tuple(Withheld(what, because, items) for (what, because), items in sorted(sorting.counted.items()))
    preview = Preview(_age(known.who.born_on, known.at), known.who.sex, known.where,
                      tuple((one.section.value, sum(line.words is not None for line in one.lines) + len(one.entries))
                            for one in sections))
    return Pack(preview, sections, withheld, digest(sections, withheld))


def digest(sections: Iterable[Filled], withheld: Iterable[Withheld]) -> str:
    """Name the words of a pack: SHA-256 in hexadecimal over its sections and what was withheld."""
    words = json.dumps([[asdict(one) for one in sections], [asdict(one) for one in withheld]], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def keys_of(section: Mapping[str, Any]) -> dict[str, str]:
    """Give for each item of a kept section its key and the words by which it can be compared."""
    lines = {str(line["key"]): f"{line['label']}: {line['words']}" for line in section["lines"]}
    return lines | {str(one["id"]): json.dumps(one, sort_keys=True) for one in section["entries"]}


def changed(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Give for each section that differs between two kept versions how much is new, changed, and gone."""
    old = {one["section"]: keys_of(one) for one in before}
    new = {one["section"]: keys_of(one) for one in after}
    found = []
    for section in dict.fromkeys((*new, *old)):
        was, now = old.get(section, {}), new.get(section, {})
        counts = (len(now.keys() - was.keys()), sum(was[key] != now[key] for key in was.keys() & now.keys()),
                  len(was.keys() - now.keys()))
        if any(counts):
            found.append((section, *counts))
    return found


class _Sorting:
    """Sort what is known into what goes, by section, and what is withheld, counted by section and reason."""

    def __init__(self, known: Known, handover: Handover, needed: frozenset[Section]) -> None:
        self.known, self.handover, self.needed = known, handover, needed
        self.entries = {entry.id: entry for entry in known.entries}
        self.going = {id_ for id_, entry in self.entries.items() if _may_go(entry, handover)}
        self.lines: dict[Section, list[Line]] = {}
        self.shown: dict[Section, list[Mapping[str, Any]]] = {}
        self.counted: dict[tuple[str, Because], int] = {}

    def section(self, section: Section) -> Filled:
        """Give a section as it was filled."""
        return Filled(section, tuple(self.lines.get(section, ())), tuple(self.shown.get(section, ())))

    def withhold(self, what: str, because: Because, items: int = 1) -> None:
        """Count what does not go."""
        if items:
            self.counted[what, because] = self.counted.get((what, because), 0) + items

    def identity(self) -> None:
        """Say who the child is, with the numbers that this function works with."""
        who = self.known.who
        lines = [Line("name", "Name", who.name),
                 Line("born", "Born", f"{who.born_on:%d %B %Y}" if who.born_on else None),
                 Line("sex", "Sex", SEXES.get(who.sex or ""))]
        if who.others:
            lines.append(Line("others", "Also recorded as", "; ".join(who.others)))
        for kind, value in sorted(who.identifiers.items()):
            if kind in IDENTIFIERS[self.handover.function]:
                lines.append(Line(f"number:{kind}", kind.upper(), value))
            else:
                self.withhold("Numbers of other services", Because.NOT_NEEDED)
        self.lines[Section.IDENTITY] = lines

    def kept_lines(self) -> None:
        """Put in what stands in no entry: why, where, whom to ring, who was told, what the child said."""
        for section, lines in self.known.lines.items():
            if section in self.needed:
                self.lines.setdefault(section, []).extend(lines)
            else:
                self.withhold(section.value, Because.NOT_NEEDED, len(lines))

    def signs(self) -> None:
        """Put in the signs with those of their reasons that may go; a sign without any is withheld."""
        for sign in self.known.signs:
            reasons = [words for id_, words in zip(sign.because, sign.reasons, strict=True) if id_ in self.going]
            if Section.SIGNS not in self.needed:
                self.withhold(Section.SIGNS.value, Because.NOT_NEEDED)
                continue
            self.withhold(Section.SIGNS.value, Because.NOT_SHARED, len(sign.because) - len(reasons))
            if reasons:
                weight = "Critical sign. " if sign.critical else ""
                self.lines.setdefault(Section.SIGNS, []).append(
                    Line(f"sign:{sign.code}", sign.title, f"{weight}Because: {'; '.join(reasons)}"))

    def duties(self) -> None:
        """Put in what is owed and not done, each with its clock; what a withheld entry started is withheld."""
        for duty in self.known.duties:
            if duty.state not in (DutyState.OPEN, DutyState.LATE):
                continue
            if Section.DUTIES not in self.needed:
                self.withhold(Section.DUTIES.value, Because.NOT_NEEDED)
            elif duty.started_by in self.entries and duty.started_by not in self.going:
                self.withhold(Section.DUTIES.value, Because.NOT_SHARED)
            else:
                self.lines.setdefault(Section.DUTIES, []).append(Line(
                    f"duty:{duty.code}:{duty.started_by}", f"{duty.owed_by} to {duty.owed_to}",
                    f"{duty.what} {_clock(duty)} ({duty.code}: {duty.authority})"))

    def told(self) -> None:
        """Put each entry into its section, or count why it is withheld."""
        again = _told_again(self.entries.values())
        for entry in self.entries.values():
            section = section_of(entry.kind, str(entry.facts.get("about") or ""))
            if section is None or entry.id in again:
                continue
            why = self._why_not(entry, section)
            if why is not None:
                self.withhold(section.value, why)
                continue
            shown, kept_back = _shown(entry, self.handover.function)
            for because in kept_back:
                self.withhold(section.value, because)
            self.shown.setdefault(section, []).append(shown)

    def _why_not(self, entry: Entry, section: Section) -> Because | None:
        if section not in self.needed:
            return Because.NOT_NEEDED
        if entry.id not in self.going:
            return Because.NOT_SHARED
        if section not in HOW_LONG_EVER and entry.starts < self.known.at - LOOKS_BACK:
            return Because.OLD
        return None


def _told_again(entries: Iterable[Entry]) -> set[str]:
    """Name the entries that tell a home which a later one tells again, by the same agency or another."""
    newest: dict[str | None, str] = {}
    again = set()
    for entry in entries:
        if entry.kind == "child.home" and entry.place is not None:
            if entry.place.postcode in newest:
                again.add(newest[entry.place.postcode])
            newest[entry.place.postcode] = entry.id
    return again


def _may_go(entry: Entry, handover: Handover) -> bool:
    """Tell whether the receiver may have it: it told it, will see it, was shown it, or the giver may give it."""
    given = handover.giver_sees_whole and (handover.given_at is None or entry.known_from <= handover.given_at)
    return (given or handover.receiver_sees_whole or entry.by in (handover.giver, handover.receiver)
            or entry.id in handover.shared)


def _shown(entry: Entry, function: Function) -> tuple[Mapping[str, Any], list[Because]]:
    """Give an entry as a pack holds it: other people by their part and age alone, no numbers of phones or plates.

    Of what the police hold, others get that it is there.
    """
    kept_back = []
    if entry.kind in DETAIL_HELD and function is not Function.POLICE:
        kept_back.append(Because.POLICE_DETAIL)
        entry = replace(entry, facts={}, place=None, people=(), things=(), grade=None)
    if entry.people or entry.things:
        kept_back.append(Because.THIRD_PARTY)
    confidential = _confidential(entry) and function is not Function.COUNCIL
    if confidential:
        kept_back.append(Because.CONFIDENTIAL)
    hidden = {"postcode", "lat", "lon"} if confidential else set()
    shown: dict[str, Any] = {
        "id": entry.id, "kind": entry.kind, "at": write_moment(entry.at), "by": entry.by, "grade": entry.grade,
        "until": None if entry.until is None else write_moment(entry.until),
        "facts": {key: value for key, value in entry.facts.items() if key not in hidden},
        "postcode": None if entry.place is None or confidential else entry.place.postcode,
        "council": None if entry.place is None else entry.place.council,
        "people": [{"role": one.role, "age": one.age} for one in entry.people],
        "things": [one.kind for one in entry.things],
    }
    return shown, kept_back


def _confidential(entry: Entry) -> bool:
    told = str(entry.facts.get("type") or "").upper()
    return entry.kind.startswith("care.placement") and told[:1] in CONFIDENTIAL_PLACES and bool(
        entry.facts.get("postcode") or (entry.place is not None and entry.place.postcode))


def _clock(duty: Duty) -> str:
    limit = duty.due_at or duty.local_target_at
    if limit is None:
        return "As soon as possible: the law gives no number."
    whose = "Limit" if duty.due_at else "Our own target"
    on = f"{limit:%d %B %Y}" if not isinstance(limit, datetime) else f"{limit:%d %B %Y, %H:%M %Z}"
    return f"{whose}: {on}."


SEXES = {"M": "Boy", "F": "Girl"}


def _age(born_on: date | None, at: datetime) -> int | None:
    if born_on is None:
        return None
    on = first_instant(at).date()
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))

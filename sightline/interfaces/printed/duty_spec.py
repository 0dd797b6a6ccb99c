"""Read the specs of duties: one text file a duty, each case a few entries, an instant, and what must then be owed.

    given
      h1  2020-01-01  child.home  place=Knowsley/Merseyside by=Knowsley
    case A permanent exclusion starts it, whatever the reason
      e1  2026-05-18  school.exclusion  category=PERM reasons=DB by="Knowsley Academy"
      at  2026-05-19T09:00+01:00
      ->  open target=2026-05-20 owed_by=Knowsley

An entry is its id, its moment, its kind and its facts; `by`, `place` (council/force), `until`, `recorded`, `grade` and
`there` (role/age of somebody who was there) are the entry's own. `sign` and `attention` lines give a reading of signs.
`nation` changes the nation. `-> none` says that the duty is not owed; several arrows say several duties of this code,
each with `started_by`.
"""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sightline.domain.vocabulary.entry import Companion, Entry
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, WORDS, YES_NO
from sightline.domain.vocabulary.moment import Moment, read_instant, read_moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Attention, Family, Reading, Sign
from sightline.domain.vocabulary.timeline import Timeline

CHILD = "amara"
TELLER = "Merseyside Police"


@dataclass(slots=True)
class Case:
    """Hold one case: its title, its entries, the instant and nation asked, the signs, and what must be owed."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    at: datetime | None = None
    nation: str = "england"
    signs: list[Sign] = field(default_factory=list)
    attention: Attention | None = None
    expected: list[Mapping[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def timeline(self) -> Timeline:
        """Give the entries as a timeline."""
        return Timeline.of(CHILD, self.entries)

    @property
    def reading(self) -> Reading | None:
        """Give the reading of signs, or None where the case has none."""
        if self.attention is None or self.at is None:
            return None
        families = len({sign.family for sign in self.signs if sign.family is not Family.SYSTEM})
        return Reading(CHILD, self.at, tuple(self.signs), self.attention, "", families, None)


@dataclass(frozen=True, slots=True)
class Spec:
    """Hold the cases of one duty."""

    code: str
    cases: tuple[Case, ...]


class SpecUnreadable(ValueError):
    """Say which line of which spec cannot be read."""


def read_specs(folder: Path, *, names: str = "D-*.txt") -> tuple[Spec, ...]:
    """Read every spec of a folder whose name fits: a file D-EX-4.txt is the spec of the duty D-EX-4.

    Raises SpecUnreadable.
    """
    return tuple(_read(path) for path in sorted(folder.glob(names), key=lambda path: _order(path.stem)))


def _order(code: str) -> tuple[str | int, ...]:
    return tuple(int(part) if part.isdigit() else part for part in code.split("-"))


def _read(path: Path) -> Spec:
    cases: list[Case] = []
    given = Case("given")
    now = given
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("case "):
            now = Case(line.removeprefix("case ").strip(), list(given.entries), nation=given.nation,
                       lines=list(given.lines))
            cases.append(now)
        elif line.strip() != "given":
            try:
                _read_line(now, line.strip())
            except (ValueError, KeyError, IndexError) as why:
                raise SpecUnreadable(f"{path.name}, line {number}: {why}") from None
            now.lines.append(line.strip())
    return Spec(path.stem, tuple(cases))


def _read_line(case: Case, line: str) -> None:
    first, *words = shlex.split(line)
    if first == "at":
        case.at = read_instant(words[0])
    elif first == "nation":
        case.nation = words[0]
    elif first == "attention":
        case.attention = Attention(words[0])
    elif first == "sign":
        case.signs.append(_sign(words[0], words[1], dict(_pairs(words[2:]))))
    elif first == "->":
        case.expected.append({"state": words[0], **dict(_pairs(words[1:]))})
    else:
        case.entries.append(_entry(first, words[0], words[1], dict(_pairs(words[2:]))))


def _pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        key, equals, value = word.partition("=")
        yield key, value if equals else "yes"


def _sign(code: str, family: str, told: Mapping[str, str]) -> Sign:
    first = read_moment(told["first"])
    return Sign(code, Family(family), "critical" in told, code, tuple(told["because"].split(",")), (), first, first,
                "1", "", False)


def _entry(entry_id: str, at: str, kind: str, told: dict[str, str]) -> Entry:
    types = {fact.key: fact.type for fact in KINDS[kind].facts}
    until, recorded = told.pop("until", None), told.pop("recorded", None)
    by, place, grade = told.pop("by", TELLER), told.pop("place", None), None
    role, _, age = told.pop("there", "").partition("/")
    if "grade" not in types:
        grade = told.pop("grade", None)
    return Entry(
        entry_id, CHILD, kind, read_moment(at), by, {key: _fact(types[key], value) for key, value in told.items()},
        until=_optional(until), place=None if place is None else _place(place), grade=grade,
        people=(Companion("somebody", role, int(age) if age else None),) if role else (),
        recorded_at=None if recorded is None else read_instant(recorded),
    )


def _optional(moment: str | None) -> Moment | None:
    return None if moment is None else read_moment(moment)


def _place(told: str) -> Place:
    council, _, force = told.partition("/")
    return Place(council=council or None, force=force or None)


def _fact(kind: str, value: str) -> Any:
    if kind == YES_NO:
        return {"yes": True, "no": False}[value]
    if kind == NUMBER:
        return float(value) if "." in value else int(value)
    return value.split(",") if kind == WORDS else value

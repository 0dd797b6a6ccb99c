"""Worked cases of a rule: invented entries in a text table, and what the rule must show of them.

A case proves a rule and explains it: the tests check it, the rule book prints it. An area that changes a window or
adds a sign must bring cases of its own. The text is Markdown:

    ## Fires: stopped in another force while missing
    | entry | what | when | where |
    |---|---|---|---|
    | home | child.home | 2026-01-05 | Knowsley |
    | m1 | missing.reported | 2026-05-01 22:10 | |
    | s1 | police.stop | 2026-05-02 14:00 | Preston |

    At 2026-05-02 15:00: shown because m1, s1; first 2026-05-02 14:00; attention now.

Times are of the United Kingdom unless they carry an offset; "2026-05-01 to 2026-05-03" is a period. Columns: entry,
child (Amara where left out), what, when, known (from when this system knew it), by, where (a named place), people,
things, facts ("offence=weapon; property=cash, phone"). What is told of other children of a case makes the circle of
Amara's neighbours. An expectation says shown or not shown, and may say of whom; "says WORDS" and "against WORDS" hold
words that must stand in the reasons, and in what speaks against the sign.

What waits in our own books stands in a second table, whose first column is `waits`: what waits, since when, whom it
names, about which entry (or which kind of entry), when it is due, when it ended.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sightline.domain.signs.gaps import latest
from sightline.domain.signs.neighbours import circle_at
from sightline.domain.signs.ours import NOTHING_OURS, Ours, Waiting, Waits
from sightline.domain.signs.reading import read
from sightline.domain.signs.rule import Rule
from sightline.domain.vocabulary.entry import Companion, Entry, Thing
from sightline.domain.vocabulary.kinds import KINDS, NUMBER, WORDS, YES_NO
from sightline.domain.vocabulary.moment import LONDON, Moment, UnreadableMoment, read_moment
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline

CHILD = "Amara"
COLUMNS = frozenset({"entry", "child", "what", "when", "known", "by", "where", "people", "things", "facts"})
OUR_COLUMNS = frozenset({"waits", "since", "whom", "about", "due", "ended"})
EXPECTATION = re.compile(r"At (?P<at>[^;]+?): (shown because (?P<because>[^;]+)|not shown)(?P<more>(; [^;]+)*)\.")
MORE = ("first", "last", "attention", "says", "against")


class CaseUnreadable(ValueError):
    """A worked case cannot be read. The message says where and why."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Hold what must be shown at an instant: the entries that make the sign, or None where it must not be shown."""

    text: str
    at: datetime
    because: tuple[str, ...] | None
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one worked case: its title, its entries in order, what is expected, and its own text."""

    title: str
    timeline: Timeline
    expectations: tuple[Expectation, ...]
    text: str
    ours: Ours = NOTHING_OURS


def read_places(text: str) -> dict[str, Place]:
    """Read the named places of the cases: a table of place, council, force, lat and lon.

    Raises CaseUnreadable.
    """
    return {row["place"]: Place(None, row["council"] or None, row["force"] or None,
                                float(row["lat"]) if row["lat"] else None, float(row["lon"]) if row["lon"] else None)
            for row in _rows(text, frozenset({"place", "council", "force", "lat", "lon"}))}


def read_cases(text: str, *, places: Mapping[str, Place]) -> list[Case]:
    """Read the cases under the second-level headings of the text.

    Raises CaseUnreadable.
    """
    return [_case(part, places) for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]


def broken(case: Case, *, rule: Rule, rules: Sequence[Rule]) -> list[str]:
    """Say in words what the rule does otherwise than the case expects; nothing where it holds."""
    return [f"{case.title}: expected “{expected.text}”, but {fault}"
            for expected in case.expectations
            for fault in _faults(_read(case, at=expected.at, rules=rules), rule, expected)]


def _read(case: Case, *, at: datetime, rules: Sequence[Rule]) -> Reading:
    """Read the child of the case, within the circle of whoever else the case tells of."""
    told = case.timeline
    children = {told.child: told} | {child: Timeline.of(child, (e for e in told if e.child == child))
                                     for child in {entry.child for entry in told} - {told.child}}
    return read(told, at=at, rules=rules, ours=case.ours, circle=circle_at(told.child, children, at=at))


def _faults(reading: Reading, rule: Rule, expected: Expectation) -> Iterator[str]:
    sign = next((sign for sign in reading.signs if sign.code == rule.code), None)
    because = sign.because if sign else None
    if because != expected.because:
        yield f"it is shown because {', '.join(because)}" if because else "it is not shown"
    elif sign:
        for name, moment in (("first", sign.first_at), ("last", sign.last_at)):
            if name in expected.more and latest(moment) != latest(_moment(expected.more[name])):
                yield f"its {name} moment is {moment}"
        for name, told in (("says", sign.reasons), ("against", [words for _, words in sign.against])):
            if name in expected.more and expected.more[name] not in " | ".join(told):
                yield f"{name}: {' | '.join(told) or 'nothing'}"
    if expected.more.get("attention", reading.attention.value) != reading.attention.value:
        yield f"the attention is {reading.attention.value}"


def _case(part: str, places: Mapping[str, Place]) -> Case:
    title, _, text = part.partition("\n")
    entries = [_told(row, places) for row in _rows(text, COLUMNS)]
    expectations = tuple(_expectation(line) for line in text.splitlines() if line.startswith("At "))
    if not entries or not expectations:
        raise CaseUnreadable(f"“{title}” needs a table of entries and at least one line that begins with “At”")
    ours = Ours(tuple(_waiting(row) for row in _rows(text, OUR_COLUMNS)))
    return Case(title.strip(), Timeline.of(CHILD, entries), expectations, text.strip(), ours)


def _waiting(row: Mapping[str, str]) -> Waiting:
    try:
        what = Waits(row["waits"])
    except ValueError:
        raise CaseUnreadable(f"no such thing waits: {row['waits']}") from None
    about = row.get("about", "")
    of_kind = about in KINDS
    due, ended = (latest(_moment(row[key])) if row.get(key) else None for key in ("due", "ended"))
    return Waiting(what, latest(_moment(row.get("since", ""))), row.get("whom", ""), about="" if of_kind else about,
                   kinds=(about,) if of_kind else (), due_at=due, ended_at=ended)


def _rows(text: str, columns: frozenset[str]) -> Iterator[dict[str, str]]:
    """Give the rows of the table with these columns; the table of what waits is known by its first."""
    for table in re.findall(r"(?:^\|.*\n?)+", text, flags=re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]
        if (lines[0][0] == "waits") is (columns is OUR_COLUMNS):
            yield from _rows_of(lines, columns)


def _rows_of(lines: Sequence[list[str]], columns: frozenset[str]) -> Iterator[dict[str, str]]:
    header = lines[0]
    if unknown := set(header) - columns:
        raise CaseUnreadable(f"no such column: {', '.join(sorted(unknown))}")
    for cells in lines[2:]:
        if len(cells) != len(header):
            raise CaseUnreadable(f"this row does not have {len(header)} cells: {' | '.join(cells)}")
        yield dict(zip(header, cells, strict=True))


def _told(row: Mapping[str, str], places: Mapping[str, Place]) -> Entry:
    try:
        return _entry(row, places)
    except (KeyError, TypeError, ValueError) as error:
        raise CaseUnreadable(f"this row cannot be read as an entry: {' | '.join(row.values())} ({error})") from error


def _entry(row: Mapping[str, str], places: Mapping[str, Place]) -> Entry:
    kind, where = row["what"], row.get("where", "")
    if kind not in KINDS or (where and where not in places):
        raise CaseUnreadable(f"no such kind or place: {kind}, {where}")
    begins, _, ends = row["when"].partition(" to ")
    known = row.get("known", "")
    return Entry(
        id=row["entry"],
        child=row.get("child") or CHILD,
        kind=kind,
        at=_moment(begins),
        by=row.get("by") or kind.split(".")[0],
        facts=dict(_fact(kind, said) for said in row.get("facts", "").split(";") if said.strip()),
        until=_moment(ends) if ends else None,
        place=places[where] if where else None,
        people=tuple(_companion(person) for person in row.get("people", "").split(",") if person.strip()),
        things=tuple(Thing(*thing.split()) for thing in row.get("things", "").split(",") if thing.strip()),
        recorded_at=latest(_moment(known)) if known else None,
    )


def _fact(kind: str, said: str) -> tuple[str, object]:
    """Read key=value by the type that the vocabulary gives the key."""
    key, _, value = (part.strip() for part in said.partition("="))
    types = {fact.key: fact.type for fact in KINDS[kind].facts}
    if key not in types:
        raise CaseUnreadable(f"{kind} has no fact {key}")
    if types[key] == YES_NO:
        return key, {"yes": True, "no": False}[value]
    if types[key] == NUMBER:
        return key, float(value)
    return key, [word.strip() for word in value.split(",")] if types[key] == WORDS else value


def _companion(text: str) -> Companion:
    who, role, *age = text.split()
    return Companion(who, role, int(age[0]) if age else None)


def _expectation(line: str) -> Expectation:
    match = EXPECTATION.fullmatch(line.strip())
    more = dict(part.strip().partition(" ")[::2] for part in match["more"].split(";")[1:]) if match else {}
    if not match or set(more) - set(MORE):
        raise CaseUnreadable(f"this says neither what is shown nor that nothing is: {line}")
    because = tuple(entry.strip() for entry in match["because"].split(",")) if match["because"] else None
    return Expectation(line.strip(), latest(_moment(match["at"])), because, more)


def _moment(text: str) -> Moment:
    """Read a day, an instant with its offset, or a time of the United Kingdom."""
    text = text.strip()
    try:
        if len(text) == len("2026-05-01 22:10"):
            return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
        return read_moment(text)
    except (ValueError, UnreadableMoment):
        raise CaseUnreadable(f"this is neither a day nor a time: {text}") from None

"""Other police records of a child: missing, stopped, found on the railway, victim, seen in a home with violence."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO, ClassVar

from sightline.domain.intake.columns import Items, NeededText, NeededWhen, Text, When, YesNo, column
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, future
from sightline.domain.intake.person import birth_told, home_told, postcode_problems
from sightline.domain.intake.police import SENT_BY, PoliceRow, identity_of, offence_facts, police_problems
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, SortedRow, Told
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.domain.intake.values import place_of
from sightline.domain.vocabulary.entry import Companion, Thing
from sightline.domain.vocabulary.kinds import KINDS
from sightline.domain.vocabulary.kinds import PREMISES as PREMISES_KNOWN

SCHEME = "police-record"

RECORD_TYPES = {
    "missing-report": "missing.reported",
    "missing-found": "missing.found",
    "stop": "police.stop",
    "domestic-incident": "police.domestic-incident",
    "victim": "police.victim",
    "intelligence": "police.intelligence",
    "police-protection": "police.protection",
    "rail-contact": "rail.contact",
    "return-interview": "missing.return-interview",
    "crime-outcome": "police.crime-outcome",
    "abduction-warning": "police.abduction-warning",
    "high-risk-case": "police.high-risk-case",
    "online-package": "police.online-package",
}
_TYPES = {plain(name): name for name in RECORD_TYPES}

RAIL_REASONS = ("fare", "welfare", "search")
PREMISES = PREMISES_KNOWN.allowed
THING_KINDS = ("phone", "line", "address", "vehicle")
DECLINED = ("declined", "refused", "notheld", "notwanted")
NOT_OFFERED = ("notoffered",)

FACT_COLUMNS = ("offence", "property", "suspect", "grade", "child_seen", "station", "reason", "designated_officer",
                "operation", "premises", "withdrew", "accused_known", "online", "sent_by")
"""Columns that become facts, where the kind of the record has them; told elsewhere they are noted."""


FACTS = {name: frozenset(fact.key for fact in KINDS[kind].facts) for name, kind in RECORD_TYPES.items()}
UNWANTED = {
    name: frozenset(FACT_COLUMNS) - facts - ({"grade", "reason"} if name == "return-interview" else {"grade"})
    for name, facts in FACTS.items()
}
"""The columns that a type of record does not have; a grade may be told of any."""


class EventRow(PoliceRow):
    """Hold one police record."""

    NUMBERS: ClassVar[dict[str, str]] = {"pnc_id": "pnc", "upn": "upn"}

    record_ref: NeededText = column("Reference of the record", becomes="key of everything that the row tells")
    record_type: NeededText = column(
        "What it is",
        form=", ".join(RECORD_TYPES),
        becomes="the kind of entry: " + ", ".join(dict.fromkeys(RECORD_TYPES.values())),
    )
    occurred_at: NeededWhen = column(
        "When it was; of a missing report, since when the child was missing", becomes="its time"
    )
    ended_at: When = column(
        "When it ended; of an online package, when you acted on it",
        becomes="until; of a missing report also missing.found. Send this or a record missing-found, not both",
    )
    postcode: Text = column("Postcode of the event", becomes="place")
    upn: Text = column("Unique pupil number, where police know it", becomes="identity")
    suspect: YesNo = column(
        "Whether the child was dealt with as a suspect (stop, domestic-incident)", becomes="the fact suspect")
    grade: Text = column(
        "Grade of the risk or of the information", becomes="grade, and the fact grade where there is one"
    )
    child_seen: YesNo = column("Whether an officer saw the child", becomes="the fact child_seen")
    companions: Items = column(
        "Who was with the child",
        form="id:role:age, separated by semicolons, such as P77:found-with:34; role and age may be empty",
        becomes="people",
        absent=(),
    )
    things: Items = column(
        "Phones, lines, addresses, vehicles",
        form="kind:id, separated by semicolons, such as phone:07700900123",
        becomes="things",
        absent=(),
    )
    station: Text = column("Railway station", becomes="the fact station of rail.contact")
    reason: Text = column(
        "Why; of a rail contact fare, welfare or search; of a return interview declined or not offered where it was so",
        becomes="the fact reason; of a return interview the facts offered and held",
    )
    school: Text = column("The child's school, as police know it", becomes="identity")
    designated_officer: Text = column("Designated officer", becomes="the fact designated_officer of police.protection")
    operation: Text = column(
        "Reference of the police operation that it was part of",
        becomes="the fact operation of police.stop, police.protection or rail.contact",
    )
    premises: Text = column(
        "As what you know the address (stop, missing-found)", form=", ".join(PREMISES), becomes="the fact premises")
    withdrew: YesNo = column(
        "Whether the child, or a parent, withdrew the allegation (crime-outcome)", becomes="the fact withdrew")
    accused_known: YesNo = column(
        "Whether the child knows who was accused (crime-outcome)", becomes="the fact accused_known")
    online: YesNo = column("Whether the crime was done online (victim)", becomes="the fact online")
    sent_by: Text = column(
        "Who sent you the package, such as NCMEC, NCA or CEOP (online-package)", becomes="the fact sent_by")


def type_of(text: str | None) -> str | None:
    """Give the record type that words name, or None."""
    return None if text is None else _TYPES.get(plain(text))


def companions_of(items: tuple[str, ...]) -> tuple[Companion, ...]:
    """Read companions written id:role:age; raises ValueError for an age that is no number."""
    found = []
    for item in items:
        parts = [part.strip() for part in item.split(":")]
        if len(parts) > 3 or not parts[0]:
            raise ValueError
        role, age = (*parts[1:], "", "")[:2]
        found.append(Companion(parts[0], role or None, _age(age) if age else None))
    return tuple(found)


def _age(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 120):
        raise ValueError
    return int(text)


def things_of(items: tuple[str, ...]) -> tuple[Thing, ...]:
    """Read things written kind:id; raises ValueError for a kind that is not known."""
    found = []
    for item in items:
        kind, _, name = item.partition(":")
        if kind.strip().casefold() not in THING_KINDS or not name.strip():
            raise ValueError
        found.append(Thing(kind.strip().casefold(), name.strip()))
    return tuple(found)


def _problems(row: EventRow, on: date | None) -> Iterator[Problem]:
    kind = type_of(row.record_type)
    if row.record_type is not None and kind is None:
        yield Problem("record_type", f"This is not known. Write one of: {', '.join(RECORD_TYPES)}.")
    yield from future("occurred_at", row.occurred_at, on)
    yield from future("ended_at", row.ended_at, on)
    yield from before("ended_at", row.ended_at, "occurred_at", row.occurred_at)
    try:
        if row.companions:
            companions_of(row.companions)
    except ValueError:
        yield Problem("companions", "Write each companion as id:role:age, such as P77:found-with:34; ages are numbers.")
    try:
        if row.things:
            things_of(row.things)
    except ValueError:
        yield Problem("things", f"Write each thing as kind:id; a kind is one of {', '.join(THING_KINDS)}.")
    if kind is not None:
        yield from _fact_problems(row, kind)
    yield from postcode_problems("postcode", row.postcode)
    yield from police_problems(row, row.occurred_at, on)


def _fact_problems(row: EventRow, kind: str) -> Iterator[Problem]:
    if not UNWANTED[kind].isdisjoint(row.model_fields_set):
        for name in FACT_COLUMNS:
            if name in UNWANTED[kind] and name in row.model_fields_set:
                yield Problem(name, f"A record {kind} has no {name}; it was not read.", turns_back=False)
    if kind == "rail-contact" and row.reason is not None and row.reason.casefold() not in RAIL_REASONS:
        yield Problem("reason", "Write fare, welfare or search. The reason was left open.", turns_back=False)
    if row.premises is not None and row.premises.casefold() not in PREMISES:
        yield Problem("premises", f"Write {' or '.join(PREMISES)}. It was left open.", turns_back=False)


def _facts(row: EventRow, kind: str) -> dict[str, Any]:
    """Give the facts that this kind of record has and the row tells."""
    if kind == "return-interview":
        word = plain(row.reason or "")
        offered = word not in NOT_OFFERED
        return {"offered": offered, "held": offered and word not in DECLINED}
    told: dict[str, Any] = offence_facts(row)
    for name in ("suspect", "grade", "child_seen", "station", "designated_officer", "operation", "withdrew",
                 "accused_known", "online", "sent_by"):
        value = getattr(row, name)
        if value is not None:
            told[name] = value
    if row.reason is not None:
        reason = row.reason.casefold() if kind == "rail-contact" else row.reason
        if kind != "rail-contact" or reason in RAIL_REASONS:
            told["reason"] = reason
    if row.premises is not None and row.premises.casefold() in PREMISES:
        told["premises"] = row.premises.casefold()
    known = FACTS[kind]
    return {key: value for key, value in told.items() if key in known}


def _tell(row: EventRow, sender: Sender, on: date | None) -> Telling:
    kind = _TYPES[plain(row.record_type)]
    place, people, things = place_of(row.postcode), companions_of(row.companions), things_of(row.things)
    told = [
        Told(
            RECORD_TYPES[kind],
            row.occurred_at,
            kind,
            _facts(row, kind),
            until=row.ended_at,
            place=place,
            people=people,
            things=things,
            grade=row.grade,
        )
    ]
    if kind == "missing-report" and row.ended_at is not None:
        told.append(Told("missing.found", row.ended_at, "missing-found", people=people))
    told += birth_told(row.dob)
    told += home_told(row.home_postcode, row.occurred_at, "home", address=row.home_address, uprn=row.home_uprn)
    return Telling(replace(identity_of(row, SCHEME, row.record_ref), school=row.school), tuple(told))


SHAPE = Shape(
    name="police-events",
    title="One row or object a record",
    model=EventRow,
    needs=((("record_ref",),), (("record_type",),), (("occurred_at",),)),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "json")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of police records."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name="police-events",
    title="Police records of a child other than custody",
    about="Missing reports and returns, stops, domestic abuse incidents, crimes against the child, intelligence, "
    "police protection, contacts on the railway, return interviews, outcomes of crimes, abduction warnings, homes "
    "heard as high risk (MARAC), packages on online abuse. A record sent again under its reference corrects "
    "the earlier one. JSON may be one object, a list, or one object a line.",
    sent_by=(*SENT_BY, "charity"),
    formats=(*FORMATS, "jsonl"),
    tables=(SHAPE.table(),),
    source="A format of our own, named after the police POLE data standards.",
    sort=sort,
)

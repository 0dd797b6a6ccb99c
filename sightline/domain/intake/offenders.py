"""Managed offenders, sent by who manages them: one row for each thing that is told of somebody."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from sightline.domain.intake.columns import Day, Items, Name, NeededDay, NeededText, Row, Text, YesNo, column
from sightline.domain.intake.facts import told_facts
from sightline.domain.intake.feed import Feed
from sightline.domain.intake.files.headings import plain
from sightline.domain.intake.files.limits import LARGEST_FILE_BYTES
from sightline.domain.intake.order import before, future
from sightline.domain.intake.person import key_part, postcode_problems, uprn_problems
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender, SortedRow, Told, Withdrawn
from sightline.domain.intake.shapes import Shape, Telling, sort_rows
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.offender import (
    AWAY,
    CATEGORIES,
    LEVELS,
    MANAGED_BY,
    MODES,
    NOTIFIED,
    ORDERS,
    REVIEWS,
    RISKS,
    THERE,
    TellingKind,
)
from sightline.domain.vocabulary.offender import FEED as OFFENDERS

SCHEME = "offender"
LONGEST_REFERENCE = 60
NATIONS = ("england", "wales", "scotland", "northern-ireland")
WORDS: Mapping[str, Mapping[str, str] | tuple[str, ...]] = {
    "category": CATEGORIES, "level": LEVELS, "risk": RISKS, "nation": NATIONS, "there": THERE, "matter": NOTIFIED,
    "away": AWAY, "order": ORDERS, "mode": MODES, "review": REVIEWS,
}
NEEDED: Mapping[TellingKind, tuple[str, ...]] = {
    TellingKind.REGISTER: ("name", "category", "risk"), TellingKind.ADDRESS: ("there",),
    TellingKind.HAPPENED: ("matter",), TellingKind.NOTIFIED: ("matter",), TellingKind.AWAY: ("away",),
    TellingKind.ORDER: ("order",), TellingKind.CHILD: ("child_born_on",), TellingKind.MET: ("postcode",),
    TellingKind.VISIT_DUE: ("due_on", "reason"), TellingKind.VISIT: (), TellingKind.MANAGEMENT: ("mode", "reason"),
    TellingKind.REVIEW: ("review",), TellingKind.RELEASE_DUE: ("due_on",), TellingKind.ADDRESS_CHECKED: ("outcome",),
    TellingKind.SIGNIFICANT: ("found",),
}
AHEAD = frozenset({TellingKind.RELEASE_DUE, TellingKind.ORDER, TellingKind.ADDRESS, TellingKind.AWAY})
"""What may be told for a day that is still to come."""


class OffenderRow(Row):
    """Hold one thing told of one offender."""

    reference: NeededText = column("Your own number of the offender", becomes="the offender of your agency")
    what: NeededText = column("What the row tells", form=", ".join(TellingKind), becomes="the kind of the telling")
    on: NeededDay = column("Day of it; for a period, its first day", becomes="the day of the telling")
    until: Day = column("Day on which it ended or ends: of leaving, of release, of expiry", becomes="until")
    key: Text = column("Your own number of this thing; with it a later row corrects every detail of an earlier one")
    withdrawn: YesNo = column("Whether it no longer holds", becomes="yes takes back what was told under the key")
    name: Name = column("Name (register)", becomes="the name of the offender")
    also_known_as: Items = column("Other names (register)", becomes="other names", absent=())
    born_on: Day = column("Day of birth (register)", becomes="day of birth")
    nation: Text = column("Whose law holds (register)", form=", ".join(NATIONS), becomes="which clocks are counted")
    category: Text = column("MAPPA category (register)", form="1, 2, 3 or 4", becomes="category")
    level: Text = column("MAPPA level (register)", form="1, 2 or 3", becomes="level")
    risk: Text = column("Risk as recorded by people (register)", form=", ".join(RISKS), becomes="risk")
    manager: Text = column("E-mail address of the offender manager (register)", becomes="who manages")
    there: Text = column("How the offender is at the address (address)", form=", ".join(THERE),
                         becomes="the way of a join to a child")
    address: Text = column("House and street (address)", form="Flat 2, 14 High Street", becomes="address")
    postcode: Text = column("Postcode (address, met)", becomes="address, or the place of a meeting")
    uprn: Text = column("Unique property reference number (address)", becomes="address")
    no_fixed_abode: YesNo = column("Whether there is no fixed abode (address)", becomes="the weekly clock")
    notified_on: Day = column("When the offender told the police of it (address)", becomes="a notification")
    matter: Text = column("Of what (happened, notified)", form=", ".join(NOTIFIED), becomes="a clock begun or met")
    about: Text = column("Which name, address or document (happened, notified)", becomes="what it is about")
    expected_on: Day = column("Day announced (notified in advance)", becomes="a notification in advance")
    away: Text = column("Where (away)", form=", ".join(AWAY), becomes="time in which clocks stand still")
    order: Text = column("Which order (order)", form=", ".join(ORDERS), becomes="order")
    conditions: Text = column("Conditions in words (order)", becomes="conditions")
    child_forename: Name = column("Forename of the child (child-in-household)", becomes="a join to the child")
    child_surname: Name = column("Surname of the child (child-in-household)", becomes="a join to the child")
    child_born_on: Day = column("Day of birth of the child (child-in-household)", becomes="a join to the child")
    due_on: Day = column("Day by which (visit-due), or expected day (release-due)", becomes="when it is due")
    reason: Text = column("Why (visit-due, management)", becomes="the reason")
    announced: YesNo = column("Whether the visit was announced (visit)", becomes="visit")
    seen: YesNo = column("Whether the offender was seen (visit)", becomes="visit")
    found: Text = column("What was seen or learned (visit, significant-change)", becomes="visit")
    lives_there: Text = column("Who else lives there or visits (visit)", becomes="visit")
    child_contact: Text = column("Contact with children (visit)", becomes="visit")
    devices: Text = column("Devices and what was looked at (visit)", becomes="visit")
    mode: Text = column("Way of management (management)", form=", ".join(MODES), becomes="active or reactive")
    review: Text = column("Which review (review)", form=", ".join(REVIEWS), becomes="review")
    prison: Text = column("Prison (release-due)", becomes="release")
    outcome: Text = column("What the check found (address-checked)", becomes="check")


FACTS = ("name", "also_known_as", "born_on", "nation", "category", "level", "risk", "manager", "there", "address",
         "postcode", "uprn", "no_fixed_abode", "notified_on", "about", "expected_on", "order", "conditions", "due_on",
         "reason", "announced", "seen", "found", "lives_there", "child_contact", "devices", "mode", "review", "prison",
         "outcome")
RENAMED = {"matter": "what", "away": "where", "child_forename": "given", "child_surname": "family",
           "child_born_on": "born_on"}


def kind_of(text: str | None) -> TellingKind | None:
    """Give the kind that a row names, however its words are joined."""
    return KINDS.get(plain(text)) if text else None


KINDS = {plain(kind.value): kind for kind in TellingKind}


def _word_of(name: str, told: str | None) -> str | None:
    known = {plain(word): word for word in WORDS[name]}
    return None if told is None else known.get(plain(told))


def _problems(row: OffenderRow, on: date | None) -> Iterator[Problem]:
    kind = kind_of(row.what)
    if row.what is not None and kind is None:
        yield Problem("what", f"This is not known. Write one of: {', '.join(TellingKind)}.")
    for name in WORDS:
        told = getattr(row, name)
        if told is not None and _word_of(name, told) is None:
            yield Problem(name, f"This is not known. Write one of: {', '.join(WORDS[name])}.")
    if row.reference is not None and len(row.reference) > LONGEST_REFERENCE:
        yield Problem("reference", "This is longer than any reference; 60 letters are kept.")
    yield from before("until", row.until, "on", row.on)
    if kind is None or row.withdrawn:
        return
    for name in NEEDED[kind]:
        if getattr(row, name) in (None, ""):
            yield Problem(name, f"A row that tells {kind} needs this.")
    if kind is TellingKind.ADDRESS and not (row.address or row.uprn or row.no_fixed_abode):
        yield Problem("address", "An address needs a house, a property number, or that there is no fixed abode.")
    if kind not in AHEAD:
        yield from future("on", row.on, on)
    yield from postcode_problems("postcode", row.postcode)
    yield from uprn_problems("uprn", row.uprn)


def _tell(row: OffenderRow, sender: Sender, on: date | None) -> Telling:
    kind = kind_of(row.what) or TellingKind.REGISTER
    reference = " ".join(row.reference.split())
    identity = Identity(scheme=SCHEME, key=reference, family=row.name)
    key = f"{kind}/{key_part(row.key)}" if row.key else f"{kind}/{row.on}/{_digest(row)}"
    if row.withdrawn:
        return Telling(identity, withdrawn=(Withdrawn(key, "Its agency took it back."),))
    if kind is TellingKind.REGISTER and not row.key:
        key = str(kind)
    facts: dict[str, Any] = {name: _fact(row, name) for name in FACTS}
    facts |= {RENAMED[name]: value for name in RENAMED if (value := _fact(row, name)) is not None}
    return Telling(identity, (Told(kind, row.on, key, told_facts(facts), until=row.until),))


def _digest(row: OffenderRow) -> str:
    """Tell two things of one day apart by what makes them two; without a key a row cannot correct another."""
    parts = (row.address, row.postcode, row.matter, row.about, row.away, row.order, row.child_forename, row.review)
    return hashlib.sha256("|".join(plain(part or "") for part in parts).encode()).hexdigest()[:12]


def _fact(row: OffenderRow, name: str) -> Any:
    value = getattr(row, name)
    if name in WORDS:
        return _word_of(name, value)
    return value.isoformat() if isinstance(value, date) else value


SHAPE = Shape(
    name=OFFENDERS,
    title="One row a thing told of an offender",
    model=OffenderRow,
    needs=((("reference",),), (("what",),), (("on",),)),
    problems=_problems,
    tell=_tell,
)

FORMATS = ("csv", "xlsx", "json")


def sort(
    stream: BinaryIO, sender: Sender, *, on: date | None = None, limit_bytes: int = LARGEST_FILE_BYTES
) -> Iterator[SortedRow]:
    """Sort a file of what is told of managed offenders."""
    return sort_rows(stream, sender, shapes=(SHAPE,), formats=FORMATS, on=on, limit_bytes=limit_bytes)


FEED = Feed(
    name=OFFENDERS,
    title="Managed offenders: register, visits, notifications, orders, expected releases",
    about="One row for each thing that is told of an offender whom you manage; the column what says which. A row that "
    "is sent again changes nothing; with the same key and other details it corrects; with withdrawn = yes it takes "
    "back. It makes no child's record: it is kept apart, and seen by offender managers alone.",
    sent_by=tuple(sorted(MANAGED_BY)),
    formats=(*FORMATS, "jsonl"),
    tables=(SHAPE.table(),),
    source="A format of our own; categories and levels are those of MAPPA.",
    sort=sort,
)

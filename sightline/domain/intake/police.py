"""What the police feeds have in common: who the child is, what was found, and by whom it is told."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from sightline.domain.intake.columns import Day, Items, Name, Row, Text, column
from sightline.domain.intake.offences import offence_of, property_of
from sightline.domain.intake.order import birth, whole_years
from sightline.domain.intake.person import identifier_problems, postcode_problems, sex_of, sex_problems, uprn_problems
from sightline.domain.intake.problem import Problem
from sightline.domain.intake.row import Sender
from sightline.domain.vocabulary.identity import Identity
from sightline.domain.vocabulary.moment import Moment

GROWN_UP_AT = 18

SENT_BY = ("police", "transport-police")


class PoliceRow(Row):
    """Hold the columns that name the child, the offence and what was found."""

    NUMBERS: ClassVar[dict[str, str]] = {"pnc_id": "pnc"}
    """The columns that hold identifiers, with the kind of each."""

    pnc_id: Text = column("Police National Computer number", form="2002/0073319Z or 02/73319Z", becomes="identity")
    forename: Name = column("Given name", becomes="identity")
    surname: Name = column("Surname", becomes="identity")
    dob: Day = column(
        "Day of birth", becomes="identity and child.born; of a person of 18 or over the row is turned back"
    )
    sex: Text = column("Sex", form="M, F or U", becomes="identity")
    home_postcode: Text = column(
        "Postcode of the child's home", becomes="identity and child.home on the day of the event"
    )
    home_address: Text = column("House and street of the child's home", becomes="the fact address of child.home")
    home_uprn: Text = column("Unique property reference number of the home", becomes="the fact uprn of child.home")
    offence: Text = column(
        "Offence",
        form="drugs-supply, drugs-possession, weapon, violence, theft, robbery, criminal-damage, "
        "public-order, sexual, other; or in words",
        becomes="the fact offence, where it is recognised",
    )
    property: Items = column(
        "What was found with the child",
        form="list separated by semicolons: cash, class-a, class-b, phone, sim, ticket, weapon; or in words",
        becomes="the fact property, where it is recognised",
        absent=(),
    )


def identity_of(row: PoliceRow, scheme: str, key: str) -> Identity:
    """Give the identity of the child of one police record: a record is corrected under its own reference."""
    identifiers = {kind: value for kind, value in identifiers_of(row).values() if value}
    return Identity(
        scheme=scheme,
        key=key,
        given=row.forename,
        family=row.surname,
        born_on=row.dob,
        sex=sex_of(row.sex),
        identifiers=identifiers,
        postcode=row.home_postcode,
        address=row.home_address,
    )


def identifiers_of(row: PoliceRow) -> dict[str, tuple[str, str | None]]:
    """Give the identifiers of a row: column to kind and value."""
    return {name: (kind, getattr(row, name)) for name, kind in row.NUMBERS.items()}


def found_of(row: PoliceRow) -> tuple[str, ...]:
    """Give what was found with the child, each word once."""
    return tuple(dict.fromkeys(word for item in row.property for word in property_of(item)))


def offence_facts(row: PoliceRow) -> dict[str, Any]:
    """Give the facts offence and property, as far as they are told and recognised."""
    facts: dict[str, Any] = {}
    if row.offence and (offence := offence_of(row.offence)):
        facts["offence"] = offence
    if row.property and (found := found_of(row)):
        facts["property"] = found
    return facts


def police_problems(row: PoliceRow, event: Moment | None, on: date | None) -> Iterator[Problem]:
    """Find what is wrong with the child, the offence and what was found; `event` is the moment of the record."""
    yield from identifier_problems(identifiers_of(row))
    yield from sex_problems("sex", row.sex)
    yield from postcode_problems("home_postcode", row.home_postcode)
    yield from uprn_problems("home_uprn", row.home_uprn)
    yield from birth("dob", row.dob, event, on)
    if row.dob is not None and event is not None and whole_years(row.dob, event) >= GROWN_UP_AT:
        yield Problem(
            "dob",
            "By this day of birth the person was 18 or over; records of adults do not belong here. Look whether "
            "the day is right.",
        )
    if row.offence and offence_of(row.offence) is None:
        yield Problem("offence", "The group of this offence was not recognised; it was left open.", turns_back=False)
    for item in row.property or ():
        if not property_of(item):
            yield Problem("property", f"'{item[:40]}' was not recognised; it was left out.", turns_back=False)


def told_by(force: str | None, sender: Sender) -> str | None:
    """Name the force as the teller where that is not the sender."""
    return None if force is None or force == sender.name else force

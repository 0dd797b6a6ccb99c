"""What can link children: a person who was there, an address, a vehicle, a phone, a line, an arrival at a school.

A hub is named in one form however it was written. A description is no name: a "silver hatchback" links nobody.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.vocabulary.entry import Thing


class HubKind(StrEnum):
    """Name what can link children."""

    PERSON = "person"
    ADDRESS = "address"
    VEHICLE = "vehicle"
    PHONE = "phone"
    LINE = "line"
    ARRIVAL = "arrival"


class Hub(NamedTuple):
    """Name one hub by its kind and its key, which is the same however the hub was written."""

    kind: HubKind
    key: str


class Reach(NamedTuple):
    """Say for how many days after its last telling a hub links, and how many children it may link at the most."""

    days: int
    most: int


REACH: Mapping[HubKind, Reach] = {
    HubKind.PERSON: Reach(days=180, most=20),
    HubKind.ADDRESS: Reach(days=180, most=12),
    HubKind.VEHICLE: Reach(days=90, most=12),
    HubKind.PHONE: Reach(days=180, most=12),
    HubKind.LINE: Reach(days=90, most=30),
    HubKind.ARRIVAL: Reach(days=90, most=12),
}
"""Our own defaults. A number, a car and a brand change hands within weeks; what more children touch than a person can
look at (a block of flats, a school's office) says nothing of who is with whom."""

MOST_HUBS = 40
"""As many hubs of one child are looked at, those told of last: nobody reads more."""

KIND_WORDS: Mapping[HubKind, str] = {
    HubKind.PERSON: "Somebody who was there", HubKind.ADDRESS: "An address", HubKind.VEHICLE: "A vehicle",
    HubKind.PHONE: "A phone", HubKind.LINE: "A line", HubKind.ARRIVAL: "Came to the same school",
}
THINGS: Mapping[str, HubKind] = {
    "phone": HubKind.PHONE, "sim": HubKind.PHONE, "line": HubKind.LINE, "vehicle": HubKind.VEHICLE,
    "address": HubKind.ADDRESS,
}
LEAST_DIGITS: Mapping[HubKind, int] = {HubKind.PHONE: 6, HubKind.VEHICLE: 1, HubKind.ADDRESS: 1}
LONGEST_KEY = 200
ABROAD = re.compile(r"^(?:\+|00)44(?:\(0\))?")


def hub_of(thing: Thing) -> Hub | None:
    """Give the hub that a thing is, or None where it is described and not named, or is no kind of ours."""
    kind = THINGS.get(thing.kind.strip().casefold())
    if kind is None:
        return None
    told = re.sub(r"\s+", "", thing.id.casefold())
    if kind is HubKind.PHONE:
        told = ABROAD.sub("0", told)
    key = re.sub(r"[^\w]", "", told)[:LONGEST_KEY]
    figures = sum(letter.isdigit() for letter in key)
    return Hub(kind, key) if key and figures >= LEAST_DIGITS.get(kind, 0) else None


def person_hub(by: str, id_: str) -> Hub:
    """Give the hub of somebody whom an agency names by an id of its own system."""
    return Hub(HubKind.PERSON, f"{by.strip().casefold()}|{id_.strip().casefold()}"[:LONGEST_KEY])

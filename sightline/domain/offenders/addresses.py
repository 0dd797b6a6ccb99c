"""When two addresses are one door: by property number, else by postcode and house, with what may be written wrongly.

An address is read into a property number, a flat, a house (number or name), a street and a postcode. Keys find what may
be the same; `same_door` says whether it is. A postcode alone says nothing of who lives where.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.vocabulary.identifier import check


class Door(NamedTuple):
    """Hold one address as it is compared; what was not told is empty.

    `flat` holds what divides the house: 14A, Flat 2 gives "2" and "a".
    """

    uprn: str = ""
    flat: frozenset[str] = frozenset()
    house: str = ""
    street: str = ""
    postcode: str = ""


class Same(StrEnum):
    """Say how two addresses come to be one door, the surest first."""

    PROPERTY = "property"
    HOUSE = "house"
    FLAT_NOT_TOLD = "flat-not-told"
    PROPERTY_DIFFERS = "property-differs"
    STREET_DIFFERS = "street-differs"
    POSTCODE_DIFFERS = "postcode-differs"


SAME_WORDS = {
    Same.PROPERTY: "the same property number",
    Same.HOUSE: "the same house and postcode",
    Same.FLAT_NOT_TOLD: "the same house and postcode; only one of the two tells which flat",
    Same.PROPERTY_DIFFERS: "the same house and postcode; the property numbers differ",
    Same.STREET_DIFFERS: "the same house and postcode; the street is written differently",
    Same.POSTCODE_DIFFERS: "the same house and street in one postal district; the postcodes differ",
}
SURE = frozenset({Same.PROPERTY, Same.HOUSE})
"""Of all others a person checks first whether they are one door."""

LONGEST_KEY = 120
FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room|studio)\s*(?:no\.?\s*)?([a-z]?\d+[a-z]?|[a-z])\b")
HOUSE = re.compile(
    r"\b(?:(?P<flat>[a-z]?\d+[a-z]?)/)?(?P<house>\d+)(?:\s*(?P<letter>[a-z]))?\b(?:\s*[-–]\s*\d+[a-z]?\b)?")
SPELT = {"st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
         "cres": "crescent", "ct": "court", "pl": "place", "sq": "square", "tce": "terrace", "terr": "terrace",
         "gdns": "gardens", "gr": "grove", "grn": "green", "pk": "park", "wy": "way", "hse": "house"}
LEAST_LETTERS = 3
NO_HOUSE = frozenset({"nofixedabode", "nofixedaddress", "nfa", "homeless", "unknown", "notknown", "notprovided", "none",
                      "various", "confidential", "withheld", "tobeconfirmed", "tbc"})
"""What is written where there is no address to write (our own list)."""


def door_of(address: str | None, postcode: str | None, uprn: str | None = None) -> Door:
    """Read an address as it was written into its parts; what cannot be right counts as not told. Never fails."""
    number = check("uprn", uprn) if uprn else None
    code = check("postcode", postcode) if postcode else None
    flat, house, street = _parts((address or "")[:LONGEST_KEY * 2])
    return Door(number.normal if number and number.valid else "", flat, house, street,
                code.normal.replace(" ", "") if code and code.valid else "")


def door_written(text: str, postcode: str | None) -> Door:
    """Read an address whose postcode may be written at its end; without one there, the postcode given is taken."""
    words = text.replace(",", " ").split()
    for count in (2, 1):
        own = " ".join(words[-count:])
        if len(words) > count and (answer := check("postcode", own)).valid:
            return door_of(text[:text.rfind(words[-count])], answer.normal)
    return door_of(text, postcode)


def _parts(address: str) -> tuple[frozenset[str], str, str]:
    """Give what divides the house, the house and the street: "Flat 2, 14A High St" is {2, a}, 14 and highstreet."""
    text = " ".join(re.sub(r"[^\w\s,/–-]", "", address.casefold()).split())
    flat: set[str] = set()
    if found := FLAT.search(text):
        flat.add(found[1])
        text = f"{text[:found.start()]},{text[found.end():]}"
    lines = [line.strip() for line in text.split(",") if line.strip()]
    for place, line in enumerate(lines):
        if found := HOUSE.search(line):
            flat.update(part for part in (found["flat"], found["letter"]) if part)
            street = _street(line[found.end():]) or (_street(lines[place + 1]) if place + 1 < len(lines) else "")
            return frozenset(flat), found["house"], street
    name = _letters(lines[0]) if lines else ""
    street = _street(lines[1]) if len(lines) > 1 else ""
    return frozenset(flat), "" if len(name) < LEAST_LETTERS or name in NO_HOUSE else name, street


def _street(line: str) -> str:
    words = [word for word in re.split(r"[\s/–-]+", line) if word]
    return _letters(" ".join([*words[:-1], SPELT.get(words[-1], words[-1])])) if words else ""


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", text)[:LONGEST_KEY // 2]


def keys_of(door: Door) -> tuple[str, ...]:
    """Give the keys under which the same door is found again, however it is told; nothing for a postcode alone."""
    keys = [f"uprn:{door.uprn}"] if door.uprn else []
    if door.house and door.postcode:
        keys.append(f"house:{door.postcode}|{door.house}")
    if door.house and door.street and door.postcode:
        keys.append(f"street:{door.postcode[:-3]}|{door.house}|{door.street}")
    return tuple(key[:LONGEST_KEY] for key in keys)


def same_door(one: Door, other: Door) -> Same | None:
    """Say how two addresses are one door, or None where nothing says so; it does not matter which comes first.

    Flats that differ are two doors, unless one property number says that they are one.
    """
    if one.uprn and one.uprn == other.uprn:
        return Same.PROPERTY
    if not (one.house and one.house == other.house and one.postcode and other.postcode):
        return None
    divided, streets = one.flat != other.flat, {one.street, other.street} - {""}
    if divided and not (one.flat <= other.flat or other.flat <= one.flat):
        return None
    if one.postcode != other.postcode:
        near = one.postcode[:-3] == other.postcode[:-3] and one.street and one.street == other.street
        return Same.POSTCODE_DIFFERS if near else None
    if one.uprn and other.uprn:
        return Same.PROPERTY_DIFFERS
    if divided:
        return Same.FLAT_NOT_TOLD
    return Same.STREET_DIFFERS if len(streets) > 1 else Same.HOUSE

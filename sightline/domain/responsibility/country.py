"""Where the councils and forces of a question lie: names, codes, postcodes and points of the real country."""

import re
from datetime import date
from functools import partial

from sightline.domain.duties.nations import read_nation
from sightline.domain.responsibility.facts import Area, FactsRefused, Gazetteer
from sightline.reference.geography import (
    PlaceAnswer,
    UnknownAuthority,
    UnknownForce,
    UnknownPostcode,
    authority,
    authority_on,
    force,
    forces,
    place_of,
    successors,
)
from sightline.reference.geography.points import UnknownPoint, place_at

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}", re.IGNORECASE)
POINT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?),\s*(-?[0-9]+(?:\.[0-9]+)?)")


def area(told: str, *, on: date | None = None) -> Area:
    """Give the council that a name, code, postcode or point ("latitude,longitude") means: that of a day, or of today.

    Raises FactsRefused, in words.
    """
    words = " ".join(told.split())
    try:
        return _council(_code(words), on)
    except (UnknownAuthority, UnknownPostcode, UnknownPoint) as unknown:
        raise FactsRefused(str(unknown)) from None


def force_named(told: str) -> str:
    """Give a police force's name from its name or code; a name that nobody knows stays as it was told."""
    try:
        return force(" ".join(told.split())).full_name
    except UnknownForce:
        return " ".join(told.split())


def _code(words: str) -> str:
    if POSTCODE.fullmatch(words):
        return _certain(place_of(words))
    point = POINT.fullmatch(words)
    return _certain(place_at(float(point[1]), float(point[2]))) if point else words


def _certain(answer: PlaceAnswer) -> str:
    """Give the council; where a border is too near to be sure, refuse: the owner must not be guessed."""
    code = answer.childrens_services_authority_code
    if code is None or (not answer.exact and answer.authority_share < 1):
        raise FactsRefused(f"{answer.why} Give the name of the council.")
    return code


def country_on(day: date) -> Gazetteer:
    """Give the gazetteer with the councils that there were on a day."""
    return Gazetteer(partial(area, on=day), force_named)


def _council(name_or_code: str, on: date | None) -> Area:
    found = authority(name_or_code) if on is None else authority_on(name_or_code, on)
    return Area(found.name, forces()[found.force_code].full_name, read_nation(found.nation), found.trust)


def successors_of(council: str) -> tuple[str, ...]:
    """Name the councils of today that took over from one that ended; nothing where it has not, or is not known."""
    return tuple(one.name for one in successors(council))


COUNTRY = Gazetteer(area, force_named, country_on)

"""A place with what follows from its postcode: council, police force, and position."""

from functools import lru_cache

from sightline.domain.vocabulary.place import Place
from sightline.reference.geography import (
    PlaceAnswer,
    UnknownForce,
    UnknownPoint,
    UnknownPostcode,
    force,
    forces,
    place_at,
    place_of,
)
from sightline.reference.geography.authorities import candidates


def locate(place: Place) -> Place:
    """Fill council (the children's services authority), force and position as far as they follow for certain.

    What was told stays, in the one spelling: "KNOWSLEY MBC" becomes "Knowsley"; a name that nobody knows stays as it
    came, and a told force without an area of its own (transport police) is left out. What was not told is taken from
    the postcode, or from the council where there is no postcode. Where a postcode is known only by its sector or
    district, council and force are filled only if the whole of it lies in one; the position is then its middle. Nothing
    is guessed: what does not follow stays None. A position alone gives council and force where all postcodes around it
    agree.
    """
    answer = (_answer(place.postcode) if place.postcode else None) or _around(place)
    council = _council(place.council) or (answer and _council_of(answer)) or place.council
    return Place(
        postcode=(answer and answer.postcode) or place.postcode,
        council=council,
        force=_force(place.force) or (answer and _force_of(answer)) or _force_policing(council),
        lat=place.lat if place.lat is not None or answer is None else answer.lat,
        lon=place.lon if place.lon is not None or answer is None else answer.lon,
    )


@lru_cache(maxsize=65_536)
def _answer(postcode: str) -> PlaceAnswer | None:
    try:
        return place_of(postcode)
    except UnknownPostcode:
        return None


def _around(place: Place) -> PlaceAnswer | None:
    """Answer for a place that was told by its position alone."""
    if place.lat is None or place.lon is None or place.council or place.force:
        return None
    return _at(round(place.lat, 4), round(place.lon, 4))


@lru_cache(maxsize=8192)
def _at(lat: float, lon: float) -> PlaceAnswer | None:
    try:
        return place_at(lat, lon)
    except UnknownPoint:
        return None


def _council(told: str | None) -> str | None:
    found = candidates(told) if told else ()
    return found[0].name if len(found) == 1 else None


def _council_of(answer: PlaceAnswer) -> str | None:
    return answer.childrens_services_authority if answer.authority_share == 1.0 else None


def _force(told: str | None) -> str | None:
    """Give the told force in its one spelling; a force without an area of its own (transport police) tells no place."""
    if not told:
        return None
    try:
        found = force(told)
    except UnknownForce:
        return told
    return found.name if found.kind == "territorial" else None


def _force_of(answer: PlaceAnswer) -> str | None:
    return answer.police_force if answer.force_share == 1.0 else None


def _force_policing(council: str | None) -> str | None:
    codes = {one.force_code for one in candidates(council)} if council else set()
    return forces()[codes.pop()].name if len(codes) == 1 else None

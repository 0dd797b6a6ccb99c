"""Where a postcode lies, and which council and police force that is: the geography of the United Kingdom, offline."""

from sightline.reference.geography.authorities import (
    Authority,
    UnknownAuthority,
    at_a_distance,
    authorities,
    authority,
    authority_on,
    neighbours,
    successors,
)
from sightline.reference.geography.districts import District, districts
from sightline.reference.geography.forces import Force, UnknownForce, force, force_of, forces, neighbouring_forces
from sightline.reference.geography.points import UnknownPoint, place_at
from sightline.reference.geography.postcodes import PlaceAnswer, UnknownPostcode, place_of

__all__ = [
    "Authority",
    "District",
    "Force",
    "PlaceAnswer",
    "UnknownAuthority",
    "UnknownForce",
    "UnknownPoint",
    "UnknownPostcode",
    "at_a_distance",
    "authorities",
    "authority",
    "authority_on",
    "districts",
    "force",
    "force_of",
    "forces",
    "neighbouring_forces",
    "neighbours",
    "place_at",
    "place_of",
    "successors",
]

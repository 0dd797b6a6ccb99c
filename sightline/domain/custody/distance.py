"""How far apart the ends of a leg lie and in whose areas, as facts: kilometres and areas, never minutes.

Only what the ends tell is said. A straight line is no route; which areas lie between is said only of the railway, and
only where the rail package is there. Where a place cannot be found nothing is guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from sightline.reference.geography import UnknownPostcode, place_of
from sightline.reference.railway import Network, Station

EARTH_KM = 6371.0
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
CERTAIN = 1.0
NEAR_KM = 10
"""Below this, a distance between middles of postcode sectors says little: it is given as "less than 10 km"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold where an end of a leg lies: council and force only where they are certain; `by` says what it was found by.

    `exact` is False of the middle of a postcode sector or district. `station` is set where it is one.
    """

    lat: float
    lon: float
    council: str | None
    force: str | None
    by: str
    exact: bool
    station: Station | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Hold how far two spots lie apart in a straight line, in whose areas they lie, and the way by rail where known."""

    km: float
    start: Spot
    end: Spot
    rail_km: float | None = None
    rail_forces: tuple[str, ...] = ()


def spot_of(words: str, *, network: Network | None = None) -> Spot | None:
    """Find where words say that a place lies: by the last postcode in them, else by the station that they name."""
    found = POSTCODE.findall(words.upper())
    spot = _by_postcode(found[-1]) if found else None
    if spot is not None or network is None:
        return spot
    station = network.station(words)
    return None if station is None else Spot(
        station.lat, station.lon, station.council or None, station.force or None, "station", True, station)


@lru_cache(maxsize=4096)
def _by_postcode(postcode: str) -> Spot | None:
    try:
        place = place_of(postcode)
    except UnknownPostcode:
        return None
    if place.lat is None or place.lon is None:
        return None
    return Spot(
        place.lat, place.lon,
        place.childrens_services_authority if place.authority_share == CERTAIN else None,
        place.police_force if place.force_share == CERTAIN else None, place.by, place.exact)


def apart(start: str, end: str, *, network: Network | None = None) -> Apart | None:
    """Say how far the ends of a leg lie apart, as their words tell; None where one of them cannot be found."""
    one, other = spot_of(start, network=network), spot_of(end, network=network)
    if one is None or other is None:
        return None
    way = network.way(one.station, other.station) if network and one.station and other.station else None
    return Apart(straight_km(one, other), one, other, *(way or (None, ())))


def straight_km(one: Spot, other: Spot) -> float:
    """Give the distance in a straight line over the globe, in km (haversine)."""
    across, along = radians(other.lat - one.lat) / 2, radians(other.lon - one.lon) / 2
    part = sin(across) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(along) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))


def distance_in_words(found: Apart) -> str:
    """Say a distance with how it was found: "about 152 km in a straight line, from postcodes"."""
    exact = found.start.exact and found.end.exact
    ends = dict.fromkeys(_found_by(one) for one in (found.start, found.end))
    length = "less than 10 km" if not exact and found.km < NEAR_KM else f"about {max(1, round(found.km))} km"
    words = f"{length} in a straight line, from {' and '.join(ends)}"
    if found.rail_km is None:
        return words
    rail = f"about {max(1, round(found.rail_km))} km by rail"
    return f"{words}; {rail}, through the areas of {_listed(found.rail_forces)}"


def _found_by(spot: Spot) -> str:
    if spot.station is not None:
        return "stations"
    return "postcodes" if spot.exact else f"the middle of a postcode {spot.by}"


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def areas_in_words(found: Iterable[Apart | None]) -> str:
    """Say in whose areas the ends of the legs lie, in order: councils with their forces; what is not known is said.

    Empty where no end of any leg could be found.
    """
    ends = [end for one in found for end in ((one.start, one.end) if one else (None, None))]
    if not any(ends):
        return ""
    named: list[str] = []
    for end in ends:
        words = "not known" if end is None else _area(end)
        if not named or named[-1] != words:
            named.append(words)
    return ", then ".join(named)


def _area(spot: Spot) -> str:
    council, force = spot.council or "a council that the postcode does not tell for certain", spot.force
    return f"{council} ({force or 'force not certain'})"

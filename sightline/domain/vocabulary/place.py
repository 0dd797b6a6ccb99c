"""Where something was, as far as it was told or follows from a postcode."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what is known of a place; council and force are names, latitude and longitude are WGS 84 degrees."""

    postcode: str | None = None
    council: str | None = None
    force: str | None = None
    lat: float | None = None
    lon: float | None = None


def distance_km(one: Place | None, other: Place | None) -> float | None:
    """Give the great-circle distance in kilometres, or None where a position is unknown."""
    if one is None or other is None or None in (one.lat, one.lon, other.lat, other.lon):
        return None
    lat1, lon1, lat2, lon2 = (radians(float(x)) for x in (one.lat, one.lon, other.lat, other.lon))  # type: ignore[arg-type]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def in_another_force(one: Place | None, other: Place | None) -> bool | None:
    """Tell whether two places lie in different police forces, or None where one is unknown."""
    if one is None or other is None or one.force is None or other.force is None:
        return None
    return one.force != other.force

"""From a point to the council and the police force: by the postcodes around it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from math import cos, hypot, isfinite, radians

from sightline.reference.geography.authorities import authorities
from sightline.reference.geography.districts import districts
from sightline.reference.geography.forces import forces
from sightline.reference.geography.postcode_file import Area, area, areas_around
from sightline.reference.geography.postcodes import PlaceAnswer

FARTHEST_KM = 5.0
"""A point without a postcode this near is not answered: it lies at sea, on a mountain, or outside Great Britain."""
AROUND_KM = 0.5
"""How far around the nearest postcode others are asked whether they agree."""
KM_A_DEGREE = 111.2
BOX_ROWS, BOX_COLUMNS = 12, 13
"""Grid cells of a box: at least 1 km each way anywhere in Great Britain."""


class UnknownPoint(ValueError):
    """No postcode of Great Britain lies near this point. The message says what to do."""


def place_at(lat: float, lon: float) -> PlaceAnswer:
    """Say in which council and police force a point (WGS 84 degrees) lies, by the nearest postcode.

    Never exact: `authority_share` and `force_share` say which part of the postcodes around agrees.
    Raises UnknownPoint.
    """
    near = sorted(_near(lat, lon))
    if not near:
        raise UnknownPoint("No postcode of Great Britain lies within 5 km of this point. Check latitude and longitude, "
                           "or give the name of the council.")
    nearest_km, code = near[0]
    around = Counter(other for km, other in near if km <= nearest_km + AROUND_KM)
    district = districts()[code]
    council, police = authorities()[district.authority_code], forces()[district.force_code]
    total = around.total()
    in_council = sum(n for other, n in around.items() if districts()[other].authority_code == council.code) / total
    in_force = sum(n for other, n in around.items() if districts()[other].force_code == police.code) / total
    return PlaceAnswer(
        "", district.name, code, council.name, council.code, police.name, police.code, council.nation, lat, lon,
        exact=False, by="point", authority_share=in_council, force_share=in_force,
        why=f"By the nearest postcode, {round(1000 * nearest_km, -2):.0f} m away, and the {total} postcodes around it. "
            "Ask for the address where a border decides.",
    )


def _near(lat: float, lon: float) -> list[tuple[float, str]]:
    """Give distance in km and district of postcodes around a point: all within 500 m beyond the nearest, or none.

    Looks from box to box of about 1 km outwards, so that a town costs no more than a moor.
    """
    if not (isfinite(lat) and isfinite(lon)):
        return []
    known = [(one, _boxes(name)) for name in areas_around(lat, lon, FARTHEST_KM / KM_A_DEGREE)
             if (one := area(name)) is not None]
    for reach in range(1, int(FARTHEST_KM) + 2):
        found = [told for one, boxes in known for told in _within(one, boxes, lat, lon, reach)]
        if found and min(found)[0] + AROUND_KM <= reach:
            return [told for told in found if told[0] <= FARTHEST_KM]
    return []


def _within(
    known: Area, boxes: dict[tuple[int, int], list[int]], lat: float, lon: float, reach: int,
) -> Iterator[tuple[float, str]]:
    row, column = lat / known.lat_cell, lon / known.lon_cell
    tall, wide = KM_A_DEGREE * known.lat_cell, KM_A_DEGREE * known.lon_cell * cos(radians(lat))
    middle = int(row // BOX_ROWS), int(column // BOX_COLUMNS)
    for north, east in product(range(-reach, reach + 1), repeat=2):
        for i in boxes.get((middle[0] + north, middle[1] + east), ()):
            code = known.district(i)
            if code is not None:
                yield hypot((known.lats[i] - row) * tall, (known.lons[i] - column) * wide), code


@cache
def _boxes(name: str) -> dict[tuple[int, int], list[int]]:
    """Sort the postcodes of an area into boxes of about 1 km."""
    known, boxes = area(name), defaultdict(list)
    assert known is not None
    for i, (row, column) in enumerate(zip(known.lats, known.lons, strict=True)):
        boxes[row // BOX_ROWS, column // BOX_COLUMNS].append(i)
    return dict(boxes)

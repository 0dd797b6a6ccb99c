"""From a postcode to the council, the police force, the nation and the position: exact, offline, in microseconds.

A border decision needs the full postcode: one sector in twelve lies in two police force areas. So an answer says
whether it is exact, and where it is not, how much of the sector or district lies in the council that is named.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sightline.reference.geography.authorities import authorities
from sightline.reference.geography.districts import districts
from sightline.reference.geography.forces import force, forces
from sightline.reference.geography.postcode_file import Area, area, contents

FULL = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|NPT)([0-9])([A-Z]{2})")
PART = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|NPT)(?: ([0-9]))?")
SEPARATORS = str.maketrans("", "", " \t\u00a0\u2007\u202f")
OUTSIDE = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
LONGEST = 24


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """Say where a postcode lies.

    `council` is the local authority district and `childrens_services_authority` the council responsible for children,
    each with its ONS code; None where the postcode area alone does not tell (Northern Ireland). `lat` and `lon` are WGS
    84 degrees: of the postcode within 75 m, else the middle of the sector or district. `by` says what was known:
    postcode, sector, district or area (or point: see place_at). `exact` is True only by the full postcode; else
    `authority_share` and `force_share` say which part (0 to 1) of the known postcodes lies in the authority and the
    force named here. `why` says it in words. A postcode of a post office box or a large firm lies where its post is
    sorted.
    """

    postcode: str
    council: str | None
    council_code: str | None
    childrens_services_authority: str | None
    childrens_services_authority_code: str | None
    police_force: str
    police_force_code: str
    nation: str
    lat: float | None
    lon: float | None
    exact: bool
    by: str
    authority_share: float
    force_share: float
    why: str


class UnknownPostcode(ValueError):
    """This is no postcode that the directory knows. The message says what to do, and does not repeat the postcode."""


def place_of(postcode: str) -> PlaceAnswer:
    """Say where a postcode lies; upper or lower case, with or without spaces; "L36 9" and "L36" are answered in part.

    Raises UnknownPostcode, with words for the person who typed it. Source: ONS Postcode Directory.
    """
    text = postcode[:LONGEST].upper()
    full = FULL.fullmatch(text.translate(SEPARATORS))
    if full is None:
        return _in_part(" ".join(text.split()))
    outward, digit, ending = full.groups()
    known = _area(outward)
    normal = f"{outward} {digit}{ending}"
    if known is None:
        return _northern_ireland(normal)
    sector = known.sectors.get(outward + digit)
    position = None if sector is None else sector.position(ending)
    if position is not None and (code := known.district(position)) is not None:
        lat, lon = known.point(position)
        return _answer(normal, code, lat, lon, exact=True, by="postcode", shares=(1.0, 1.0), why=_exactly())
    missing = "is not in" if position is None else "stands without a council in"
    return _nearby(normal, outward, digit, f"This postcode {missing} the {_directory()}.")


def _area(outward: str) -> Area | None:
    """Give the postcode area, or None for Northern Ireland, whose postcodes are not in the file."""
    letters = outward if outward == "NPT" else outward[:2] if outward[1].isalpha() else outward[0]
    if letters in OUTSIDE:
        raise UnknownPostcode(f"This postcode is in {OUTSIDE[letters]}, which is not part of the United Kingdom: ask "
                              "the police and the children's services there directly.")
    known = area(letters)
    if known is None and letters != "BT":
        raise _unknown()
    return known


def _in_part(text: str) -> PlaceAnswer:
    part = PART.fullmatch(text)
    if part is None:
        raise UnknownPostcode("This is not a postcode. Write it like L36 9YZ; a place without a postcode can be given "
                              "by the name of its council.")
    outward, digit = part.groups()
    if _area(outward) is None:
        return _northern_ireland(text)
    return _nearby(text, outward, digit, "Only a part of the postcode is known.")


def _nearby(normal: str, outward: str, digit: str | None, reason: str) -> PlaceAnswer:
    """Answer by the sector, else by the postcode district, with the share that the answer holds for."""
    by, nearby = "sector", _summary(outward, digit) if digit else None
    if nearby is None:
        by, nearby = "district", _summary(outward, None)
    if nearby is None:
        raise _unknown()
    code, lat, lon, shares, count = nearby
    council = authorities()[districts()[code].authority_code].name
    why = (f"{reason} Of the {count} postcodes known in its {by}, {_percent(shares[0])} lie in {council} and "
           f"{_percent(shares[1])} in the area of the police force. Ask for the full postcode or the address where a "
           "border decides.")
    return _answer(normal, code, lat, lon, exact=False, by=by, shares=shares, why=why)


@lru_cache(maxsize=4096)
def _summary(outward: str, digit: str | None) -> tuple[str, float, float, tuple[float, float], int] | None:
    """Give the commonest district, the middle, the shares of its authority and force, and the number of postcodes."""
    known = _area(outward)
    if known is None:
        return None
    names = [outward + one for one in (digit or "0123456789")]
    positions = [i for name in names if name in known.sectors for i in known.sectors[name].postcodes]
    told = [(i, code) for i in positions if (code := known.district(i)) is not None]
    if not told:
        return None
    by_authority = Counter(districts()[code].authority_code for _, code in told)
    here, in_authority = by_authority.most_common(1)[0]
    code = Counter(code for _, code in told if districts()[code].authority_code == here).most_common(1)[0][0]
    police = districts()[code].force_code
    in_force = sum(districts()[other].force_code == police for _, other in told)
    points = [known.point(i) for i, _ in told]
    lat, lon = (_mean(point[axis] for point in points) for axis in (0, 1))
    return code, lat, lon, (in_authority / len(told), in_force / len(told)), len(told)


def _answer(
    normal: str, code: str, lat: float, lon: float, *, exact: bool, by: str, shares: tuple[float, float], why: str,
) -> PlaceAnswer:
    district = districts()[code]
    council = authorities()[district.authority_code]
    police = forces()[district.force_code]
    return PlaceAnswer(
        normal, district.name, code, council.name, council.code, police.name, police.code, council.nation, lat, lon,
        exact, by, shares[0], shares[1], why,
    )


def _northern_ireland(normal: str) -> PlaceAnswer:
    police = force("PSNI")
    return PlaceAnswer(
        normal, None, None, None, None, police.name, police.code, "Northern Ireland", None, None,
        exact=False, by="area", authority_share=0.0, force_share=1.0,
        why="This postcode area is Northern Ireland. Its postcodes are not in our file, so whether this one exists, "
        "its council and its health and social care trust must be asked for.",
    )


def _percent(share: float) -> str:
    return "all" if share == 1 else f"{min(99, max(1, round(100 * share)))} %"


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 5)


@lru_cache(maxsize=1)
def _exactly() -> str:
    return f"Exact: this postcode is in the {_directory()}."


@lru_cache(maxsize=1)
def _directory() -> str:
    return f"ONS Postcode Directory of {contents()['month']}"


def _unknown() -> UnknownPostcode:
    return UnknownPostcode("No such postcode is known. Check it; a place without a postcode can be given by the name "
                           "of its council.")

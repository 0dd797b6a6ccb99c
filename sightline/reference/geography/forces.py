"""The police forces of the United Kingdom, and the force that polices a council's area."""

from dataclasses import dataclass
from functools import cache, lru_cache

from sightline.reference.geography.authorities import authority, candidates
from sightline.reference.geography.districts import districts
from sightline.reference.geography.spellings import did_you_mean, first_known, plain
from sightline.reference.geography.tables import read_table


@dataclass(frozen=True, slots=True)
class Force:
    """Hold one police force.

    `code` is its ONS code; the three forces without an area of their own have none, so they carry ours: BTP, MDP, CNC.
    `kind` is territorial or special. `lat` and `lon` are the middle of its area in WGS 84 degrees.
    """

    code: str
    name: str
    full_name: str
    kind: str
    nation: str
    lat: float | None
    lon: float | None


class UnknownForce(ValueError):
    """No police force is known by this name or code. The message says what to try."""


@cache
def forces() -> dict[str, Force]:
    """Give all 48 forces by code."""
    return {
        row["code"]: Force(
            code=row["code"], name=row["name"], full_name=row["full_name"], kind=row["kind"], nation=row["nation"],
            lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
        )
        for row in read_table("forces")
    }


@lru_cache(maxsize=1024)
def force(name_or_code: str) -> Force:
    """Give the force by name, spelling, ONS code, number of the road accident returns, or name on police.uk.

    Raises UnknownForce.
    """
    codes = first_known(name_or_code, _names())
    if len(codes) == 1:
        return forces()[codes[0]]
    raise UnknownForce("No police force is known by this name or code. Give its name (Merseyside) or its ONS code "
                       f"(E23000004).{did_you_mean(name_or_code, [one.name for one in forces().values()])}")


def force_of(council: str) -> Force:
    """Give the police force of a council or district, by name or code.

    A council that was divided has an answer where all its successors have the same force (Cumbria). Raises
    UnknownAuthority.
    """
    if district := districts().get(council.strip().upper()):
        return forces()[district.force_code]
    codes = {one.force_code for one in candidates(council)}
    return forces()[codes.pop() if len(codes) == 1 else authority(council).force_code]


def neighbouring_forces(name_or_code: str) -> tuple[Force, ...]:
    """Give the forces whose areas share a border with this one's, or come near it across water, by name.

    Raises UnknownForce.
    """
    code = force(name_or_code).code
    others = [forces()[other] for other in _adjoining().get(code, ())]
    return tuple(sorted(others, key=lambda one: one.name))


@cache
def _adjoining() -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for row in read_table("force_adjacency"):
        pairs.setdefault(row["code"], []).append(row["other_code"])
        pairs.setdefault(row["other_code"], []).append(row["code"])
    return pairs


@cache
def _names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    rows = read_table("forces")
    for column in ("code", "name", "full_name", "police_uk_id", "stats19_code"):
        for row in rows:
            if form := plain(row[column]):
                names.setdefault(form, (row["code"],))
    for row in read_table("force_spellings"):
        names.setdefault(plain(row["name"]), (row["code"],))
    return names

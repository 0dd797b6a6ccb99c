"""The places of the partnership: councils, homes with real postcodes, schools, custody suites, stations, hospitals."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from random import Random
from zlib import crc32

from sightline.demonstration.chance import Weighted
from sightline.demonstration.rates import rate
from sightline.reference.geography import districts, place_of
from sightline.reference.geography.postcode_file import ENDINGS, Area, area
from sightline.reference.schools import School, schools

AREAS_OF_COUNCIL = {
    "E08000011": ("L",), "E08000012": ("L",), "E08000013": ("WA", "L"), "E08000014": ("L", "PR"), "E08000015": ("CH",),
    "E10000017": ("PR", "BB", "LA", "FY", "L"), "E06000008": ("BB",), "E06000009": ("FY",), "E06000063": ("CA",),
    "E06000064": ("LA", "CA"),
}
"""The councils of the demonstration with the postcode areas in which most of their homes lie."""
FAR_COUNCILS = {"E09000032": ("SW",), "S12000048": ("PH",)}
"""The far ends: Wandsworth, and Perth and Kinross."""

CROWD = 12
"""Postcodes in one cell of the 100 m grid above which it is taken for a sorting office, where nobody lives."""
CROWDED_SHARE = 0.5
"""Share of a sector's postcodes in such crowds above which the whole sector is taken for large users and boxes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold one place where things happen: a custody suite, a station, a hospital."""

    name: str
    postcode: str
    force: str


CUSTODY_SUITES = (
    Spot("St Anne Street", "L3 3HJ", "Merseyside"), Spot("Copy Lane", "L30 7PR", "Merseyside"),
    Spot("Wirral", "CH41 5HA", "Merseyside"), Spot("Preston", "PR1 2DP", "Lancashire"),
    Spot("Blackpool", "FY4 4AB", "Lancashire"), Spot("Blackburn", "BB1 3EA", "Lancashire"),
    Spot("Lancaster", "LA1 1EB", "Lancashire"), Spot("Carlisle", "CA1 3HD", "Cumbria"),
    Spot("Workington", "CA14 3YD", "Cumbria"), Spot("Kendal", "LA9 4RJ", "Cumbria"),
    Spot("Barrow", "LA14 2LE", "Cumbria"),
)
STATIONS = (
    Spot("Liverpool Lime Street", "L1 1JD", "Merseyside"), Spot("Preston", "PR1 8AP", "Lancashire"),
    Spot("Lancaster", "LA1 5NW", "Lancashire"), Spot("Blackpool North", "FY1 2AB", "Lancashire"),
    Spot("Oxenholme Lake District", "LA9 7RF", "Cumbria"), Spot("Carlisle", "CA1 1QZ", "Cumbria"),
    Spot("Workington", "CA14 2XG", "Cumbria"), Spot("Barrow-in-Furness", "LA14 5QZ", "Cumbria"),
    Spot("Perth", "PH2 8DF", "Police Scotland"),
)
FAR_TOWNS = (
    Spot("Workington", "CA14 2ED", "Cumbria"), Spot("Whitehaven", "CA28 7DG", "Cumbria"),
    Spot("Carlisle", "CA1 1QZ", "Cumbria"), Spot("Barrow", "LA14 2LE", "Cumbria"), Spot("Kendal", "LA9 4RJ", "Cumbria"),
    Spot("Preston", "PR1 3BU", "Lancashire"), Spot("Morecambe", "LA4 5BY", "Lancashire"),
    Spot("Blackpool", "FY1 5RL", "Lancashire"), Spot("Blackburn", "BB1 3EA", "Lancashire"),
    Spot("Liverpool", "L3 5GA", "Merseyside"),
)
"""Towns in which children from elsewhere are found selling drugs."""


@dataclass(slots=True)
class Council:
    """Hold one council of the demonstration with its homes and schools."""

    code: str
    name: str
    dfe_code: str
    force: str
    children: float
    sectors: Weighted[tuple[Area, str]]
    by_phase: dict[str, tuple[School, ...]]
    homes: dict[str, list[str]] = field(default_factory=dict)
    schools: dict[tuple[str, str, int], School | None] = field(default_factory=dict)

    def home(self, rng: Random) -> str:
        """Draw the postcode of a home; sectors with more postcodes come up more often."""
        known, sector = self.sectors.draw(rng)
        if sector not in self.homes:
            self.homes[sector] = _homes(known, sector, self.code)
        return rng.choice(self.homes[sector])

    def school(self, phase: str, postcode: str, choice: int) -> School | None:
        """Give the school that children of this sector go to: one of two, by `choice`; always the same ones."""
        key = (phase, postcode[:-2], choice)
        if key not in self.schools:
            offered = self.by_phase.get(phase)
            self.schools[key] = offered[(crc32(key[1].encode()) + choice * 7919) % len(offered)] if offered else None
        return self.schools[key]

    def childrens_home(self, rng: Random) -> str:
        """Draw the postcode of one of the council's three children's homes."""
        known, sector = self.sectors.values[crc32(self.code.encode()) % len(self.sectors.values)]
        if sector not in self.homes:
            self.homes[sector] = _homes(known, sector, self.code)
        return self.homes[sector][rng.randrange(min(3, len(self.homes[sector])))]


@cache
def councils() -> dict[str, Council]:
    """Give the ten councils of the demonstration and the two far ones, by ONS code."""
    return {code: _council(code, areas) for code, areas in (AREAS_OF_COUNCIL | FAR_COUNCILS).items()}


def _council(code: str, areas: tuple[str, ...]) -> Council:
    found = [(known, name, count) for letters in areas if (known := area(letters)) is not None
             for name, count in _sectors_in(known, code)]
    answer = place_of(_homes(found[0][0], found[0][1], code)[0])
    every = schools(code)
    return Council(
        code=code, name=str(answer.childrens_services_authority), dfe_code=every[0].laestab[:3] if every else "",
        force=answer.police_force, children=rate("children 0 to 17", code) if code in AREAS_OF_COUNCIL else 0.0,
        sectors=Weighted(tuple((known, name) for known, name, _ in found),
                         tuple(accumulate(count for *_, count in found))),
        by_phase={phase: tuple(one for one in every if one.phase == phase)
                  for phase in ("primary", "secondary", "special", "alternative")},
    )


def _sectors_in(known: Area, code: str) -> list[tuple[str, int]]:
    """Give the sectors that lie in the council for nine tenths or more and have homes, with their postcodes' number."""
    ours = _numbers_of(known, code)
    found = []
    for name, sector in known.sectors.items():
        span = slice(sector.first, sector.postcodes.stop)
        told = known.districts[span]
        here = sum(told.count(bytes([i])) for i in ours)
        cells = Counter(zip(known.lats[span], known.lons[span], strict=True))
        crowded = sum(count for count in cells.values() if count > CROWD)
        if here >= max(20, 0.9 * len(told)) and crowded <= CROWDED_SHARE * len(told):
            found.append((name, here))
    return found


def _numbers_of(known: Area, code: str) -> frozenset[int]:
    """Give the area's own numbers of the districts that lie in the council."""
    return frozenset(i for i, district in enumerate(known.district_codes)
                     if district is not None and districts()[district].authority_code == code)


def _homes(known: Area, sector_name: str, code: str) -> list[str]:
    """Give the postcodes of a sector in the council, without those that share one spot as large users' post does."""
    sector, ours = known.sectors[sector_name], _numbers_of(known, code)
    exists = [ending for ending, bit in ENDINGS.items() if sector.exists >> bit & 1]
    span = slice(sector.first, sector.postcodes.stop)
    cells = list(zip(known.lats[span], known.lons[span], strict=True))
    crowds = Counter(cells)
    written = f"{sector_name[:-1]} {sector_name[-1]}"
    fit = [written + ending for ending, cell, district in zip(exists, cells, known.districts[span], strict=True)
           if district in ours and crowds[cell] <= CROWD]
    return fit or [written + exists[0]]


def custody_suite_of(force: str, rng: Random) -> Spot:
    """Draw one of the custody suites of a force."""
    return rng.choice([suite for suite in CUSTODY_SUITES if suite.force == force])

"""The compact file of all postcodes of Great Britain: which exist, in which district, and where.

`data/postcodes.bin` is written by scripts/make-postcodes. Its first line is JSON: where it comes from, the size of a
grid cell in degrees, the district codes, and for each postcode area the sizes of its streams and the box of grid cells
(south, north, west, east) in which it lies. Then follow, area by area, five raw LZMA2 streams:

1. the names of its sectors without space ("L369"), in order, joined by commas;
2. a bitmap of 56 bytes a sector (least significant bit first), one bit for each of the 21 x 21 endings "AA" to "ZZ";
3. one byte a postcode: its district, counted in the area's own list (0: the directory names none);
4. and 5. latitude and longitude in grid cells, each as the difference from the postcode before plus 128: all low
   bytes, then all high bytes. A postcode without position repeats the one before.

Reading one area takes milliseconds, so a question about one postcode never pays for two and a half million.
"""

import json
import lzma
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from sys import byteorder
from typing import Any

FILE = Path(__file__).with_name("data") / "postcodes.bin"

LETTERS = "ABDEFGHJLNPQRSTUVWXYZ"
"""The letters that end a postcode; V occurs in one postcode only."""
ENDINGS = {one + two: len(LETTERS) * i + j for i, one in enumerate(LETTERS) for j, two in enumerate(LETTERS)}
BITMAP_BYTES = 56
DIFFERENCE_OFFSET = 128
LZMA_FILTERS: list[Mapping[str, Any]] = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 0, "pb": 0},
]


@dataclass(frozen=True, slots=True)
class Sector:
    """Hold which endings of a sector exist, and where its postcodes start in the lists of the area."""

    exists: int
    first: int

    @property
    def postcodes(self) -> range:
        """Give the positions of the sector's postcodes in the lists of the area."""
        return range(self.first, self.first + self.exists.bit_count())

    def position(self, ending: str) -> int | None:
        """Give the position of one postcode in the lists of the area, or None where it does not exist."""
        bit = ENDINGS.get(ending)
        if bit is None or not self.exists >> bit & 1:
            return None
        return self.first + (self.exists & ((1 << bit) - 1)).bit_count()


@dataclass(frozen=True, slots=True)
class Area:
    """Hold the postcodes of one area ("L") in order; `district_codes[0]` is None: no district named."""

    sectors: Mapping[str, Sector]
    district_codes: tuple[str | None, ...]
    districts: bytes
    lats: "array[int]"
    lons: "array[int]"
    lat_cell: float
    lon_cell: float

    def district(self, position: int) -> str | None:
        """Give the code of the district of one postcode."""
        return self.district_codes[self.districts[position]]

    def point(self, position: int) -> tuple[float, float]:
        """Give latitude and longitude of one postcode: WGS 84 degrees, the middle of its grid cell."""
        return round(self.lats[position] * self.lat_cell, 5), round(self.lons[position] * self.lon_cell, 5)


@cache
def contents() -> dict[str, Any]:
    """Give the first line of the file, and where the streams begin as "starts_at" (bytes)."""
    with FILE.open("rb") as file:
        line = file.readline()
    return {**json.loads(line), "starts_at": len(line)}


def areas_around(lat: float, lon: float, margin: float) -> list[str]:
    """Name the postcode areas whose box lies within a margin, in degrees of latitude, of a point."""
    head = contents()
    row, column = lat / head["lat_cell"], lon / head["lon_cell"]
    tall, wide = margin / head["lat_cell"], 2 * margin / head["lon_cell"]
    return [name for name, entry in head["areas"].items()
            if entry["box"][0] - tall <= row <= entry["box"][1] + tall
            and entry["box"][2] - wide <= column <= entry["box"][3] + wide]


@cache
def area(name: str) -> Area | None:
    """Read one postcode area, once; None where there is no such area in Great Britain."""
    head = contents()
    entry = head["areas"].get(name)
    if entry is None:
        return None
    with FILE.open("rb") as file:
        file.seek(head["starts_at"] + entry["at"])
        names, bitmaps, districts, lats, lons = (_unpack(file.read(size)) for size in entry["sizes"])
    return Area(
        sectors=_sectors(names.decode("ascii").split(","), bitmaps),
        district_codes=(None, *(head["districts"][i] for i in entry["districts"])),
        districts=districts,
        lats=_cells(lats, entry["lat"]),
        lons=_cells(lons, entry["lon"]),
        lat_cell=head["lat_cell"],
        lon_cell=head["lon_cell"],
    )


def _unpack(packed: bytes) -> bytes:
    return lzma.decompress(packed, format=lzma.FORMAT_RAW, filters=LZMA_FILTERS)


def _sectors(names: list[str], bitmaps: bytes) -> dict[str, Sector]:
    sectors, first = {}, 0
    for number, name in enumerate(names):
        exists = int.from_bytes(bitmaps[BITMAP_BYTES * number:BITMAP_BYTES * (number + 1)], "little")
        sectors[name] = Sector(exists, first)
        first += exists.bit_count()
    return sectors


def _cells(planes: bytes, start: int) -> "array[int]":
    """Turn the planes of differences back into grid cells; all of it runs in C, for 90,000 postcodes in some areas."""
    count = len(planes) // 2
    mixed = bytearray(2 * count)
    mixed[0::2], mixed[1::2] = planes[:count], planes[count:]
    differences = array("h")
    differences.frombytes(bytes(mixed))
    if byteorder == "big":
        differences.byteswap()
    steps = map((-DIFFERENCE_OFFSET).__add__, differences)
    cells = array("i", accumulate(steps, initial=start))
    return cells[1:]

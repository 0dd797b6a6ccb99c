"""Stations of Great Britain, and the shortest way on the rail network: kilometres and the police forces of the areas.

Sightline loads `network` by the entry point `sightline.railway`. The data are share-alike (LICENCE.md).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from importlib.resources import files

FARTHEST_OFFSET_M = 2_000
"""A station farther from its node was drawn after the network, or is on none: it has no way by rail here."""
WORDS = re.compile(r"\b(?:railway|rail|train)? ?station\b|\bplatform \w+\b|[^a-z0-9& ]")


@dataclass(frozen=True, slots=True)
class Station:
    """Hold one station; `node` is None where it lies too far from the network."""

    crs: str
    name: str
    lat: float
    lon: float
    council: str
    force: str
    node: str | None


class Network:
    """Find stations by their names or codes, and the shortest way from one to another."""

    def __init__(self) -> None:
        self._stations = [_station(row) for row in _rows("stations")]
        forces = {row["police_force_code"]: row["police_force_name"] for row in _rows("stations")}
        self._forces = {row["node"]: forces.get(row["police_force_code"], "") for row in _rows("network_nodes")}
        self._near: dict[str, list[tuple[str, float]]] = {}
        for row in _rows("network_edges"):
            for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
                self._near.setdefault(one, []).append((other, float(row["km"])))
        self._named: dict[str, Station | None] = {}
        for station in self._stations:
            name = _plain(station.name)
            self._named[name] = None if name in self._named else station
        self._coded = {station.crs: station for station in self._stations}

    def station(self, words: str) -> Station | None:
        """Find the one station that words name, with or without "station", a platform, or its code in brackets."""
        code = re.search(r"\(([A-Z]{3})\)", words)
        if code and code[1] in self._coded:
            return self._coded[code[1]]
        parts = (words, *words.split(","))
        return next((found for part in parts if (found := self._named.get(_plain(part))) is not None), None)

    def way(self, start: Station, end: Station) -> tuple[float, tuple[str, ...]] | None:
        """Give the kilometres of the shortest way, and the forces of the areas in order; None where there is none."""
        if start.node is None or end.node is None:
            return None
        reached = {start.node: 0.0}
        before: dict[str, str] = {}
        waiting = [(0.0, start.node)]
        while waiting:
            km, node = heappop(waiting)
            if node == end.node:
                return km, self._through(node, before, start, end)
            if km > reached[node]:
                continue
            for other, length in self._near.get(node, ()):
                if km + length < reached.get(other, float("inf")):
                    reached[other] = km + length
                    before[other] = node
                    heappush(waiting, (km + length, other))
        return None

    def _through(self, node: str, before: dict[str, str], start: Station, end: Station) -> tuple[str, ...]:
        nodes = [node]
        while nodes[-1] in before:
            nodes.append(before[nodes[-1]])
        forces = [start.force, *(self._forces[one] for one in reversed(nodes)), end.force]
        return tuple(dict.fromkeys(one for one in forces if one))


@cache
def network() -> Network:
    """Give the network, read once."""
    return Network()


def _station(row: dict[str, str]) -> Station:
    near = row["network_node"] and row["node_offset_m"] and float(row["node_offset_m"]) <= FARTHEST_OFFSET_M
    return Station(row["crs"], row["name"], float(row["lat"]), float(row["lon"]), row["csa_name"],
                   row["police_force_name"], row["network_node"] if near else None)


def _plain(name: str) -> str:
    return " ".join(WORDS.sub(" ", name.casefold()).split())


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (files("sightline_rail") / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

"""Ask the rail package for stations and kilometres on the railway, where it is installed; without it there is none.

Its data are share-alike, so they are a package of their own (packages/sightline-rail), never part of this one. It is
found by its entry point and by nothing else.
"""

import logging
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

GROUP = "sightline.railway"


class Station(Protocol):
    """Describe a station: its name, position (WGS 84 degrees), council and police force."""

    @property
    def crs(self) -> str:
        """Give its code of three letters."""

    @property
    def name(self) -> str:
        """Give its name."""

    @property
    def lat(self) -> float:
        """Give its latitude."""

    @property
    def lon(self) -> float:
        """Give its longitude."""

    @property
    def council(self) -> str:
        """Give its council for children's services."""

    @property
    def force(self) -> str:
        """Give the police force of the area."""


class Network(Protocol):
    """Describe what the rail package offers."""

    def station(self, words: str) -> Station | None:
        """Find the one station that words name, or None."""

    def way(self, start: Station, end: Station) -> tuple[float, tuple[str, ...]] | None:
        """Give the kilometres of the shortest way on the network and the forces through whose areas it leads."""


@cache
def network() -> Network | None:
    """Give the rail package's network; None where it is not installed, or cannot be read, which is logged.

    A page about a child's way home must not fall with an optional package.
    """
    for point in entry_points(group=GROUP):
        try:
            found: Network = point.load()()
        except Exception:
            logging.getLogger(__name__).exception("the rail package %s cannot be used", point.value)
            continue
        return found
    return None

"""Which police force area and which council a place lies in, and whether that is away from home.

A place that is not known says nothing: no sign is made from a guess.
"""

import re
from contextlib import suppress
from functools import lru_cache

from sightline.domain.signs.known import Known
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place, distance_km
from sightline.reference.geography import UnknownAuthority, at_a_distance

FAR_FROM_HOME_KM = 30
PLACED_FAR_KM = 32  # 20 miles, the distance at which national returns call a placement far from home

# A force that polices a railway, a base or a power station has no area of its own: its name says nothing of where.
FORCES_WITHOUT_AREA = frozenset({"british transport", "btp", "ministry of defence", "mod", "civil nuclear"})
FORCE_STYLES = re.compile(r"\b(police|constabulary|service|force|area|the)\b|[^\w\s]")
COUNCIL_STYLES = re.compile(
    r"\b(council|borough|metropolitan|city|county|district|london|royal|unitary|authority|of|the)\b|[^\w\s]")



def force_area(place: Place | None) -> str | None:
    """Give a name for the police force area, the same however the force is styled, or None."""
    if place is None or not place.force:
        return None
    name = _plain(place.force, FORCE_STYLES)
    return None if name in FORCES_WITHOUT_AREA else name


def council_of(place: Place | None) -> str | None:
    """Give a name for the council of a place, the same however the council is styled, or None."""
    return council_area(place.council) if place else None


def council_area(name: str | None) -> str | None:
    """Give a name for the council, the same however it is styled, or None."""
    return _plain(name, COUNCIL_STYLES) if name else None


@lru_cache(maxsize=4096)
def _plain(name: str, styles: re.Pattern[str]) -> str:
    return " ".join(styles.sub(" ", name.casefold()).split()) or name.casefold()


def in_other_force(one: Place | None, other: Place | None) -> bool:
    """Tell whether both places are known to lie in different police force areas."""
    area, other_area = force_area(one), force_area(other)
    return area is not None and other_area is not None and area != other_area


def away_from_home(known: Known, entry: Entry) -> str | None:
    """Say how the place of the entry is away from the home of that moment; None where it is near, or not known."""
    home = known.home_at(entry.at)
    if entry.place is None or home is None:
        return None
    if in_other_force(home, entry.place):
        return f"in another police force area ({entry.place.force}; home is in {home.force})"
    distance = distance_km(home, entry.place)
    if distance is not None and distance > FAR_FROM_HOME_KM:
        return f"{distance:.0f} km from home"
    return None


def km_from_home(known: Known, entry: Entry) -> float | None:
    """Give the distance in kilometres between the entry's place and the home of that moment, or None."""
    return distance_km(known.home_at(entry.at), entry.place)


def placed_at_a_distance(home: Place | None, own_council: str | None, placed: Place | None) -> bool:
    """Tell whether a placement is known to be neither in the own council nor in one that adjoins it.

    For a council that the table of councils does not know: in another council, and more than 32 km from home.
    """
    there = placed.council if placed else None
    if not own_council or not there or council_area(own_council) == council_area(there):
        return False
    with suppress(UnknownAuthority):
        return at_a_distance(own_council, there)
    distance = distance_km(home, placed)
    return distance is not None and distance > PLACED_FAR_KM

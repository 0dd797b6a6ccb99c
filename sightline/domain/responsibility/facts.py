"""The facts of a responsibility question: where the child is, whose child it is, and what has happened.

A fact that is absent is unknown, never "no". Councils and forces may come by name, code or postcode; a gazetteer, which
is passed in, gives each its one name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sightline.domain.duties.nations import Nation, UnknownNation, read_nation
from sightline.domain.responsibility.sites import NO_SITES, SiteKind, Sites, UnknownSite
from sightline.domain.vocabulary.moment import UnreadableMoment, day_of, read_instant

SIGNIFICANT_HARM = "significant-harm"

T = TypeVar("T")


class Status(StrEnum):
    """Name what has happened to the child, as far as responsibility turns on it."""

    POLICE_PROTECTION = "police-protection"
    ARRESTED = "arrested"
    RELEASED = "released"
    CHARGED_BAIL_REFUSED = "charged-bail-refused"
    REMANDED = "remanded"
    HOMELESS = "homeless"
    PROTECTION_PLAN = "protection-plan"
    ENQUIRY_OPEN = "enquiry-open"
    IN_NEED = "in-need"
    ACCEPTED = "accepted-by-receiver"
    NO_FIXED_HOME = "no-fixed-home"
    CARE_ORDER = "care-order"
    LIBERTY_ORDER = "deprivation-of-liberty-order"


class FactsRefused(ValueError):
    """The facts cannot be read; the message says which, and what is needed."""


class NoPlace(FactsRefused):
    """Nothing says where the child is or belongs, so nobody can be named.

    Give at least one of: where the child was found (found_in or found_at), the home (home_in or home_at), the council
    that looks after the child, the placement, the police force that holds or seeks the child, or the railway.
    """

    def __init__(self) -> None:
        super().__init__(" ".join((self.__doc__ or "").split()))


@dataclass(frozen=True, slots=True)
class Area:
    """Hold a council with the police force of its area and its nation, as far as they are known.

    `trust` names the health and social care trust that is responsible there in Northern Ireland.
    """

    council: str
    force: str | None = None
    nation: Nation | None = None
    trust: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Hold the two look-ups that are passed in: both raise FactsRefused, with words, for what they do not know.

    `area` takes a council's name or code, a postcode, or a point "latitude,longitude"; `force` a name or code.
    `on`, where there is one, gives the gazetteer of a day, on which other councils may have been. `sites` are the
    custody suites and children's homes that are kept; `day` is the day that is asked about.
    """

    area: Callable[[str], Area]
    force: Callable[[str], str]
    on: Callable[[date], "Gazetteer"] | None = None
    sites: Sites = NO_SITES
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what is known; places are areas, forces are names, `at` is an instant."""

    found: Area | None = None
    home: Area | None = None
    looked_after_by: Area | None = None
    placed: Area | None = None
    custody_force: str | None = None
    custody: Area | None = None
    asked: Area | None = None
    receiving: Area | None = None
    missing_from_force: str | None = None
    status: frozenset[Status] = frozenset()
    concern: str | None = None
    on_railway: bool = False
    nation_found: Nation | None = None
    at: datetime | None = None

    def has(self, *status: Status) -> bool:
        """Tell whether any of these is told."""
        return not self.status.isdisjoint(status)

    @property
    def areas(self) -> tuple[Area, ...]:
        """Give every area that is told, the nearest to where the child is first."""
        told = (self.found, self.custody, self.placed, self.home, self.looked_after_by, self.asked, self.receiving)
        return tuple(area for area in told if area is not None)

    @property
    def say_where(self) -> bool:
        """Tell whether they say anything of where the child is, belongs, or is held or sought."""
        return bool(self.areas or self.custody_force or self.missing_from_force or self.on_railway)

    @property
    def nation(self) -> Nation:
        """Give the nation where the child is: as told, else that of the place found; England where neither is known."""
        place = self.found or self.custody or self.placed or self.home
        told = self.nation_found or (None if place is None else place.nation)
        return told or Nation.ENGLAND


# Each fact that names a council, with the facts that may name it instead by a postcode or a point.
AREAS = {
    "found_in": ("found", "found_at"), "home_in": ("home", "home_at"), "looked_after_by": ("looked_after_by", None),
    "placed_in": ("placed", "placed_at"), "custody_council": ("custody", None), "asked_council": ("asked", None),
    "receiving_council": ("receiving", None),
}
FORCES = ("custody_force", "missing_from_force")
# Facts that name a site, with the facts of a council that they say where none is told.
SITES = {"custody_suite": (SiteKind.SUITE, "custody"), "childrens_home": (SiteKind.HOME, "placed")}
KEYS = frozenset({
    *AREAS, *SITES, *(instead for _, instead in AREAS.values() if instead), *FORCES,
    "status", "concern", "on_railway", "nation_found", "at",
})


def read_facts(told: object, gazetteer: Gazetteer) -> Facts:
    """Read the facts from an object of JSON; every key may be missing.

    Raises FactsRefused; NoPlace where no place at all is told.
    """
    if not isinstance(told, Mapping):
        raise FactsRefused("The facts must be one JSON object.")
    unknown = sorted(str(key)[:40] for key in set(told) - KEYS)
    if unknown:
        raise FactsRefused(f"Not known: {', '.join(unknown[:5])}. Facts that are known: {', '.join(sorted(KEYS))}.")
    at = _instant(told.get("at"))
    if at is not None:
        then = gazetteer if gazetteer.on is None else gazetteer.on(day_of(at))
        gazetteer = replace(then, sites=gazetteer.sites, day=day_of(at))
    areas = {field: _area(told, key, instead, gazetteer) for key, (field, instead) in AREAS.items()}
    custody_force = _force(told, "custody_force", gazetteer)
    held = _at_sites(told, custody_force, gazetteer)
    suite = held.get("custody")
    areas |= {field: area for field, area in held.items() if areas[field] is None}
    facts = Facts(
        **areas, custody_force=custody_force or (None if suite is None else suite.force),
        missing_from_force=_force(told, "missing_from_force", gazetteer), status=_status(told.get("status")),
        concern=_concern(told.get("concern")), on_railway=_yes_no(told.get("on_railway")),
        nation_found=_nation(told.get("nation_found")), at=at,
    )
    if not facts.say_where:
        raise NoPlace
    return facts


def _area(told: Mapping[str, Any], key: str, instead: str | None, gazetteer: Gazetteer) -> Area | None:
    for name in (key, instead):
        value = None if name is None else told.get(name)
        if value is not None:
            return _looked_up(gazetteer.area, _place(value, str(name)), str(name))
    return None


def _force(told: Mapping[str, Any], key: str, gazetteer: Gazetteer) -> str | None:
    value = told.get(key)
    return None if value is None else _looked_up(gazetteer.force, _place(value, key), key)


def _at_sites(told: Mapping[str, Any], force: str | None, gazetteer: Gazetteer) -> dict[str, Area]:
    """Give the areas of the suite and the home that are named; the force of a suite is the one that runs it."""
    found: dict[str, Area] = {}
    for key, (kind, field) in SITES.items():
        if told.get(key) is not None:
            name = _place(told[key], key)
            try:
                site = gazetteer.sites.at(kind, name, on=gazetteer.day, force=force)
            except UnknownSite as why:
                raise FactsRefused(f"{key}: {why}") from None
            area = _looked_up(gazetteer.area, site.where, key)
            own = None if site.force is None else _looked_up(gazetteer.force, site.force, key)
            found[field] = replace(area, force=own or area.force)
    return found


def _looked_up(look_up: Callable[[str], T], value: str, name: str) -> T:
    try:
        return look_up(value)
    except FactsRefused as why:
        raise FactsRefused(f"{name}: {why}") from None


def _place(value: object, name: str) -> str:
    """Give a place as text; a point may be {"lat": .., "lon": ..} or [latitude, longitude]."""
    point = (value.get("lat"), value.get("lon")) if isinstance(value, Mapping) else value
    if isinstance(point, list | tuple) and len(point) == 2 and all(_is_number(part) for part in point):
        return f"{float(point[0])},{float(point[1])}"
    if not isinstance(value, str) or not value.strip():
        raise FactsRefused(f"{name} must be a name, a code, a postcode or a point of latitude and longitude.")
    return value.strip()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _status(told: object) -> frozenset[Status]:
    if told is None:
        return frozenset()
    try:
        return frozenset(Status(str(word)) for word in (told if isinstance(told, list) else [told]))
    except ValueError:
        raise FactsRefused(f"status must be a list of any of: {', '.join(Status)}.") from None


def _concern(told: object) -> str | None:
    if told is not None and not isinstance(told, str):
        raise FactsRefused(f"concern must be text, like {SIGNIFICANT_HARM}.")
    return told


def _yes_no(told: object) -> bool:
    if told is not None and not isinstance(told, bool):
        raise FactsRefused("on_railway must be true or false.")
    return bool(told)


def _nation(told: object) -> Nation | None:
    try:
        return None if told is None else read_nation(told if isinstance(told, str) else "")
    except UnknownNation as why:
        raise FactsRefused(f"nation_found: {why}") from None


def _instant(told: object) -> datetime | None:
    try:
        return None if told is None else read_instant(told if isinstance(told, str) else "")
    except UnreadableMoment:
        raise FactsRefused("at must be an instant with its offset, like 2026-05-10T23:15:00+01:00.") from None

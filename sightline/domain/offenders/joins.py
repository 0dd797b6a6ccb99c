"""Which children are near a managed offender, and how it is known: at one door, named in a household, met there.

Every way is a fact that both sides tell, never a likeness: an address, a child's name with its birthday, a place and a
day. What may be a slip of the pen is joined all the same and says what to check, for a child who is missed is the harm.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sightline.domain.intake.order import whole_years
from sightline.domain.offenders.addresses import SAME_WORDS, SURE, Door, Same, keys_of, same_door

HOMES_TOLD_WITHIN = timedelta(days=365)
"""A home that another agency told within a year still counts beside the newest one (our own choice)."""
MEETINGS = 2
MET_WITHIN = timedelta(days=180)
"""Two days within half a year on which both were met at one postcode (our own choice)."""
FOUND_WITHIN = timedelta(days=180)
"""So long a child who was met at an address of the offender is near (our own choice)."""
LONGEST_KEY = 120
ADULT_YEARS, PLAUSIBLE_YEARS = 18, 25
"""Older than 25 when something was told of a child is a placeholder of a birthday, as for signs."""


class Way(StrEnum):
    """Name how an offender is near a child, the nearest first."""

    LIVES = "lives"
    PARTNER = "new-partner-in-the-home"
    HOUSEHOLD = "household"
    STAYS = "stays"
    RELEASE = "to-be-released-to"
    VISITS = "visits"
    FOUND = "found-there"
    MET = "met-twice"


WAY_WORDS = {
    Way.LIVES: "lives at the child's address",
    Way.PARTNER: "is a new partner in the child's home",
    Way.HOUSEHOLD: "has told of a household in which the child is named",
    Way.STAYS: "stays at the child's address",
    Way.RELEASE: "is to be released to the child's address",
    Way.VISITS: "visits the child's address",
    Way.FOUND: "has an address at which the child was met",
    Way.MET: "was met at the same place as the child on two days",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold an address of an offender with how the offender is there; `until` is the first day on which no more."""

    telling: str
    door: Door
    there: Way
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Hold names and a birthday: of a child in an offender's household, told on a day, or as an agency told them."""

    told: str
    given: str
    family: str
    born_on: date
    on: date = date.min


@dataclass(frozen=True, slots=True)
class Met:
    """Hold that somebody was met at a postcode on a day."""

    told: str
    postcode: str
    on: date


@dataclass(frozen=True, slots=True)
class Home:
    """Hold a home of a child as it was told on a day; `newest` unless another was told later."""

    entry: str
    door: Door
    on: date
    newest: bool = True


@dataclass(frozen=True, slots=True)
class Adult:
    """Hold what of an offender's record can lie near a child's.

    `away` are the days from which and until which the adult is told to be away, None of the second while it goes on.
    """

    spots: tuple[Spot, ...] = ()
    children: tuple[Named, ...] = ()
    met: tuple[Met, ...] = ()
    away: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """Hold what of a child's record can lie near an offender's; `found` are addresses at which the child was met."""

    homes: tuple[Home, ...] = ()
    names: tuple[Named, ...] = ()
    met: tuple[Met, ...] = ()
    found: tuple[Home, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Hold one way in which an offender is near a child, with the telling and the entry that say so.

    `since` is the day from which both sides tell it. `check` says what a person must look at first, or nothing.
    """

    way: Way
    telling: str
    entry: str
    since: date
    how: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class NearAdult:
    """Hold what a sign may know of an offender near a child: under what, in which way, since when, by which entry."""

    under: frozenset[str]
    way: Way
    entry: str
    since: date


def keys_of_adult(adult: Adult) -> tuple[str, ...]:
    """Give the keys under which children near this adult are found."""
    return _distinct(
        [key for spot in adult.spots for key in keys_of(spot.door)]
        + [key for one in adult.children for key in _keys_of_name(one)] + [_key_of_meeting(one) for one in adult.met])


def keys_of_child(child: Child) -> tuple[str, ...]:
    """Give the keys under which adults near this child are found."""
    return _distinct(
        [key for home in (*child.homes, *child.found) for key in keys_of(home.door)]
        + [key for one in child.names for key in _keys_of_name(one)] + [_key_of_meeting(one) for one in child.met])


def joins(adult: Adult, child: Child, *, on: date) -> tuple[Join, ...]:
    """Give the ways in which this adult is near this child on a day, one a telling and entry, the nearest first.

    Who has grown up is no child any more; a birthday that cannot be a child's at what was told counts as unknown.
    """
    if _grown_up(child, on):
        return ()
    found = (*_at_home(adult, child, on), *_named(adult, child), *_found_there(adult, child, on),
             *_met_twice(adult, child, on))
    order = list(Way)
    return tuple(sorted(found, key=lambda join: (order.index(join.way), join.since, join.telling, join.entry)))


def _grown_up(child: Child, on: date) -> bool:
    told = [home.on for home in child.homes] + [one.on for one in child.met]
    ages = [whole_years(name.born_on, on) for name in child.names
            if all(whole_years(name.born_on, day) <= PLAUSIBLE_YEARS for day in told)]
    return bool(ages) and min(ages) >= ADULT_YEARS


def _at_home(adult: Adult, child: Child, on: date) -> Iterator[Join]:
    for spot in adult.spots:
        if spot.until is not None and spot.until <= on:
            continue
        for home in child.homes:
            same = same_door(spot.door, home.door)
            if same is not None:
                yield Join(spot.there, spot.telling, home.entry, max(spot.since, home.on), SAME_WORDS[same],
                           "; ".join((*_to_check(same, home), *_away(adult, spot, on))))


def _away(adult: Adult, spot: Spot, on: date) -> Iterator[str]:
    """Say where an address that nobody closed may stand empty."""
    gone = next((since for since, until in adult.away
                 if spot.since <= since <= on and (until is None or on < until)), None)
    if gone is not None and spot.there is not Way.RELEASE:
        yield f"whether the adult is there now: told to be away since {gone.day} {gone:%B %Y}"


def _found_there(adult: Adult, child: Child, on: date) -> Iterator[Join]:
    """Give the addresses of the adult at which the child was met while the adult was there, the child's home aside."""
    for spot in adult.spots:
        if any(same_door(spot.door, home.door) is not None for home in child.homes):
            continue
        for one in child.found:
            same = same_door(spot.door, one.door)
            there = spot.since <= one.on and (spot.until is None or one.on < spot.until)
            if same is not None and there and timedelta(0) <= on - one.on <= FOUND_WITHIN:
                doubt = "" if same in SURE else f"whether it is one door: {SAME_WORDS[same]}"
                yield Join(Way.FOUND, spot.telling, one.entry, one.on, SAME_WORDS[same], doubt)


def _to_check(same: Same, home: Home) -> list[str]:
    doubts = [] if same in SURE else [f"whether it is one door: {SAME_WORDS[same]}"]
    if not home.newest:
        doubts.append("whether the child still lives there: another home was told later")
    return doubts


def _named(adult: Adult, child: Child) -> Iterator[Join]:
    for one in adult.children:
        alike = [name for name in child.names if one.born_on == name.born_on
                 and set(_keys_of_name(one)) & set(_keys_of_name(name))]
        if alike:
            best = max(alike, key=lambda name: (_whole(one, name), name.told))
            check = "" if _whole(one, best) else "whether it is this child: only one of the two names agrees"
            yield Join(Way.HOUSEHOLD, one.told, best.told, max(one.on, best.on), "the same birthday and name", check)


def _whole(one: Named, other: Named) -> bool:
    return (_plain(one.family), _plain(one.given)) == (_plain(other.family), _plain(other.given))


def _met_twice(adult: Adult, child: Child, on: date) -> Iterator[Join]:
    recent = {(one.postcode, one.on): one for one in adult.met if timedelta(0) <= on - one.on <= MET_WITHIN}
    both = sorted(((recent[place], one) for one in child.met if (place := (one.postcode, one.on)) in recent),
                  key=lambda pair: (pair[1].on, pair[0].told, pair[1].told))
    days = sorted({one.on for _, one in both})
    if len(days) >= MEETINGS:
        told, entry = both[-1]
        said = " and ".join(f"{day.day} {day:%B %Y}" for day in days[-MEETINGS:])
        yield Join(Way.MET, told.told, entry.told, days[MEETINGS - 1], f"at one postcode on {said}",
                   "whether they were there together: the place and the day are the same, the hour may differ")


def current_homes(told: Iterable[tuple[str, str, date, Door]], *, on: date) -> tuple[Home, ...]:
    """Give the homes that count of those told (entry, who told it, day, door): the newest, and the last of each teller.

    A teller that told two homes on one day means both. What others told longer ago than a year counts no more. Who
    tells a postcode and no house tells again of the house there that was told last: most files tell no house.
    """
    known = sorted((one for one in told if one[2] <= on), key=lambda one: (one[2], one[0]))
    if not known:
        return ()
    houses: dict[str, tuple[str, date, Door]] = {}
    homes: list[tuple[str, date, Home]] = []
    for entry, by, day, door in known:
        if keys_of(door):
            houses[door.postcode] = (entry, day, door)
        named, since, there = houses.get(door.postcode, (entry, day, door))
        homes.append((by, day, Home(named, there, since)))
    newest = homes[-1][1]
    last = {by: day for by, day, _ in homes}
    kept: dict[tuple[str, Door], Home] = {}
    for by, day, home in homes:
        if day == last[by] and (day == newest or on - day <= HOMES_TOLD_WITHIN):
            kept[home.entry, home.door] = replace(home, newest=day == newest)
    return tuple(sorted(kept.values(), key=lambda home: (home.on, home.entry), reverse=True))


def _keys_of_name(one: Named) -> Sequence[str]:
    return [f"child:{one.born_on}|{plain}" for plain in (_plain(one.family), _plain(one.given)) if plain]


def _key_of_meeting(one: Met) -> str:
    return f"met:{one.postcode.replace(' ', '')}|{one.on}"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^\w]", "", "".join(one for one in letters if not unicodedata.combining(one)))


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key[:LONGEST_KEY] for key in keys}))

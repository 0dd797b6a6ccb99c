"""Invented families: parents, one or two surnames, children of all ages, twins among them, and the homes they move to.

How many children a family has and how often twins come are assumptions, taken from what was used to measure linkage:
1.75 children under 18 a family, 3.5 % of later children a twin of the one before. Step-families and moves are ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from sightline.demonstration.chance import Weighted
from sightline.demonstration.identifiers import nhs_number, upn
from sightline.demonstration.names import GROUP_CODES, TRADITIONS_OF_GROUP, Tradition, traditions
from sightline.demonstration.pathways import WEIGHTS, Pathway
from sightline.demonstration.places import AREAS_OF_COUNCIL, Council, councils
from sightline.reference.people import ethnic_groups

SIZES = Weighted.of({1: 0.36, 2: 0.38, 3: 0.165, 4: 0.06, 5: 0.02, 6: 0.015})
PATHWAYS = Weighted(tuple(Pathway), tuple(accumulate(WEIGHTS)))
TWIN_SHARE = 0.035
STEP_FAMILY_SHARE = 0.13
MOVES_A_YEAR = 0.09
MOVES_WITHIN_COUNCIL, MOVES_WITHIN_REGION = 0.8, 0.97
MIDDLE_NAME_SHARE = 0.45
OF_AGE_YEARS = 18
OLDEST_YEARS = 27
"""The oldest child of a family may be grown up; only those under 18 are invented."""
YEARS_OF_HOMES = 4


@dataclass(frozen=True, slots=True)
class Home:
    """Hold one home of a family with the day from which it lived there."""

    since: date
    postcode: str
    council: Council


@dataclass(slots=True)
class Child:
    """Hold one invented child as it really is: what agencies write may differ.

    `known_as` is a second surname by which the child of a step-family is also known. `twin_of` is the id of the twin
    born first.
    """

    id: str
    family: "Family"
    given: str
    middle: str | None
    surname: str
    known_as: str | None
    sex: str
    born_on: date
    upn: str
    nhs: str
    pathway: Pathway
    twin_of: str | None


@dataclass(slots=True)
class Family:
    """Hold one family: `group` is the code of its ethnic group, `council` where it first lived, `homes` its homes."""

    id: str
    group: str
    tradition: Tradition
    council: Council
    homes: list[Home] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    def home_on(self, day: date) -> Home:
        """Give the home on a day; before the first one known, the first."""
        found = self.homes[0]
        for home in self.homes:
            if home.since > day:
                break
            found = home
        return found


def families(children: int, *, today: date, rng: Random) -> Iterator[Family]:
    """Yield invented families until they have so many children between them; the last family may be cut short."""
    made = number = 0
    region = _region()
    while made < children:
        number += 1
        council = region.draw(rng)
        group = group_in(council.code, rng)
        family = Family(f"f{number:06}", group, _tradition(group, rng), council)
        family.children = _children(family, made + 1, today, rng)[:children - made]
        if family.children:
            family.homes = _homes(council, today, rng)
            made += len(family.children)
            yield family


def group_in(council_code: str, rng: Random) -> str:
    """Draw an ethnic group, by its code in the children's returns, as the census counts them in the council."""
    return _groups(council_code).draw(rng)


@cache
def _region() -> Weighted[Council]:
    """Give the ten councils of the demonstration, weighted by their children."""
    found = tuple(councils()[code] for code in AREAS_OF_COUNCIL)
    return Weighted(found, tuple(accumulate(council.children for council in found)))


@cache
def _groups(council_code: str) -> Weighted[str]:
    counted = ethnic_groups(council_code)
    return Weighted(tuple(GROUP_CODES[name] for name in counted), tuple(accumulate(counted.values())))


def _tradition(group: str, rng: Random) -> Tradition:
    return traditions()[_offered(group).draw(rng)]


@cache
def _offered(group: str) -> Weighted[str]:
    return Weighted.of(dict(TRADITIONS_OF_GROUP[group]))


def _homes(council: Council, today: date, rng: Random) -> list[Home]:
    homes = [Home(today - timedelta(days=365 * YEARS_OF_HOMES + rng.randrange(3000)), council.home(rng), council)]
    for year in range(YEARS_OF_HOMES, 0, -1):
        if rng.random() < MOVES_A_YEAR:
            where = rng.random()
            if where > MOVES_WITHIN_REGION:
                council = rng.choice([one for one in councils().values() if one.code not in AREAS_OF_COUNCIL])
            elif where > MOVES_WITHIN_COUNCIL:
                council = _region().draw(rng)
            homes.append(Home(today - timedelta(days=365 * year - rng.randrange(1, 365)), council.home(rng), council))
    return homes


def _children(family: Family, first_number: int, today: date, rng: Random) -> list[Child]:
    """Invent the children of a family, the oldest first."""
    tradition = family.tradition
    surname = tradition.surname(rng)
    other_surname = _other_surname(family, rng) if rng.random() < STEP_FAMILY_SHARE else None
    born_on = today - timedelta(days=rng.randrange(1, 365 * OLDEST_YEARS))
    children: list[Child] = []
    for place in range(SIZES.draw(rng)):
        twin = bool(children) and rng.random() < TWIN_SHARE
        if place and not twin:
            born_on += timedelta(days=rng.randrange(330, 1700))
        if born_on >= today:
            break
        if age_on(born_on, today) >= OF_AGE_YEARS:
            continue
        mine, also = (other_surname, surname) if other_surname and rng.random() < 0.5 else (surname, other_surname)
        children.append(_child(
            family, first_number + len(children), born_on=born_on, surname=mine, known_as=also,
            twin=children[-1] if twin else None, siblings=children, rng=rng,
        ))
    return children


def _other_surname(family: Family, rng: Random) -> str:
    tradition = family.tradition if rng.random() < 0.7 else _tradition(family.group, rng)
    return tradition.surname(rng)


def _child(
    family: Family, number: int, *, born_on: date, surname: str, known_as: str | None, twin: Child | None,
    siblings: list[Child], rng: Random,
) -> Child:
    tradition = family.tradition if family.group[0] != "M" else _tradition(family.group, rng)
    sex = twin.sex if twin and rng.random() < 0.64 else rng.choice("FM")
    taken = {sibling.given for sibling in siblings}
    given = tradition.given[sex].draw(rng)
    if twin:
        given = _like(twin.given, tradition, sex, rng) or given
    while given in taken:
        given = tradition.given[sex].draw(rng)
    return Child(
        id=f"c{number:06}", family=family, given=given,
        middle=tradition.given[sex].draw(rng) if rng.random() < MIDDLE_NAME_SHARE else None,
        surname=tradition.surname_for(surname, sex, rng), known_as=known_as, sex=sex, born_on=born_on,
        upn=upn(family.council.dfe_code, number, born_on.year + 4), nhs=nhs_number(number),
        pathway=PATHWAYS.draw(rng), twin_of=twin.id if twin else None,
    )


def age_on(born_on: date, day: date) -> int:
    """Give the age in years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _like(name: str, tradition: Tradition, sex: str, rng: Random) -> str | None:
    """Draw a name with the same first letter in four of ten cases, as parents of twins often choose."""
    if rng.random() > 0.4:
        return None
    alike = [one for one in tradition.given[sex].values if one[0] == name[0] and one != name]
    return rng.choice(alike[:40]) if alike else None

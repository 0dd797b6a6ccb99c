"""Invented children whose truth is known: families of all communities, siblings, twins, moves, several surnames.

What agencies write of them is in invented_records.py. Shares of communities, sizes of families, moves and twins are
assumptions of ours (1.75 children a family, 3.5 % of later children a twin of the one before). Names come from the
demonstration's hand-made lists by naming tradition: they are short (two dozen surnames in most traditions), so that
children of a small community share names oftener here than in life. Results are to be read with that in mind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from rapidfuzz.distance import JaroWinkler

from sightline.demonstration.chance import Weighted
from sightline.demonstration.identifiers import PNC_LETTERS, upn
from sightline.demonstration.names import Tradition, traditions
from sightline.demonstration.places import AREAS_OF_COUNCIL, Council, councils
from sightline.reference.names import variants
from sightline.reference.people import name_variants

TODAY = date(2026, 9, 1)

COMMUNITIES: dict[str, tuple[float, dict[str, float]]] = {
    "White British": (0.60, {"british": 0.98, "irish": 0.02}),
    "Irish": (0.008, {"irish": 0.8, "british": 0.2}),
    "Irish Traveller": (0.004, {"traveller": 1.0}),
    "Gypsy or Roma": (0.006, {"roma": 0.7, "traveller": 0.3}),
    "Polish": (0.022, {"polish": 1.0}),
    "Romanian, Baltic or Iberian": (0.035, {"romanian": 0.4, "baltic": 0.3, "iberian": 0.3}),
    "Turkish": (0.006, {"turkish": 1.0}),
    "Kurdish or Iranian": (0.007, {"kurdish_iranian": 1.0}),
    "Indian": (0.04, {"sikh": 0.3, "hindu": 0.5, "gujarati_muslim": 0.2}),
    "Pakistani": (0.05, {"pakistani": 1.0}),
    "Bangladeshi": (0.022, {"bangladeshi": 1.0}),
    "Chinese": (0.01, {"chinese": 1.0}),
    "Vietnamese": (0.005, {"vietnamese": 1.0}),
    "Afghan": (0.007, {"afghan": 1.0}),
    "Tamil or Filipino": (0.01, {"tamil": 0.6, "filipino": 0.4}),
    "Nigerian or Ghanaian": (0.03, {"nigerian": 0.7, "ghanaian": 0.3}),
    "Somali": (0.012, {"somali": 1.0}),
    "Other African": (0.018, {"francophone_african": 0.4, "eritrean_ethiopian": 0.35, "zimbabwean": 0.25}),
    "Black Caribbean": (0.015, {"caribbean": 0.8, "british": 0.2}),
    "Arab": (0.012, {"arab": 1.0}),
    "Mixed": (0.06, {"british": 0.5, "caribbean": 0.15, "nigerian": 0.1, "pakistani": 0.1, "hindu": 0.1,
                     "chinese": 0.05}),
}
"""Share of children, and the naming traditions of a family; by hand, near the census of 2021."""

SIZES = Weighted.of({1: 0.42, 2: 0.36, 3: 0.14, 4: 0.055, 5: 0.015, 6: 0.01})
TWIN_SHARE = 0.035
TWINS_OF_ONE_SEX = 0.64
TWINS_NAMED_ALIKE = 0.4
SIBLINGS_NAMED_ALIKE = 0.05
MOVES = Weighted.of({0: 0.66, 1: 0.22, 2: 0.08, 3: 0.04})
MOVES_OF_TRAVELLERS = Weighted.of({0: 0.3, 1: 0.25, 2: 0.2, 3: 0.25})
SECOND_SURNAME = 0.13
DOUBLE_SURNAME = 0.06
SHARED_POSTCODE = 0.3
"""Share of families who live in a postcode that another invented family has: about 15 homes share one in life."""
KNOWN_TO_POLICE = 0.12

CHAINS = frozenset(("somali", "eritrean_ethiopian", "tamil", "afghan", "arab", "kurdish_iranian"))
"""Traditions in which a child bears the father's and the grandfather's given names."""
MUHAMMAD_FIRST = {"pakistani": 0.4, "bangladeshi": 0.5, "afghan": 0.15, "gujarati_muslim": 0.3, "somali": 0.1}
"""Share of boys with a form of Muhammad before the name by which they are called."""
WOMENS_NAMES = {
    "pakistani": (0.3, ("Bibi", "Begum", "Akhtar", "Parveen", "Kausar")),
    "bangladeshi": (0.5, ("Begum", "Khatun", "Akter", "Khanom", "Sultana")),
    "gujarati_muslim": (0.1, ("Bibi", "Begum")),
    "afghan": (0.1, ("Bibi",)),
}
"""Share of girls who bear a woman's name of honour where others bear a surname."""
MIDDLE_NAMES = {"british": 0.6, "irish": 0.5, "nigerian": 0.7, "ghanaian": 0.6, "caribbean": 0.6, "iberian": 0.4,
                "filipino": 0.6, "zimbabwean": 0.4, "francophone_african": 0.4, "chinese": 0.0, "vietnamese": 0.0}
WESTERN_NAME = {"chinese": 0.45, "vietnamese": 0.2}
"""Share of children who are also called by a first name usual in Britain."""


@dataclass(slots=True)
class Child:
    """Hold one child as it is. `chain` are the father's and the grandfather's names where the tradition has them."""

    number: int
    family: "Family"
    tradition: str
    given: str
    middles: tuple[str, ...]
    called: str | None
    surname: str
    other_surname: str | None
    chain: tuple[str, ...]
    sex: str
    born_on: date
    upn: str
    nhs: str
    pnc: str | None
    cro: str | None
    twin_of: int | None


@dataclass(slots=True)
class Family:
    """Hold one family: its homes are postcodes, the newest last."""

    number: int
    community: str
    homes: list[str]
    council: Council
    children: list[Child] = field(default_factory=list)


def families(children: int, *, seed: int, after: int = 0) -> Iterator[Family]:
    """Yield invented families until they have so many children between them; the same for the same seed.

    The children are numbered from the one `after` this: no two whose numbers differ share an NHS number, as none do.
    """
    rng = Random(seed)
    lived_in: list[str] = []
    made = number = 0
    while made < children:
        number += 1
        community = _communities().draw(rng)
        council = _region().draw(rng)
        family = Family(number, community, _homes(community, council, lived_in, rng), council)
        family.children = _children(family, after + made + 1, rng)[:children - made]
        made += len(family.children)
        yield family


@cache
def _communities() -> Weighted[str]:
    return Weighted.of({name: share for name, (share, _) in COMMUNITIES.items()})


@cache
def _traditions_of(community: str) -> Weighted[str]:
    return Weighted.of(COMMUNITIES[community][1])


@cache
def _region() -> Weighted[Council]:
    found = tuple(councils()[code] for code in AREAS_OF_COUNCIL)
    return Weighted(found, tuple(accumulate(council.children for council in found)))


def _homes(community: str, council: Council, lived_in: list[str], rng: Random) -> list[str]:
    moves = MOVES_OF_TRAVELLERS if community in ("Irish Traveller", "Gypsy or Roma") else MOVES
    found = []
    for _ in range(1 + moves.draw(rng)):
        home = rng.choice(lived_in) if lived_in and rng.random() < SHARED_POSTCODE else council.home(rng)
        lived_in.append(home)
        found.append(home)
    return found


def _children(family: Family, first: int, rng: Random) -> list[Child]:
    tradition = traditions()[_traditions_of(family.community).draw(rng)]
    surname = _surname(tradition, rng)
    second = _surname(tradition, rng) if rng.random() < SECOND_SURNAME else None
    chain = _chain(tradition, rng)
    born_on = TODAY - timedelta(days=rng.randrange(365, 365 * 17))
    found: list[Child] = []
    for place in range(SIZES.draw(rng)):
        twin = found[-1] if found and rng.random() < TWIN_SHARE else None
        if place and twin is None:
            born_on += timedelta(days=rng.randrange(330, 1500))
        if born_on >= TODAY:
            break
        found.append(_child(
            family, first + len(found), tradition=tradition, surname=surname, second=second, chain=chain,
            born_on=born_on, twin=twin, siblings=found, rng=rng))
    return found


def _surname(tradition: Tradition, rng: Random) -> str:
    drawn = tradition.surname(rng)
    if tradition.name in ("british", "caribbean", "irish") and rng.random() < DOUBLE_SURNAME:
        return f"{drawn}-{tradition.surname(rng)}"
    return drawn


def _chain(tradition: Tradition, rng: Random) -> tuple[str, ...]:
    """Draw the father's and the grandfather's names where children bear them."""
    if tradition.name not in CHAINS:
        return ()
    return (tradition.given["M"].draw(rng), rng.choice((tradition.given["M"].draw(rng), tradition.family.draw(rng))))


def _child(
    family: Family, number: int, *, tradition: Tradition, surname: str, second: str | None, chain: tuple[str, ...],
    born_on: date, twin: Child | None, siblings: list[Child], rng: Random,
) -> Child:
    sex = twin.sex if twin and rng.random() < TWINS_OF_ONE_SEX else rng.choice("FM")
    named_by = traditions()[_traditions_of("Mixed").draw(rng)] if family.community == "Mixed" else tradition
    given = _given(named_by, sex, twin, siblings, rng)
    middle = named_by.given[sex].draw(rng)
    has_middle = rng.random() < MIDDLE_NAMES.get(named_by.name, 0.1) and middle not in {one.given for one in siblings}
    middles = (middle,) if has_middle else ()
    if sex == "M" and rng.random() < MUHAMMAD_FIRST.get(named_by.name, 0.0) and given not in MUHAMMADS:
        given, middles = "Muhammad", (given,)
    if named_by.name == "sikh":
        middles = ("Singh" if sex == "M" else "Kaur",)
    if named_by.name == "vietnamese":
        middles = ("Thi" if sex == "F" else "Van",)
    share, honours = WOMENS_NAMES.get(tradition.name, (0.0, ()))
    own = tradition.surname_for(surname, sex, rng)
    other = None if second is None else tradition.surname_for(second, sex, rng)
    if sex == "F" and rng.random() < share:
        own, other = rng.choice(honours), own
    has_western = rng.random() < WESTERN_NAME.get(named_by.name, 0.0)
    western = traditions()["british"].given[sex].draw(rng) if has_western else None
    police = rng.random() < KNOWN_TO_POLICE and TODAY.year - born_on.year >= 10
    mine, also = (other, own) if other and rng.random() < 0.5 else (own, other)
    return Child(
        number=number, family=family, tradition=tradition.name, given=given, middles=middles, called=western,
        surname=mine, other_surname=also, chain=chain, sex=sex, born_on=born_on,
        upn=upn(family.council.dfe_code, number % SERIALS_OF_A_COUNCIL, born_on.year + 4), nhs=nhs(number),
        pnc=_pnc(rng) if police else None, cro=_cro(rng) if police and rng.random() < 0.6 else None,
        twin_of=twin.number if twin else None)


SERIALS_OF_A_COUNCIL = 1_000_000
MUHAMMADS = frozenset(("Muhammad", "Mohammed", "Mohamed", "Mohammad"))


def _given(tradition: Tradition, sex: str, twin: Child | None, siblings: list[Child], rng: Random) -> str:
    """Draw a first name of which no sibling has a form; twins, and some siblings, are given names that are alike."""
    taken = {sibling.given for sibling in siblings} | {name for one in siblings for name in one.middles}
    taken |= {form for name in taken for form in _forms_of(name)}
    alike = rng.random() < (TWINS_NAMED_ALIKE if twin else SIBLINGS_NAMED_ALIKE)
    if siblings and alike:
        of = _like(siblings[-1].given, tradition.name, sex)
        if fresh := [name for name in of if name not in taken]:
            return rng.choice(fresh)
    for _ in range(50):
        given = tradition.given[sex].draw(rng)
        if given not in taken:
            return given
    return given


@cache
def _like(name: str, tradition: str, sex: str) -> tuple[str, ...]:
    """Give the names of a tradition that are most like one: Hassan and Hussain, Jayden and Hayden."""
    forms = _forms_of(name)
    others = [one for one in traditions()[tradition].given[sex].values if one not in forms
              and not one.startswith(name[:5]) and not name.startswith(one[:5])]
    others.sort(key=lambda one: (-JaroWinkler.similarity(one, name), one))
    return tuple(others[:6])


@cache
def _forms_of(name: str) -> frozenset[str]:
    """Give a name with its short forms and spellings: parents do not call two children Ben and Benedict."""
    return frozenset({name, *name_variants().get(name, ()), *(one.title() for one in variants().get(name.lower(), ()))})


def nhs(number: int) -> str:
    """Give the child's own valid NHS number, of the range from 900 000 000 that is not issued (from memory)."""
    for attempt in range(number * 11, number * 11 + 11):
        digits = f"{900_000_000 + attempt * 76_543_217 % 100_000_000}"
        check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
        if check != 10:
            break
    return f"{digits}{0 if check == 11 else check}"


def _pnc(rng: Random) -> str:
    year, serial = rng.randrange(2015, 2027), rng.randrange(1, 9_000_000)
    return f"{year}/{serial:07}{PNC_LETTERS[int(f'{year % 100:02}{serial:07}') % 23]}"


def _cro(rng: Random) -> str:
    year, serial = rng.randrange(15, 27), rng.randrange(1, 900_000)
    return f"{serial:06}/{year:02}{PNC_LETTERS[int(f'{year:02}{serial:06}') % 23]}"

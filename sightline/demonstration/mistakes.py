"""What agencies get wrong when they write down who a child is.

How often is assumed (no open table tells), by kind of agency: a school copies a birth certificate, a custody sergeant
types what a child says at night, a charity knows a first name. Which mistake suits which name follows the name: a short
form, another spelling of the same name, one of two surnames, given and family name swapped.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from sightline.demonstration.families import Child
from sightline.demonstration.identifiers import spoiled, temporary_upn
from sightline.demonstration.school_year import year_group
from sightline.reference.people import name_variants

SPELLINGS = Path(__file__).with_name("data") / "name_spellings.txt"


@dataclass(frozen=True, slots=True)
class Habits:
    """Hold how often one kind of agency makes each mistake, as a share of the records it opens."""

    typing: float
    short_form: float
    other_spelling: float
    swapped_names: float
    cut_name: float
    other_surname: float
    swapped_day_and_month: float
    fifteenth: float
    wrong_year: float
    no_birth: float
    old_postcode: float
    no_postcode: float
    no_upn: float
    temporary_upn: float
    wrong_upn: float
    no_nhs: float
    no_sex: float
    capitals: bool = False


HABITS = {
    "school": Habits(
        typing=0.008, short_form=0.03, other_spelling=0.05, swapped_names=0.05, cut_name=0.1, other_surname=0.3,
        swapped_day_and_month=0.002, fifteenth=0.0, wrong_year=0.001, no_birth=0.0, old_postcode=0.35,
        no_postcode=0.01, no_upn=0.0, temporary_upn=0.012, wrong_upn=0.003, no_nhs=1.0, no_sex=0.0),
    "council": Habits(
        typing=0.02, short_form=0.06, other_spelling=0.12, swapped_names=0.08, cut_name=0.2, other_surname=0.4,
        swapped_day_and_month=0.008, fifteenth=0.015, wrong_year=0.004, no_birth=0.005, old_postcode=0.3,
        no_postcode=0.03, no_upn=0.22, temporary_upn=0.01, wrong_upn=0.01, no_nhs=0.4, no_sex=0.005),
    "police": Habits(
        typing=0.05, short_form=0.14, other_spelling=0.22, swapped_names=0.15, cut_name=0.35, other_surname=0.5,
        swapped_day_and_month=0.015, fifteenth=0.01, wrong_year=0.015, no_birth=0.03, old_postcode=0.4,
        no_postcode=0.06, no_upn=0.97, temporary_upn=0.0, wrong_upn=0.0, no_nhs=1.0, no_sex=0.01, capitals=True),
    "health": Habits(
        typing=0.015, short_form=0.05, other_spelling=0.12, swapped_names=0.1, cut_name=0.2, other_surname=0.35,
        swapped_day_and_month=0.005, fifteenth=0.0, wrong_year=0.003, no_birth=0.0, old_postcode=0.4, no_postcode=0.02,
        no_upn=1.0, temporary_upn=0.0, wrong_upn=0.0, no_nhs=0.08, no_sex=0.0),
    "charity": Habits(
        typing=0.04, short_form=0.3, other_spelling=0.25, swapped_names=0.05, cut_name=0.4, other_surname=0.5,
        swapped_day_and_month=0.01, fifteenth=0.02, wrong_year=0.02, no_birth=0.25, old_postcode=0.3, no_postcode=0.3,
        no_upn=1.0, temporary_upn=0.0, wrong_upn=0.0, no_nhs=1.0, no_sex=0.1),
}
"""Shares of records; other spelling, swapped, cut and other names count only where the name gives room for them."""

SWAPPING_TRADITIONS = frozenset((
    "chinese", "vietnamese", "somali", "eritrean_ethiopian", "tamil", "afghan", "nigerian", "ghanaian", "bangladeshi",
    "pakistani", "gujarati_muslim", "romanian", "iberian",
))
"""Traditions whose names British clerks put into the wrong boxes more often than others."""

BRITISH = frozenset(("british", "traveller", "caribbean"))

NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}


@dataclass(slots=True)
class Held:
    """Hold who an agency says that a child is: what it wrote. `mistakes` names what went wrong, for the truth file."""

    child: Child
    given: str
    family: str
    born_on: date | None
    sex: str | None
    postcode: str | None
    upn: str | None
    nhs: str | None
    mistakes: tuple[str, ...]


def held(child: Child, kind: str, on: date, rng: Random) -> Held:
    """Write down a child as an agency of this kind does that opens its record on this day."""
    habits = HABITS[kind]
    mistakes: list[str] = []
    given, family = _names(child, habits, mistakes, rng)
    born_on = _birth(child, habits, mistakes, rng)
    postcode = _postcode(child, habits, on, mistakes, rng)
    number = _upn(child, habits, on, mistakes, rng)
    if habits.capitals:
        given, family = given.upper(), family.upper()
    return Held(
        child, given, family, born_on, None if rng.random() < habits.no_sex else child.sex, postcode, number,
        None if rng.random() < habits.no_nhs else child.nhs, tuple(mistakes),
    )


def _names(child: Child, habits: Habits, mistakes: list[str], rng: Random) -> tuple[str, str]:
    given, family = child.given, child.surname
    if child.known_as and rng.random() < habits.other_surname:
        family = child.known_as
        mistakes.append("other surname")
    if rng.random() < habits.short_form and (variants := name_variants().get(given)):
        given = rng.choice(variants)
        mistakes.append("short form")
    british = child.family.tradition.name in BRITISH
    if rng.random() < habits.other_spelling and (spelled := respelled(given, british, rng)) != given:
        given = spelled
        mistakes.append("other spelling")
    if rng.random() < habits.other_spelling and (spelled := respelled(family, british, rng)) != family:
        family = spelled
        mistakes.append("other spelling")
    if rng.random() < habits.cut_name and (cut := _cut(family, rng)) != family:
        family = cut
        mistakes.append("part of a surname")
    if rng.random() < habits.cut_name and (cut := _cut(given, rng)) != given:
        given = cut
        mistakes.append("part of a given name")
    if rng.random() < habits.typing:
        given = mistyped(given, rng)
        mistakes.append("typing")
    if rng.random() < habits.typing:
        family = mistyped(family, rng)
        mistakes.append("typing")
    if child.family.tradition.name in SWAPPING_TRADITIONS and rng.random() < habits.swapped_names:
        given, family = family, given
        mistakes.append("given and family name swapped")
    return given, family


def _birth(child: Child, habits: Habits, mistakes: list[str], rng: Random) -> date | None:
    born, luck = child.born_on, rng.random()
    if luck < habits.no_birth:
        mistakes.append("no birth")
        return None
    luck -= habits.no_birth
    if luck < habits.swapped_day_and_month:
        if born.day <= 12 and born.day != born.month:
            mistakes.append("day and month swapped")
            return date(born.year, born.day, born.month)
        return born
    luck -= habits.swapped_day_and_month
    if luck < habits.fifteenth:
        mistakes.append("day unknown, written as the 15th")
        return born.replace(day=15)
    luck -= habits.fifteenth
    if luck < habits.wrong_year:
        mistakes.append("wrong year of birth")
        return born - timedelta(days=365 if born.month != 2 else 366)
    return born


def _postcode(child: Child, habits: Habits, on: date, mistakes: list[str], rng: Random) -> str | None:
    if rng.random() < habits.no_postcode:
        mistakes.append("no postcode")
        return None
    home = child.family.home_on(on)
    earlier = [one for one in child.family.homes if one.since < home.since]
    if earlier and rng.random() < habits.old_postcode:
        mistakes.append("old postcode")
        return earlier[-1].postcode
    return home.postcode


def _upn(child: Child, habits: Habits, on: date, mistakes: list[str], rng: Random) -> str | None:
    if year_group(child.born_on, on) < 0 or rng.random() < habits.no_upn:
        return None
    luck = rng.random()
    if luck < habits.temporary_upn:
        mistakes.append("temporary UPN")
        return temporary_upn(child.upn[1:4], int(child.id[1:]), on.year)
    if luck < habits.temporary_upn + habits.wrong_upn:
        mistakes.append("wrong UPN")
        return spoiled(child.upn, rng)
    return child.upn


def mistyped(name: str, rng: Random) -> str:
    """Type a name with one slip: a letter left out, doubled, swapped with the next, or hit beside."""
    if len(name) < 3:
        return name
    at = rng.randrange(1, len(name) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return name[:at] + name[at + 1:]
    if slip == 1:
        return name[:at] + name[at] + name[at:]
    if slip == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2:]
    beside = NEIGHBOURS.get(name[at].lower(), "e")
    return name[:at] + rng.choice(beside) + name[at + 1:]


def respelled(name: str, british: bool, rng: Random) -> str:
    """Write a name in another spelling of it that agencies use, or leave it where none is known.

    For a British name only the spellings of the name itself come in question: Sean may become Shaun, but John not Joao.
    """
    others = _spellings()[british].get(name)
    return rng.choice(others) if others else name


@cache
def _spellings() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Map names to other spellings: from any spelling to any other, and from the first of each line to the others."""
    any_to_any: dict[str, tuple[str, ...]] = {}
    from_first: dict[str, tuple[str, ...]] = {}
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, *others = line.split()
            from_first[first] = tuple(others)
            for name in (first, *others):
                any_to_any[name] = any_to_any.get(name, ()) + tuple(one for one in (first, *others) if one != name)
    return any_to_any, from_first


def _cut(name: str, rng: Random) -> str:
    """Write one half of a double name, or write it together."""
    for mark in (" ", "-"):
        first, found, second = name.partition(mark)
        if found:
            return rng.choice((first, second, first + second.lower() if mark == "-" else f"{first}-{second}"))
    return name

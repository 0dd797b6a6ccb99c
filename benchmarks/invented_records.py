"""What six kinds of agencies write of invented children, each with its own habits and mistakes, 2.5 records a child.

How often is assumed (no open table tells). A school copies a birth certificate and nearly always has the UPN, health
has the NHS number, a custody sergeant types what a child says at night and has neither. Names of every community are
written as clerks of this country do: put into other boxes, cut, joined, spelt by ear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from zlib import crc32

from benchmarks.invented_children import TODAY, Child, families
from sightline.demonstration.chance import Weighted
from sightline.demonstration.identifiers import spoiled
from sightline.demonstration.mistakes import BRITISH, SWAPPING_TRADITIONS, mistyped, respelled
from sightline.demonstration.names import traditions
from sightline.domain.linkage.described import Described, described
from sightline.domain.vocabulary.identity import Identity
from sightline.reference.people import name_variants

NUMBER_OF_ANOTHER = 0.0002
"""Share of identifiers told that are valid and another child's: a sibling's, or that of whom the clerk met before."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Hold how often one kind of agency does each thing, as a share of the records in which it could."""

    reach: float
    typing: float
    short_form: float
    spelling: float
    other_order: float
    part_of_name: float
    other_surname: float
    day_month: float
    one_digit: float
    unknown_day: float
    no_birth: float
    old_home: float
    no_home: float
    upn: float
    nhs: float
    wrong_number: float
    no_sex: float
    initial: float = 0.0
    police_numbers: float = 0.0


HABITS = {
    "school": Habits(
        reach=0.95, typing=0.008, short_form=0.03, spelling=0.05, other_order=0.04, part_of_name=0.1,
        other_surname=0.3, day_month=0.002, one_digit=0.002, unknown_day=0.0, no_birth=0.0, old_home=0.3, no_home=0.01,
        upn=0.985, nhs=0.0, wrong_number=0.004, no_sex=0.0),
    "social care": Habits(
        reach=0.4, typing=0.02, short_form=0.06, spelling=0.12, other_order=0.07, part_of_name=0.2, other_surname=0.4,
        day_month=0.008, one_digit=0.006, unknown_day=0.015, no_birth=0.01, old_home=0.3, no_home=0.03, upn=0.75,
        nhs=0.5, wrong_number=0.01, no_sex=0.005),
    "police": Habits(
        reach=0.3, typing=0.05, short_form=0.14, spelling=0.2, other_order=0.12, part_of_name=0.3, other_surname=0.45,
        day_month=0.015, one_digit=0.015, unknown_day=0.01, no_birth=0.03, old_home=0.35, no_home=0.06, upn=0.0,
        nhs=0.0, wrong_number=0.01, no_sex=0.01, initial=0.004, police_numbers=0.8),
    "health": Habits(
        reach=0.55, typing=0.015, short_form=0.05, spelling=0.1, other_order=0.08, part_of_name=0.2,
        other_surname=0.35, day_month=0.005, one_digit=0.003, unknown_day=0.0, no_birth=0.0, old_home=0.35,
        no_home=0.02, upn=0.0, nhs=0.93, wrong_number=0.004, no_sex=0.0),
    "youth justice": Habits(
        reach=0.08, typing=0.02, short_form=0.1, spelling=0.12, other_order=0.08, part_of_name=0.25, other_surname=0.4,
        day_month=0.01, one_digit=0.008, unknown_day=0.005, no_birth=0.01, old_home=0.3, no_home=0.04, upn=0.4,
        nhs=0.2, wrong_number=0.01, no_sex=0.005, police_numbers=0.6),
    "charity": Habits(
        reach=0.1, typing=0.04, short_form=0.25, spelling=0.2, other_order=0.06, part_of_name=0.35, other_surname=0.45,
        day_month=0.01, one_digit=0.015, unknown_day=0.02, no_birth=0.2, old_home=0.25, no_home=0.25, upn=0.0, nhs=0.0,
        wrong_number=0.0, no_sex=0.08, initial=0.03),
}
NUMBER_OF_RECORDS = Weighted.of({1: 0.22, 2: 0.33, 3: 0.26, 4: 0.13, 5: 0.06})
AGENCIES = Weighted.of({kind: habits.reach for kind, habits in HABITS.items()})

BY_EAR = tuple((re.compile(pattern), to) for pattern, to in (
    ("ee", "i"), ("oo", "u"), ("ou", "u"), ("u", "ou"), ("aa", "a"), ("kh", "k"), ("q", "k"), ("k", "q"), ("y", "i"),
    ("ah$", "a"), ("a$", "ah"), ("(?<=[aeiou])ss", "s"), ("ll", "l"), ("mm", "m"), ("dh", "d"), ("sh", "s"),
    ("gh", "g"), ("w", "v"), ("v", "w"), ("z", "s"), ("j", "dj"), ("ch", "sh"), ("ei", "ai"), ("o", "u"), ("e", "i"),
    ("ie", "y"), ("ph", "f"), ("th", "t"), ("x", "h"), ("c(?=[aou])", "k"), ("ski$", "sky"), ("cz", "ch"), ("sz", "sh"),
))
"""How sounds of other languages are heard and spelt here, one at a time."""


@dataclass(slots=True)
class Record:
    """Hold what one agency wrote of a child; `child` is the truth, `agency` the one system that holds it."""

    number: int
    child: Child
    kind: str
    agency: str
    given: str | None
    family: str | None
    born_on: date | None
    sex: str | None
    home: str | None
    identifiers: dict[str, str]
    school: str | None = None
    carers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def records(children: int, *, seed: int, after: int = 0) -> Iterator[Record]:
    """Yield what agencies write of so many invented children, child by child; the same for the same seed.

    The children are numbered from the one `after` this, so that pieces of one population share no numbers.
    """
    rng = Random(seed + 1)
    number, before = 0, None
    for family in families(children, seed=seed, after=after):
        for child in family.children:
            others = [one for one in family.children if one is not child] or [before or child]
            for kind in _kinds(rng):
                number += 1
                yield _record(number, child, kind, others, rng)
            before = child


def _kinds(rng: Random) -> list[str]:
    """Draw who knows a child; a police force may have opened two records."""
    wanted = NUMBER_OF_RECORDS.draw(rng)
    found: list[str] = []
    while len(found) < wanted:
        kind = AGENCIES.draw(rng)
        if kind not in found or (kind == "police" and rng.random() < 0.3):
            found.append(kind)
    return found


def _record(number: int, child: Child, kind: str, others: list[Child], rng: Random) -> Record:
    habits, family = HABITS[kind], child.family
    given, surname = _names(child, habits, rng)
    home = None if rng.random() < habits.no_home else _home(family.homes, habits, rng)
    agency = f"school {crc32(family.homes[-1][:-1].encode()) % 300}" if kind == "school" else kind
    if kind == "police":
        given, surname = given.upper(), surname.upper()
    return Record(number, child, kind, agency, given, surname, _birth(child.born_on, habits, rng),
                  _sex(child.sex, habits, rng), home, _identifiers(child, others, habits, rng),
                  *_contacts(number, child, kind, habits))


def _names(child: Child, habits: Habits, rng: Random) -> tuple[str, str]:
    """Choose which of the child's names stand for the first name and the surname, then write them with mistakes."""
    givens = [child.given, *child.middles]
    surname = child.surname
    if child.other_surname and rng.random() < habits.other_surname:
        surname = child.other_surname
    if child.chain:
        surname, givens = _of_chain(child, surname, givens, habits, rng)
    if child.called and rng.random() < 0.35:
        givens = [child.called] if rng.random() < 0.6 else [child.called, *givens]
    given = _boxes(child, givens, habits, rng)
    if child.tradition == "sikh" and rng.random() < 0.5:
        surname = surname if surname in ("Singh", "Kaur") else rng.choice((f"{child.middles[0]} {surname}", surname))
    if child.tradition == "arab" and rng.random() < 0.3:
        surname = re.sub("^(Al|El)[ _-]", "", surname) if rng.random() < 0.5 else surname.replace(" ", "-")
    if rng.random() < habits.part_of_name:
        surname = _cut(surname, rng)
    given, surname = _spelt(given, child, habits, rng), _spelt(surname, child, habits, rng)
    if rng.random() < habits.initial:
        given = given[:1]
    swapping = child.tradition in SWAPPING_TRADITIONS or child.chain
    if rng.random() < (habits.other_order if swapping else habits.other_order * 0.03):
        given, surname = surname, given
    return given, surname


def _of_chain(
    child: Child, surname: str, givens: list[str], habits: Habits, rng: Random
) -> tuple[str, list[str]]:
    """Write a name with father's and grandfather's names: which stands as the surname differs from clerk to clerk."""
    father, grandfather = child.chain
    usual, luck = crc32(str(child.family.number).encode()) % 3, rng.random()
    way = usual if luck > habits.part_of_name * 1.5 else rng.randrange(4)
    if way == 0:
        return grandfather, [givens[0], father] if rng.random() < 0.4 else givens
    if way == 1:
        return surname, givens
    if way == 2:
        return f"{father} {grandfather}", givens
    return father, givens


def _boxes(child: Child, givens: list[str], habits: Habits, rng: Random) -> str:
    """Write the given names in one box: all, the first alone, or in another order."""
    if len(givens) == 1:
        return givens[0]
    luck = rng.random()
    if givens[0] == "Muhammad":
        return " ".join(givens) if luck < 0.5 else givens[1] if luck < 0.85 else givens[0]
    if child.tradition in ("vietnamese", "sikh"):
        return " ".join(givens) if luck < 0.3 else f"{givens[1]} {givens[0]}" if luck < 0.4 else givens[0]
    if luck < habits.other_order * 0.4:
        return rng.choice((givens[-1], " ".join(reversed(givens))))
    return " ".join(givens) if luck < 0.45 else givens[0]


def _spelt(name: str, child: Child, habits: Habits, rng: Random) -> str:
    """Spell a name as somebody does who knows another form of it, hears it, or types in haste."""
    first, space, rest = name.partition(" ")
    british = child.tradition in BRITISH
    if rng.random() < habits.short_form and (variants := name_variants().get(first)):
        first = rng.choice(variants)
    elif rng.random() < habits.spelling and (other := respelled(first, british, rng)) != first:
        first = other
    elif not british and rng.random() < habits.spelling * 0.5:
        first = _by_ear(first, rng)
    if "-" in first and child.tradition in ("chinese", "vietnamese", "arab") and rng.random() < 0.5:
        first = first.replace("-", rng.choice((" ", ""))).title()
    if rng.random() < habits.typing:
        first = mistyped(first, rng)
    return f"{first}{space}{rest}"


def _by_ear(name: str, rng: Random) -> str:
    lower = name.lower()
    fitting = [(pattern, to) for pattern, to in BY_EAR if pattern.search(lower)]
    if not fitting:
        return name
    pattern, to = rng.choice(fitting)
    return pattern.sub(to, lower, count=1).title()


def _cut(name: str, rng: Random) -> str:
    """Write one half of a double name, or join it."""
    for mark in (" ", "-"):
        first, found, second = name.partition(mark)
        if found:
            return rng.choice((first, second, first + second.lower() if mark == "-" else f"{first}-{second}"))
    return name


def _birth(born: date, habits: Habits, rng: Random) -> date | None:
    luck = rng.random()
    if luck < habits.no_birth:
        return None
    luck -= habits.no_birth
    if luck < habits.unknown_day:
        return born.replace(day=15)
    luck -= habits.unknown_day
    if luck < habits.day_month:
        return date(born.year, born.day, born.month) if born.day <= 12 else born
    luck -= habits.day_month
    return _one_digit(born, rng) if luck < habits.one_digit else born


def _one_digit(born: date, rng: Random) -> date:
    """Write a birthday with one wrong digit that is still a day."""
    for _ in range(20):
        at, to = rng.choice((3, 6, 8, 9)), str(rng.randrange(10))
        text = born.isoformat()
        try:
            wrong = date.fromisoformat(text[:at] + to + text[at + 1:])
        except ValueError:
            continue
        if wrong != born and abs(wrong - born) < timedelta(days=365 * 11):
            return wrong
    return born


def _sex(sex: str, habits: Habits, rng: Random) -> str | None:
    if rng.random() < habits.no_sex:
        return None
    return {"F": "M", "M": "F"}[sex] if rng.random() < 0.002 else sex


def _home(homes: list[str], habits: Habits, rng: Random) -> str:
    home = rng.choice(homes[:-1]) if len(homes) > 1 and rng.random() < habits.old_home else homes[-1]
    if rng.random() < habits.typing * 0.4:
        return home[:-1] + rng.choice("ABDEFGHJLNPQRSTUWXYZ")
    return home


def _identifiers(child: Child, others: list[Child], habits: Habits, rng: Random) -> dict[str, str]:
    """Write the numbers that an agency has; a mistyped one fails its check, another child's does not."""
    held = {"upn": (habits.upn, child.upn), "nhs": (habits.nhs, child.nhs), "pnc": (habits.police_numbers, child.pnc),
            "cro": (habits.police_numbers, child.cro)}
    found = {}
    for kind, (share, own) in held.items():
        if own and rng.random() < share:
            luck = rng.random()
            number = own if luck >= NUMBER_OF_ANOTHER else getattr(rng.choice(others), kind) or own
            found[kind] = spoiled(number, rng) if luck > 1 - habits.wrong_number else number
    return found


CONTACTS = {"school": (1.0, 0.9, 0.9), "social care": (0.6, 0.85, 0.7), "police": (0.3, 0.4, 0.4),
            "health": (0.1, 0.6, 0.75), "youth justice": (0.6, 0.8, 0.6), "charity": (0.2, 0.3, 0.5)}
"""Share of records of each kind that tell school, a carer's name, a telephone number."""
OLD_SCHOOL, OTHER_CARER, OLD_PHONE, CHILDS_OWN_PHONE = 0.12, 0.3, 0.3, 0.25
PUPILS_A_SCHOOL = {"primary": 280, "secondary": 1_050}
SIBLINGS_APART = 0.15
"""Share of children who go to another school than brothers and sisters of their age group."""


def _contacts(
    number: int, child: Child, kind: str, habits: Habits
) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """Write school, carer and telephone, drawn apart so that whoever leaves them out has the same records."""
    rng = Random(f"{child.number}/{number}/contacts")
    own = Random(f"{child.number}/life")
    home = Random(f"{child.family.number}/{child.family.homes[0]}/life")
    school, carer, phone = (rng.random() < share for share in CONTACTS[kind])
    phase = "secondary" if (TODAY - child.born_on).days > 11.5 * 365 else "primary"
    number_of = max(2, int(child.family.council.children * {"primary": 0.42, "secondary": 0.4}[phase]
                           / PUPILS_A_SCHOOL[phase]))
    drawn = own if own.random() < SIBLINGS_APART else home
    schools = [f"{phase} school {child.family.council.dfe_code}{drawn.randrange(number_of):04}" for _ in range(2)]
    told_school = schools[rng.random() < OLD_SCHOOL]
    tradition = traditions()[child.tradition]
    mother, father = (f"{tradition.given[sex].draw(home)} {tradition.surname_for(child.surname, sex, home)}"
                      for sex in "FM")
    told_carer = father if rng.random() < OTHER_CARER else mother
    if rng.random() < habits.typing * 2:
        told_carer = mistyped(told_carer, rng)
    elif rng.random() < 0.15:
        told_carer = told_carer.split()[0]
    numbers = [f"07{home.randrange(10**9):09}" for _ in range(3)]
    told_phone = numbers[1] if rng.random() < OLD_PHONE else numbers[0]
    if rng.random() < CHILDS_OWN_PHONE:
        told_phone = f"07{own.randrange(10**9):09}"
    return (told_school if school else None, (told_carer,) if carer else (), (told_phone,) if phone else ())


def ready(record: Record) -> Described:
    """Give a record ready to compare, as every record that arrives is made ready."""
    return described(Identity(
        scheme=record.kind, key=str(record.number), given=record.given, family=record.family, born_on=record.born_on,
        sex=record.sex, identifiers=record.identifiers, postcode=record.home,
        school=record.school, carers=record.carers, phones=record.phones))

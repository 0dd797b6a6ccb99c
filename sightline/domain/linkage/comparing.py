"""Compare two records thing by thing: one level for each, the most agreeing first, each with its words.

Where agencies told several values of a thing, the two that agree most are compared: a child has had several homes and
names, and old ones agree too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TypeVar

from sightline.domain.linkage.births import BirthLevel, births
from sightline.domain.linkage.described import IDENTIFIERS, Described
from sightline.domain.linkage.names import (
    FirstNameLevel,
    SurnameLevel,
    borne,
    called,
    first_names,
    lettered_and_numbered,
    of_no_family,
    plain,
    surnames,
)

Value = TypeVar("Value")
NOT_TOLD = -1
NO_NUMBERS = (NOT_TOLD,) * len(IDENTIFIERS)


class HomeLevel(StrEnum):
    """Say how homes compare, the most agreeing first."""

    SAME = "same postcode"
    NEAR = "postcodes of one neighbourhood"
    DIFFERENT = "postcodes differ"


class SexLevel(StrEnum):
    """Say how the sexes recorded compare."""

    SAME = "same sex"
    DIFFERENT = "sex recorded differently"


class NumberLevel(StrEnum):
    """Say how identifiers of one kind compare, the most agreeing first."""

    SAME = "same"
    ONE_OFF = "one digit apart"
    DIFFERENT = "two different"


class SharedLevel(StrEnum):
    """Say whether two lists of a kind share a value."""

    SAME = "shared"
    DIFFERENT = "none shared"


COMPARISONS: Mapping[str, type[StrEnum]] = {
    "first_name": FirstNameLevel, "surname": SurnameLevel, "birth": BirthLevel, "home": HomeLevel, "sex": SexLevel,
    **dict.fromkeys(IDENTIFIERS, NumberLevel), "school": SharedLevel, "carer": SharedLevel, "phone": SharedLevel}
NAMES = tuple(COMPARISONS)
INDEX = {name: place for place, name in enumerate(NAMES)}
LEVELS = {name: tuple(kind) for name, kind in COMPARISONS.items()}
PLACE = {level: place for name in ("first_name", "surname", "birth") for place, level in enumerate(LEVELS[name])}
NUMBER_WORDS = {"nhs": "NHS number", "upn": "UPN", "pnc": "PNC number", "cro": "CRO number"}
SHARED_WORDS = {"school": "school", "carer": "carer’s name", "phone": "telephone number"}
TITLES = {"first_name": "First name", "surname": "Surname", "birth": "Date of birth", "home": "Home", "sex": "Sex",
          "nhs": "NHS number", "upn": "UPN", "pnc": "PNC number", "cro": "CRO number", "school": "School",
          "carer": "Carer", "phone": "Telephone"}


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold the level of each comparison, in the order of COMPARISONS: a place in LEVELS, or NOT_TOLD.

    `agreed` holds the first names, surnames and homes on which both agree, where they do: rare ones weigh more.
    """

    levels: tuple[int, ...]
    agreed: Mapping[str, frozenset[str]]

    def level(self, name: str) -> StrEnum | None:
        """Give the level of a comparison, or None where it was not told by both."""
        place = self.levels[INDEX[name]]
        return None if place == NOT_TOLD else LEVELS[name][place]

    def words(self) -> tuple[str, ...]:
        """Say what was compared, one phrase a thing; what was not told by both is left out."""
        return tuple(level_words(name, LEVELS[name][place])
                     for name, place in zip(NAMES, self.levels, strict=True) if place != NOT_TOLD)


def level_words(name: str, level: StrEnum) -> str:
    """Say in words what a level of a comparison means."""
    if name in NUMBER_WORDS:
        number = NUMBER_WORDS[name]
        return {NumberLevel.SAME: f"same {number}", NumberLevel.ONE_OFF: f"{number}s one digit apart",
                NumberLevel.DIFFERENT: f"two {number}s"}[NumberLevel(level)]
    if name in SHARED_WORDS:
        shared = SHARED_WORDS[name]
        return f"same {shared}" if level is SharedLevel.SAME else f"no {shared} in common"
    return level.value


def compare(one: Described, other: Described) -> Compared:
    """Compare two records. It does not matter which comes first."""
    agreed: dict[str, frozenset[str]] = {}
    return Compared((compare_first_names(one, other, agreed), compare_surnames(one, other, agreed),
                     *compare_all_else(one, other, agreed)), agreed)


def compare_all_else(one: Described, other: Described, agreed: dict[str, frozenset[str]]) -> tuple[int, ...]:
    """Give the levels of all comparisons but those of the names, which cost most; adds the homes that `agreed`."""
    return (_best(one.born, other.born, births), _homes(one, other, agreed), _sexes(one.sex, other.sex),
            *_all_numbers(one.identifiers, other.identifiers),
            _schools(one.schools, other.schools), _shared(one.carers, other.carers), _shared(one.phones, other.phones))


def compare_first_names(one: Described, other: Described, agreed: dict[str, frozenset[str]]) -> int:
    """Give the level of the first names; adds those that `agreed`."""
    left, right = _lettered(one.givens), _lettered(other.givens)
    if not left or not right:
        return NOT_TOLD
    best = _best(left, right, first_names)
    if best == 0:
        agreed["first_name"] = frozenset(called(name)[0] for a, b in product(left, right)
                                         if first_names(a, b) is FirstNameLevel.SAME for name in (a, b))
    elif LEVELS["first_name"][best] is FirstNameLevel.DIFFERENT and _crossed(one, other):
        return PLACE[FirstNameLevel.SWAPPED]
    return best


def compare_surnames(one: Described, other: Described, agreed: dict[str, frozenset[str]]) -> int:
    """Give the level of the surnames; adds those that `agreed`."""
    left, right = _lettered(one.families), _lettered(other.families)
    if not left or not right:
        return NOT_TOLD
    best = _best(left, right, surnames)
    if best == 0:
        agreed["surname"] = frozenset("".join(borne(a)) for a, b in product(left, right)
                                      if surnames(a, b) is SurnameLevel.SAME)
    elif LEVELS["surname"][best] is SurnameLevel.DIFFERENT and _crossed(one, other):
        return PLACE[SurnameLevel.SWAPPED]
    elif LEVELS["surname"][best] is SurnameLevel.DIFFERENT:
        if _in_givens(left, other.givens) or _in_givens(right, one.givens):
            return PLACE[SurnameLevel.PART]
        if of_no_family(left) != of_no_family(right):
            return NOT_TOLD
    return best


def _in_givens(families: Iterable[str], givens: Iterable[str]) -> bool:
    """Tell whether a surname stands behind the first name: a father's name is put into either box."""
    behind = {part for name in givens for part in called(name)[1:]}
    return any(part in behind for name in families for part in borne(name))


def _crossed(one: Described, other: Described) -> bool:
    """Tell whether both names of one stand in the other's boxes: a father's name alone may be his child's surname."""
    return _sound_alike(one.givens, other.families) and _sound_alike(one.families, other.givens)


def _sound_alike(names: Iterable[str], others: Iterable[str]) -> bool:
    there = _lettered(others)
    return any(surnames(name, other) is not SurnameLevel.DIFFERENT for name in _lettered(names) for other in there)


def _homes(one: Described, other: Described, agreed: dict[str, frozenset[str]]) -> int:
    if not one.homes or not other.homes:
        return NOT_TOLD
    if shared := frozenset(one.homes) & frozenset(other.homes):
        agreed["home"] = shared
        return 0
    near = {home[:-2] for home in one.homes} & {home[:-2] for home in other.homes}
    return 1 if near else 2


def _sexes(one: str | None, other: str | None) -> int:
    return NOT_TOLD if one is None or other is None else int(one != other)


def _all_numbers(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Sequence[int]:
    if one.keys().isdisjoint(other.keys()):
        return NO_NUMBERS
    return [_numbers(one.get(kind), other.get(kind)) for kind in IDENTIFIERS]


def _numbers(one: frozenset[str] | None, other: frozenset[str] | None) -> int:
    if not one or not other:
        return NOT_TOLD
    if one & other:
        return 0
    return 1 if any(one_off(a, b) for a, b in product(one, other)) else 2


def one_off(one: str, other: str) -> bool:
    """Tell whether two values differ by one sign, or by two neighbours that changed places."""
    if len(one) != len(other):
        return False
    places = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 2 and places[1] == places[0] + 1:
        return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1


def _schools(one: Sequence[str], other: Sequence[str]) -> int:
    """Compare schools, a number with numbers and a name with names: one told by its number may well have that name."""
    if not one or not other:
        return NOT_TOLD
    found = [_shared([school for school in one if school.isdigit() is numbered],
                     [school for school in other if school.isdigit() is numbered]) for numbered in (True, False)]
    return min((place for place in found if place != NOT_TOLD), default=NOT_TOLD)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    if not one or not other:
        return NOT_TOLD
    return 0 if {lettered_and_numbered(v) for v in one} & {lettered_and_numbered(v) for v in other} else 1


def _lettered(names: Iterable[str]) -> list[str]:
    return [name for name in names if plain(name)]


def _best(one: Sequence[Value], other: Sequence[Value], likeness: Callable[[Value, Value], StrEnum]) -> int:
    if len(one) == len(other) == 1:
        return PLACE[likeness(one[0], other[0])]
    return min((PLACE[likeness(a, b)] for a, b in product(one, other)), default=NOT_TOLD)

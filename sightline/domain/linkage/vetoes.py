"""What no weight overrides: two records between which one of these stands are joined by a human or not at all."""

from enum import StrEnum

from sightline.domain.linkage.births import BirthLevel
from sightline.domain.linkage.comparing import NUMBER_WORDS, Compared, HomeLevel, NumberLevel, SexLevel
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.names import FirstNameLevel, SurnameLevel

ONE_OF_A_KIND = ("nhs", "pnc", "cro")
"""Identifiers of which a child has one: two different valid ones are a conflict. A child may have had several UPNs; one
who was adopted has another NHS number, and the two records are never joined by weight."""


NEAR_NAMES = (FirstNameLevel.ALIKE, FirstNameLevel.INITIAL, FirstNameLevel.SWAPPED)
NEAR_BIRTHS = (BirthLevel.SWAPPED, BirthLevel.UNKNOWN_DAY, BirthLevel.ONE_DIGIT)


class Veto(StrEnum):
    """Say in words why only a human may join two records."""

    TWINS = "born on the same day, and first names that differ: they may be twins"
    OTHER_FIRST_NAME = "first names that differ"
    NO_FIRST_NAME = "a first name that was not told by both, and no number that both tell"
    NEITHER_EXACT = "neither the first name nor the date of birth is exactly the same, and no number that both tell"
    NO_BIRTHDAY = "no date of birth that both tell, and neither the same home nor a number that both tell"
    LITTLE_TOLD = "neither surname nor home was told by both, and no number that both tell"
    OTHER_BIRTHDAY = "dates of birth that differ"
    SEXES = "sex recorded differently"
    TWO_NUMBERS = "two different numbers of a kind of which a child has one"
    LISTED_TWICE = "one agency’s list holds both under different keys, and first names or dates of birth not the same"


def vetoes(one: Described, other: Described, compared: Compared, *, two_of_one_list: bool) -> tuple[Veto, ...]:
    """List what keeps two records from being joined by weight.

    `two_of_one_list` says that one agency's system holds both under keys of its own: nearly the same name at one
    address may well be a twin.
    """
    given, birth = compared.level("first_name"), compared.level("birth")
    found = []
    if given is FirstNameLevel.DIFFERENT:
        related = compared.level("surname") is not SurnameLevel.DIFFERENT
        found.append(Veto.TWINS if birth is BirthLevel.SAME and related else Veto.OTHER_FIRST_NAME)
    if given is None and not shared_numbers(compared):
        found.append(Veto.NO_FIRST_NAME)
    if given in NEAR_NAMES and birth in NEAR_BIRTHS and not shared_numbers(compared):
        found.append(Veto.NEITHER_EXACT)
    if compared.level("surname") is None and compared.level("home") is None and not shared_numbers(compared):
        found.append(Veto.LITTLE_TOLD)
    if birth is None and compared.level("home") is not HomeLevel.SAME and not shared_numbers(compared):
        found.append(Veto.NO_BIRTHDAY)
    if birth is BirthLevel.DIFFERENT:
        found.append(Veto.OTHER_BIRTHDAY)
    if compared.level("sex") is SexLevel.DIFFERENT:
        found.append(Veto.SEXES)
    if any(_conflict(one, other, kind) for kind in ONE_OF_A_KIND):
        found.append(Veto.TWO_NUMBERS)
    alike = given is FirstNameLevel.SAME and birth is BirthLevel.SAME
    if two_of_one_list and not alike:
        found.append(Veto.LISTED_TWICE)
    return tuple(found)


def shared_numbers(compared: Compared) -> tuple[str, ...]:
    """List the kinds of identifiers that both tell alike."""
    return tuple(kind for kind in NUMBER_WORDS if compared.level(kind) is NumberLevel.SAME)


def _conflict(one: Described, other: Described, kind: str) -> bool:
    """Tell whether both tell valid numbers of a kind of which a child has one, and none that is the same."""
    left, right = one.identifiers.get(kind, frozenset()), other.identifiers.get(kind, frozenset())
    return bool(left) and bool(right) and not left & right



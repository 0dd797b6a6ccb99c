"""How alike two names are, in steps with words, for names of every community."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from sightline.reference.names import variants

ALIKE_FROM = 0.92
NOT_LETTERS = re.compile(r"[^a-z]+")
DOUBLED = re.compile(r"(.)\1+")


class FirstNameLevel(StrEnum):
    """Say how first names compare, the most agreeing first."""

    SAME = "same first name"
    VARIANT = "first names are forms of one name"
    ALIKE = "first names spelt alike"
    INITIAL = "one first name is the other's initial"
    SWAPPED = "one's first name is the other's surname"
    DIFFERENT = "first names differ"


class SurnameLevel(StrEnum):
    """Say how surnames compare, the most agreeing first."""

    SAME = "same surname"
    PART = "surnames share a part"
    ALIKE = "surnames spelt alike"
    SWAPPED = "one's surname is the other's first name"
    DIFFERENT = "surnames differ"


@lru_cache(maxsize=200_000)
def plain(name: str) -> tuple[str, ...]:
    """Give a name's parts in lower case letters a to z, accents removed."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return tuple(part for part in NOT_LETTERS.split(text) if part)


@lru_cache(maxsize=500_000)
def first_names(one: str, other: str) -> FirstNameLevel:
    """Compare first names that hold letters: the first parts decide, later ones not everybody writes."""
    left, right = plain(one), plain(other)
    if left[0] == right[0] or "".join(left) == "".join(right):
        return FirstNameLevel.SAME if len(left[0]) > 1 or len(left) > 1 < len(right) else FirstNameLevel.INITIAL
    if right[0] in variants().get(left[0], ()):
        return FirstNameLevel.VARIANT
    if _spelt_alike(left[0], right[0]):
        return FirstNameLevel.ALIKE
    if left[0][0] == right[0][0] and 1 in (len(left[0]), len(right[0])):
        return FirstNameLevel.INITIAL
    return FirstNameLevel.DIFFERENT


@lru_cache(maxsize=500_000)
def surnames(one: str, other: str) -> SurnameLevel:
    """Compare surnames that hold letters: one part of a double surname may stand for the whole."""
    left, right = plain(one), plain(other)
    if "".join(left) == "".join(right):
        return SurnameLevel.SAME
    if set(left) & set(right):
        return SurnameLevel.PART
    return SurnameLevel.ALIKE if _spelt_alike("".join(left), "".join(right)) else SurnameLevel.DIFFERENT


@lru_cache(maxsize=200_000)
def skeleton(name: str) -> str:
    """Reduce a name to what different spellings of one sound keep: Aaliyah, Aliyah and Alia become one."""
    text = DOUBLED.sub(r"\1", name)
    text = text.replace("ph", "f").replace("h", "").replace("y", "i").replace("k", "c")
    return DOUBLED.sub(r"\1", text.replace("e", "i").replace("o", "u"))


def _spelt_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter >= 3 and skeleton(one) == skeleton(other):
        return True
    return shorter >= 4 and JaroWinkler.similarity(one, other) >= ALIKE_FROM

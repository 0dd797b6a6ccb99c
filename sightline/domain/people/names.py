"""How alike two names are, in four steps with words, for names of every community.

The steps are our own choice, tried on the invented partnership only; the full comparison with measured weights replaces
them without changing what they are called.
"""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from sightline.reference.names import variants

ALIKE_FROM = 0.92
NOT_LETTERS = re.compile(r"[^a-z]+")
DOUBLED = re.compile(r"(.)\1+")


class Likeness(IntEnum):
    """Order how alike two values are; UNKNOWN means that one was not told."""

    UNKNOWN = 0
    DIFFERENT = 1
    ALIKE = 2
    VARIANT = 3
    SAME = 4


@lru_cache(maxsize=200_000)
def plain(name: str) -> tuple[str, ...]:
    """Give a name's parts in lower case letters a to z, accents removed."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return tuple(part for part in NOT_LETTERS.split(text) if part)


def first_names(one: str | None, other: str | None) -> Likeness:
    """Compare first names: the first parts decide, later parts are middle names that not everybody writes."""
    left, right = plain(one or ""), plain(other or "")
    if not left or not right:
        return Likeness.UNKNOWN
    if "".join(left) == "".join(right) or left[0] == right[0]:
        return Likeness.SAME
    if right[0] in variants().get(left[0], ()):
        return Likeness.VARIANT
    return _spelt_alike(left[0], right[0])


def surnames(one: str | None, other: str | None) -> Likeness:
    """Compare surnames: one part of a double surname may stand for the whole."""
    left, right = plain(one or ""), plain(other or "")
    if not left or not right:
        return Likeness.UNKNOWN
    if "".join(left) == "".join(right):
        return Likeness.SAME
    if set(left) & set(right):
        return Likeness.VARIANT
    return _spelt_alike("".join(left), "".join(right))


@lru_cache(maxsize=200_000)
def _skeleton(name: str) -> str:
    """Reduce a name to what different spellings of one sound keep: Aaliyah, Aliyah and Alia become one."""
    text = DOUBLED.sub(r"\1", name)
    text = text.replace("ph", "f").replace("h", "").replace("y", "i").replace("k", "c")
    return DOUBLED.sub(r"\1", text.replace("e", "i").replace("o", "u"))


def _spelt_alike(one: str, other: str) -> Likeness:
    shorter = min(len(one), len(other))
    if shorter >= 3 and _skeleton(one) == _skeleton(other):
        return Likeness.ALIKE
    if shorter >= 4 and JaroWinkler.similarity(one, other) >= ALIKE_FROM:
        return Likeness.ALIKE
    return Likeness.DIFFERENT

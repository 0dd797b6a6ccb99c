"""How alike two names are, in steps with words, for names of every community."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from sightline.reference.names import surname_variants, variants

ALIKE_FROM = 0.92
NOT_LETTERS = re.compile(r"[^a-z]+")
NOT_LETTERS_NOR_NUMBERS = re.compile(r"[^a-z0-9]+")
DOUBLED = re.compile(r"(.)\1+")
MUHAMMADS = frozenset(variants().get("muhammad", ())) | {"muhammad"}
CALL_NOBODY = frozenset((
    "singh", "kaur", "bibi", "begum", "begam", "bano", "khatun", "khatoon", "khanom", "thi", "van", "md", "mohd",
))
SERVANT_OF = frozenset(("abdul", "abdur", "abd", "abdel", "abdal", "abdus", "abdi", "ur", "ul", "ud"))
"""Words that are one name with what follows: servant of, and what stands between two words of a name."""
OF_NO_FAMILY = frozenset((
    "begum", "begam", "bibi", "khatun", "khatoon", "khanom", "khanum", "akter", "akther", "akhtar", "sultana",
    "parveen", "bano", "kausar", "singh", "kaur",
))
"""Names that stand as a surname and are borne by one child of a family and not the other, or in place of another."""
JOINING = frozenset((
    "al", "el", "ul", "ur", "ud", "bin", "bint", "ibn", "ben", "da", "de", "do", "dos", "das", "del", "la",
))


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


@lru_cache(maxsize=50_000)
def lettered_and_numbered(value: str) -> str:
    """Give the letters a to z and the numbers of a value, accents removed: two schools may differ by a number alone."""
    text = unicodedata.normalize("NFKD", value.casefold()).replace("'", "").replace("’", "")
    return " ".join(NOT_LETTERS_NOR_NUMBERS.sub(" ", "".join(c for c in text if not unicodedata.combining(c))).split())


@lru_cache(maxsize=200_000)
def called(name: str) -> tuple[str, ...]:
    """Give the parts of given names of which one is used to call the child, the usual one first.

    Muhammad before another name, Singh or Kaur between names, and such as Bibi or Thi are borne by so many that they
    call nobody: they are left out where another part remains. What belongs together is one part: Abdul Rahman.
    """
    parts = list(plain(name))
    for at in range(len(parts) - 2, -1, -1):
        if parts[at] in SERVANT_OF:
            parts[at:at + 2] = [parts[at] + parts[at + 1]]
    kept = [part for at, part in enumerate(parts) if part not in CALL_NOBODY and not (at == 0 and part in MUHAMMADS)]
    return tuple(kept or parts)


@lru_cache(maxsize=500_000)
def first_names(one: str, other: str) -> FirstNameLevel:
    """Compare first names that hold letters: the part by which a child is called decides; others may be left out."""
    left, right = called(one), called(other)
    if left[0] == right[0] or "".join(plain(one)) == "".join(plain(other)):
        return FirstNameLevel.SAME if len(left[0]) > 1 or len(left) > 1 < len(right) else FirstNameLevel.INITIAL
    if right[0] in variants().get(left[0], ()):
        return FirstNameLevel.VARIANT
    if _share_one(left, right) or _muhammad_alone(left, plain(other)) or _muhammad_alone(right, plain(one)):
        return FirstNameLevel.VARIANT
    if _spelt_alike(left[0], right[0]) or _spelt_alike("".join(left), "".join(right)) or _shares_one_alike(left, right):
        return FirstNameLevel.ALIKE
    if left[0][0] == right[0][0] and 1 in (len(left[0]), len(right[0])):
        return FirstNameLevel.INITIAL
    return FirstNameLevel.DIFFERENT


def _share_one(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether the first of several names stands among the others; sisters may share a second one."""
    alone = 1 in (len(left), len(right))
    return ((len(left[0]) > 2 and left[0] in right and (alone or right[0] in left))
            or (len(right[0]) > 2 and right[0] in left and alone))


def _shares_one_alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether a name told alone is another spelling of one of several names."""
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) == 1 and any(
        part in variants().get(shorter[0], ()) or _spelt_alike(shorter[0], part) for part in longer[1:])


def _muhammad_alone(alone: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Tell whether one name is a form of Muhammad alone, and the other one with another name."""
    return len(alone) == 1 and alone[0] in MUHAMMADS and bool(MUHAMMADS & set(whole))


@lru_cache(maxsize=200_000)
def borne(name: str) -> tuple[str, ...]:
    """Give the parts of a surname that are borne as one, without articles and what joins them."""
    parts = plain(name)
    return tuple(part for part in parts if part not in JOINING) or parts


def of_no_family(names: Iterable[str]) -> bool:
    """Tell whether all these surnames are ones that say nothing of a family: Begum where a sister is Khan."""
    return all(OF_NO_FAMILY.issuperset(borne(name)) for name in names)


@lru_cache(maxsize=500_000)
def surnames(one: str, other: str) -> SurnameLevel:
    """Compare surnames that hold letters: one part of a double surname may stand for the whole."""
    left, right = borne(one), borne(other)
    if "".join(left) == "".join(right):
        return SurnameLevel.SAME
    if set(left) & set(right):
        return SurnameLevel.PART
    if any(a in surname_variants().get(b, ()) or _spelt_alike(a, b) for a in left for b in right):
        return SurnameLevel.ALIKE
    return SurnameLevel.ALIKE if _spelt_alike("".join(left), "".join(right)) else SurnameLevel.DIFFERENT


@lru_cache(maxsize=200_000)
def skeleton(name: str) -> str:
    """Reduce a name to what different spellings of one sound keep: Aaliyah, Aliyah and Alia become one.

    Hassan and Hussain, who are often twins, stay two.
    """
    text = DOUBLED.sub(r"\1", name.replace("oo", "u").replace("ee", "i").replace("ou", "u"))
    text = text.replace("ph", "f").replace("cz", "ch").replace("ck", "k").replace("h", "").replace("c", "k")
    text = text.replace("q", "k").replace("w", "v").replace("y", "i").replace("dj", "j").replace("z", "s")
    text = text.replace("ei", "i").replace("ai", "i").replace("ie", "i")
    return DOUBLED.sub(r"\1", text.replace("e", "i").replace("o", "u"))


def _spelt_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter >= 3 and skeleton(one) == skeleton(other):
        return True
    if shorter < 4:
        return False
    return JaroWinkler.similarity(one, other) >= ALIKE_FROM or OSA.distance(one, other, score_cutoff=1) <= 1

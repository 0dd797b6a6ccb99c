"""Whether two identities are one child: a plain table, read from the top, with a reason in words for every answer.

It is made to be wrong on the safe side: twins and siblings are never joined, and where somebody must look the answer
is a doubt for a human. More disagreement never turns a doubt into a join (property test). Measured weights replace the
table later; `compare` stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sightline.domain.people.births import BirthLikeness, births
from sightline.domain.people.names import Likeness, first_names, surnames

ONE_OF_A_KIND = ("nhs", "pnc", "cro")
"""Identifiers of which a child has one: two different valid ones are a conflict. A child may have had several UPNs."""

IDENTIFIER_WORDS = {"nhs": "NHS number", "upn": "UPN", "pnc": "PNC number", "cro": "CRO number"}


class Verdict(StrEnum):
    """Say whether two identities are one child."""

    SAME = "same"
    DOUBT = "doubt"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Described:
    """Hold what was said of an identity, ready to compare: identifiers are valid ones in their normal form only."""

    given: str | None = None
    family: str | None = None
    born_on: date | None = None
    sex: str | None = None
    postcode: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the verdict with its reasons in words."""

    verdict: Verdict
    because: tuple[str, ...]


GIVEN_WORDS = {
    Likeness.UNKNOWN: "first name not told by both", Likeness.DIFFERENT: "first names differ",
    Likeness.ALIKE: "first names spelt alike", Likeness.VARIANT: "first names are forms of one name",
    Likeness.SAME: "same first name",
}
FAMILY_WORDS = {
    Likeness.UNKNOWN: "surname not told by both", Likeness.DIFFERENT: "surnames differ",
    Likeness.ALIKE: "surnames spelt alike", Likeness.VARIANT: "surnames share a part", Likeness.SAME: "same surname",
}
HOME_WORDS = {True: "same postcode", False: "postcodes differ", None: "postcode not told by both"}


def compare(one: Described, other: Described, *, two_of_one_list: bool) -> Comparison:
    """Compare two identities.

    `two_of_one_list` says that one agency's system holds both under different keys: then nearly the same names at one
    address may well be twins, and only a human joins them.
    """
    given, family = first_names(one.given, other.given), surnames(one.family, other.family)
    birth = births(one.born_on, other.born_on)
    home = _homes(one.postcode, other.postcode)
    words = [GIVEN_WORDS[given], FAMILY_WORDS[family], birth.value, HOME_WORDS[home]]
    shared = [k for k in one.identifiers if one.identifiers[k] == other.identifiers.get(k)]
    clash = [k for k in ONE_OF_A_KIND
             if k in one.identifiers and k in other.identifiers and one.identifiers[k] != other.identifiers[k]]
    words = [f"same {IDENTIFIER_WORDS[k]}" for k in shared] + [f"two {IDENTIFIER_WORDS[k]}s" for k in clash] + words
    sexes = {one.sex, other.sex} - {None, "U"}
    if len(sexes) > 1:
        words.append("sex recorded differently")
    verdict = _verdict(given=given, family=family, birth=birth, home=home, shared=bool(shared), clash=bool(clash),
                       sexes_differ=len(sexes) > 1, two_of_one_list=two_of_one_list)
    return Comparison(verdict, tuple(words))


def _homes(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _verdict(
    *, given: Likeness, family: Likeness, birth: BirthLikeness, home: bool | None, shared: bool, clash: bool,
    sexes_differ: bool, two_of_one_list: bool,
) -> Verdict:
    if shared:
        return _with_shared_identifier(given=given, birth=birth, clash=clash, sexes_differ=sexes_differ)
    verdict = _by_description(given=given, family=family, birth=birth, home=home)
    guarded = clash or sexes_differ or (two_of_one_list and given is not Likeness.SAME)
    return Verdict.DOUBT if guarded and verdict is Verdict.SAME else verdict


def _with_shared_identifier(*, given: Likeness, birth: BirthLikeness, clash: bool, sexes_differ: bool) -> Verdict:
    """Join on a shared identifier unless it may have been typed for a twin or used for two children."""
    if clash or given is Likeness.DIFFERENT or birth is BirthLikeness.DIFFERENT or sexes_differ:
        return Verdict.DOUBT
    return Verdict.SAME


def _by_description(*, given: Likeness, family: Likeness, birth: BirthLikeness, home: bool | None) -> Verdict:
    if given in (Likeness.DIFFERENT, Likeness.UNKNOWN):
        return Verdict.DIFFERENT
    named_alike = family >= Likeness.ALIKE
    same_name = given is Likeness.SAME and family is Likeness.SAME
    near = birth in (BirthLikeness.SWAPPED, BirthLikeness.NEAR)
    if birth is BirthLikeness.SAME:
        if same_name or (named_alike and home):
            return Verdict.SAME
        return Verdict.DOUBT if named_alike or (home and family is not Likeness.UNKNOWN) else Verdict.DIFFERENT
    if near:
        if same_name and home:
            return Verdict.SAME
        return Verdict.DOUBT if named_alike else Verdict.DIFFERENT
    if birth is BirthLikeness.UNKNOWN and same_name and home:
        return Verdict.DOUBT
    return Verdict.DIFFERENT

"""What is compared of two records, and in which steps, as conditions that DuckDB and Spark both understand.

Levels run from the most to the least agreeing, and are called as in the domain. Where the estimate starts is our
choice; it is estimated from the files themselves afterwards, except what is held of relatives at one address.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

SAME, RELATIVE, STRANGER = range(3)


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one level: its condition on `_l` and `_r`, and its chance among records of one person and of relatives.

    `relative` None means as among strangers. The last level of a comparison has no condition.
    """

    name: str
    condition: str
    same: float
    relative: float | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Hold one comparison: the column without which nothing was told, its steps, and whether rare values count more."""

    name: str
    steps: tuple[Step, ...]
    weighs_rarity: bool = False
    held_of_relatives: bool = False
    not_told: str = ""
    """When a comparison says nothing beyond what another has said already: both would count one fact twice."""


def _alike(column: str, least: float) -> str:
    return f"{{jaro_winkler}}({column}_l, {column}_r) >= {least}"


def _one_off(column: str, longest: int = 1) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= {longest}"


def _part_of(one: str, other: str) -> str:
    return f"instr(concat(' ', {one}, ' '), concat(' ', {other}, ' ')) > 0"


def _same(column: str, start: int, length: int) -> str:
    return f"substr({column}_l, {start}, {length}) = substr({column}_r, {start}, {length})"


def _number(name: str) -> Compared:
    return Compared(name, (
        Step("SAME", f"{name}_l = {name}_r", 0.94),
        Step("ONE_OFF", _one_off(name), 0.04),
        Step("DIFFERENT", "", 0.02)), held_of_relatives=True)


_SWAPPED = ("(given_l = family_r and {jaro_winkler}(family_l, given_r) >= 0.8 "
            "or given_r = family_l and {jaro_winkler}(given_l, family_r) >= 0.8)")
# In the order in which they are weighed.
GIVEN = Compared("given", (
    Step("SAME", "given_l = given_r or first_l = first_r", 0.8),
    Step("ALIKE", _alike("first", 0.9), 0.06),
    Step("LOOSELY_ALIKE", f"{_alike('first', 0.78)} or {_alike('given', 0.85)}", 0.04),
    Step("INITIAL", "(length(first_l) = 1 or length(first_r) = 1) and substr(first_l, 1, 1) = substr(first_r, 1, 1)",
         0.02),
    Step("SWAPPED", _SWAPPED, 0.03),
    Step("DIFFERENT", "", 0.05)), weighs_rarity=True, held_of_relatives=True)
FAMILY = Compared("family", (
    Step("SAME", "family_l = family_r", 0.84, 0.85),
    Step("PART", f"{_part_of('family_l', 'family_r')} or {_part_of('family_r', 'family_l')}", 0.03, 0.03),
    Step("ALIKE", _alike("family", 0.9), 0.05, 0.04),
    Step("LOOSELY_ALIKE", _alike("family", 0.78), 0.03, 0.02),
    Step("DIFFERENT", "", 0.03, 0.05)), weighs_rarity=True, not_told=f"family_l <> family_r and {_SWAPPED}")
BORN = Compared("born", (
    Step("SAME", "born_l = born_r", 0.88, 0.03),
    Step("SWAPPED", f"{_same('born', 1, 4)} and substr(born_l, 5, 2) = substr(born_r, 7, 2) and "
                    "substr(born_l, 7, 2) = substr(born_r, 5, 2)", 0.02),
    Step("ONE_DIGIT", _one_off("born"), 0.05),
    Step("UNKNOWN_DAY", f"{_same('born', 1, 6)} and "
                        "(substr(born_l, 7, 2) in ('01', '15') or substr(born_r, 7, 2) in ('01', '15'))", 0.01),
    Step("NEARLY", _one_off("born", 2), 0.02),
    Step("DIFFERENT", "", 0.02)), weighs_rarity=True, held_of_relatives=True)
POSTCODE = Compared("postcode", (
    Step("SAME", "postcode_l = postcode_r", 0.7, 0.8),
    Step("NEAR", f"{_one_off('postcode')} or length(postcode_l) > 4 and "
                 "substr(postcode_l, 1, length(postcode_l) - 2) = substr(postcode_r, 1, length(postcode_r) - 2)",
         0.1, 0.1),
    Step("DIFFERENT", "", 0.2, 0.1)), weighs_rarity=True)
HOUSE = Compared("house", (
    Step("SAME", "house_l = house_r", 0.7, 0.8),
    Step("DIFFERENT", "", 0.3, 0.2)))
STREET = Compared("street", (
    Step("SAME", "street_l = street_r", 0.7, 0.8),
    Step("ALIKE", _alike("street", 0.9), 0.1, 0.08),
    Step("DIFFERENT", "", 0.2, 0.12)), weighs_rarity=True)
TOWN = Compared("town", (
    Step("SAME", "town_l = town_r", 0.75, 0.85),
    Step("ALIKE", _alike("town", 0.88), 0.1, 0.08),
    Step("DIFFERENT", "", 0.15, 0.07)), weighs_rarity=True)
SEX = Compared("sex", (
    Step("SAME", "sex_l = sex_r", 0.98),
    Step("DIFFERENT", "", 0.02)), held_of_relatives=True, not_told="first_l = first_r")
EMAIL = Compared("email", (
    Step("SAME", "email_l = email_r", 0.75),
    Step("ALIKE", f"{_alike('email', 0.92)} or split_part(email_l, '@', 1) = split_part(email_r, '@', 1)", 0.15),
    Step("DIFFERENT", "", 0.1)), held_of_relatives=True)
PHONE = Compared("phone", (
    Step("SAME", "phone_l = phone_r", 0.7, 0.5),
    Step("ONE_OFF", _one_off("phone"), 0.05, 0.02),
    Step("DIFFERENT", "", 0.25, 0.48)))
COMPARISONS = (GIVEN, FAMILY, BORN, SEX, POSTCODE, HOUSE, STREET, TOWN, EMAIL, PHONE,
               *(_number(name) for name in ("nhs", "upn", "pnc", "cro", "number")))
"""Everything that may be compared, in the order in which it is weighed."""

NEEDS = {"SWAPPED": ("given", "family")}
"""What a step needs besides its own column: without surnames no first name can stand as one."""


def comparisons_of(columns: Sequence[str]) -> tuple[Compared, ...]:
    """Give the comparisons that these columns allow, without the steps that need a column that nobody tells."""
    chosen = []
    for one in COMPARISONS:
        if one.name in columns:
            steps = tuple(step for step in one.steps if one.name == "born" or all(
                column in columns for column in NEEDS.get(step.name, ())))
            chosen.append(replace(one, steps=steps, not_told=one.not_told if "given" in columns else ""))
    return tuple(chosen)

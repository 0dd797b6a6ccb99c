"""Names for invented families of all communities, by naming tradition.

Names are linked to ethnic groups in no open file, and no name tells who somebody is. What stands here is a hand-made
approximation, so that errors of linkage can be measured by group: lists of given names and surnames by tradition
(data/naming_traditions.txt), which traditions occur in which census group (below), and how surnames work in each.
Given names that stand in the national births list come up as often as they do there, compared with each other.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from sightline.demonstration.chance import Weighted
from sightline.reference.people import births_with_first_name, british_first_names, surnames

FILE = Path(__file__).with_name("data") / "naming_traditions.txt"
RAREST_BIRTHS = 400
"""Weight of a listed name that the births list has not, or has fewer times: rare names shall occur."""
COMMONEST_BIRTHS = 6000
"""Weight at which the commonest names of a list are capped: no name shall dominate."""
BRITISH_CAP = 20_000
BRITISH_SURNAME_CAP = 0.004

TRADITIONS_OF_GROUP: dict[str, tuple[tuple[str, float], ...]] = {
    "WBRI": (("british", 0.98), ("irish", 0.02)),
    "WIRI": (("irish", 0.8), ("british", 0.2)),
    "WIRT": (("traveller", 1.0),),
    "WROM": (("roma", 1.0),),
    "WOTH": (("polish", 0.36), ("romanian", 0.2), ("baltic", 0.14), ("iberian", 0.12), ("turkish", 0.06),
             ("british", 0.12)),
    "AIND": (("sikh", 0.3), ("hindu", 0.4), ("gujarati_muslim", 0.3)),
    "APKN": (("pakistani", 1.0),),
    "ABAN": (("bangladeshi", 1.0),),
    "CHNE": (("chinese", 1.0),),
    "AOTH": (("filipino", 0.2), ("tamil", 0.2), ("vietnamese", 0.15), ("afghan", 0.2), ("pakistani", 0.15),
             ("hindu", 0.1)),
    "BAFR": (("nigerian", 0.35), ("ghanaian", 0.15), ("somali", 0.2), ("francophone_african", 0.12),
             ("eritrean_ethiopian", 0.1), ("zimbabwean", 0.08)),
    "BCRB": (("caribbean", 0.8), ("british", 0.2)),
    "BOTH": (("caribbean", 0.4), ("nigerian", 0.3), ("francophone_african", 0.3)),
    "MWBC": (("british", 0.6), ("caribbean", 0.4)),
    "MWBA": (("british", 0.5), ("nigerian", 0.3), ("ghanaian", 0.2)),
    "MWAS": (("british", 0.5), ("pakistani", 0.2), ("hindu", 0.2), ("chinese", 0.1)),
    "MOTH": (("british", 0.4), ("arab", 0.2), ("iberian", 0.2), ("chinese", 0.2)),
    "OOTH": (("arab", 0.6), ("kurdish_iranian", 0.3), ("turkish", 0.1)),
}
"""Traditions in each ethnic group of the census, by its code in the children's returns; weights by hand."""

GROUP_CODES = {
    "White: English, Welsh, Scottish, Northern Irish or British": "WBRI", "White: Irish": "WIRI",
    "White: Gypsy or Irish Traveller": "WIRT", "White: Roma": "WROM", "White: Other White": "WOTH",
    "Asian, Asian British or Asian Welsh: Indian": "AIND", "Asian, Asian British or Asian Welsh: Pakistani": "APKN",
    "Asian, Asian British or Asian Welsh: Bangladeshi": "ABAN", "Asian, Asian British or Asian Welsh: Chinese": "CHNE",
    "Asian, Asian British or Asian Welsh: Other Asian": "AOTH",
    "Black, Black British, Black Welsh, Caribbean or African: African": "BAFR",
    "Black, Black British, Black Welsh, Caribbean or African: Caribbean": "BCRB",
    "Black, Black British, Black Welsh, Caribbean or African: Other Black": "BOTH",
    "Mixed or Multiple ethnic groups: White and Black Caribbean": "MWBC",
    "Mixed or Multiple ethnic groups: White and Black African": "MWBA",
    "Mixed or Multiple ethnic groups: White and Asian": "MWAS",
    "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups": "MOTH",
    "Other ethnic group: Arab": "OOTH", "Other ethnic group: Any other ethnic group": "OOTH",
}
"""The 19 groups of census 2021 as codes of the children's returns (which have no code for Arab: any other)."""


@dataclass(frozen=True, slots=True)
class Tradition:
    """Hold one naming tradition: `style` says how surnames work (see the file)."""

    name: str
    style: str
    given: dict[str, Weighted[str]]
    family: Weighted[str]

    def surname(self, rng: Random) -> str:
        """Draw the surname of a family, as a boy of it would bear it."""
        drawn = self.family.draw(rng)
        if self.style == "double" and rng.random() < 0.6:
            return f"{drawn} {self.family.draw(rng)}"
        return drawn

    def surname_for(self, surname: str, sex: str, rng: Random) -> str:
        """Give the family's surname as a child of this sex bears it."""
        if self.style == "feminine" and sex == "F":
            return _feminine(surname, self.name)
        if self.style == "sikh" and surname not in {"Singh", "Kaur"} and rng.random() < 0.3:
            return "Kaur" if sex == "F" else "Singh"
        if self.style == "sikh" and surname in {"Singh", "Kaur"}:
            return "Kaur" if sex == "F" else "Singh"
        return surname


FEMININE_ENDINGS = {
    "polish": (("ski", "ska"), ("cki", "cka")),
    "baltic": (("ovs", "ova"), ("ins", "ina"), ("ons", "one"), ("odis", "ode"), ("as", "aite"), ("is", "yte"),
               ("us", "ute")),
    "roma": (("ova", "ova"), ("a", "a"), ("u", "u"), ("an", "an"), ("", "ova")),
}
"""How a girl's surname ends where a boy's ends so: Polish, Lithuanian and Latvian, Slovak."""


def _feminine(surname: str, tradition: str) -> str:
    for ending, feminine in FEMININE_ENDINGS[tradition]:
        if surname.endswith(ending):
            return surname[:len(surname) - len(ending)] + feminine
    return surname


@cache
def traditions() -> dict[str, Tradition]:
    """Give all traditions by name."""
    lists, styles = _read()
    found = {name: _tradition(name, style, lists[name]) for name, style in styles.items()}
    british = {sex: Weighted.of({name: min(count, BRITISH_CAP) for name, count in british_first_names(sex)})
               for sex in ("F", "M")}
    families = Weighted.of({name: min(share, BRITISH_SURNAME_CAP) for name, share in surnames()})
    found["british"] = Tradition("british", "plain", british, families)
    return found


def _read() -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    lists: dict[str, dict[str, list[str]]] = {}
    styles: dict[str, str] = {}
    current = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        word, *rest = line.split()
        if word == "tradition":
            current, styles[rest[0]] = rest[0], rest[1]
            lists[current] = {}
        else:
            lists[current][word] = [name.replace("_", " ") for name in rest]
    return lists, styles


def _tradition(name: str, style: str, lists: dict[str, list[str]]) -> Tradition:
    given = {}
    for sex in ("F", "M"):
        births = births_with_first_name(sex)
        given[sex] = Weighted.of({one: min(max(births.get(one, 0), RAREST_BIRTHS), COMMONEST_BIRTHS)
                                for one in lists[sex]})
    return Tradition(name, style, given, Weighted.of(dict.fromkeys(lists.get("S", ["Smith"]), 1.0)))


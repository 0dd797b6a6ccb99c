"""Read what police wrote of an offence or of something found into the few words that warning signs need.

What is not recognised is left open, and said: to take one offence for another is worse than not to know it.
"""

import re
from functools import lru_cache

from sightline.domain.vocabulary.kinds import OFFENCES, PROPERTY

_DRUG = (
    r"drugs?|controlled (?:drug|substance)s?|class (?:a|b|c)|cannabis|cocaine|crack|heroin|mdma|ecstasy|ketamine|"
    r"amphetamines?|spice|psychoactive|nitrous oxide|diamorphine"
)
_BLADE = (
    r"kni(?:fe|ves)|blades?|bladed|machetes?|swords?|daggers?|weapons?|firearms?|guns?|pistols?|ammunition|"
    r"sharply pointed|corrosive|knuckle ?dusters?|shotguns?|tasers?|cs spray"
)

_OFFENCES = {
    "drugs-supply": (
        r"pwits|pwitsd|drugs? (?:supply|dealing|trafficking)|county lines?",
        r"(?:suppl\w*|deal(?:ing)?|traffick\w*|import\w*|produc\w*|cultivat\w*|intent)\b.*\b(?:" + _DRUG + ")",
        r"(?:" + _DRUG + r")\b.*\b(?:suppl\w*|dealing|traffick\w*|import\w*|produc\w*|cultivat\w*|intent)",
    ),
    "drugs-possession": (
        r"(?:poss\w*|found with|simple)\b.*\b(?:" + _DRUG + ")",
        r"(?:" + _DRUG + r")\b.*\bposs(?:ess\w*)?",
    ),
    "sexual": ("rape", "sexual", "indecent", "indecency", "grooming", "voyeurism", "upskirting", "exposure"),
    "robbery": ("robbery", "robberies", "robbed", "rob"),
    "weapon": (_BLADE,),
    "public-order": (
        "public order",
        "affray",
        "violent disorder",
        "riot",
        r"breach of (?:the )?peace",
        "drunk and disorderly",
        r"threatening (?:behaviour|words)",
        r"harassment alarm (?:or|and) distress",
        "disorderly",
    ),
    "criminal-damage": ("criminal damage", "arson", "graffiti", "damage to property", "crim dam"),
    "theft": (
        "thefts?",
        r"shoplift\w*",
        "stealing",
        "stole",
        "steal",
        "stolen",
        "handling",
        "twoc",
        "going equipped",
        r"tak(?:ing|en) without consent",
        r"tak(?:e|ing) (?:a )?(?:motor )?vehicle",
        "vehicle interference",
        r"pickpocket\w*",
    ),
    "violence": (
        r"assault\w*",
        "gbh",
        "abh",
        r"wound\w*",
        "violence",
        "battery",
        "murder",
        "manslaughter",
        "grievous",
        "actual bodily",
        "threats? to kill",
        r"kidnap\w*",
        "false imprisonment",
        "strangulation",
        "stabbing",
    ),
    "other": (
        "other",
        r"burglar(?:y|ies)",
        "fraud",
        "blackmail",
        "bail",
        "warrant",
        "recall",
        "immigration",
        r"trespass\w*",
        "fare evasion",
        r"travel(?:ling)? without a ticket",
        "harassment",
        "stalking",
        "perverting",
        r"obstruct\w*",
        "perjury",
        "escape",
        "malicious communications?",
        "speeding",
        r"breach of (?:order|conditions|injunction)",
    ),
}
_MOTORING = (
    r"(?:drink|drug|dangerous|careless|disqualified) driving|driving (?:whil(?:e|st)|without|under)|no insurance"
)

_OFFENCE_RULES = (
    ("other", re.compile(rf"\b(?:{_MOTORING})\b")),
    *((word, re.compile(rf"\b(?:{'|'.join(patterns)})\b")) for word, patterns in _OFFENCES.items()),
)
"""The order matters: a robbery with a knife is a robbery, an assault that is sexual is sexual."""

_PROPERTY = {
    "cash": r"\b(?:cash|money|bank ?notes?|currency|coins?|pounds|gbp)\b|£",
    "class-a": (r"\b(?:class a|crack|cocaine|heroin|diamorphine|mdma|ecstasy|lsd|methadone|fentanyl|crystal meth)\b"),
    "class-b": (r"\b(?:class b|cannabis|marijuana|weed|skunk|hash(?:ish)?|amphetamines?|ketamine|spice|mephedrone)\b"),
    "sim": r"\bsim(?: ?card)?s?\b",
    "phone": r"\b(?:(?:tele|smart|i)?phones?|mobiles?|handsets?|burners?|nokia)\b",
    "ticket": r"\btickets?\b",
    "weapon": rf"\b(?:{_BLADE})\b",
}
_PROPERTY_RULES = tuple((word, re.compile(pattern)) for word, pattern in _PROPERTY.items())

_JOINTS = re.compile(r"[\s_/(),.:+&-]+")


def _words(text: str) -> str:
    return _JOINTS.sub(" ", text.casefold()).strip()


@lru_cache(4096)
def offence_of(text: str) -> str | None:
    """Give the group of an offence, one of OFFENCES, or None where the words are not recognised."""
    if text.strip().casefold() in OFFENCES:
        return text.strip().casefold()
    words = _words(text)
    return next((word for word, pattern in _OFFENCE_RULES if pattern.search(words)), None)


@lru_cache(4096)
def property_of(item: str) -> tuple[str, ...]:
    """Give what a found item is, of PROPERTY; a telephone with a SIM card is both; empty where not recognised."""
    if item.strip().casefold() in PROPERTY:
        return (item.strip().casefold(),)
    words = _words(item)
    return tuple(word for word, pattern in _PROPERTY_RULES if pattern.search(words))

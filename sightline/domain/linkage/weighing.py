"""Weigh two records: how much speaks for one child against a stranger, and against a relative at the same address.

In bits: each bit doubles the odds. Ten bits are odds of a thousand to one, with how rare a pair of one child is before
anything is compared already counted. It says how likely one link is; it says nothing about a child.
"""

import math
from dataclasses import dataclass

from sightline.domain.linkage.comparing import (
    INDEX,
    LEVELS,
    NAMES,
    NOT_TOLD,
    TITLES,
    Compared,
    compare,
    compare_all_else,
    compare_first_names,
    compare_surnames,
    level_words,
)
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model

ALL_ELSE = NAMES[INDEX["surname"] + 1:]
"""The comparisons that compare_all_else makes: those after the names."""
PRIOR = "prior"
RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what one comparison adds to a weight; `words` say what was found."""

    comparison: str
    level: str
    words: str
    bits: float

    @property
    def title(self) -> str:
        """Give what was compared, in words."""
        return PART_TITLES[self.comparison]

    def told(self) -> dict[str, str | float]:
        """Give the part as it is kept."""
        return {"comparison": self.comparison, "level": self.level, "words": self.words, "bits": round(self.bits, 3)}


PART_TITLES = {**TITLES, PRIOR: "Before anything is compared", RELATIVE: "A relative at the same address"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold the bits that speak for one child, what was compared, and by which model."""

    bits: float
    compared: Compared
    model: Model

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give the parts that sum to the bits; worked out for the few pairs of which somebody is told."""
        return parts_of(self.model, self.compared)


def weigh(model: Model, one: Described, other: Described) -> Weighed:
    """Weigh whether two records are of one child. It does not matter which comes first."""
    compared = compare(one, other)
    return Weighed(bits_of(model, compared), compared, model)


ROUNDING = 1e-6
"""Bits by which sums of the same numbers in another order may differ, and far more."""


def weigh_from(model: Model, one: Described, other: Described, least: float) -> Weighed | None:
    """Weigh two records, or give None as soon as it is sure that fewer than `least` bits speak for one child.

    Relatives only take from the bits against strangers, so that these, with the names at their best until they are
    compared, are never exceeded. Most records that share a key are a stranger's, and are done before their names.
    """
    least -= ROUNDING
    agreed: dict[str, frozenset[str]] = {}
    rest = compare_all_else(one, other, agreed)
    homes = agreed.get("home")
    at_most = model.stranger_share
    for name, place in zip(ALL_ELSE, rest, strict=True):
        if place != NOT_TOLD:
            at_most += _bits_where_told(model, name, place, homes if name == "home" else None)
    surname_at_most = model.at_most["surname"]
    if at_most + model.at_most["first_name"] + surname_at_most < least:
        return None
    first = compare_first_names(one, other, agreed)
    at_most += _bits_where_told(model, "first_name", first, agreed.get("first_name"))
    if at_most + surname_at_most < least:
        return None
    surname = compare_surnames(one, other, agreed)
    if at_most + _bits_where_told(model, "surname", surname, agreed.get("surname")) < least:
        return None
    compared = Compared((first, surname, *rest), agreed)
    return Weighed(bits_of(model, compared), compared, model)


def bits_of(model: Model, compared: Compared) -> float:
    """Give the bits that speak for one child against everything else."""
    return _together(*_against(model, compared))


def parts_of(model: Model, compared: Compared) -> tuple[Part, ...]:
    """Give what each comparison adds; the parts sum to the bits."""
    strangers, relatives = _against(model, compared)
    parts = [Part(PRIOR, "", "few pairs of records are of one child", model.stranger_share)]
    for name, place in zip(NAMES, compared.levels, strict=True):
        if place != NOT_TOLD:
            level = LEVELS[name][place]
            parts.append(Part(name, level.name, level_words(name, level), _stranger_bits(model, compared, name, place)))
    likeness = _together(strangers, relatives) - strangers
    parts.append(Part(RELATIVE, "", "a brother, sister or other relative may look as much alike", likeness))
    return tuple(parts)


def _against(model: Model, compared: Compared) -> tuple[float, float]:
    strangers, relatives = model.stranger_share, model.relative_share
    for name, place in zip(NAMES, compared.levels, strict=True):
        if place != NOT_TOLD:
            strangers += _stranger_bits(model, compared, name, place)
            relatives += model.against_relatives[name][place]
    return strangers, relatives


def _stranger_bits(model: Model, compared: Compared, name: str, place: int) -> float:
    return _bits_where_told(model, name, place, compared.agreed.get(name))


def _bits_where_told(model: Model, name: str, place: int, agreed: frozenset[str] | None) -> float:
    if place == NOT_TOLD:
        return 0.0
    if place == 0 and agreed is not None:
        return max([model.bits_of_value(name, value) for value in agreed])
    return model.against_strangers[name][place]


def _together(strangers: float, relatives: float) -> float:
    """Give the bits against both: -log2(2^-a + 2^-b), without overflow."""
    low, high = min(strangers, relatives), max(strangers, relatives)
    return low - math.log2(1 + 2 ** (low - high))

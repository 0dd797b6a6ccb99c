"""Weigh two records: how much speaks for one child against a stranger, and against a relative at the same address.

In bits: each bit doubles the odds. Ten bits are odds of a thousand to one, with how rare a pair of one child is before
anything is compared already counted. It says how likely one link is; it says nothing about a child.
"""

import math
from dataclasses import dataclass

from sightline.domain.linkage.comparing import LEVELS, NAMES, NOT_TOLD, TITLES, Compared, compare, level_words
from sightline.domain.linkage.described import Described
from sightline.domain.linkage.model import Model

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
    """Hold the bits that speak for one child, the parts that sum to them, and what was compared."""

    bits: float
    parts: tuple[Part, ...]
    compared: Compared


def weigh(model: Model, one: Described, other: Described) -> Weighed:
    """Weigh whether two records are of one child. It does not matter which comes first."""
    compared = compare(one, other)
    return Weighed(bits_of(model, compared), parts_of(model, compared), compared)


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
    if place == 0 and name in compared.agreed:
        return max(model.bits_of_value(name, value) for value in compared.agreed[name])
    return model.against_strangers[name][place]


def _together(strangers: float, relatives: float) -> float:
    """Give the bits against both: -log2(2^-a + 2^-b), without overflow."""
    low, high = min(strangers, relatives), max(strangers, relatives)
    return low - math.log2(1 + 2 ** (low - high))

"""The weights: how often each level of each comparison is seen among records of one child, of relatives, of strangers.

One file, of no engine: the pages, the match on write and the batch read the same numbers.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

from sightline.domain.linkage.comparing import LEVELS, NAMES, level_words
from sightline.domain.linkage.described import IDENTIFIERS

FORMAT = 1
FEWEST_RECORDS = 1_000
HOMES_OF_A_POSTCODE = 15
"""So many records share a postcode of which nothing is counted: half a dozen children, told by two or three."""


class ModelRefused(ValueError):
    """The file of weights cannot be used."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Hold how often each level is seen among pairs of one child, of relatives at one address, and of strangers."""

    same: tuple[float, ...]
    relative: tuple[float, ...]
    stranger: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """Hold the weights of every comparison.

    `records` is how many records are compared with one another; `same_per_record` and `relative_per_record` how many
    others of the same child, and of relatives, each has on average. `number_of_another` is how often a valid number
    that was told is another child's. `frequencies` are the shares of first names, surnames and homes that are common
    enough to be counted, `rarest` stands for all others.
    """

    made_on: date
    trained_on: str
    records: int
    same_per_record: float
    relative_per_record: float
    number_of_another: float
    chances: Mapping[str, Chances]
    frequencies: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    rarest: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a model with a level that was not trained, or a number that is no chance."""
        for name in NAMES:
            if name not in self.chances:
                raise ModelRefused(f"The weights say nothing of {name}.")
            for kind in ("same", "relative", "stranger"):
                values = getattr(self.chances[name], kind)
                if len(values) != len(LEVELS[name]):
                    raise ModelRefused(f"The weights of {name} have {len(values)} levels, not {len(LEVELS[name])}.")
                for value, level in zip(values, LEVELS[name], strict=True):
                    if not 0 < value <= 1:
                        raise ModelRefused(f"“{level_words(name, level)}” was not trained ({kind}: {value}).")
        if min(self.same_per_record, self.relative_per_record, self.number_of_another, self.records) <= 0:
            raise ModelRefused("The weights do not say how many records are of one child, or of relatives.")

    @classmethod
    def read(cls, text: str) -> "Model":
        """Read a model from its JSON. Raises ModelRefused."""
        try:
            told: dict[str, Any] = json.loads(text)
            if told.get("format") != FORMAT:
                raise ModelRefused(f"The file of weights is of format {told.get('format')}, not {FORMAT}.")
            chances = {name: Chances(*(tuple(kinds[kind][level.name] for level in LEVELS[name])
                                       for kind in ("same", "relative", "stranger")))
                       for name, kinds in told["chances"].items() if name in LEVELS}
            return cls(date.fromisoformat(told["made_on"]), told["trained_on"], int(told["records"]),
                       float(told["same_per_record"]), float(told["relative_per_record"]),
                       float(told["number_of_another"]), chances, told["frequencies"], told["rarest"])
        except KeyError as missing:
            raise ModelRefused(f"The file of weights lacks {missing}.") from None
        except (TypeError, AttributeError, ValueError) as wrong:
            raise wrong if isinstance(wrong, ModelRefused) else ModelRefused(
                "The file of weights is not in the form of one.") from None

    def written(self) -> str:
        """Give the model as JSON, the same for the same model."""
        chances = {name: {kind: {level.name: value for level, value in zip(
                       LEVELS[name], getattr(self.chances[name], kind), strict=True)}
                   for kind in ("same", "relative", "stranger")} for name in NAMES}
        return json.dumps({
            "format": FORMAT, "made_on": self.made_on.isoformat(), "trained_on": self.trained_on,
            "records": self.records, "same_per_record": self.same_per_record,
            "relative_per_record": self.relative_per_record, "number_of_another": self.number_of_another,
            "chances": chances, "rarest": dict(sorted(self.rarest.items())),
            "frequencies": {name: dict(sorted(values.items())) for name, values in sorted(self.frequencies.items())},
        }, ensure_ascii=False, indent=1) + "\n"

    @cached_property
    def digest(self) -> str:
        """Give the digest by which a decision names the weights that it was made with, whatever size they hold for."""
        return blake2b(replace(self, records=FEWEST_RECORDS).written().encode(), digest_size=8).hexdigest()

    def sized(self, records: int) -> "Model":
        """Give the model for so many records, counted in powers of two: the more there are, the more are strangers."""
        rounded = 2 ** math.ceil(math.log2(max(records, FEWEST_RECORDS)))
        return self if rounded == self.records else _sized(self, rounded)

    @cached_property
    def stranger_share(self) -> float:
        """Give the bits that speak for the same child before anything is compared: few pairs of records are."""
        return math.log2(self.same_per_record / self.records)

    @cached_property
    def relative_share(self) -> float:
        """Give the bits that speak for the same child against a relative before anything is compared."""
        return math.log2(self.same_per_record / self.relative_per_record)

    @cached_property
    def against_strangers(self) -> Mapping[str, tuple[float, ...]]:
        """Give the bits of each level for the same child against strangers."""
        return {name: tuple(math.log2(s / u) for s, u in zip(
            self.chances[name].same, self._strangers(name), strict=True)) for name in NAMES}

    @cached_property
    def against_relatives(self) -> Mapping[str, tuple[float, ...]]:
        """Give the bits of each level for the same child against relatives at one address."""
        return {name: tuple(math.log2(s / r) for s, r in zip(
            self.chances[name].same, self._relatives(name), strict=True)) for name in NAMES}

    @cached_property
    def at_most(self) -> Mapping[str, float]:
        """Give the bits that names add at most for the same child against strangers: those of the rarest agreed."""
        return {name: max(0.0, *self.against_strangers[name], *(
            self.bits_of_value(name, value) for value in ("", *self.frequencies.get(name, {}))))
            for name in ("first_name", "surname")}

    def bits_of_value(self, name: str, value: str) -> float:
        """Give the bits against strangers where both have this very value: the rarer, the more.

        Never less than those of the next level: a common name shared still speaks more than one spelt alike.
        """
        counted, rarest = self._bits_of_values[name]
        return counted.get(value, rarest)

    @cached_property
    def _bits_of_values(self) -> Mapping[str, tuple[Mapping[str, float], float]]:
        """Give the bits of each value that is counted, and those of all others."""
        def bits(name: str, chance: float) -> float:
            return max(math.log2(self.chances[name].same[0] / chance), self.against_strangers[name][1])

        return {name: ({value: bits(name, chance) for value, chance in self.frequencies.get(name, {}).items()},
                       bits(name, self._rarest(name))) for name in NAMES}

    def _rarest(self, name: str) -> float:
        if name == "home":
            return min(0.002, HOMES_OF_A_POSTCODE / self.records)
        return self.rarest.get(name, self.chances[name].stranger[0])

    def _strangers(self, name: str) -> tuple[float, ...]:
        """Give the strangers' chances; that of another's very number falls with the number of records."""
        chances = self.chances[name].stranger
        return (self.number_of_another / self.records, *chances[1:]) if name in IDENTIFIERS else chances

    def _relatives(self, name: str) -> tuple[float, ...]:
        chances = self.chances[name].relative
        return (self.number_of_another, *chances[1:]) if name in IDENTIFIERS else chances


@lru_cache(maxsize=16)
def _sized(model: Model, records: int) -> Model:
    return replace(model, records=records)

"""Which numbers of a rule an area may set for itself: the fields of a small frozen class, each with its bounds."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any


class NotSettable(ValueError):
    """A number cannot be set so. The message says which can, and within which bounds."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold what a number means, what it is nationally, and the least and the most that an area may set."""

    name: str
    means: str
    default: int
    least: int
    most: int


def number(default: int, *, least: int, most: int, means: str) -> Any:
    """Declare a number of a rule that an area may set, with its bounds."""
    return field(default=default, metadata={"means": means, "least": least, "most": most})


def bounds_of(numbers: Any) -> Iterator[Bounds]:
    """Give the bounds of each number of a rule; nothing for a rule without any."""
    for one in fields(numbers) if numbers is not None else ():
        assert one.default is not MISSING  # nosec B101
        yield Bounds(one.name, one.metadata["means"], one.default, one.metadata["least"], one.metadata["most"])


def with_changed(numbers: Any, told: Mapping[str, object]) -> Any:
    """Give the numbers with some of them changed.

    Raises NotSettable for a name that the rule does not have, or a value that is no whole number within its bounds.
    """
    bounds = {one.name: one for one in bounds_of(numbers)}
    if not bounds:
        raise NotSettable("this sign has no number that an area may set")
    if not told:
        raise NotSettable(f"say which number changes: {', '.join(bounds)}")
    for name, value in told.items():
        if name not in bounds:
            raise NotSettable(f"there is no number “{name}”; there are: {', '.join(bounds)}")
        one = bounds[name]
        if isinstance(value, bool) or not isinstance(value, int) or not one.least <= value <= one.most:
            raise NotSettable(f"“{name}” ({one.means}) must be a whole number from {one.least} to {one.most}")
    return replace(numbers, **told)

"""Which numbers of a rule an area may set for itself: the fields of a small frozen class, each with its bounds.

The bounds keep an area from setting a number so that nothing is ever found, or that every child is. What the law sets,
what defines a word (night, away from home, a suspension), what makes a sign critical, and how much must be told before
a share means anything are no area's to change: those stay constants beside the rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

AGAIN = "once is no repetition, and hardly any child would be found if more were asked for"
APART = "a shorter time misses what is told late, and what lies further apart has little to do with each other"


class NotSettable(ValueError):
    """A number cannot be set so. The message says which can, and within which bounds."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold what a number means, what it is nationally, the least and the most that an area may set, and why."""

    name: str
    means: str
    default: int
    least: int
    most: int
    why: str


def number(default: int, *, least: int, most: int, means: str, why: str) -> Any:
    """Declare a number of a rule that an area may set, with its bounds and the reason for them."""
    return field(default=default, metadata={"means": means, "least": least, "most": most, "why": why})


def bounds_of(numbers: Any) -> Iterator[Bounds]:
    """Give the bounds of each number of a rule; nothing for a rule without any."""
    for one in fields(numbers) if numbers is not None else ():
        assert one.default is not MISSING  # nosec B101
        yield Bounds(one.name, default=one.default, **one.metadata)


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
            raise NotSettable(f"“{name}” ({one.means}) must be a whole number from {one.least} to {one.most}: "
                              f"{one.why}")
    return replace(numbers, **told)

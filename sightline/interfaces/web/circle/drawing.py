"""Lay out the picture of a circle in three columns: the child, what links, and the other children.

No script draws it and nothing in it moves: a column is read from the top, as the table beside it is. Pixels of the
viewBox throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640.0
ROW, TOP = 58.0, 34.0
CHILD_X, HUB_X, OTHER_X = 58.0, 262.0, 450.0
MOST_DRAWN = 15
LONGEST = 15


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold where something stands, and what is written there."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line between two spots; `sure` where a person confirmed the link."""

    x1: float
    y1: float
    x2: float
    y2: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Hold the picture of a circle; `whole` tells whether everything that links now is in it."""

    child: Spot
    hubs: tuple[Spot, ...]
    others: tuple[Spot, ...]
    lines: tuple[Line, ...]
    height: float
    whole: bool
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold one link to draw: its words, whether it is confirmed, and who else is at it: id, words, whether sure."""

    words: str
    sure: bool
    others: tuple[tuple[str, str, bool], ...]


def draw(links: Sequence[Drawn]) -> Drawing:
    """Draw links in their order; whoever is at two of them stands once."""
    shown = links[:MOST_DRAWN]
    every = {child: words for link in shown for child, words, _ in link.others}
    names = list(every)[:MOST_DRAWN]
    rows = max(len(shown), len(names), 1)
    hubs = tuple(Spot(HUB_X, y, _short(link.words)) for link, y in zip(shown, _down(len(shown), rows), strict=True))
    others = {name: Spot(OTHER_X, y, _short(every[name]))
              for name, y in zip(names, _down(len(names), rows), strict=True)}
    child = Spot(CHILD_X, TOP + (rows - 1) * ROW / 2, "This child")
    lines = [Line(child.x, child.y, hub.x, hub.y, link.sure) for link, hub in zip(shown, hubs, strict=True)]
    lines += [Line(hub.x, hub.y, others[name].x, others[name].y, sure) for link, hub in zip(shown, hubs, strict=True)
              for name, _, sure in link.others if name in others]
    return Drawing(child, hubs, tuple(others.values()), tuple(lines), TOP * 2 + (rows - 1) * ROW,
                   len(shown) == len(links) and len(names) == len(every))


def _down(number: int, rows: int) -> list[float]:
    """Give the heights of so many spots, spread over the rows."""
    step = (rows - 1) * ROW / max(1, number - 1) if number > 1 else 0.0
    return [round(TOP + (index * step if number > 1 else (rows - 1) * ROW / 2), 1) for index in range(number)]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST - 1].rstrip()}…"

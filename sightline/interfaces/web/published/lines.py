"""The geometry of several lines on one scale, each told apart by its dash and its points, not by colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.interfaces.web.chart import LINE_HEIGHT, RIGHT, TOP, WIDTH, Figure, Tick, pieces_of, round_step

LEFT, BOTTOM = 84.0, 44.0
MOST_COLUMNS = 3
ROWS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """Hold one line: its name and its figures, one a column; a figure without a value is a gap."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold one drawn line: pieces between gaps, and points; `style` is its number, from 0."""

    name: str
    style: int
    pieces: tuple[str, ...]
    points: tuple[tuple[float, float, Figure], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold several lines and the marks of both axes."""

    drawn: tuple[Drawn, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    left: float = LEFT
    right: float = WIDTH - RIGHT
    width: float = WIDTH
    height: float = LINE_HEIGHT


def lines(series: Sequence[Series]) -> Lines:
    """Draw series of equal length from nought, on one scale, from the first column in which any has a figure.

    The last column always has its words.
    """
    series = _from_first(series)
    most = max((f.value for one in series for f in one.figures if f.value is not None), default=0) or 1
    step = round_step(most)
    bottom, right = LINE_HEIGHT - BOTTOM, WIDTH - RIGHT
    labels = [figure.label for figure in series[0].figures]
    across = (right - LEFT) / max(1, len(labels) - 1)

    def place(i: int, figure: Figure) -> tuple[float, float, Figure] | None:
        if figure.value is None:
            return None
        return round(LEFT + i * across, 1), round(bottom - figure.value / (step * ROWS) * (bottom - TOP), 1), figure

    drawn = []
    for style, one in enumerate(series):
        points = [place(i, figure) for i, figure in enumerate(one.figures)]
        drawn.append(Drawn(one.name, style, pieces_of(points), tuple(point for point in points if point)))
    rows = tuple(Tick(round(bottom - i * (bottom - TOP) / ROWS, 1), f"{step * i:,g}") for i in range(ROWS + 1))
    every = -(-(len(labels) - 1) // MOST_COLUMNS) or 1
    columns = tuple(Tick(round(LEFT + i * across, 1), words) for i, words in enumerate(labels)
                    if (len(labels) - 1 - i) % every == 0)
    return Lines(tuple(drawn), rows, columns)


def _from_first(series: Sequence[Series]) -> list[Series]:
    filled = [any(one is not None for one in values)
              for values in zip(*([f.value for f in one.figures] for one in series), strict=True)]
    first = filled.index(True) if True in filled else 0
    return [Series(one.name, one.figures[first:]) for one in series]

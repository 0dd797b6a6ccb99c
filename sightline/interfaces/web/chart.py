"""The geometry of our two small charts, in the units of their drawing; the words and figures stand in a table beside.

A chart is drawn on the server as SVG with no style attribute and no script. Colour carries nothing: bars have their
figure beside them, lines end in their name, and what is suppressed is left out and said in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH = 640.0
LINE_HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 260.0, 52.0, 16.0, 14.0, 34.0
MOST_COLUMNS = 4
LEAST = 1e-9  # what is smaller is drawn as nought


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold one figure to draw; `value` None is suppressed or unknown and says so in `words`.

    `low` and `high` bound the interval within which the figure lies, where there is one.
    """

    label: str
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one drawn bar: its `length` out of `width`, and its interval from `low_x` to `high_x`."""

    figure: Figure
    length: float
    low_x: float | None
    high_x: float | None
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Tick:
    """Hold one mark of an axis: where it is and what it says."""

    place: float
    words: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Hold a line as pieces (a gap where a figure is missing), its points, and the marks of both axes."""

    pieces: tuple[str, ...]
    points: tuple[tuple[float, float, Figure], ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = LINE_HEIGHT - BOTTOM
    width: float = WIDTH
    height: float = LINE_HEIGHT


def bar_chart(figures: Sequence[Figure]) -> tuple[Bar, ...]:
    """Draw one bar a figure, from nought, all on one scale."""
    most = max(max((x for f in figures for x in (f.value, f.high) if x is not None), default=0), LEAST)
    scale = (WIDTH - 2) / most
    return tuple(
        Bar(
            figure=figure,
            length=round((figure.value or 0) * scale, 1),
            low_x=None if figure.low is None else round(figure.low * scale, 1),
            high_x=None if figure.high is None else round(figure.high * scale, 1),
        )
        for figure in figures
    )


def line_chart(figures: Sequence[Figure], *, least_step: float = LEAST) -> LineChart:
    """Draw figures in their order as a line from nought, with a gap where one is missing.

    `least_step` is the least that may lie between two rows: 1 where children or things are counted.
    """
    most = max((f.value for f in figures if f.value is not None), default=0) or 1
    step = max(round_step(most), least_step)
    bottom, right = LINE_HEIGHT - BOTTOM, WIDTH - RIGHT
    across = (right - LEFT) / max(1, len(figures) - 1)
    drawn = [
        None
        if figure.value is None
        else (round(LEFT + i * across, 1), round(bottom - figure.value / (step * 4) * (bottom - TOP), 1), figure)
        for i, figure in enumerate(figures)
    ]
    rows = tuple(Tick(round(bottom - i * (bottom - TOP) / 4, 1), f"{step * i:,g}") for i in range(5))
    every = -(-(len(figures) - 1) // MOST_COLUMNS) or 1
    columns = tuple(Tick(round(LEFT + i * across, 1), f.label) for i, f in enumerate(figures) if i % every == 0)
    return LineChart(pieces_of(drawn), tuple(point for point in drawn if point), rows, columns)


def round_step(most: float) -> float:
    """Choose the distance of four rows so that they reach `most` in round figures."""
    rough = max(most / 4, LEAST)
    ten = 10.0 ** floor(log10(rough))
    return next(ten * times for times in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if ten * times >= rough * 0.999999)


def pieces_of(drawn: Sequence[tuple[float, float, Figure] | None]) -> tuple[str, ...]:
    """Give the pieces of a line as points of their drawing; a piece of one point has no line."""
    pieces: list[list[str]] = [[]]
    for point in drawn:
        if point is not None:
            pieces[-1].append(f"{point[0]},{point[1]}")
        elif pieces[-1]:
            pieces.append([])
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)

"""The geometry of the plot of councils: each a point, by the children who live there and its rate; none is named.

The way across is a square root, so that small councils do not lie on each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from sightline.domain.figures.recording import rate
from sightline.domain.figures.spread import limits
from sightline.interfaces.web.chart import RIGHT, TOP, WIDTH, Tick, round_step
from sightline.interfaces.web.published.lines import BOTTOM, LEFT, ROWS
from sightline.reference.figures.factors import Factor, YearOfFactors

HEIGHT = 340.0
MARKS = (10_000, 100_000, 300_000)
LEAST_CHILDREN = 2_000
"""Below this the limits are wider than the drawing."""
STEPS = 60


@dataclass(frozen=True, slots=True)
class Funnel:
    """Hold the points of councils (those with nought apart), the chosen one, the lines, and the marks of the axes."""

    points: tuple[tuple[float, float], ...]
    noughts: tuple[tuple[float, float], ...]
    chosen: tuple[float, float] | None
    whole: float
    low: str
    high: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    left: float = LEFT
    right: float = WIDTH - RIGHT
    width: float = WIDTH
    height: float = HEIGHT


def funnel(councils: Sequence[YearOfFactors], whole: YearOfFactors, factor: Factor, chosen: str) -> Funnel:
    """Draw the councils whose rate is known; raises ValueError where the whole has no rate."""
    of_whole = rate(whole, factor)
    if of_whole is None:
        raise ValueError("a plot of councils needs the rate of the whole")
    known = [(one.code, one.children.value or 0, found) for one in councils if (found := rate(one, factor)) is not None]
    step = round_step(max(found for *_, found in known))
    most = max(children for _, children, _ in known)
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT

    def across(children: float) -> float:
        return round(LEFT + sqrt(children / most) * (right - LEFT), 1)

    def up(found: float) -> float:
        return round(max(TOP, bottom - found / (step * ROWS) * (bottom - TOP)), 1)

    places = {code: (across(children), up(found)) for code, children, found in known}
    edge = [LEAST_CHILDREN + (most - LEAST_CHILDREN) * (i / STEPS) ** 2 for i in range(STEPS + 1)]
    curves = [[(across(one), up(limits(round(one), of_whole)[side])) for one in edge] for side in (0, 1)]
    low, high = (" ".join(f"{x},{y}" for x, y in curve if y > TOP) for curve in curves)
    return Funnel(
        points=tuple(places[code] for code, _, found in known if found > 0 and code != chosen),
        noughts=tuple(places[code] for code, _, found in known if found == 0 and code != chosen),
        chosen=places.get(chosen), whole=up(of_whole), low=low, high=high,
        rows=tuple(Tick(up(step * i), f"{step * i:,g}") for i in range(ROWS + 1)),
        columns=tuple(Tick(across(one), f"{one:,}") for one in MARKS if one <= most))

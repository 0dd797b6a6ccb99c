"""Draw when each sign could have been seen: together, by what was told, and by one agency alone. Units of the drawing.

A bar is the time in which all agencies together could see it, a circle when Sightline had been told enough, a diamond
when the first agency could see it alone. Shapes carry it, no colour; the same stands in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.domain.lookback.looking_back import LookBack, Sight
from sightline.domain.lookback.replaying import SignShown
from sightline.domain.vocabulary.moment import day_of, first_instant
from sightline.interfaces.web.chart import WIDTH, Tick

LEFT, RIGHT, TOP, ROW, BOTTOM = 70.0, 20.0, 36.0, 34.0, 44.0
COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what is drawn of one sign: the middle of its row, its bars from x to x, its circle and its diamond."""

    code: str
    y: float
    bars: tuple[tuple[float, float], ...]
    told_x: float | None
    alone_x: float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold the whole drawing; at `recognised_x` somebody first recorded a recognition."""

    rows: tuple[Row, ...]
    columns: tuple[Tick, ...]
    recognised_x: float | None
    height: float
    bottom: float
    left: float = LEFT
    right: float = WIDTH - RIGHT
    width: float = WIDTH


def picture(back: LookBack) -> Picture | None:
    """Draw a look back, or nothing where no sign could be seen."""
    instants = [one.seen_from for sight in back.sights for one in (*sight.stretches, sight.told) if one is not None]
    if not instants:
        return None
    instants += [first_instant(back.recognitions[0].at)] if back.recognitions else []
    scale = _Scale(min(instants), max(back.until, min(instants) + timedelta(days=1)))
    rows = tuple(_row(sight, TOP + ROW * (number + 0.5), scale) for number, sight in enumerate(back.sights))
    bottom = TOP + ROW * len(rows)
    return Picture(
        rows=rows, columns=scale.columns(), height=bottom + BOTTOM, bottom=bottom,
        recognised_x=scale.x(first_instant(back.recognitions[0].at)) if back.recognitions else None)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return round(LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)

    def columns(self) -> tuple[Tick, ...]:
        columns = COLUMNS if self.last - self.first > timedelta(days=COLUMNS) else 2
        steps = [self.first + (self.last - self.first) * number / (columns - 1) for number in range(columns)]
        return tuple(Tick(self.x(at), _short(at)) for at in steps)


def _short(at: datetime) -> str:
    """Say a day in letters that fit on a phone."""
    day = day_of(at)
    return f"{day.day} {day:%b} {day.year}"


def _row(sight: Sight, y: float, scale: _Scale) -> Row:
    return Row(
        code=sight.sign.code, y=y, bars=tuple(_bars(sight.stretches, scale)),
        told_x=scale.x(sight.told.seen_from) if sight.told else None,
        alone_x=scale.x(sight.first_alone[0].seen_from) if sight.first_alone else None)


def _bars(stretches: Sequence[SignShown], scale: _Scale) -> list[tuple[float, float]]:
    """Give the bars, each at least wide enough to be seen."""
    drawn = [(scale.x(one.seen_from), scale.x(one.gone_at or scale.last)) for one in stretches]
    return [(start, max(end - start, 3.0)) for start, end in drawn]

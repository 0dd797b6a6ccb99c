"""Read and write a desk's hours: "Monday to Friday 09:00-17:00", and in rows of (day, opens, closes)."""

import re
from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby

from sightline.domain.duties.rota import BANK_HOLIDAY, DAY_NAMES, HoursRefused, Span

SHORT = {name[:3].lower(): number for number, name in enumerate(DAY_NAMES[:7])} | {"ban": BANK_HOLIDAY}
SPAN = re.compile(
    r"([a-z ]+?)(?:\s*(?:-|to)\s*([a-z ]+?))?\s+(\d{1,2}:\d{2})\s*(?:-|to)\s*(\d{1,2}:\d{2})", re.IGNORECASE)
HOW = "Write hours as mon-fri 09:00-17:00; one line or one --span for each."
Row = tuple[int, str, str]


def read_spans(texts: Iterable[str]) -> tuple[Span, ...]:
    """Read hours such as "mon-fri 09:00-17:00" or "bank holidays 10:00-16:00"; 24:00 is the end of the day.

    Raises HoursRefused.
    """
    return tuple(sorted({span for text in texts if text.strip() for span in _read(text.strip())}))


def _read(text: str) -> list[Span]:
    found = SPAN.fullmatch(text)
    if found is None:
        raise HoursRefused(HOW)
    first, last = _day(found[1]), _day(found[2] or found[1])
    if last < first:
        raise HoursRefused("The first day comes before the last: write sat-sun, and mon-fri on a line of its own.")
    return [Span(day, _time(found[3]), _time(found[4])) for day in range(first, last + 1)]


def _day(text: str) -> int:
    day = SHORT.get(text.strip().lower()[:3])
    if day is None:
        raise HoursRefused(HOW)
    return day


def _time(text: str) -> time:
    hours, minutes = map(int, text.split(":"))
    if (hours, minutes) == (24, 0):
        return time.min
    try:
        return time(hours, minutes)
    except ValueError:
        raise HoursRefused("A time of the day lies between 00:00 and 24:00.") from None


def from_rows(rows: Iterable[Sequence[object]]) -> tuple[Span, ...]:
    """Give the hours back from rows as they are kept."""
    return tuple(Span(int(str(day)), time.fromisoformat(str(opens)), time.fromisoformat(str(closes)))
                 for day, opens, closes in rows)


def to_rows(spans: Iterable[Span]) -> list[Row]:
    """Give the hours as rows to keep."""
    return [(span.day, f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in spans]


def say_hours(spans: Sequence[Span]) -> tuple[str, ...]:
    """Say the hours in words, days with the same hours together; none means always."""
    lines = []
    for _, together in groupby(enumerate(sorted(spans)), key=_run):
        run = [span for _, span in together]
        days = DAY_NAMES[run[0].day] if len(run) == 1 else f"{DAY_NAMES[run[0].day]} to {DAY_NAMES[run[-1].day]}"
        closes = "24:00" if run[0].closes == time.min else f"{run[0].closes:%H:%M}"
        lines.append(f"{days} {run[0].opens:%H:%M} to {closes}")
    return tuple(lines) or ("Always",)


def _run(numbered: tuple[int, Span]) -> tuple[object, ...]:
    """Tell days apart that follow each other with the same hours from those that do not; bank holidays follow none."""
    number, span = numbered
    return span.day - number, span.opens, span.closes, span.day == BANK_HOLIDAY

"""Measure what it costs to say what is owed for one child, at 10, 50 and 200 entries.

`python benchmarks/owed.py` prints a table; times are the best and the middle of many runs, calendars already loaded.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from statistics import median
from time import perf_counter
from typing import Any

from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.owed import owed
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.place import Place
from sightline.domain.vocabulary.timeline import Timeline

Row = tuple[str, float, str]
SIZES = (10, 50, 200)
RUNS = 200
AT = datetime(2026, 6, 20, 12, tzinfo=UTC)
HOME = Place(council="Knowsley", force="Merseyside", lat=53.4, lon=-2.8)
AWAY = Place(council="Blackpool", force="Lancashire", lat=53.8, lon=-3.0)

# One cycle of a troubled life: what agencies tell, with hours since the entry before. Half is what schools tell weekly.
CYCLE: tuple[tuple[int, str, str, Place | None, dict[str, Any]], ...] = (
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 7, "school": "Knowsley Academy"}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 6, "school": "Knowsley Academy"}),
    (72, "school.exclusion", "Knowsley Academy", None,
     {"category": "SUSP", "sessions": 6, "reasons": ["DB"], "school": "Knowsley Academy"}),
    (3, "notice.sent", "Knowsley Academy", None, {"duty": "D-EX-1", "to": "parent"}),
    (40, "decision.made", "Knowsley Academy", None, {"about": "D-EX-12", "outcome": "seen", "reasons": "talked"}),
    (60, "missing.reported", "Merseyside Police", HOME, {"grade": "medium"}),
    (9, "missing.found", "Lancashire Police", AWAY, {}),
    (50, "missing.return-interview", "Knowsley", None, {"offered": True, "held": True}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 5, "school": "Knowsley Academy"}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 5, "school": "Knowsley Academy"}),
    (20, "police.stop", "Merseyside Police", HOME, {"offence": "drugs-possession"}),
    (90, "care.referral", "Merseyside Police", None, {"source": "6"}),
    (26, "care.decision", "Knowsley", None, {"decision": "assessment"}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 5, "school": "Knowsley Academy"}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 5, "school": "Knowsley Academy"}),
    (200, "police.domestic-incident", "Merseyside Police", HOME, {"grade": "standard"}),
    (12, "notice.sent", "Merseyside Police", None, {"duty": "D-ENC", "to": "Knowsley Academy"}),
    (300, "health.not-brought", "Alder Hey", None, {"setting": "clinic"}),
    (24, "charity.contact", "Catch22", None, {"support": "mentor"}),
    (168, "school.attendance", "Knowsley Academy", None, {"possible": 10, "attended": 5, "school": "Knowsley Academy"}),
)


def life(size: int) -> Timeline:
    """Build a life of the given number of entries that ends shortly before the instant asked."""
    cycle = list(islice(_told(), size - 2))
    hours = sum(entry[0] for entry in cycle)
    at = AT - timedelta(hours=hours)
    entries = [
        Entry("born", "amara", "child.born", (AT - timedelta(days=14 * 365)).date(), "Knowsley"),
        Entry("home", "amara", "child.home", at - timedelta(days=30), "Knowsley", place=HOME),
    ]
    for number, (since, kind, by, place, facts) in zip(count(1), cycle, strict=False):
        at += timedelta(hours=since)
        entries.append(Entry(f"e{number}", "amara", kind, at, by, facts, place=place))
    return Timeline.of("amara", entries)


def _told() -> Iterator[tuple[int, str, str, Place | None, dict[str, Any]]]:
    while True:
        yield from CYCLE


def measure(*, full: bool) -> list[Row]:
    """Count what is owed in a life of each size."""
    calendars = Calendars()
    rows: list[Row] = []
    for size in SIZES:
        child, times = life(size), []
        for _ in range(RUNS if full else RUNS // 10):
            began = perf_counter()
            duties = owed(child, at=AT, nation="england", calendars=calendars)
            times.append((perf_counter() - began) * 1000)
        what = f"what is owed in a troubled life of {size} entries"
        rows += [(f"{what}, duties", len(duties), ""), (f"{what}, best", min(times), "ms"),
                 (f"{what}, median", median(times), "ms")]
    return rows


if __name__ == "__main__":
    for told, value, unit in measure(full=True):
        print(f"{told:60} {value:9.3f} {unit}")

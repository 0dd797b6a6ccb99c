"""Count what happened within a window of time, once however many agencies told of it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sightline.domain.signs.finding import Evidence
from sightline.domain.signs.gaps import least_gap
from sightline.domain.vocabulary.entry import Entry

# Two days may differ from two instants by the length of a day and a clock change; nothing further back can count.
SLACK = timedelta(days=2)


def windows(told: Sequence[Evidence], *, days: int) -> Iterator[tuple[Evidence, ...]]:
    """Give, for each piece of evidence in order, those that can lie within so many days before it, itself last."""
    reach = timedelta(days=days)
    first = 0
    for index, evidence in enumerate(told):
        while least_gap(told[first].moment, evidence.moment) > reach + SLACK:
            first += 1
        near = tuple(e for e in told[first:index] if least_gap(e.moment, evidence.moment) <= reach)
        yield (*near, evidence)


def once_told(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries with what several agencies told of one day taken once: from the agency that told the most."""
    if len({entry.by for entry in entries}) < 2:
        return list(entries)
    by_day: dict[date, dict[str, list[Entry]]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, {}).setdefault(entry.by, []).append(entry)
    kept = {entry.id for told in by_day.values() for entry in max(told.values(), key=len)}
    return [entry for entry in entries if entry.id in kept]

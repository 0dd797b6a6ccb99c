"""Count what happened within a window of time, once however many agencies told of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from sightline.domain.signs.finding import Evidence, Finding
from sightline.domain.signs.gaps import earliest, latest, least_gap
from sightline.domain.signs.wording import ordinal
from sightline.domain.vocabulary.entry import Entry

# Among days and instants the gaps need not grow in the order of the timeline: two days of slack cover the length of a
# day and a clock change. Nothing further back can count.
SLACK = timedelta(days=2)
# Nothing is learned from naming more; a feed gone wrong must not make the work grow with the square of its rows.
MOST_NAMED = 100


def windows(told: Sequence[Evidence], *, days: int, since: datetime) -> Iterator[Sequence[Evidence]]:
    """Give, for each piece of evidence since the instant, those that can lie within so many days before it, and it.

    The evidence must be in the order of its moments. What ends a window comes last in it. Of more than a hundred, the
    last hundred are given.
    """
    moments = [evidence.moment for evidence in told]
    reach = timedelta(days=days)
    start = first = 0
    while start < len(moments) and latest(moments[start]) < since:
        start += 1
    if all(isinstance(moment, datetime) and isinstance(moment.tzinfo, timezone) for moment in moments):
        for index in range(start, len(moments)):
            first = max(first, index + 1 - MOST_NAMED)
            while moments[index] - moments[first] > reach:
                first += 1
            yield told[first:index + 1]
        return
    for index in range(start, len(moments)):
        first = max(first, index + 1 - MOST_NAMED)
        while least_gap(moments[first], moments[index]) > reach + SLACK:
            first += 1
        yield [told[i] for i in range(first, index) if least_gap(moments[i], moments[index]) <= reach] + [told[index]]


def repeated(told: Sequence[Evidence], what: str, *, times: int, days: int, since: datetime) -> Iterator[Finding]:
    """Find so many, or more, within so many days; `what` names one of them."""
    for window in windows(told, days=days, since=since) if len(told) >= times else ():
        if len(window) >= times:
            which = f"the {ordinal(len(window))} {what}" if len(window) < MOST_NAMED else f"more than 99 such: {what}"
            yield Finding(window[-1].moment, window, f"{which} in {days} days")


def once_told(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Give the entries with what several agencies told of one day taken once: from the agency that told the most."""
    if len({entry.by for entry in entries}) < 2:
        return entries
    by_day: dict[date, dict[str, list[Entry]]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, {}).setdefault(entry.by, []).append(entry)
    kept = {entry.id for told in by_day.values() for entry in max(told.values(), key=len)}
    return [entry for entry in entries if entry.id in kept]


def in_order(evidence: Evidence) -> tuple[datetime, str]:
    """Order evidence as a timeline orders its entries."""
    return earliest(evidence.entry.at), evidence.entry.id

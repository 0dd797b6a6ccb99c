"""Two agencies tell of one event: which entries only tell again what another one told first.

A duty that starts twice would be owed twice, and one act would leave the other standing late for ever.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import is_day

# A second report, or a second return, within this time and with nothing between is the same one told again. Ours.
SAME_EPISODE_HOURS = 24

MISSING = ("missing.reported", "missing.absent", "missing.found")


def retold(entries: Iterable[Entry]) -> frozenset[str]:
    """Give the ids of entries that tell again what an earlier known entry told."""
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault("missing" if entry.kind in MISSING else entry.kind, []).append(entry)
    again: set[str] = set()
    for kind, same in SAME_EVENT.items():
        again.update(_again(by_kind.get(kind, ()), same))
    return frozenset(again | _again_missing(by_kind.get("missing", ())))


def _again(entries: Iterable[Entry], same: Callable[[Entry, Entry], bool]) -> set[str]:
    first: list[Entry] = []
    again = set()
    for entry in sorted(entries, key=lambda entry: (entry.known_from, entry.id)):
        if any(same(entry, other) for other in first):
            again.add(entry.id)
        else:
            first.append(entry)
    return again


def _again_missing(entries: Iterable[Entry]) -> set[str]:
    """Find second reports of one episode, and second returns from it.

    A telling that knows only the day stands for any telling of its kind that day by another agency; the others follow
    each other, and one that repeats the last with nothing between repeats it.
    """
    again = _again(entries, _same_day_told_otherwise)
    reported: dict[str, Entry] = {}
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry.starts, _is_return(entry), entry.id)):
        if entry.id in again:
            continue
        before = found[-1] if _is_return(entry) and found else reported.get(entry.kind)
        if before is not None and entry.starts - before.ends <= timedelta(hours=SAME_EPISODE_HOURS):
            again.add(_known_later(before, entry).id)
            continue
        if _is_return(entry):
            found.append(entry)
            reported.clear()
        else:
            reported[entry.kind] = entry
            found.clear()
    return again


def _is_return(entry: Entry) -> bool:
    return entry.kind == "missing.found"


def _known_later(one: Entry, other: Entry) -> Entry:
    return max(one, other, key=lambda entry: (entry.known_from, entry.id))


def _same_day_told_otherwise(one: Entry, other: Entry) -> bool:
    return (one.kind == other.kind and one.on == other.on and one.by != other.by
            and (is_day(one.at) or is_day(other.at)))


def _same_exclusion(one: Entry, other: Entry) -> bool:
    return one.on == other.on and one.facts.get("category") == other.facts.get("category")


def _same_day(one: Entry, other: Entry) -> bool:
    return one.on == other.on


def _same_arrest(one: Entry, other: Entry) -> bool:
    if is_day(one.at) or is_day(other.at):
        return one.by != other.by and one.on == other.on
    return one.starts == other.starts and one.by != other.by


SAME_EVENT: dict[str, Callable[[Entry, Entry], bool]] = {
    "school.exclusion": _same_exclusion,
    "care.placement": _same_day,
    "care.placement-ended": _same_day,
    "police.arrest": _same_arrest,
}

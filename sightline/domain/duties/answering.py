"""Which act answers which duty.

An act belongs to the last thing of its kind that happened before it: a notice after the second exclusion is not the
one that was owed for the first. It answers another start only where it names it ("D-EX-1:e7"), or where the rule says
that one act answers all. For notices that precede (placements) it belongs to the nearest start.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sightline.domain.duties.life import ADDRESSES, Life, not_before
from sightline.domain.duties.rule import Answers, Counting, DutyRule
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant

# A notice may be sent this long before the placement that it is about. Ours.
PRECEDES_BY_DAYS = 28


class Started(NamedTuple):
    """Hold one start of a rule: the entry, how it counts, and between which instants unnamed acts belong to it.

    `answered_about` holds what else a decision may be about to answer it: the signs that ask for a look.
    """

    rule: DutyRule
    entry: Entry
    counting: Counting
    since: datetime
    until: datetime | None = None
    answered_about: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """Give the id of the entry that started it."""
        return self.entry.id


def with_windows(rule: DutyRule, starts: Sequence[tuple[Entry, Counting]]) -> list[Started]:
    """Give each start, in order, the time in which acts that name none belong to it."""
    begun = sorted(((first_instant(counting.start), entry.id, entry, counting) for entry, counting in starts),
                   key=lambda start: start[:2])
    instants = [start[0] for start in begun]
    return [Started(rule, entry, counting, *_window(rule, instants, at)) for at, _, entry, counting in begun]


def _window(rule: DutyRule, instants: Sequence[datetime], at: datetime) -> tuple[datetime, datetime | None]:
    later = next((instant for instant in instants if instant > at), None)
    if rule.answers_all:
        return at, None
    if not rule.may_precede:
        return at, later
    earlier = next((instant for instant in reversed(instants) if instant < at), None)
    first = at - timedelta(days=PRECEDES_BY_DAYS)
    since = first if earlier is None else max(first, earlier + (at - earlier) / 2)
    return since, None if later is None else at + (later - at) / 2


def first_answer(
    life: Life, started: Started, *, by: Iterable[str], claim: Answers, on_entry: bool,
) -> Entry | None:
    """Give the first entry of these kinds that answers the start, or None.

    `on_entry`: a decision about the starting entry alone, not naming the duty, counts too.
    """
    first: Entry | None = None
    for act in _answers(life, started, by, on_entry):
        if (first is None or act.starts < first.starts) and claim(life, started.entry, act):
            first = act
    return first


def _answers(life: Life, started: Started, by: Iterable[str], on_entry: bool) -> Iterator[Entry]:
    for kind in by:
        if kind not in life.by_kind:
            continue
        if kind not in ADDRESSES:
            yield from (act for act in life.by_kind.get(kind, ()) if _within(started, act))
            continue
        for about in (started.rule.code, *started.answered_about):
            yield from (act for act in life.by_address.get((kind, about), ()) if _within(started, act))
        for about in _names(life, started, on_entry):
            yield from (act for act in life.by_address.get((kind, about), ()) if _not_too_early(started, act))


def _within(started: Started, act: Entry) -> bool:
    return not_before(act, started.since) and (started.until is None or act.starts < started.until)


def _not_too_early(started: Started, act: Entry) -> bool:
    return started.rule.may_precede or not_before(act, started.since)


def _names(life: Life, started: Started, on_entry: bool) -> Iterator[str]:
    """Give what names this start: code and entry, or the entry alone where that counts.

    The entry is named by its id, or by that of what it corrects or what tells it again: of the same kind and day.
    """
    entry = started.entry
    others = (*life.withdrawn.values(), *life.retold.values())
    same = (told.id for told in others if told.kind == entry.kind and life.on(told) == life.on(entry))
    for entry_id in (entry.id, *same):
        yield f"{started.rule.code}:{entry_id}"
        if on_entry:
            yield entry_id

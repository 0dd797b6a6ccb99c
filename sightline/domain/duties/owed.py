"""What is owed for a child at an instant: every duty that the timeline as then known starts, and how it stands.

A duty is named by its code and the entry that started it; asked again, the same timeline gives the same duties. A duty
that is no longer given has lost its ground (its entry was withdrawn, or the child was found before the 72 hours): close
it as that. A duty that was frozen keeps its limits under whatever edition of the rules comes later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sightline.domain.duties.answering import Started, with_windows
from sightline.domain.duties.calendars import Calendars
from sightline.domain.duties.catalogue import RULES
from sightline.domain.duties.clocks import Where
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.life import Life
from sightline.domain.duties.living import nation_of, nation_then
from sightline.domain.duties.looking import looks_started
from sightline.domain.duties.nations import read_nation
from sightline.domain.duties.passing import passed_started
from sightline.domain.duties.placed import placed_started
from sightline.domain.duties.remembering import Answer, Memory
from sightline.domain.duties.rule import Counting, DutyRule
from sightline.domain.duties.standing import stand, stand_uncounted
from sightline.domain.vocabulary.duty import Duty
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import first_instant
from sightline.domain.vocabulary.sign import Reading
from sightline.domain.vocabulary.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Refused:
    """Say which duty has no date that could be counted, and why, in words; it is owed all the same."""

    code: str
    started_by: str
    because: str


@dataclass(frozen=True, slots=True)
class Owed:
    """Hold what is owed, in the order in which it began; `refused` says which of it no date could be counted for."""

    duties: tuple[Duty, ...]
    refused: tuple[Refused, ...]


def identity(duty: Duty) -> tuple[str, str]:
    """Give what names a duty for ever: its code and the entry that started it."""
    return duty.code, duty.started_by


def owed(
    timeline: Timeline, *, at: datetime, nation: str, calendars: Calendars, reading: Reading | None = None,
    rules: tuple[DutyRule, ...] = RULES, frozen: Iterable[Duty] = (),
) -> tuple[Duty, ...]:
    """Give every duty that is owed for the child, as the timeline was known at the instant.

    `reading` is what the signs show of the same timeline at the same instant. Raises CalendarEnds where a date would
    have to be guessed, UnknownNation, and ReadingOfAnotherTimeline.
    """
    answer = owed_and_refused(
        timeline, at=at, nation=nation, calendars=calendars, reading=reading, rules=rules, frozen=frozen)
    if answer.refused:
        first = answer.refused[0]
        raise CalendarEnds(f"{first.code}, started by {first.started_by}: {first.because}")
    return answer.duties


def owed_and_refused(
    timeline: Timeline, *, at: datetime, nation: str, calendars: Calendars, reading: Reading | None = None,
    rules: tuple[DutyRule, ...] = RULES, frozen: Iterable[Duty] = (), memory: Memory | None = None,
) -> Owed:
    """Give every duty that is owed, also those for which no date can be counted, and say beside them which and why.

    A clock that would pass its calendar refuses; its duty stands open without a limit, so that a person counts it.
    Where `nation` is the one that the timeline itself tells, each duty lies under the law of the nation in which it
    began; another nation is the caller's question, and answered as that. With a `memory` of what was asked of the same
    child before only what can differ is asked again.

    Raises UnknownNation and ReadingOfAnotherTimeline.
    """
    life = Life.known_at(timeline, at=at, where=Where(read_nation(nation), calendars))
    kept = {identity(duty): duty for duty in frozen}
    crossing = life.where.nation is nation_of(timeline)
    if memory is not None:
        memory.begin(life, nation=life.where.nation, crossing=crossing)
    answers: list[Answer] = []
    for rule in rules:
        ask = partial(_of_rule, rule=rule, reading=reading, kept=kept, crossing=crossing)
        answers.append(ask(life) if memory is None or rule.with_signs or kept else memory.of(rule, life, ask))
    answers.append(_answer(life, _without_entries(life, rules, reading), kept))
    duties = sorted((duty for answer in answers for duty in answer.duties),
                    key=lambda duty: (first_instant(duty.started_at), duty.code, duty.started_by))
    return Owed(tuple(duties), tuple(Refused(*refused) for answer in answers for refused in answer.refused))


def _of_rule(
    life: Life, *, rule: DutyRule, reading: Reading | None, kept: Mapping[tuple[str, str], Duty], crossing: bool,
) -> Answer:
    """Give what entries make of a rule; `crossing` judges each by the nation of its own day and place."""
    entries = [entry for kind in rule.started_by for entry in life.by_kind.get(kind, ())]
    if rule.may_precede:
        entries += [entry for entry in life.coming if entry.kind in rule.started_by]
    if rule.with_signs:
        entries = [one for one in entries if (rule.code, one.id) in kept or _signs_showed(reading, one)]
    entries = [one for one in entries if rule.holds_in(
        nation_then(life, one, rule.owed_by) if crossing else life.where.nation)]
    if not entries:
        return Answer((), ())
    refused: list[Refused] = []
    return _answer(life, with_windows(rule, list(_starting(life, rule, entries, refused))), kept, refused)


def _without_entries(life: Life, rules: tuple[DutyRule, ...], reading: Reading | None) -> Iterator[Started]:
    """Give what several entries start together, or what the signs ask for."""
    yield from placed_started(life, reading, rules)
    yield from passed_started(life, rules)
    if reading is not None:
        yield from looks_started(life, reading, rules)


def _answer(
    life: Life, all_started: Iterable[Started], kept: Mapping[tuple[str, str], Duty], refused: Iterable[Refused] = (),
) -> Answer:
    """Say how each duty stands; where its clock refuses, without a limit, and note that."""
    duties: list[Duty] = []
    not_counted = list(refused)
    for started in all_started:
        because = next((r.because for r in not_counted if (r.code, r.started_by) == (started.rule.code, started.id)),
                       None)
        duties.append(_standing(life, started, kept.get((started.rule.code, started.id)), because, not_counted))
    return Answer(tuple(duties), tuple((one.code, one.started_by, one.because) for one in not_counted))


def _standing(
    life: Life, started: Started, frozen: Duty | None, because: str | None, refused: list[Refused],
) -> Duty:
    try:
        if because is None or (frozen is not None and frozen.due_at is not None):
            return stand(life, started, frozen=frozen)
    except CalendarEnds as why:
        because = str(why)
        refused.append(Refused(started.rule.code, started.id, because))
    return stand_uncounted(life, started, because=str(because))


def _signs_showed(reading: Reading | None, entry: Entry) -> bool:
    """Tell whether a sign showed by the time of an entry; a duty that began so stays when the sign is over."""
    return reading is not None and any(first_instant(sign.first_at) <= entry.starts for sign in reading.signs)


def _starting(
    life: Life, rule: DutyRule, entries: Iterable[Entry], refused: list[Refused],
) -> Iterator[tuple[Entry, Counting]]:
    for entry in entries:
        on = life.on(entry)
        if not rule.holds_on(on) or (rule.children_only and life.adult_on(on)):
            continue
        try:
            if rule.when(life, entry):
                yield entry, Counting(entry.at) if rule.counting is None else rule.counting(life, entry)
        except CalendarEnds as why:
            # Whether it is owed, or from when, rests on days that nobody knows: a person must say, so it stands.
            refused.append(Refused(rule.code, entry.id, str(why)))
            yield entry, Counting(entry.at)


"""How one duty stands at an instant: due when, met by what, open, late or missed, and why, in words."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sightline.domain.duties.answering import Started, first_answer
from sightline.domain.duties.clocks import hours_after, limit
from sightline.domain.duties.days import CalendarEnds
from sightline.domain.duties.life import Life
from sightline.domain.duties.parts import name_of, names_of
from sightline.domain.duties.rule import Basis, DutyRule
from sightline.domain.duties.saying import say, say_end
from sightline.domain.vocabulary.duty import Duty, DutyState
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment, first_instant, is_day, last_instant

# Within so many hours somebody looks at a duty for which no date can be counted: our own choice.
COUNTED_BY_A_PERSON_HOURS = 24


class Due(NamedTuple):
    """Hold when a duty is due: the limit of law or guidance, the local target, and how both were counted."""

    at: Moment | None
    target_at: Moment | None
    estimated: bool
    words: str

    @property
    def deadline(self) -> Moment | None:
        """Give what makes the duty late: the limit, or the local target where the law gives no number."""
        return self.target_at if self.at is None else self.at


def stand(life: Life, started: Started, *, frozen: Duty | None) -> Duty:
    """Say how the duty stands; a frozen one keeps its limits and its edition, whatever the rule says now.

    Only a duty that has no date yet, or an estimated one under the same edition, is counted anew.

    Raises CalendarEnds.
    """
    rule = started.rule
    if frozen is not None and not _is_fixed(frozen, rule):
        frozen = None
    return _duty(life, started, due_of(life, started) if frozen is None else _kept(frozen), frozen=frozen)


def stand_uncounted(life: Life, started: Started, *, because: str) -> Duty:
    """Say how a duty stands for which no date can be counted: it is open, and a person must say by when it is due.

    `because` says why. Until the calendar is known the only target is our own: that somebody looks within a day.
    """
    try:
        target: Moment | None = hours_after(started.counting.start, COUNTED_BY_A_PERSON_HOURS)
    except CalendarEnds:
        target = None
    words = f"{because} A person must say by when it is due, or that it is not owed."
    if target is not None:
        words = f"{words} Local target for that, not the law's: {say(target)}."
    # Nobody knows whether the limit has passed, so nothing can be called missed.
    unlimited = started._replace(rule=replace(started.rule, one_chance=False))
    return _duty(life, unlimited, Due(None, target, estimated=True, words=words), frozen=None)


def _duty(life: Life, started: Started, due: Due, *, frozen: Duty | None) -> Duty:
    rule, entry = started.rule, started.entry
    state, act, words = _state(life, started, due)
    deadline = due.deadline
    owing = rule.owed_by
    if rule.owed_by_if_looked_after is not None and life.looked_after(entry) is not None:
        owing = rule.owed_by_if_looked_after
    owed_by = name_of(owing, life, entry)
    return Duty(
        code=rule.code, what=rule.what, part=owing, owed_by=owed_by,
        owed_to=names_of(rule.owed_to, life, entry, owing=owed_by), started_by=entry.id,
        started_at=_started_at(started) if frozen is None else frozen.started_at,
        due_at=due.at, local_target_at=due.target_at, estimated=due.estimated,
        state=state, met_by=None if act is None else act.id, met_at=None if act is None else _met_at(rule, act),
        authority=rule.authority, verified=rule.verified, edition=rule.edition if frozen is None else frozen.edition,
        explanation=f"{due.words} {words}",
        look_again_at=last_instant(deadline) if state is DutyState.OPEN and deadline is not None else None,
    )


def due_of(life: Life, started: Started) -> Due:
    """Count when a duty is due.

    Raises CalendarEnds.
    """
    rule, counting = started.rule, started.counting
    clock = counting.clock or rule.clock
    where = replace(life.where, school=life.school_of(started.entry)) if clock.of_school else life.where
    counted = limit(clock, counting.start, where=where, event=counting.event)
    words = " ".join(filter(None, (counted.explanation, counting.note)))
    if clock.local_target is not None:
        target = hours_after(counting.start, clock.local_target.number)
        return Due(None, target, is_day(counting.start), f"{words} Local target, not the law's: {say(target)}.")
    if rule.basis is Basis.LOCAL:
        return Due(None, counted.at, counted.estimated, f"{words} A local target, not a limit in law.")
    return Due(counted.at, None, counted.estimated, words)


def _is_fixed(frozen: Duty, rule: DutyRule) -> bool:
    has_date = frozen.due_at is not None or frozen.local_target_at is not None
    return has_date and (not frozen.estimated or frozen.edition != rule.edition)


def _kept(frozen: Duty) -> Due:
    deadline = frozen.local_target_at if frozen.due_at is None else frozen.due_at
    until = "no date" if deadline is None else say_end(deadline)
    words = f"As counted under edition {frozen.edition}: {until}."
    return Due(frozen.due_at, frozen.local_target_at, frozen.estimated, words)


def _started_at(started: Started) -> Moment:
    """Give when it began: what must precede an event begins when the event was known, if that was before it."""
    known = started.entry.known_from
    if started.rule.may_precede and known < first_instant(started.counting.start):
        return known
    return started.counting.start


def _state(life: Life, started: Started, due: Due) -> tuple[DutyState, Entry | None, str]:
    rule = started.rule
    act = first_answer(life, started, by=rule.met_by, claim=rule.met_when, on_entry=rule.answered_on_entry)
    if act is not None:
        return _met(rule, act, due.deadline)
    for ending in rule.endings:
        end = first_answer(life, started, by=ending.by, claim=ending.when, on_entry=ending.on_entry)
        if end is not None:
            return ending.state, end, f"{ending.words}: {end.id}, {say(end.at)}."
    if due.deadline is None or not is_over(due.deadline, at=life.at):
        return DutyState.OPEN, None, "Not met yet."
    told_late = _told_late(started.entry, due.deadline)
    if rule.one_chance:
        return DutyState.MISSED, None, f"Not met in time, and it can no longer be.{told_late}"
    return DutyState.LATE, None, f"Not met in time.{told_late}"


def _met_at(rule: DutyRule, act: Entry) -> Moment:
    return act.until if rule.met_at_end and act.until is not None else act.at


def _met(rule: DutyRule, act: Entry, deadline: Moment | None) -> tuple[DutyState, Entry, str]:
    at = _met_at(rule, act)
    done = f"{act.id}, {say(at)}"
    if deadline is None:
        return DutyState.MET, act, f"Met by {done}."
    if in_time(at, deadline):
        return DutyState.MET, act, f"Met in time by {done}."
    if rule.one_chance:
        return DutyState.MISSED, act, f"Missed: done only by {done}, when it was too late."
    return DutyState.MET, act, f"Met late by {done}."


def _told_late(entry: Entry, deadline: Moment) -> str:
    if entry.recorded_at is None or not is_over(deadline, at=entry.recorded_at.astimezone(UTC)):
        return ""
    return f" This system was told only on {say(entry.recorded_at)}."


def is_over(deadline: Moment, *, at: datetime) -> bool:
    """Tell whether a limit has passed: a day at its end, an instant when it is reached."""
    return at >= last_instant(deadline).astimezone(UTC)


def in_time(met_at: Moment, deadline: Moment) -> bool:
    """Tell whether an act was in time, or may have been where only its day or the limit's is known."""
    first, last = first_instant(met_at).astimezone(UTC), last_instant(deadline).astimezone(UTC)
    return first < last if is_day(deadline) else first <= last


def met_late(duty: Duty) -> bool:
    """Tell whether a duty was met after its limit, or after the local target where there is no limit."""
    deadline = duty.local_target_at if duty.due_at is None else duty.due_at
    return (duty.state is DutyState.MET and duty.met_at is not None and deadline is not None
            and not in_time(duty.met_at, deadline))

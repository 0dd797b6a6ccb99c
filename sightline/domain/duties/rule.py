"""One row of the law: what starts a duty, who owes what to whom, by which clock, and what meets it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sightline.domain.duties.clock import Clock
from sightline.domain.duties.life import Life
from sightline.domain.duties.nations import Nation
from sightline.domain.vocabulary.duty import DutyState, Part
from sightline.domain.vocabulary.entry import Entry
from sightline.domain.vocabulary.moment import Moment


class Basis(StrEnum):
    """Say whose number the clock is: the law's, guidance's, or a target that a partnership sets for itself."""

    LAW = "law"
    GUIDANCE = "guidance"
    LOCAL = "local target"


@dataclass(frozen=True, slots=True)
class Step:
    """Say who is told when part of the time is gone: `percent` of the way from the start to the limit."""

    percent: int
    to: str


ESCALATION = (Step(50, "owner"), Step(100, "named manager"), Step(150, "director"))


class Counting(NamedTuple):
    """Say how one duty counts where that follows from the entries: from when, by which clock, before which event."""

    start: Moment
    clock: Clock | None = None
    event: Moment | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """Say what ends a duty other than meeting it, which state is then shown, and in which words.

    `on_entry`: a decision about the starting entry alone ends it too.
    """

    by: tuple[str, ...]
    when: "Answers"
    state: DutyState
    words: str
    on_entry: bool = False


Starts = Callable[[Life, Entry], bool]
Counts = Callable[[Life, Entry], Counting]
Answers = Callable[[Life, Entry, Entry], bool]


@dataclass(frozen=True, slots=True)
class DutyRule:
    """Hold one duty as data.

    `started_by` are the kinds of entry that can start it, `when` the claim about such an entry that must hold.
    `met_by` are the kinds that can meet it, `met_when` the claim about the starting entry and the act. The first
    sentence of each claim's docstring is printed in the catalogue. A rule holds for entries from `valid_from` to
    `valid_to`; one that has not commenced is shown as coming, one that `waits_for` records which nobody can tell yet
    is shown as waiting; neither ever starts. No duty pauses.

    A notice or decision counts where it names the duty's code ("D-EX-4"), or code and starting entry ("D-EX-4:e7");
    `answered_on_entry`: a decision about the starting entry alone ("e7") counts too.
    `met_at_end`: the act counts from its end (`until`), not from when it began.
    `one_chance`: once the limit is past it can no longer be met. `answers_all`: one act answers every earlier start,
    not only the last. `may_precede`: the act may come before the entry that starts it (notice of a placement).
    `with_signs`: it starts only where a warning sign showed by the time of the entry, by the reading given beside.
    `children_only`: nothing is owed for whom the agencies knew to be 18.
    """

    code: str
    title: str
    what: str
    owed_by: Part
    owed_to: tuple[Part | str, ...]
    nations: frozenset[Nation]
    valid_from: date
    clock: Clock
    basis: Basis
    authority: str
    sources: tuple[str, ...]
    evidence: tuple[str, ...]
    verified: bool
    edition: str
    started_by: tuple[str, ...]
    when: Starts
    met_by: tuple[str, ...]
    met_when: Answers
    valid_to: date | None = None
    commenced: bool = True
    waits_for: str | None = None
    counting: Counts | None = None
    endings: tuple[Ending, ...] = ()
    owed_by_if_looked_after: Part | None = None
    answered_on_entry: bool = False
    met_at_end: bool = False
    one_chance: bool = False
    answers_all: bool = False
    may_precede: bool = False
    with_signs: bool = False
    children_only: bool = True
    escalation: tuple[Step, ...] = ESCALATION
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    @property
    def starts(self) -> bool:
        """Tell whether it can start at all: it is in force, and what starts it can be told."""
        return self.commenced and self.waits_for is None

    def holds_in(self, nation: Nation) -> bool:
        """Tell whether the rule is law (or our own rule) in the nation, on some day."""
        return self.starts and nation in self.nations

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule holds for what was on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def first_sentence(claim: Callable[..., object]) -> str:
    """Give the first sentence of a claim's docstring: the words that the catalogue prints."""
    return (claim.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")

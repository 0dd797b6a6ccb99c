"""The victim screen before an interview: what is asked, what the officer sees, and how it may end, as tables.

It stands apart from any thought of a charge: nothing of one is asked or kept here. There is no score and no sum: people
read the answers, and one of them decides with reasons. The database refuses a decision by the same rows (`kept_as`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

EDITION = "2026-11"
"""The edition of the questions; other words, or other questions, are another edition."""

CODE = "D-ARR-4-SCREEN"
"""The duty that a decision answers."""


class Heard(StrEnum):
    """Say what came of one question."""

    YES = "yes"
    NO = "no"
    SILENT = "no answer"


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question; `of_child` where the child is asked, else the officer says what was seen."""

    code: str
    words: str
    of_child: bool
    source: str
    verified: bool


QUESTIONS: tuple[Question, ...] = (
    Question("safe", "Is there anywhere, or anybody, you do not feel safe with?", True, "OURS", False),
    Question("made", "Did anybody ask you, tell you or make you do what you were arrested for?", True, "OURS", False),
    Question("debt", "Do you owe anybody money or things, or does somebody say that you do?", True, "OURS", False),
    Question("threat", "Has anybody hurt or threatened you, or somebody you care about?", True, "OURS", False),
    Question("given", "Has anybody given you a phone, money, clothes, drugs, a lift or a place to stay?", True, "OURS",
             False),
    Question("away", "Have you stayed away from home, and was somebody there who told you what to do?", True, "OURS",
             False),
    Question("body", "Has anybody touched you, or made you do or carry something with your body, against your will?",
             True, "OURS", False),
    Question("after", "What happens to you if you leave here without the money, the phone or the things?", True, "OURS",
             False),
    Question("far", "The child was found far from home, or cannot say how they came there", False, "HM2", False),
    Question("carried", "The child carries phones, cash, tickets or drugs that they cannot explain", False, "HM2",
             False),
    Question("adult", "Somebody older waits, rings or messages, speaks for the child, or sent a solicitor", False,
             "OURS", False),
    Question("marks", "There are injuries, old or new, or signs of hunger or no sleep", False, "OURS", False),
)
QUESTION_CODES = frozenset(question.code for question in QUESTIONS)


class Outcome(StrEnum):
    """Name how a screen ends, as entries tell it (decision.made); the last one ends nothing."""

    VICTIM = "possible victim"
    NO_SIGN = "no sign found"
    NOT_ASKED = "could not be asked"


OUTCOME_WORDS = {
    Outcome.VICTIM: "Treat the child as a possible victim",
    Outcome.NO_SIGN: "No sign of exploitation found",
    Outcome.NOT_ASKED: "The child could not be asked: ask again before the interview",
}
ENDS = frozenset({Outcome.VICTIM, Outcome.NO_SIGN})
"""After these the child has been screened; what could not be asked is asked again."""

HEARS_IN_FORCE = ("custody-sergeant", "duty-manager", "police-safeguarding")
HEARS_IN_COUNCIL = ("duty-manager", "social-worker")
"""Roles that read what a child said: of the force that asked, and of a council that sees the child's whole record."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Hold what a decision of a screen rests on.

    `talked` where the child was asked; `alone` whether without others but the appropriate adult, and `why_not_alone`.
    `shown` are the signs that stood on the page, `answered` those of them to which the officer said something.
    """

    outcome: Outcome | None = None
    reasons: str = ""
    talked: bool = False
    alone: bool = False
    why_not_alone: str = ""
    shown: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScreenCondition:
    """Hold what a decision needs: its code, what to do where it lacks, and the same claim in SQL.

    In `kept_as` is `d` the decision, `talk` the newest talk with the child (all NULL where there is none).
    """

    code: str
    title: str
    refusal: str
    holds: Callable[[Screen], bool]
    kept_as: str


def _said(text: str) -> bool:
    return bool(text.strip())


def _has_reasons(screen: Screen) -> bool:
    return screen.outcome is not None and _said(screen.reasons)


def _was_asked(screen: Screen) -> bool:
    return screen.outcome is not Outcome.NO_SIGN or screen.talked


def _alone_or_why(screen: Screen) -> bool:
    return screen.outcome is not Outcome.NO_SIGN or not screen.talked or screen.alone or _said(screen.why_not_alone)


def _each_sign_answered(screen: Screen) -> bool:
    return screen.outcome is not Outcome.NO_SIGN or screen.shown <= screen.answered


CONDITIONS: tuple[ScreenCondition, ...] = (
    ScreenCondition(
        "reasons", "An outcome with reasons", "Choose an outcome and say why.", _has_reasons,
        "d.outcome is not null and btrim(d.reasons) <> ''"),
    ScreenCondition(
        "asked", "The child was asked",
        "Ask the child first, and record what they said. If that cannot be done now, choose that the child could not "
        "be asked.", _was_asked, "d.outcome <> 'no sign found' or talk.id is not null"),
    ScreenCondition(
        "alone", "The child was seen alone, or it is said why not",
        "Speak with the child alone, with the appropriate adult only, and record it; or record why that was not "
        "possible.",
        _alone_or_why,
        "d.outcome <> 'no sign found' or talk.id is null or talk.alone or btrim(talk.why_not_alone) <> ''"),
    ScreenCondition(
        "signs", "Each sign shown has an answer",
        "Signs stand on this page. Say for each of them why it does not speak for exploitation; or treat the child as "
        "a possible victim.", _each_sign_answered,
        "d.outcome <> 'no sign found' or not exists (select 1 from jsonb_array_elements(d.shown) s"
        " where btrim(coalesce(d.answers ->> (s ->> 'code'), '')) = '')"),
)


def refusals(screen: Screen) -> tuple[ScreenCondition, ...]:
    """Give what a decision still lacks; none means that it may be recorded."""
    return tuple(condition for condition in CONDITIONS if not condition.holds(screen))

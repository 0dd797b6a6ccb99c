"""Keep talks with a child in custody, and decide the victim screen; nothing of a charge is asked or kept here."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.custody import path
from sightline.apps.custody.models import ScreenDecision, ScreenTalk
from sightline.apps.custody.telling import tell_of
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.custody.screen import (
    CODE,
    EDITION,
    ENDS,
    QUESTION_CODES,
    Heard,
    Outcome,
    Screen,
    ScreenCondition,
    refusals,
)
from sightline.domain.intake.row import Told

NOT_OURS = "Only the force that holds the child screens the child. Open the child's page again."
MEANWHILE = "Somebody else has just decided this screen. Read their decision first; yours can then be added."


class ScreenRefused(ValueError):
    """What was asked of a screen cannot be done; the message says what to do instead, in words."""

    def __init__(self, words: str, conditions: tuple[ScreenCondition, ...] = ()) -> None:
        super().__init__(words)
        self.conditions = conditions


@dataclass(frozen=True, slots=True)
class Talk:
    """Hold what a child was asked and said, and how the child seemed; `answers` by the code of the question."""

    alone: bool
    why_not_alone: str
    adult: str
    words: str
    mood: str
    injuries: str
    answers: Mapping[str, tuple[Heard, str]]
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class SignSeen:
    """Hold one sign that stood on the page, in its words at that time."""

    code: str
    title: str
    reasons: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """Hold a decision: its outcome with reasons, what stood on the page, and what was said to each sign.

    `shown` are the signs, `facts` ids of entries with their words. `seen` is the number of the newest decision that
    the officer had read, 0 where there was none.
    """

    outcome: Outcome
    reasons: str
    shown: Sequence[SignSeen]
    facts: Sequence[tuple[str, str]]
    answers: Mapping[str, str]
    seen: int


def talk(*, acting: Acting, event: EventFacts, told: Talk, at: datetime) -> None:
    """Keep a talk with the child. Raises ScreenRefused."""
    answers = {code: {"heard": heard.value, "words": words} for code, (heard, words) in told.answers.items()
               if code in QUESTION_CODES}
    try:
        with transaction.atomic():
            ScreenTalk.objects.create(
                event_id=event.id, agency_id=acting.agency, asked_by_id=acting.officer, asked_at=told.asked_at,
                noted_at=at, edition=EDITION, alone=told.alone, why_not_alone=told.why_not_alone, adult=told.adult,
                words=told.words, mood=told.mood, injuries=told.injuries, answers=answers)
    except IntegrityError:
        raise ScreenRefused(NOT_OURS) from None


def decide(*, acting: Acting, event: EventFacts, deciding: Deciding, at: datetime) -> None:
    """Decide the screen; it becomes an entry where that ends it, and meets D-ARR-4-SCREEN. Raises ScreenRefused."""
    newest = ScreenTalk.objects.filter(event_id=event.id).order_by("-noted_at", "id").first()
    screen = Screen(
        outcome=deciding.outcome, reasons=deciding.reasons, talked=newest is not None,
        alone=newest is not None and newest.alone, why_not_alone=newest.why_not_alone if newest else "",
        shown=frozenset(one.code for one in deciding.shown),
        answered=frozenset(code for code, words in deciding.answers.items() if words.strip()))
    if failing := refusals(screen):
        raise ScreenRefused("The screen cannot be decided so yet.", failing)
    try:
        with transaction.atomic():
            _keep(acting, event, deciding, at=at)
    except IntegrityError as refused:
        meanwhile = "one_screen_decision_at_a_time" in str(refused)
        raise ScreenRefused(MEANWHILE if meanwhile else NOT_OURS) from None


def _keep(acting: Acting, event: EventFacts, deciding: Deciding, *, at: datetime) -> None:
    number = deciding.seen + 1
    entry = None
    if deciding.outcome in ENDS:
        key = f"screen/{event.id}/{number}"
        told = Told("decision.made", at, key, {
            "about": CODE, "outcome": deciding.outcome.value, "reasons": deciding.reasons})
        entry = tell_of(acting, event.person, told, at=at).get(key)
        if entry is None:
            raise ScreenRefused(MEANWHILE)
    ScreenDecision.objects.create(
        event_id=event.id, number=number, agency_id=acting.agency, decided_by_id=acting.officer, decided_at=at,
        edition=EDITION, outcome=deciding.outcome.value, reasons=deciding.reasons, entry_id=entry,
        shown=[{"code": one.code, "title": one.title, "reasons": list(one.reasons), "because": list(one.because)}
               for one in deciding.shown],
        facts=[{"id": id_, "words": words} for id_, words in deciding.facts], answers=dict(deciding.answers))
    if entry is not None:
        _on_the_path(acting, event, entry, at=at)


def _on_the_path(acting: Acting, event: EventFacts, entry: UUID, *, at: datetime) -> None:
    """Note the screen on the custody path; a child who has left custody meanwhile is screened all the same."""
    with suppress(path.PathRefused):
        path.note(acting=acting, event=event.id, code="screened", entry=entry, taken=path.Taken(at, {}), at=at)

"""Ask what a child in custody was asked and said, and how the victim screen was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.apps.custody.models import ScreenDecision, ScreenTalk
from sightline.domain.custody.screen import ENDS, Heard, Outcome


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """Hold one talk as people read it; `answers` by the code of the question."""

    asked_at: datetime
    asked_by: str
    agency: str
    alone: bool
    why_not_alone: str
    adult: str
    words: str
    mood: str
    injuries: str
    answers: Mapping[str, tuple[Heard, str]]


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """Hold one decision of a screen as people read it; `shown` and `facts` as they stood on the page then."""

    number: int
    agency: str
    decided_by: str
    decided_by_id: UUID
    decided_at: datetime
    outcome: Outcome
    reasons: str
    shown: Sequence[Mapping[str, Any]]
    facts: Sequence[Mapping[str, str]]
    answers: Mapping[str, str]

    @property
    def ends(self) -> bool:
        """Tell whether the child has been screened by it."""
        return self.outcome in ENDS


def talks_of(event_id: UUID, *, most: int) -> list[TalkFacts]:
    """List the talks with a child about one event, the newest first, for those who may hear the child."""
    rows = ScreenTalk.objects.filter(event_id=event_id).select_related("asked_by", "agency").order_by("-noted_at", "id")
    return [TalkFacts(t.asked_at, t.asked_by.name, t.agency.name, t.alone, t.why_not_alone, t.adult, t.words, t.mood,
                      t.injuries, {code: (Heard(told["heard"]), told["words"]) for code, told in t.answers.items()})
            for t in rows[:most]]


def screens_of(event_id: UUID, *, most: int) -> list[ScreenFacts]:
    """List the decisions of an event's screen, the newest first."""
    rows = ScreenDecision.objects.filter(event_id=event_id).select_related("decided_by", "agency").order_by("-number")
    return [ScreenFacts(d.number, d.agency.name, d.decided_by.name, d.decided_by_id, d.decided_at, Outcome(d.outcome),
                        d.reasons, d.shown, d.facts, d.answers) for d in rows[:most]]

"""Say what a hypothesis about a place is: a person does, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.places.models import Grounds, Judgement
from sightline.domain.access.roles import require_may
from sightline.domain.access.verbs import Verb
from sightline.domain.places.judging import STEPS, Judged


class JudgementRefused(ValueError):
    """Say why a judgement is refused; the message says what to do next."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class JudgementNeedsReason(JudgementRefused):
    """Say in a sentence why. It is kept with your name, and whoever looks next reads it."""


class AlreadyJudged(JudgementRefused):
    """Somebody has said something of this meanwhile, or its grounds have changed. Read it again, then decide."""


def judge(
    *, acting: Acting, hypothesis: UUID, judged: Judged, reason: str, seen: int, grounds: int, at: datetime
) -> None:
    """Keep what a person says of a hypothesis; `seen` and `grounds` number what the person had before the eyes.

    Raises RoleNotAllowed, JudgementNeedsReason, AlreadyJudged (somebody was first, the grounds changed, or the
    hypothesis is not to be seen).
    """
    require_may(acting.role, Verb.JUDGE_PLACE)
    if not reason.strip():
        raise JudgementNeedsReason
    current = Grounds.objects.filter(hypothesis_id=hypothesis).order_by("-number").first()
    last = Judgement.objects.filter(hypothesis_id=hypothesis).order_by("-number").first()
    before = Judged(last.judged) if last else Judged.OPEN
    number = last.number if last else 0
    if current is None or (number, current.number) != (seen, grounds) or (before, judged) not in STEPS:
        raise AlreadyJudged
    try:
        with transaction.atomic():
            Judgement.objects.create(
                hypothesis_id=hypothesis, number=number + 1, grounds=current, judged=judged.value,
                reason=reason.strip(), officer_id=acting.officer, agency_id=acting.agency, at=at)
    except IntegrityError:
        raise AlreadyJudged from None

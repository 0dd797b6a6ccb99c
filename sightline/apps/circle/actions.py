"""Say what a link in a child's circle is: a person does, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.circle.models import Judgement, Touch
from sightline.apps.record.actions import note_news
from sightline.domain.access.roles import require_may
from sightline.domain.access.verbs import Verb
from sightline.domain.circle.judging import STEPS, Judged


class LinkRefused(ValueError):
    """Say why what somebody said of a link is refused; the message says what to do next."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class LinkNeedsReason(LinkRefused):
    """Say in a sentence why. It is kept with your name, and whoever looks next reads it."""


class LinkChanged(LinkRefused):
    """Somebody has said something of this link meanwhile, or it is no longer told. Open the circle again."""


def judge_link(*, acting: Acting, touch: UUID, judged: Judged, reason: str, seen: int, at: datetime) -> UUID:
    """Keep what a person says of a link and give the child; `seen` numbers what was said before, as the person saw it.

    The child and the neighbours are read again, for a dismissed link makes no sign. Raises RoleNotAllowed,
    LinkNeedsReason, LinkChanged (somebody was first, or it is not to be seen).
    """
    require_may(acting.role, Verb.JUDGE_LINK)
    if not reason.strip():
        raise LinkNeedsReason
    found = Touch.objects.filter(pk=touch).first()
    if found is None:
        raise LinkChanged
    last = Judgement.objects.filter(
        person_id=found.person_id, kind=found.kind, key=found.key).order_by("-number").first()
    number, before = (last.number, Judged(last.judged)) if last else (0, Judged(found.judged))
    if number != seen or (before, judged) not in STEPS:
        raise LinkChanged
    try:
        with transaction.atomic():
            Judgement.objects.create(
                person_id=found.person_id, kind=found.kind, key=found.key, number=number + 1, judged=judged.value,
                reason=reason.strip(), officer_id=acting.officer, agency_id=acting.agency, at=at)
    except IntegrityError:
        raise LinkChanged from None
    note_news([found.person_id], at=at)
    return found.person_id

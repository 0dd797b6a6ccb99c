"""Decide to share, in tests: a decision that can stand, of which each test changes what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sightline.apps.access.acting import Acting
from sightline.apps.access.queries import agency_book
from sightline.apps.disclosure.actions import Draft, disclose
from sightline.domain.disclosure.weighing import Outcome, ToldOf, Weighed
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.agency import AgencyKind
from sightline.interfaces.web.child.acts import record

NOTHING: tuple[UUID, ...] = ()


def weighed(*recipients: AgencyKind, at: datetime, **changed: object) -> Weighed:
    """Give a decision to share that lacks nothing."""
    made = Weighed(
        outcome=Outcome.SHARE, recipients=recipients, items=1, purpose="Look out for her", gateway="GW-10/11",
        facilitates=True, facilitates_because="They patrol where she goes", harms=False,
        harms_because="Nobody who hurts her hears of it", told=ToldOf.CHILD, told_because="", checked_on=at.date(),
        leak_harms="Nobody", until=at + timedelta(days=180))
    return replace(made, **changed)  # type: ignore[arg-type]


def share_with(
    acting: Acting, person: UUID, *to: str, entries: Sequence[UUID] = NOTHING, at: datetime | None = None,
    signs: Sequence[tuple[str, str]] = (), summary: str = "", words: str = "", about: str = "",
    request: UUID | None = None, replaces: UUID | None = None, **changed: object,
) -> UUID:
    """Record a decision as the officer at work, and what hangs on it; gives the disclosure."""
    now = at or datetime.now(UTC)
    book = agency_book()
    recipients = [book.by_id[one.id] for name in to if (one := book.named(name)) is not None]
    assert len(recipients) == len(to)
    kinds = [AgencyKind(one.kind) for one in recipients]
    if changed.get("outcome") is Outcome.REFUSE:
        changed = {"until": None, "gateway": "", "told": None, **changed}
    items = len(entries) + len(signs) + bool(summary)
    draft = Draft(
        person=person, weighed=weighed(*kinds, at=now, **{"items": items, **changed}), recipients=recipients,
        entries=entries, signs=signs, summary=summary, words=words, about=about, request=request, replaces=replaces)
    facts = {"outcome": draft.weighed.outcome.value, "reasons": draft.weighed.purpose}
    facts |= {"about": about} if about else {}
    decision = record(acting, person, Told("decision.made", now, f"share/{uuid4()}", facts), at=now)
    return disclose(draft, decision=decision, at=now)

"""Take a step of the custody path: it becomes an entry, and the database moves custody on or refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from sightline.apps.access.acting import Acting
from sightline.apps.custody.models import CustodyRecord, PathStep
from sightline.apps.people.actions import own_identity
from sightline.apps.record.actions import Origin, Telling, append
from sightline.apps.responsibility.queries import EventFacts
from sightline.domain.custody.path import STEP, CustodyState, may_be_excepted, words_of
from sightline.domain.intake.row import Told
from sightline.domain.vocabulary.place import Place

NO_RECORD = "There is no custody record yet: the arrest is being read. Open the page again in a moment."
DONE_ALREADY = "This was recorded at this very moment already. Open the page again."
REFUSED = "The custody path refused this as things stand now. Open the page again."

STANDING = """
select r.state, r.arrested_at, r.agency_id, t.step, sightline_path_missing(r.event_id, t.step)
from custody_custodyrecord r cross join unnest(%(steps)s::text[]) as t(step) where r.event_id = %(event)s
"""


class PathRefused(ValueError):
    """A step cannot be taken as things stand; the message says what it needs first, in words."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Hold what is told of a step: when it was, the facts of its entry, where, and why what was missing is excepted."""

    happened_at: datetime
    facts: dict[str, object]
    place: Place | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how far custody has come, and what is missing for each step, by codes."""

    state: CustodyState
    arrested_at: datetime
    agency_id: int
    missing: dict[str, tuple[str, ...]]

    def words(self, code: str) -> list[str]:
        """Say what is missing for a step."""
        return [words_of(one, state=self.state) for one in self.missing[code]]


def standing_of(event: UUID, *, codes: Sequence[str] = tuple(STEP)) -> Standing | None:
    """Give how the path stands for an event, as far as the viewer may see it; the database says what is missing."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"event": event, "steps": list(codes)})
        rows = cursor.fetchall()
    if not rows:
        return None
    state, arrested_at, agency = rows[0][:3]
    return Standing(CustodyState(state), arrested_at, agency, {row[3]: tuple(row[4]) for row in rows})


@transaction.atomic
def take(*, acting: Acting, event: EventFacts, code: str, taken: Taken, at: datetime) -> UUID | None:
    """Take a step: its entry is appended, and custody moves on; gives the entry's id. Raises PathRefused."""
    step, standing = STEP[code], standing_of(event.id, codes=[code])
    if standing is None:
        raise PathRefused(NO_RECORD)
    if standing.missing[code] and not (taken.reason.strip() and may_be_excepted(step, standing.missing[code])):
        raise PathRefused(" ".join(standing.words(code)))
    if taken.happened_at > at or taken.happened_at < standing.arrested_at:
        raise PathRefused("This was after the arrest, and not later than now. Enter when it was.")
    entry = _entry(acting, event, code, taken, at=at) if step.told_by else None
    note(acting=acting, event=event.id, code=code, entry=entry, taken=taken, at=at)
    return entry


def note(*, acting: Acting, event: UUID, code: str, entry: UUID | None, taken: Taken, at: datetime) -> None:
    """Keep a step that was taken, with the entry that tells it; the database judges it. Raises PathRefused.

    An event that no arrest opened has no custody record, and so no path.
    """
    try:
        with transaction.atomic():
            if not CustodyRecord.objects.filter(pk=event).exists():
                return
            PathStep.objects.create(
                record_id=event, code=code, at=taken.happened_at, entry_id=entry, officer_id=acting.officer,
                agency_id=acting.agency, noted_at=at, reason=taken.reason if STEP[code].excepted else "")
    except IntegrityError:
        standing = standing_of(event, codes=[code])
        raise PathRefused(" ".join(standing.words(code) if standing else ()) or REFUSED) from None


def _entry(acting: Acting, event: EventFacts, code: str, taken: Taken, *, at: datetime) -> UUID:
    identity = own_identity(person=event.person, agency=acting.agency, at=at)
    origin = Origin(agency=acting.agency, agency_name=acting.agency_name, officer=acting.officer)
    told = Told(STEP[code].told_by, taken.happened_at, f"custody/{event.id}/{code}/{at.isoformat()}", taken.facts,
                place=taken.place)
    begun = append([Telling(0, identity, told)], origin=origin, at=at).begun
    if not begun:
        raise PathRefused(DONE_ALREADY)
    return next(iter(begun.values()))

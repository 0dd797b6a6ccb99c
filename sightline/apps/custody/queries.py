"""Ask how a release stands: its plan for the gate, its journey, what was done, and how children left custody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from sightline.apps.custody.models import JourneyStep, MissingDraft, Release
from sightline.apps.custody.plans import legs_in_plan, plan_of
from sightline.domain.custody.journey import ReleaseState
from sightline.domain.custody.plan import Mode, ReleasePlan


@dataclass(frozen=True, slots=True)
class ReleasedChild:
    """Hold as much of a child as who takes part in a release must know."""

    name: str | None
    age: int | None


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """Hold one release as people read it: the plan, by whom and for whom, and what came of it.

    `child` is whom it is about, for those who take part in it or may see the child; None in lists of the worker.
    """

    id: UUID
    event: UUID
    person: UUID
    agency_id: int
    agency: str
    planned_by: str
    planned_by_id: UUID
    state: ReleaseState
    plan: ReleasePlan
    leg_ids: tuple[int, ...]
    receiver_phone: str
    receiver_agency_id: int | None
    home_council: str | None
    home_council_id: int | None
    home_force: str | None
    home_force_id: int | None
    override_name: str | None
    override_at: datetime | None
    mode: Mode | None
    released_at: datetime | None
    departed_at: datetime | None
    expected_at: datetime | None
    alarm_at: datetime | None
    departure_alarm_at: datetime | None
    alarmed_at: datetime | None
    arrived_at: datetime | None
    arrived_said_by: str
    called_off_at: datetime | None
    child: ReleasedChild | None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Hold one thing that was done or said of a release."""

    at: datetime
    what: str
    said_by: str
    words: str
    officer: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """Hold the missing report that was drafted."""

    drafted_at: datetime
    words: str
    sent_at: datetime | None
    sent_by: str | None


@dataclass(frozen=True, slots=True)
class ReleaseCount:
    """Count the releases of one force in one mode; `minutes` is the median from planned to confirmed arrival."""

    agency: str
    mode: str
    gated: bool
    releases: int
    out_of_area: int
    arrived: int
    overdue: int
    overridden: int
    minutes: float | None


def release_of(event_id: UUID) -> ReleaseFacts | None:
    """Give the newest release of a safety event that was not called off, as far as the viewer may see it."""
    found = _releases().filter(event_id=event_id).exclude(state=ReleaseState.CALLED_OFF.value).order_by(
        "-planned_at").first()
    return None if found is None else _facts(found)


def steps_of(release: UUID) -> list[StepFacts]:
    """List what was done and said of a release, in order."""
    rows = JourneyStep.objects.filter(release_id=release).select_related("officer", "agency").order_by("at", "id")
    return [StepFacts(s.at, s.what, s.said_by, s.words, s.officer.name if s.officer else None,
                      s.agency.name if s.agency else None) for s in rows]


def draft_of(release: UUID) -> DraftFacts | None:
    """Give the missing report that was drafted for a release."""
    found = MissingDraft.objects.select_related("sent_by").filter(pk=release).first()
    return None if found is None else DraftFacts(
        found.drafted_at, found.words, found.sent_at, found.sent_by.name if found.sent_by else None)


def under_way(*, most: int) -> list[ReleaseFacts]:
    """List the releases planned or on the way in which the viewer's agency takes part, by when the child is due."""
    states = (ReleaseState.PLANNED.value, ReleaseState.RELEASED.value)
    rows = _releases().filter(state__in=states, event__closed_at=None)
    return [_facts(r) for r in rows.order_by("expected_at", "planned_at")[:most]]


def release_counts(*, since: datetime) -> list[ReleaseCount]:
    """Count releases of children: of the viewer's force for its managers, of every force for the inspectorate."""
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_release_counts(%s)", [since])
        return [ReleaseCount(*row) for row in cursor.fetchall()]


def overrides_of(agency: int, *, since: datetime, most: int) -> list[ReleaseFacts]:
    """List the releases of an agency of a child who travelled alone by an inspector's override, the newest first."""
    rows = _releases().filter(agency_id=agency, mode=Mode.ALONE.value, override_by__isnull=False,
                              released_at__gte=since)
    return [_facts(r) for r in rows.order_by("-released_at")[:most]]


CHILD = "(select to_jsonb(c) from sightline_released_child(custody_release.id) c)"


def _releases() -> "QuerySet[Release]":
    parties = ("agency", "planned_by", "home_council", "home_force", "override_by")
    return Release.objects.select_related(*parties).prefetch_related("legs").annotate(
        child=RawSQL(CHILD, [], JSONField()))  # nosec B611: constants only


def _facts(r: Any) -> ReleaseFacts:
    legs = legs_in_plan(r)
    return ReleaseFacts(
        r.pk, r.event_id, r.person_id, r.agency_id, r.agency.name, r.planned_by.name, r.planned_by_id,
        ReleaseState(r.state), plan_of(r, legs), tuple(leg.pk for leg in legs), r.receiver_phone, r.receiver_agency_id,
        r.home_council.name if r.home_council else None, r.home_council_id,
        r.home_force.name if r.home_force else None, r.home_force_id,
        r.override_by.name if r.override_by else None, r.override_at, Mode(r.mode) if r.mode else None, r.released_at,
        r.departed_at, r.expected_at, r.alarm_at, r.departure_alarm_at, r.alarmed_at, r.arrived_at, r.arrived_said_by,
        r.called_off_at,
        None if not r.child else ReleasedChild(**r.child))

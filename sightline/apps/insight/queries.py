"""Read snapshots, their figures and the cases behind them, as far as the viewer may see each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sightline.apps.insight.models import Figure, Snapshot, SnapshotCase
from sightline.domain.insight.figures import Share

CASE_KEYS = ("began", "pk")


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """Hold a snapshot: its period, when it was made and by whom, and the editions of its definitions."""

    id: UUID
    from_at: datetime
    until_at: datetime
    made_at: datetime
    made_by: str | None
    editions: dict[str, str]
    cases: int
    digest: str


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """Hold one figure as it was frozen (models.Figure), with times as times; `agency` None is for all."""

    measure: str
    part: str
    agency: str | None
    agency_id: int | None
    grouped_by: str
    group: str
    n: int
    untold: int
    share: Share | None
    waiting: int | None
    median: timedelta | None
    ninety: timedelta | None
    within: Share | None
    never: float | None
    known_after: timedelta | None
    newest_at: datetime | None
    by_chance: tuple[float, float] | None
    by_far: tuple[float, float] | None

    @property
    def complete(self) -> float | None:
        """Give of how many events it was told what is measured, as a share."""
        return self.n / (self.n + self.untold) if self.n + self.untold else None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Hold one case behind a figure."""

    person: UUID
    part: str
    agency: str | None
    began: datetime
    done: datetime | None
    counts: bool | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the cases that the viewer may see, as many as were asked for, and how many there are of these in all."""

    cases: list[CaseFacts]
    number: int


def snapshots(*, most: int) -> list[SnapshotFacts]:
    """List the snapshots that the viewer may see, the newest first."""
    return [_snapshot(one) for one in Snapshot.objects.select_related("officer").order_by("-made_at")[:most]]


def snapshot(id_: UUID) -> SnapshotFacts | None:
    """Give a snapshot, or None where there is none that the viewer may see."""
    found = Snapshot.objects.select_related("officer").filter(pk=id_).first()
    return None if found is None else _snapshot(found)


def figures(snapshot: UUID, *, measure: str | None = None, together: bool = False) -> list[FigureFacts]:
    """List the figures of a snapshot that the viewer may see, all together first.

    `together` leaves out the figures of single agencies and of groups of children.
    """
    rows = Figure.objects.select_related("agency").filter(snapshot_id=snapshot)
    if measure:
        rows = rows.filter(measure=measure)
    if together:
        rows = rows.filter(agency=None, grouped_by="")
    return [_figure(one) for one in rows.order_by("measure", "part", "grouped_by", "group", "agency__name")]


def figures_since(snapshots: Sequence[UUID], *, measure: str) -> dict[UUID, list[FigureFacts]]:
    """Give the figures of a measure for all agencies together, by snapshot."""
    found: dict[UUID, list[FigureFacts]] = {id_: [] for id_ in snapshots}
    rows = Figure.objects.select_related("agency").filter(
        snapshot_id__in=snapshots, measure=measure, agency=None, grouped_by="")
    for one in rows.order_by("part"):
        found[one.snapshot_id].append(_figure(one))
    return found


def cases_behind(snapshot: UUID, *, measure: str, part: str | None, agency: int | None, most: int) -> Seen:
    """List the cases behind a figure that the viewer may see, those not done and not counting first."""
    rows: QuerySet[SnapshotCase] = SnapshotCase.objects.filter(
        snapshot_id=snapshot, measure=measure, person__isnull=False)
    if part is not None:
        rows = rows.filter(part=part)
    if agency is not None:
        rows = rows.filter(agency_id=agency)
    shown = rows.select_related("agency").order_by("done", "counts", *CASE_KEYS)[:most]
    return Seen([CaseFacts(one.person_id, one.part, one.agency.name if one.agency else None, one.began, one.done,
                           one.counts, one.told_at) for one in shown if one.person_id is not None], rows.count())


def _snapshot(one: Snapshot) -> SnapshotFacts:
    return SnapshotFacts(one.pk, one.from_at, one.until_at, one.made_at, one.officer.name if one.officer else None,
                         one.editions, one.cases, one.digest)


def _figure(one: Figure) -> FigureFacts:
    return FigureFacts(
        one.measure, one.part, one.agency.name if one.agency else None, one.agency_id, one.grouped_by, one.group,
        one.n, one.untold, _share(one.hits, one.n, one.low, one.high), one.waiting, _time(one.median),
        _time(one.ninety), _share(one.within, one.within_n, one.within_low, one.within_high), one.never,
        _time(one.known_after), one.newest_at, _pair(one.chance_low, one.chance_high),
        _pair(one.far_low, one.far_high))


def _share(hits: int | None, n: int | None, low: float | None, high: float | None) -> Share | None:
    return None if hits is None or n is None or low is None or high is None else Share(hits, n, low, high, 0)


def _time(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _pair(low: Any, high: Any) -> tuple[float, float] | None:
    return None if low is None else (low, high)

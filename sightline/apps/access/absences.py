"""Who is away and who covers: recorded by the officer or a manager, over by itself when the time is over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.models import Absence
from sightline.apps.access.queries import colleagues
from sightline.domain.duties.cover import covered_through
from sightline.domain.vocabulary.moment import day_of

MOST_ABSENCES = 200


class AbsenceRefused(ValueError):
    """Hold in words why an absence was not recorded, and what to do."""


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """Hold one absence as people read it."""

    id: UUID
    officer: UUID
    name: str
    covered_by: UUID
    covered_by_name: str
    from_at: datetime
    until_at: datetime
    recorded_by: str


def record_absence(
    *, agency: int, officer: UUID, covered_by: UUID, from_at: datetime, until_at: datetime, by: UUID, at: datetime
) -> UUID:
    """Record that an officer will be away, and who sees meanwhile to what is theirs; gives the absence.

    One absence at a time: which of two would hold could not be told. Raises AbsenceRefused.
    """
    if until_at <= max(from_at, at):
        raise AbsenceRefused("The absence must end after it begins, and not before now. Change the times")
    known = {one.id for one in colleagues(agency, on=day_of(at))}
    if officer == covered_by or not {officer, covered_by} <= known:
        raise AbsenceRefused("Choose somebody else of your agency who works with the inbox to cover")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"absence {agency} {officer}"])
    theirs = Absence.objects.filter(agency_id=agency, officer_id=officer)
    if theirs.filter(from_at__lt=until_at, until_at__gt=from_at).exists():
        raise AbsenceRefused("An absence is recorded for some of that time. End it first, or choose other times")
    return Absence.objects.create(
        agency_id=agency, officer_id=officer, covered_by_id=covered_by, from_at=from_at, until_at=until_at,
        recorded_by_id=by, recorded_at=at).pk


def end_absence(*, absence: UUID, agency: int, officer: UUID | None, at: datetime) -> bool:
    """End an absence now, or take back one that has not begun; `officer` only where it is that officer's own.

    Tells whether there was one to end.
    """
    rows = Absence.objects.select_for_update(no_key=True).filter(pk=absence, agency_id=agency, until_at__gt=at)
    found = (rows if officer is None else rows.filter(officer_id=officer)).first()
    if found is None:
        return False
    found.until_at = max(at, found.from_at)
    found.save(update_fields=["until_at"])
    return True


def absences_of(agency: int, *, at: datetime) -> list[AbsenceFacts]:
    """List who of an agency is away or will be, by when the absence begins."""
    rows = Absence.objects.select_related("officer", "covered_by", "recorded_by").filter(
        agency_id=agency, until_at__gt=at).order_by("from_at", "id")[:MOST_ABSENCES]
    return [AbsenceFacts(a.pk, a.officer_id, a.officer.name, a.covered_by_id, a.covered_by.name, a.from_at, a.until_at,
                         a.recorded_by.name) for a in rows]


@dataclass(frozen=True, slots=True)
class Begun:
    """Hold an absence that has begun: who is away, and everybody whose covers lead to or through that officer."""

    agency: int
    officer: UUID
    name: str
    through: frozenset[UUID]


def begun(*, at: datetime, most: int) -> tuple[list[Begun], int]:
    """Claim the absences that have begun and of which nobody was told, each once; with how many were looked at.

    One that was over before anybody looked is passed over.
    """
    rows = list(Absence.objects.select_related("officer").select_for_update(of=("self",), skip_locked=True).filter(
        told_at=None, from_at__lte=at).order_by("from_at", "id")[:most])
    Absence.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    away: dict[int, dict[str, str]] = {}
    in_force = Absence.objects.filter(agency_id__in={row.agency_id for row in rows}, from_at__lte=at, until_at__gt=at)
    for agency, officer, by in in_force.values_list("agency_id", "officer_id", "covered_by_id"):
        away.setdefault(agency, {})[str(officer)] = str(by)
    return [Begun(row.agency_id, row.officer_id, row.officer.name, frozenset(
        map(UUID, covered_through(str(row.officer_id), away[row.agency_id]))))
        for row in rows if row.until_at > at], len(rows)

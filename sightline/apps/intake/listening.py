"""Keep when each agency's feed last told something, and from when it is silent: by its own rhythm.

Nothing is counted by a clock: what came says when the next should have come, and that instant is looked at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from sightline.apps.intake.models import FeedLife, Submission
from sightline.domain.signs.rhythm import silent_from, usual_gap

MOST_ARRIVALS = 500


@dataclass(frozen=True, slots=True)
class SilentFeed:
    """Hold a feed that has told nothing for too long: whose it is, since when, and how often it usually tells."""

    agency: int
    agency_name: str
    feed: str
    last_at: datetime
    usual: timedelta | None
    silent_at: datetime


def hear(submission: Submission) -> None:
    """Note that a feed has told something, and from when on it will be silent if nothing more comes."""
    came = Submission.objects.filter(
        agency_id=submission.agency_id, feed=submission.feed, state=Submission.DONE).order_by("-came_at")
    arrivals = list(came.values_list("came_at", flat=True)[:MOST_ARRIVALS])
    if arrivals:
        FeedLife.objects.update_or_create(agency_id=submission.agency_id, feed=submission.feed, defaults={
            "last_at": max(arrivals), "usual": usual_gap(arrivals), "silent_at": silent_from(arrivals),
            "told_at": None})


def silent_feeds(agencies: Iterable[int] | None, *, at: datetime) -> list[SilentFeed]:
    """List the feeds of these agencies, or of all, that are silent at the instant; the longest silent first."""
    rows = FeedLife.objects.select_related("agency").filter(silent_at__lte=at).order_by("silent_at", "pk")
    if agencies is not None:
        rows = rows.filter(agency_id__in=list(agencies))
    return [SilentFeed(r.agency_id, r.agency.name, r.feed, r.last_at, r.usual, r.silent_at) for r in rows
            if r.silent_at is not None]


def heard_feeds(agencies: Iterable[int] | None, *, at: datetime) -> list[tuple[str, str, datetime, datetime | None]]:
    """List agency, feed, when it last told something, and from when it would be silent, of feeds that are not."""
    rows = FeedLife.objects.select_related("agency").exclude(silent_at__lte=at).order_by("agency__name", "feed")
    if agencies is not None:
        rows = rows.filter(agency_id__in=list(agencies))
    return [(r.agency.name, r.feed, r.last_at, r.silent_at) for r in rows]


def never_heard(agencies: Iterable[int]) -> set[int]:
    """Give those of the agencies of whom no feed ever told anything."""
    asked = set(agencies)
    return asked - set(FeedLife.objects.filter(agency_id__in=asked).values_list("agency_id", flat=True))


def fallen_silent(*, at: datetime, most: int) -> Sequence[tuple[int, str, datetime]]:
    """Take feeds of which nobody was told yet that they are silent: agency, feed, and when it last told something.

    Each is taken once: the mark that it was told stands in the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "update intake_feedlife f set told_at = %s where f.id in ("
            " select id from intake_feedlife where silent_at <= %s and told_at is null"
            " order by silent_at limit %s for update skip locked)"
            " returning f.agency_id, f.feed, f.last_at", [at, at, most])
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]

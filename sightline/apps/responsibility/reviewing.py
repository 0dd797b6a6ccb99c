"""Ask which doubts wait, ordered by what hangs on them, and whether somebody works on a child now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Waits:
    """Hold one doubt that waits, with what hangs on it as far as the viewer may see that.

    `second` says that it was answered and waits for a second officer; `since` is when that, or the doubt, began.
    """

    id: UUID
    second: bool
    event: bool
    duties: bool
    since: datetime


def doubts_to_review(*, most: int, start: int = 0) -> tuple[list[Waits], int]:
    """List doubts of which the viewer may see both sides, and give how many there are in all.

    Those come first on which an open safety event hangs, then those with open duties, then the oldest.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_doubts_to_review(%s, %s)", [start, most])
        rows = cursor.fetchall()
    return [Waits(*row[:5]) for row in rows], rows[0][5] if rows else 0


def seen_active(person: UUID) -> bool:
    """Tell who has a part in a child's life whether somebody works on the child now; of others it says no."""
    with connection.cursor() as cursor:
        cursor.execute("select sightline_active_seen(%s)", [person])
        return bool(cursor.fetchone()[0])

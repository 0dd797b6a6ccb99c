"""Ask, as the worker, whether somebody works on a child now."""

from uuid import UUID

from django.db import connection


def is_active(person: UUID) -> bool:
    """Tell whether somebody works on a child now: an event, a handover, care, a plan, or a duty is open."""
    with connection.cursor() as cursor:
        cursor.execute("select sightline_active(%s)", [person])
        return bool(cursor.fetchone()[0])

"""Weigh everybody again with the weights of today: nothing moves by itself, what would is asked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.people.candidates import Known
from sightline.apps.people.settling import OWN_PAGES, settle
from sightline.apps.people.weights import weights_in_use

RECORDS_A_LOOK = 500
RECORDS_A_NIGHT = 1_000_000
"""About what one core weighs in an hour and a half; more are weighed in so many nights."""
LAST = UUID(int=(1 << 128) - 1)
NEXT = """
select id, person_id, agency_id, scheme, key from people_identity
where id > %s and id < %s and scheme <> %s order by id limit %s
"""


def weigh_again(*, at: Callable[[], datetime]) -> int:
    """Weigh the records whose night it is against all that are near them; give how many were weighed.

    Some hundred in a transaction; may be killed and begun again. A record that would join another person by now, or
    would not have joined its own, is put to a human, once: what a human answered or was asked is not asked again.
    """
    done = 0
    with at_task("weigh again"):
        last, end = part_of_night(at().toordinal(), records=weights_in_use().records)
    while True:
        with at_task("weigh again"):
            found = _next(last, end)
            if not found:
                return done
            settle({known.id: known for known in found}, alone=True, moves=False, at=at())
        done, last = done + len(found), found[-1].id


def part_of_night(day: int, *, records: int) -> tuple[UUID, UUID]:
    """Give the ids between which records are weighed on a day: drawn as they are, equally many in each part."""
    nights = -(-records // RECORDS_A_NIGHT)
    first, end = (((day % nights + further) << 128) // nights for further in (0, 1))
    return UUID(int=first), UUID(int=min(end, LAST.int))


def _next(last: UUID, end: UUID) -> list[Known]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [last, end, OWN_PAGES, RECORDS_A_LOOK])
        return [Known(*row) for row in cursor.fetchall()]

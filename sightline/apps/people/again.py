"""Weigh everybody again with the weights of today: nothing moves by itself, what would is asked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.acting import at_task
from sightline.apps.people.candidates import Known
from sightline.apps.people.settling import OWN_PAGES, settle

RECORDS_A_LOOK = 500
FIRST = UUID(int=0)
NEXT = """
select id, person_id, agency_id, scheme, key from people_identity
where id > %s and scheme <> %s order by id limit %s
"""


def weigh_again(*, at: Callable[[], datetime]) -> int:
    """Weigh every record against all that are near it, some hundred in a transaction; give how many were weighed.

    A record that would join another person by now, or would not have joined its own, is put to a human, once: what a
    human answered or was asked is not asked again. May be killed and begun again.
    """
    done, last = 0, FIRST
    while True:
        with at_task("weigh again"):
            found = _next(last)
            if not found:
                return done
            settle({known.id: known for known in found}, alone=True, moves=False, at=at())
        done, last = done + len(found), found[-1].id


def _next(last: UUID) -> list[Known]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [last, OWN_PAGES, RECORDS_A_LOOK])
        return [Known(*row) for row in cursor.fetchall()]

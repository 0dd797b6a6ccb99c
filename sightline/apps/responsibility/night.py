"""Let the desk on duty own a child's safety while the owner's desk is closed, and hand it back at 09:00.

The agency stays the same: only its named contact changes, and the database writes down each change. A safety event
does not wait for the morning, so every open one falls to the night, whenever it began.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.queries import AgencyBook
from sightline.apps.access.rota import rota_at
from sightline.apps.duties.night import closed_desks, end_routings, keep_routings, tell_night

WHAT = "protect a child now. See what has happened, and take the child over or hand over."

OPEN_TONIGHT = """
with closed as (select * from unnest(%(contacts)s::bigint[], %(since)s::timestamptz[]) as c(contact, since))
select e.id, e.person_id, e.owner_contact_id from responsibility_safetyevent e
  join closed c on c.contact = e.owner_contact_id
where e.closed_at is null and not exists (select 1 from duties_routing r where r.event = e.id
  and (r.handed_over_at is null or (r.handed_over_at > c.since and e.owner_since <= r.handed_over_at)))
order by e.owner_since, e.id limit %(most)s for no key update of e skip locked
"""
OWN = """
update responsibility_safetyevent e set owner_contact_id = w.contact, owner_since = greatest(e.owner_since, %s)
from unnest(%s::uuid[], %s::bigint[]) as w(id, contact) where e.id = w.id
"""
NIGHT_ENDS = """
select r.id, r.event, r.day_contact_id, e.id is not null and e.owner_contact_id = r.night_contact_id
from duties_routing r left join responsibility_safetyevent e on e.id = r.event and e.closed_at is null
where r.handed_over_at is null and r.hand_over_at <= %s and r.event is not null
order by r.hand_over_at, r.id limit %s for update of r skip locked
"""


def route_events(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Give open safety events whose desk is closed to whoever is on duty, each with a notice; give how many."""
    closed = closed_desks(rota_at(at, book=book), book=book)
    if not closed:
        return 0
    _end_what_came_back(list(closed))
    with connection.cursor() as cursor:
        cursor.execute(OPEN_TONIGHT, {"contacts": list(closed), "since": [one.since for one in closed.values()],
                                      "most": most})
        rows = cursor.fetchall()
    keep_routings([(None, event, owner) for event, _, owner in rows], closed=closed, at=at)
    _own([(event, closed[owner].instead.contact.id) for event, _, owner in rows], at=at)
    tell_night([(f"{event}:{at:%H%M}", person, None, owner, WHAT) for event, person, owner in rows], closed=closed,
               at=at)
    return len(rows)


def _end_what_came_back(closed: list[int]) -> None:
    """End routings of events that a newer word gave to the closed desk again: they are routed anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update duties_routing r set handed_over_at = r.routed_at from responsibility_safetyevent e"
            " where e.id = r.event and r.handed_over_at is null and e.closed_at is null"
            " and e.owner_contact_id = any(%s) and e.owner_since > r.routed_at", [closed])


def hand_over_events(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Give events that are still open back to their day desks, listed in one notice a desk; give how many ended."""
    with connection.cursor() as cursor:
        cursor.execute(NIGHT_ENDS, [at, most])
        rows = cursor.fetchall()
    moved = [(id_, event, day) for id_, event, day, unfinished in rows if unfinished]
    _own([(event, day) for _, event, day in moved], at=at)
    end_routings([row[0] for row in rows], moved=[(id_, day) for id_, _, day in moved], book=book, at=at)
    return len(rows)


def _own(rows: list[tuple[UUID, int]], *, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(OWN, [at, [event for event, _ in rows], [contact for _, contact in rows]])

"""Route what is due out of hours to the desk on duty, and hand over at 09:00 what the night did not finish.

A duty whose desk is closed, and whose time runs out before the desk is back, is owned by the desk on duty from that
minute, with a notice of its own; acknowledging it is the receipt (D-EDT-1). At 09:00 of the next working day the day
desk owns it again, done or not (D-EDT-2). Duties that can wait until the morning stay with the day desk. Each step is
set-wise, in one transaction, and may be repeated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook, ContactFacts
from sightline.apps.access.rota import OnDutyNow, Rota, rota_at
from sightline.apps.duties.actions import NOTICE_COLUMNS, STEP_COLUMNS
from sightline.apps.duties.models import Routing
from sightline.domain.duties.rota import closed_since, next_morning
from sightline.domain.vocabulary.moment import LONDON

ROUTING_COLUMNS = (
    ("agency_id", "int"), ("duty_id", "uuid"), ("event", "uuid"), ("day_contact_id", "bigint"),
    ("night_contact_id", "bigint"), ("because", "text"), ("routed_at", "timestamptz"), ("hand_over_at", "timestamptz"))
FALLS_TO_YOU = "Out of hours this falls to you: {what}"
MORNING = "The night hands over to you what it did not finish. See the list, and take it on."


@dataclass(frozen=True, slots=True)
class Closed:
    """Hold a desk that is closed, since when, until when the night has its work, and who is on duty instead."""

    contact: ContactFacts
    since: datetime
    until: datetime
    instead: OnDutyNow


def closed_desks(rota: Rota, *, book: AgencyBook) -> dict[int, Closed]:
    """Give the desks that are closed and for which somebody else of the agency is on duty, by contact."""
    found = {}
    for contact in book.contacts():
        nation = rota.nation(contact.agency_id)
        since = closed_since(contact.hours, rota.at, nation=nation)
        if since is not None:
            instead = rota.on_duty(contact.agency_id)
            if instead.contact.id != contact.id:
                found[contact.id] = Closed(contact, since, next_morning(rota.at, nation=nation), instead)
    return found


# What is due before the desk is back, or late already since it closed; not what this morning was handed back.
DUE_TONIGHT = """
with closed as (
  select * from unnest(%(contacts)s::bigint[], %(agencies)s::int[], %(since)s::timestamptz[], %(until)s::timestamptz[])
    as c(contact, agency, since, until))
select d.id, d.person_id, d.owner_id, d.what from duties_owedduty d
  join closed c on c.contact = d.owner_id and c.agency = d.owed_by_id
where d.state in ('open', 'late') and not d.watched and d.act_by < c.until
  and (d.act_by >= c.since or d.opened_at >= c.since)
  and not exists (select 1 from duties_routing r where r.duty_id = d.id
    and (r.handed_over_at is null or r.handed_over_at > c.since))
order by d.act_by, d.id limit %(most)s for update of d skip locked
"""


def route_duties(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Route duties that are due while their desk is closed to whoever is on duty, and give how many."""
    closed = closed_desks(rota_at(at, book=book), book=book)
    if not closed:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(DUE_TONIGHT, {
            "contacts": list(closed), "agencies": [one.contact.agency_id for one in closed.values()],
            "since": [one.since for one in closed.values()], "until": [one.until for one in closed.values()],
            "most": most})
        rows = cursor.fetchall()
    keep_routings([(id_, None, owner) for id_, _, owner, _ in rows], closed=closed, at=at)
    _own([(id_, closed[owner].instead.contact.id) for id_, _, owner, _ in rows])
    insert("duties_step", STEP_COLUMNS, [
        (id_, at, "routed", closed[owner].instead.contact.id, None, because(closed[owner]))
        for id_, _, owner, _ in rows])
    tell_night([(str(id_), person, id_, owner, what) for id_, person, owner, what in rows], closed=closed, at=at)
    return len(rows)


def because(closed: Closed) -> str:
    """Say why something falls to somebody else: the desk is closed, until when, and who is on duty."""
    until = closed.until.astimezone(LONDON)
    return (f"{closed.contact.name} is closed; {closed.instead.because}, until {until.day} {until:%B}, {until:%H:%M}."
            f" On duty: {closed.instead.name}.")[:200]


def keep_routings(
    rows: Iterable[tuple[UUID | None, UUID | None, int]], *, closed: Mapping[int, Closed], at: datetime
) -> None:
    """Keep that duties or safety events (one id, and the closed desk) fell to the desk on duty."""
    insert("duties_routing", ROUTING_COLUMNS, [
        (closed[owner].contact.agency_id, duty, event, owner, closed[owner].instead.contact.id, because(closed[owner]),
         at, closed[owner].until) for duty, event, owner in rows], ending="on conflict do nothing")


def tell_night(
    rows: Iterable[tuple[str, UUID, UUID | None, int, str]], *, closed: Mapping[int, Closed], at: datetime
) -> None:
    """Write the notices to whoever is on duty: (key, child, duty, closed desk, what). Acknowledging is the receipt."""
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"night:{key}:{closed[owner].until.astimezone(LONDON).date()}", person, duty, None,
         closed[owner].contact.agency_id, closed[owner].instead.contact.id, FALLS_TO_YOU.format(what=what)[:300], at, 0,
         at) for key, person, duty, owner, what in rows], ending="on conflict (key) do nothing")


NIGHT_ENDS = """
select r.id, r.duty_id, r.day_contact_id, d.id is not null and d.owner_id = r.night_contact_id
from duties_routing r left join duties_owedduty d on d.id = r.duty_id and d.state in ('open', 'late')
where r.handed_over_at is null and r.hand_over_at <= %s and r.duty_id is not null
order by r.hand_over_at, r.id limit %s for update of r skip locked
"""


def hand_over_duties(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Give the day desks what the night did not finish, with one notice a desk that lists it; give how many ended.

    What the night has done, or what somebody gave to another desk meanwhile, only ends its routing.
    """
    with connection.cursor() as cursor:
        cursor.execute(NIGHT_ENDS, [at, most])
        rows = cursor.fetchall()
    moved = [(id_, duty, day) for id_, duty, day, unfinished in rows if unfinished]
    _own([(duty, day) for _, duty, day in moved])
    insert("duties_step", STEP_COLUMNS, [
        (duty, at, "handed over", day, None, "The night ended: the day desk owns it again.") for _, duty, day in moved])
    end_routings([row[0] for row in rows], moved=[(id_, day) for id_, _, day in moved], book=book, at=at)
    return len(rows)


def end_routings(
    ended: Sequence[UUID], *, moved: Sequence[tuple[UUID, int]], book: AgencyBook, at: datetime
) -> None:
    """End routings, and tell each day desk in one notice of those that it owns again: (routing, day desk)."""
    Routing.objects.filter(pk__in=list(ended)).update(handed_over_at=at)
    agencies = {contact.id: contact.agency_id for contact in book.contacts()}
    day = at.astimezone(LONDON).date()
    insert("duties_notice", NOTICE_COLUMNS, [
        (f"morning:{desk}:{day}", None, None, None, agencies[desk], desk, MORNING, at, 0, at)
        for desk in sorted({desk for _, desk in moved})], ending="on conflict (key) do nothing")
    with connection.cursor() as cursor:
        cursor.execute(
            "update duties_routing r set moved = true, morning_id = n.id from duties_notice n"
            " where r.id = any(%s) and n.key = 'morning:' || r.day_contact_id || ':' || %s",
            [[id_ for id_, _ in moved], str(day)])


def _own(rows: Sequence[tuple[Any, int]]) -> None:
    """Let desks own duties from now: whoever had taken one on has left or not yet come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update duties_owedduty d set owner_id = w.owner, officer_id = null, acknowledged_at = null"
            " from unnest(%s::uuid[], %s::bigint[]) as w(id, owner) where d.id = w.id",
            [[id_ for id_, _ in rows], [owner for _, owner in rows]])

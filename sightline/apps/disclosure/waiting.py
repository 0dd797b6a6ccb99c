"""Say which requests to share wait for an agency, in their place in the queue, and tell the next person in time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS
from sightline.apps.duties.escalation import DESKS
from sightline.domain.disclosure.weighing import ANSWER_A_REQUEST_WITHIN
from sightline.domain.duties.danger import Danger
from sightline.domain.duties.position import Position
from sightline.domain.duties.rule import ESCALATION

DESK = "safeguarding"
"""The desk that answers for what an agency holds."""
NOT_ANSWERED = ("{agency} asked you to share something of a child, and nobody has answered. {percent} % of the time is"
                " gone.")


@dataclass(frozen=True, slots=True)
class QueuedRequest:
    """Hold a request to share that nobody has answered, in its place in the order, by when it should be."""

    position: Position
    id: UUID
    person: UUID
    asked_by: str
    contact: str
    answer_by: datetime


WAITING = f"""
select 'request' as what, q.id, q.person_id, '' as happening, {Danger.REST.value} as danger,
  q.asked_at + interval '{ANSWER_A_REQUEST_WITHIN.total_seconds():.0f} seconds' as stands_at,
  c.id as contact_id, c.desk, c.name, b.name as words
from disclosure_request q join access_agency b on b.id = q.asked_by_id
  join access_contact c on c.agency_id = q.asked_id and c.desk = '{DESK}'
where q.asked_id = %s and not exists (select 1 from disclosure_disclosure d where d.request_id = q.id)
"""  # nosec B608: constants only
"""The requests to an agency that nobody has answered, in the shape in which a room above merges what waits."""


# Whose turn it is to be told, each once: a step is due when its share of the time has gone. The notice's key is the
# mark that it was told, so a worker that is killed has told nobody.
DUE = """
select q.id, q.person_id, q.asked_by_id, q.asked_id, s.percent, s.told
from disclosure_request q, unnest(%(percents)s::int[], %(tos)s::text[]) as s(percent, told)
where q.asked_at + make_interval(secs => %(seconds)s * s.percent / 100) <= %(at)s
  and not exists (select 1 from disclosure_disclosure d where d.request_id = q.id)
  and not exists (select 1 from duties_notice n where n.key = 'request:' || q.id || ':' || s.percent)
order by q.asked_at, q.id, s.percent limit %(most)s
"""


def remind_of_requests(*, book: AgencyBook, at: datetime, most: int) -> int:
    """Tell of requests whose time runs out: the desk half-way, the manager at the end, the director after it.

    They are the steps of any duty. Gives how many were told; may be repeated.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUE, {
            "percents": [step.percent for step in ESCALATION], "tos": [step.to for step in ESCALATION],
            "seconds": int(ANSWER_A_REQUEST_WITHIN.total_seconds()), "at": at, "most": most})
        rows = cursor.fetchall()
    notices = []
    for request, person, asked_by, asked, percent, to in rows:
        contact = book.desk(asked, *DESKS[to])
        if contact is not None:
            about = NOT_ANSWERED.format(agency=book.by_id[asked_by].name, percent=percent)
            notices.append((f"request:{request}:{percent}", person, None, None, asked, contact.id, about, at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, notices, ending="on conflict (key) do nothing")
    return len(notices)

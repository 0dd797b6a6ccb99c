"""Take back what an officer told on a page: by that officer, for the same agency, once, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.record.actions import Origin, Telling, append
from sightline.apps.record.queries import WITHDRAWN, entries_named
from sightline.domain.intake.row import Withdrawn
from sightline.domain.vocabulary.entry import Entry


class NotYoursToTakeBack(LookupError):
    """Only who recorded this can withdraw it, and only once. Open the child's page again."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


# The first telling names who told; the newest says whether it still holds.
OWN = """
select e.identity_id, e.source_key from record_entry e
where e.id = %s and e.kind = %s and e.officer_id = %s and e.told_by_id = %s and e.event_id is null
  and not exists (select 1 from record_entry n where n.event_id = e.id and n.kind = %s)
"""
OF_PERSON = """
select 1 from record_entry e join people_identity i on i.id = e.identity_id
where e.id = %s and i.person_id = %s and e.officer_id = %s
"""


def own_entry(entry: UUID, *, kind: str, person: UUID, by: UUID) -> Entry | None:
    """Give an entry of this kind and person that this officer told, as it holds now; None where it is not so."""
    with connection.cursor() as cursor:
        cursor.execute(OF_PERSON, [entry, person, by])
        if cursor.fetchone() is None:
            return None
    held = entries_named([entry]).get(entry)
    return held if held is not None and held.kind == kind else None


def take_back(entry: UUID, *, kind: str, reason: str, origin: Origin, at: datetime) -> None:
    """Append that an entry of this kind no longer holds. Raises NotYoursToTakeBack."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, [entry, kind, origin.officer, origin.agency, WITHDRAWN])
        found = cursor.fetchone()
    if found is None:
        raise NotYoursToTakeBack
    identity, key = found
    append([Telling(0, identity, Withdrawn(key, reason))], origin=origin, at=at)

"""Keep with the timelines: the releases that happened without the gate, and plans whose event has ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document
from sightline.apps.access.bulk import told as told_rows
from sightline.domain.custody.told import Told

TOLD_COLUMNS = (
    ("entry_id", "uuid"), ("person_id", "uuid"), ("released_at", "timestamptz"), ("mode", "text"),
    ("received", "boolean"), ("home_council_told", "boolean"), ("out_of_area", "boolean"),
)
KEEP = f"""
insert into custody_toldrelease (entry_id, person_id, agency_id, released_at, mode, received, home_council_told,
  out_of_area)
select told.entry_id, told.person_id, e.told_by_id, told.released_at, told.mode, told.received,
  told.home_council_told, told.out_of_area
from {told_rows(TOLD_COLUMNS)} join record_entry e on e.id = told.entry_id
where not exists (select 1 from custody_release r where r.release_entry_id = told.entry_id)
on conflict (entry_id) do update set person_id = excluded.person_id, released_at = excluded.released_at,
  mode = excluded.mode, received = excluded.received, home_council_told = excluded.home_council_told,
  out_of_area = excluded.out_of_area
"""  # nosec B608: constants only
FORGET = "delete from custody_toldrelease where person_id = any(%s::uuid[]) and entry_id <> all(%s::uuid[])"
REHANG = """
update custody_release r set person_id = e.person_id from responsibility_safetyevent e
where e.id = r.event_id and r.person_id <> e.person_id and e.person_id = any(%s::uuid[])
"""
CALL_OFF = """
update custody_release r set state = 'called-off', called_off_at = %s from responsibility_safetyevent e
where e.id = r.event_id and r.state = 'planned' and e.closed_at is not null and e.person_id = any(%s::uuid[])
"""


def keep(told: Mapping[UUID, Iterable[Told]], *, at: datetime) -> None:
    """Keep the releases that timelines tell of and that went through no gate of ours; end plans of ended events.

    The safety events of these persons are kept already. May be repeated.
    """
    people = list(told)
    rows = [(UUID(one.entry), person, one.released_at, one.mode, one.received, one.home_council_told, one.out_of_area)
            for person, releases in told.items() for one in releases]
    with connection.cursor() as cursor:
        cursor.execute(REHANG, [people])
        cursor.execute(CALL_OFF, [at, people])
        cursor.execute(FORGET, [people, [row[0] for row in rows]])
        if rows:
            cursor.execute(KEEP, [document(TOLD_COLUMNS, rows)])

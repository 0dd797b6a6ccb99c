"""Keep with the timelines the charges of children that came past the gate: only files told of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document
from sightline.apps.access.bulk import told as told_rows

TOLD_COLUMNS = (("entry_id", "uuid"), ("person_id", "uuid"), ("charged_at", "timestamptz"))
KEEP = f"""
insert into custody_toldcharge (entry_id, person_id, agency_id, charged_at)
select told.entry_id, told.person_id, e.told_by_id, told.charged_at
from {told_rows(TOLD_COLUMNS)} join record_entry e on e.id = told.entry_id
where not exists (select 1 from custody_charging c where c.charge_entry_id = told.entry_id)
on conflict (entry_id) do update set person_id = excluded.person_id, charged_at = excluded.charged_at
"""  # nosec B608: constants only
FORGET = "delete from custody_toldcharge where person_id = any(%s::uuid[]) and entry_id <> all(%s::uuid[])"


def keep_charges(told: Mapping[UUID, Iterable[tuple[str, datetime]]]) -> None:
    """Keep the charges that timelines tell of and that went through no gate of ours. May be repeated."""
    rows = [(UUID(entry), person, at) for person, charges in told.items() for entry, at in charges]
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [list(told), [row[0] for row in rows]])
        if rows:
            cursor.execute(KEEP, [document(TOLD_COLUMNS, rows)])

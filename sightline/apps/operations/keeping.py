"""Keep the parts that children have in operations, as the reading of each child says."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, document
from sightline.apps.access.bulk import told as told_rows
from sightline.domain.operations.parts import Part

COLUMNS = (
    ("person_id", "uuid"), ("reference", "text"), ("entry_id", "uuid"), ("arrested", "boolean"), ("at", "timestamptz"),
    ("screened_at", "timestamptz"), ("referred_at", "timestamptz"), ("way", "text"), ("way_by", "text"),
    ("way_at", "timestamptz"), ("by_hand", "boolean"),
)
NAMES = [name for name, _ in COLUMNS]
KEEP = f"""
insert into operations_part ({", ".join(NAMES)}, agency_id)
select {", ".join(f"told.{name}" for name in NAMES)}, e.told_by_id
from {told_rows(COLUMNS)} join record_entry e on e.id = told.entry_id
on conflict (person_id, reference) do update set agency_id = excluded.agency_id,
  {", ".join(f"{name} = excluded.{name}" for name in NAMES[2:])}
"""  # nosec B608: constants only
FORGET = """
delete from operations_part p where p.person_id = any(%s::uuid[]) and not exists (
  select 1 from unnest(%s::uuid[], %s::text[]) as told(person, reference)
  where told.person = p.person_id and told.reference = p.reference)
"""
LONGEST_NAME = 200


def keep(told: Mapping[UUID, Iterable[Part]]) -> None:
    """Keep the parts of these persons, and forget those that are told no more. May be repeated."""
    rows = [(person, one.reference, UUID(one.entry), one.arrested, one.at, one.screened_at, one.referred_at, one.way,
             one.way_by[:LONGEST_NAME], one.way_at, one.by_hand)
            for person, parts in told.items() for one in parts]
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [array(told), [row[0] for row in rows], [row[1] for row in rows]])
        if rows:
            cursor.execute(KEEP, [document(COLUMNS, rows)])

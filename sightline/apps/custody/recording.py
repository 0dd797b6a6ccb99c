"""Keep with the timelines: the custody record of each arrest, and the steps of the path that entries tell."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import document
from sightline.apps.access.bulk import told as told_rows
from sightline.domain.custody.path import PATH
from sightline.domain.custody.steps_told import StepTold

TOLD_COLUMNS = (("number", "int"), ("person_id", "uuid"), ("arrested_at", "timestamptz"), ("code", "text"),
                ("entry_id", "uuid"), ("at", "timestamptz"))
TOLD = told_rows(TOLD_COLUMNS)
# One record an event: with a second arrest meanwhile it begins anew, as the steps come in.
OPEN = f"""
insert into custody_custodyrecord (event_id, arrest_id, agency_id, arrested_at, state)
select distinct on (v.id) v.id, e.id, e.told_by_id, told.at, 'detained'
from {TOLD} join record_entry e on e.id = told.entry_id join responsibility_safetyevent v
  on v.person_id = told.person_id and v.opened_at <= told.at and told.at <= coalesce(v.closed_at, 'infinity')
where told.code = 'arrested'
order by v.id, told.at, e.id
on conflict (event_id) do nothing
"""  # nosec B608: constants only
STEPS = f"""
insert into custody_pathstep (record_id, code, at, entry_id, noted_at, missing, reason)
select r.event_id, told.code, told.at, e.id, e.recorded_at, array[]::text[], ''
from {TOLD} join record_entry e on e.id = told.entry_id join responsibility_safetyevent v
  on v.person_id = told.person_id and v.opened_at <= told.arrested_at
    and told.arrested_at <= coalesce(v.closed_at, 'infinity')
  join custody_custodyrecord r on r.event_id = v.id
where not exists (select 1 from custody_pathstep p
  where p.record_id = r.event_id and p.code = told.code and p.entry_id = e.id)
order by told.number
on conflict do nothing
"""  # nosec B608: constants only
FORGET = """
delete from custody_pathstep p using custody_custodyrecord r, responsibility_safetyevent v
where r.event_id = p.record_id and v.id = r.event_id and v.person_id = any(%s::uuid[]) and p.officer_id is null
  and p.entry_id is not null and p.entry_id <> all(%s::uuid[]) returning r.event_id
"""
RANKED = ", ".join(f"('{step.code}', '{step.after}', {number})" for number, step in enumerate(PATH) if step.after)
COUNT_AGAIN = f"""
update custody_custodyrecord r set arrested_at = a.at, arrest_id = a.entry_id, agency_id = a.told_by_id,
  state = coalesce((
  select k.state from custody_pathstep p join (values {RANKED}) as k(code, state, number) on k.code = p.code
  where p.record_id = r.event_id and p.at >= a.at order by k.number desc limit 1), 'detained')
from (select distinct on (p.record_id) p.record_id, p.at, p.entry_id, e.told_by_id
  from custody_pathstep p join record_entry e on e.id = p.entry_id where p.code = 'arrested'
  order by p.record_id, p.at desc) a
where r.event_id = any(%s::uuid[]) and a.record_id = r.event_id
"""  # nosec B608: constants only


def keep(told: Mapping[UUID, Iterable[StepTold]]) -> None:
    """Keep what timelines tell of the path; a step whose entry does not hold any more is forgotten. May be repeated.

    The safety events of these persons are kept already.
    """
    rows = [(number, person, one.arrested_at, one.code, UUID(one.entry), one.at)
            for person, steps in told.items() for number, one in enumerate(steps)]
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [list(told), [row[4] for row in rows]])
        if forgotten := [row[0] for row in cursor.fetchall()]:
            cursor.execute(COUNT_AGAIN, [forgotten])
        if rows:
            cursor.execute(OPEN, [document(TOLD_COLUMNS, rows)])
            cursor.execute(STEPS, [document(TOLD_COLUMNS, rows)])

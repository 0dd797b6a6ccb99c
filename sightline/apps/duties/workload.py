"""Count what lies with each desk and each officer of an agency, for those who give work out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Load:
    """Hold how much lies with one desk or one officer: open in all, late, due until an instant, taken on, put off."""

    open: int
    late: int
    due_soon: int
    taken_on: int
    put_off: int


@dataclass(frozen=True, slots=True)
class Loads:
    """Hold the loads of an agency by contact (all that lies on the desk) and by officer (all that is theirs)."""

    desks: dict[int, Load]
    officers: dict[UUID, Load]


LOADS = """
with counted as (
  select d.owner_id, coalesce(d.officer_id, c.officer_id) as held_by, d.state, d.act_by, d.acknowledged_at,
    d.put_off_until
  from duties_owedduty d join access_contact c on c.id = d.owner_id
  where d.owed_by_id = %(agency)s and not d.watched and d.state in ('open', 'late'))
select owner_id, held_by, count(*), count(*) filter (where state = 'late'),
  count(*) filter (where state = 'open' and act_by <= %(until)s), count(acknowledged_at),
  count(*) filter (where put_off_until > %(at)s)
from counted group by grouping sets ((owner_id), (held_by))
"""


def loads_of(agency: int, *, until: datetime, at: datetime) -> Loads:
    """Count what an agency owes and has not done, by desk and by officer; `until` ends what is due soon.

    A duty is an officer's where the officer has it, and where nobody has it and the desk is the officer's own.
    """
    found = Loads({}, {})
    with connection.cursor() as cursor:
        cursor.execute(LOADS, {"agency": agency, "until": until, "at": at})
        for desk, officer, *numbers in cursor.fetchall():
            if desk is not None:
                found.desks[desk] = Load(*numbers)
            elif officer is not None:
                found.officers[officer] = Load(*numbers)
    return found

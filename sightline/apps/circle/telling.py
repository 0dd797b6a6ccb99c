"""Tell a force that an adult of whom it told is at the address of another child: a notice that names nobody.

The force that oversees such adults told of the address on one child's record; that it is another child's home only
Sightline can see. The notice says whom to ring.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, insert
from sightline.apps.access.queries import AgencyBook
from sightline.apps.duties.actions import NOTICE_COLUMNS

ABOUT = ("An adult under notification or an order, of whom you told us, is at an address at which another child lives. "
         "Ring {council} today: they have been told, and can tell you which.")
COUNCILS = """
select distinct on (i.person_id) i.person_id, a.name from people_involvement i
  join access_agency a on a.id = i.agency_id and a.kind = 'council'
where i.person_id = any(%s::uuid[]) and i.until is null and i.sees = 'whole' order by i.person_id, i.since
"""


def tell(matched: Mapping[UUID, Collection[tuple[str, str]]], *, book: AgencyBook, at: datetime) -> None:
    """Tell each force once of each match; `matched` gives for a child the entries of others, each with who told it."""
    matched = {person: told for person, told in matched.items() if told}
    if not matched:
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNCILS, [array(matched)])
        councils = dict(cursor.fetchall())
    rows = []
    for person, told in matched.items():
        for entry, by in sorted(told):
            agency = book.named(by.strip())
            desk = None if agency is None else book.desk(agency.id)
            if desk is not None and person in councils:
                rows.append((f"address:{person}:{entry}", None, None, None, desk.agency_id, desk.id,
                             ABOUT.format(council=councils[person]), at, 0, at))
    insert("duties_notice", NOTICE_COLUMNS, rows, ending="on conflict (key) do nothing")

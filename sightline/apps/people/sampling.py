"""Read records to learn weights from, in one snapshot and without a lock: all, or so many that chance chose."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from sightline.apps.access.acting import at_task
from sightline.apps.people.candidates import records_of
from sightline.apps.people.settling import OWN_PAGES
from sightline.domain.linkage.keys import keyed_by_child
from sightline.domain.linkage.learning import Bearer

RECORDS_A_LOOK = 2_000
COUNT = "select count(*) from people_identity where scheme <> %s"
# Ids are chance, so that those that come first after one of them are a fair sample.
NEXT = """
select id, person_id, agency_id, scheme from people_identity where id > %s and scheme <> %s order by id limit %s
"""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Hold the records that were read, and how many there are in all."""

    bearers: list[Bearer]
    of_records: int


def sampled_records(*, most: int, told: Callable[[int, int], None]) -> Sampled:
    """Read at most so many records as they stood at one instant, what officers recorded on our pages left out.

    Opens the only transaction, which writes nothing; `told` is called with how many were read, and of how many.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        with at_task("train weights"):
            return _read(most, told)


def _read(most: int, told: Callable[[int, int], None]) -> Sampled:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [OWN_PAGES])
        (of_records,) = cursor.fetchone()
    wanted, last = min(most, of_records), UUID(int=0)
    bearers: list[Bearer] = []
    read = 0
    while read < wanted:
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [last, OWN_PAGES, min(RECORDS_A_LOOK, wanted - read)])
            rows = cursor.fetchall()
        records = records_of(id_ for id_, *_ in rows)
        bearers += [Bearer(person, (agency, scheme) if keyed_by_child(scheme) else None, records[id_])
                    for id_, person, agency, scheme in rows if id_ in records]
        read, last = read + len(rows), rows[-1][0]
        told(read, wanted)
    return Sampled(bearers, of_records)

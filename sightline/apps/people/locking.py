"""Hold what two arrivals of one child would both touch: their keys, then the persons near them.

Few records lock their own keys, so that strangers do not wait for one another; a file locks everything at once. Keys
come before persons, each in one order, so that nobody waits in a circle.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from sightline.apps.access.bulk import array, often

EVERYTHING = 7_201
KEYS = 7_202
FEW = 20
"""So many tellings lock their keys one by one; more are a file, which goes alone."""


def hold_everything() -> None:
    """Wait until nobody else attributes or settles, and let nobody begin before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [EVERYTHING])


def hold_keys(keys: Iterable[int]) -> None:
    """Wait for whoever holds one of these keys, and hold them until this transaction ends."""
    halves = array(sorted({_half(key) for key in keys}))
    often("select pg_advisory_xact_lock_shared(%s), (select count(pg_advisory_xact_lock(%s, k))"
          " from unnest(%s::int[]) as k)", [EVERYTHING, KEYS, halves])


def hold_people(people: Iterable[UUID]) -> None:
    """Wait for whoever moves records of these persons, and hold them until this transaction ends.

    Whoever attributes holds those near in the same way (candidates.around).
    """
    often("select pg_advisory_xact_lock_shared(%s)", [EVERYTHING])
    often("select id from people_person where id = any(%s::uuid[]) order by id for no key update", [array(people)])


def _half(key: int) -> int:
    """Give the lower half of a key as the database's int: two keys that share it wait for one another, no more."""
    half = key & 0xFFFFFFFF
    return half - 0x100000000 if half >= 0x80000000 else half

"""Be the only process at a piece of work: the database lets go of it when the process is killed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(lock: int, number: int = 0) -> Iterator[bool]:
    """Take the lock for a block, and tell whether it was free; nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [lock, number])
        free: bool = cursor.fetchone()[0]
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [lock, number])

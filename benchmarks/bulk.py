"""Measure ways to write many rows into a table: one JSON document, arrays of values, COPY into a temporary table.

The rows are entries as apps/record appends them, into a temporary table without indexes, in one transaction: what is
compared is how rows travel, not what keeping them costs. sightline/apps/access/bulk.py uses the first way.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psutil
import psycopg
from pydantic_core import to_json

from benchmarks.installation import Row, measured_apart, new_installation, tell

Rows = list[tuple[Any, ...]]
BATCHES = (50, 500, 2_000)


def measure(*, full: bool) -> list[Row]:
    """Write batches of each size in each way."""
    return measured_apart("benchmarks.bulk", ("worker", str(50_000 if full else 5_000)))


def entry(rng: random.Random, number: int) -> tuple[Any, ...]:
    """Invent one week of attendance, as a row of ENTRY_COLUMNS."""
    return (UUID(int=rng.getrandbits(128), version=4), 5, "Knowsley Council", f"attendance/{number}", 1, None,
            rng.randbytes(16), "school.attendance", None, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), None,
            date(2026, 1, 7), {"possible": 10, "attended": 7, "unauthorised": 2, "school": "Halewood Academy"}, None,
            None, None, None, None, [], [], None, datetime(2026, 1, 8, 10, 30, tzinfo=UTC), None, 17, number)


def run(rows_in_all: int, address: str) -> list[Row]:
    """Try all ways on one connection, as Django opens it: parameters are bound by the client."""
    from sightline.apps.access.bulk import document, told
    from sightline.apps.record.actions import ENTRY_COLUMNS

    names = [name for name, _ in ENTRY_COLUMNS]
    kinds = [kind for _, kind in ENTRY_COLUMNS]
    plain = [name.strip('"') for name in names]
    listed, typed = ", ".join(names), ", ".join(f"{name} {kind}" for name, kind in ENTRY_COLUMNS)
    values = ", ".join(f"decode({name}, 'hex')" if kind == "bytea" else name for name, kind in ENTRY_COLUMNS)
    session = psycopg.connect(address, cursor_factory=psycopg.ClientCursor)
    cursor = session.cursor()
    cursor.execute(f"create temp table kept ({typed}); create temp table staged ({typed})")

    def as_document(rows: Rows) -> None:
        cursor.execute(f"insert into kept select {values} from {told(ENTRY_COLUMNS)}", [document(ENTRY_COLUMNS, rows)])

    def as_document_of_json(rows: Rows) -> None:
        written = json.dumps([dict(zip(plain, row, strict=True)) for row in rows],
                             default=lambda value: value.hex() if isinstance(value, bytes) else str(value))
        cursor.execute(f"insert into kept select {values} from {told(ENTRY_COLUMNS)}", [written])

    def as_arrays(rows: Rows) -> None:
        columns = [[to_json(value).decode() for value in column] if kind == "jsonb" else list(column)
                   for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)]
        cursor.execute(f"insert into kept select * from unnest({', '.join(f'%s::{kind}[]' for kind in kinds)})",
                       columns)

    def by_copy(rows: Rows) -> None:
        cursor.execute("truncate staged")
        with cursor.copy(f"copy staged ({listed}) from stdin") as copy:
            for row in rows:
                copy.write_row([to_json(value).decode() if kind == "jsonb" else value
                                for kind, value in zip(kinds, row, strict=True)])
        cursor.execute(f"insert into kept select {listed} from staged")

    ways: dict[str, Callable[[Rows], None]] = {
        "one document": as_document, "one document by json.dumps": as_document_of_json, "arrays": as_arrays,
        "COPY and insert": by_copy}
    backend = psutil.Process(session.info.backend_pid)
    told_rows: list[Row] = []
    for size in BATCHES:
        rng = random.Random(7)
        rows = [entry(rng, number) for number in range(size)]
        for way, write in ways.items():
            write(rows)
            began, ours, theirs = time.perf_counter(), time.process_time(), _cpu(backend)
            times = max(1, rows_in_all // size)
            for _ in range(times):
                write(rows)
            session.commit()
            written = times * size
            told_rows += [
                (f"{size} rows, {way}", written / (time.perf_counter() - began), "rows/s"),
                (f"{size} rows, {way}: our process", (time.process_time() - ours) / written * 1e6, "µs a row"),
                (f"{size} rows, {way}: the database's", (_cpu(backend) - theirs) / written * 1e6, "µs a row")]
            cursor.execute("truncate kept")
            session.commit()
    session.close()
    return told_rows


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> int:
    """Run in this process, with a data folder of its own, and tell the rows."""
    with new_installation() as server:
        rows = run(int(sys.argv[1]), server.dsn("administrator"))
    tell(rows)
    return 0


if __name__ == "__main__":
    assert os.environ["SIGHTLINE_DATA"]
    sys.exit(main())

"""Write many rows in one statement: they travel as one JSON document, so that one round trip and row security hold.

Measured against arrays of values and against COPY into a temporary table (benchmarks/bulk.py). Arrays cost Python five
times as much. COPY costs the database half as much from 500 rows on, some 10 µs a row of the several hundred that a row
costs on its way; for that it needs a table for every shape of rows and a second statement, and at 50 rows it is slower.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from pydantic_core import to_json

Columns = Sequence[tuple[str, str]]
Rows = Sequence[Sequence[Any]]
BYTES = "bytea"


def told(columns: Columns) -> str:
    """Give `json_to_recordset(%s) as told(...)` for columns of (name, type); the names are constants of the caller."""
    kinds = ", ".join(f"{name} {'text' if kind == BYTES else kind}" for name, kind in columns)
    return f"json_to_recordset(%s::json) as told({kinds})"


def document(columns: Columns, rows: Rows) -> str:
    """Write the rows as the document that `told` reads: ids, days and instants as text, bytes in hexadecimal."""
    names = [name.strip('"') for name, _ in columns]
    return to_json([dict(zip(names, row, strict=True)) for row in rows], bytes_mode="hex").decode()


def array(values: Iterable[UUID] | Iterable[int]) -> str:
    """Write ids or numbers as an array to be cast (`%s::uuid[]`), at a fifth of the cost of handing over a list."""
    return f"{{{','.join(map(str, values))}}}"


def insert(table: str, columns: Columns, rows: Rows, *, ending: str = "") -> list[tuple[Any, ...]]:
    """Insert the rows and give what `ending` returns ("on conflict do nothing returning id"); all names are constants.

    No name of a table or column may come from outside: they are written in the calling module.
    """
    if not rows:
        return []
    names = ", ".join(name for name, _ in columns)
    values = ", ".join(f"decode({name}, 'hex')" if kind == BYTES else name for name, kind in columns)
    statement = f"insert into {table} ({names}) select {values} from {told(columns)} {ending}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [document(columns, rows)])
        return cursor.fetchall() if "returning" in ending else []

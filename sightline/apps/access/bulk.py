"""Write many rows in one statement: they travel as one JSON document, so that one round trip and row security hold.

Measured against arrays of values and against COPY into a temporary table (benchmarks/bulk.py): the document is built
and read by fast code on both sides, needs no table of its own, and a statement of any number of rows stays the same.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

Columns = Sequence[tuple[str, str]]
Rows = Sequence[Sequence[Any]]


def told(columns: Columns) -> str:
    """Give `json_to_recordset(%s) as told(...)` for columns of (name, type); the names are constants of the caller."""
    return f"json_to_recordset(%s::json) as told({', '.join(f'{name} {kind}' for name, kind in columns)})"


def document(columns: Columns, rows: Rows) -> str:
    """Write the rows as the document that `told` reads: ids, days, instants and bytes as text, the rest as it is."""
    names = [name.strip('"') for name, _ in columns]
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=_as_text)


def insert(table: str, columns: Columns, rows: Rows, *, ending: str = "") -> list[tuple[Any, ...]]:
    """Insert the rows and give what `ending` returns ("on conflict do nothing returning id"); all names are constants.

    No name of a table or column may come from outside: they are written in the calling module.
    """
    if not rows:
        return []
    names = ", ".join(name for name, _ in columns)
    statement = f"insert into {table} ({names}) select {names} from {told(columns)} {ending}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [document(columns, rows)])
        return cursor.fetchall() if "returning" in ending else []


def _as_text(value: object) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a {type(value).__name__} cannot be written in bulk")

"""Write many rows in one statement: they travel as one JSON document, so that one round trip and row security hold.

Measured against arrays of values and against COPY into a temporary table (benchmarks/bulk.py). Arrays cost Python five
times as much. COPY costs the database half as much from 500 rows on, some 10 µs a row of the several hundred that a row
costs on its way; for that it needs a table for every shape of rows and a second statement, and at 50 rows it is slower.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Self
from uuid import UUID

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
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


def array(values: Iterable[UUID] | Iterable[int] | Iterable[str]) -> str:
    """Write ids (text already or not) or numbers as an array to be cast (`%s::uuid[]`), at a fifth of a list's cost."""
    return f"{{{','.join(map(str, values))}}}"


class _Planned(psycopg.Cursor[tuple[Any, ...]]):
    """Run statements that the server keeps planned for as long as the session lasts; values travel apart."""

    def execute(self, query: Any, params: Any = None, **ways: Any) -> Self:
        """Run a statement, prepared."""
        return super().execute(query, params, prepare=True)


def often(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a statement that is asked for every record that arrives, and give its rows: a session plans it once.

    To plan a statement costs the database a tenth of a millisecond to half a one, more than most of these take to run.
    While Django logs statements it runs this one as all others, so that the log shows it.
    """
    connection.ensure_connection()
    with connection.cursor() if connection.queries_logged else CursorWrapper(
            _Planned(connection.connection), connection) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def insert(table: str, columns: Columns, rows: Rows, *, ending: str = "") -> list[tuple[Any, ...]]:
    """Insert the rows and give what `ending` returns ("on conflict do nothing returning id"); all names are constants.

    No name of a table or column may come from outside: they are written in the calling module.
    """
    if not rows:
        return []
    names = ", ".join(name for name, _ in columns)
    values = ", ".join(f"decode({name}, 'hex')" if kind == BYTES else name for name, kind in columns)
    statement = f"insert into {table} ({names}) select {values} from {told(columns)} {ending}"  # nosec B608
    return often(statement, [document(columns, rows)])

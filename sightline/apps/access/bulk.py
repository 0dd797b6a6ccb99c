"""Write many rows in one statement: columns travel as arrays, so that row-level security and one round trip hold."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

Rows = Sequence[Sequence[Any]]


def unnested(columns: Sequence[tuple[str, str]]) -> str:
    """Give `unnest(...) as told(names)` for columns of (name, type); a type with "<-" travels as text and is cast.

    `("facts", "jsonb<-text")` sends text and reads it as jsonb, as arrays and documents must.
    """
    travel = ", ".join(f"%s::{kind.partition('<-')[2] or kind}[]" for _, kind in columns)
    return f"unnest({travel}) as told({', '.join(name for name, _ in columns)})"


def cast(columns: Sequence[tuple[str, str]]) -> str:
    """Give the select list that turns what travelled into what the table holds."""
    return ", ".join(f"told.{name}::{kind.partition('<-')[0]}" if "<-" in kind else f"told.{name}"
                     for name, kind in columns)


def turned(columns: Sequence[tuple[str, str]], rows: Rows) -> list[list[Any]]:
    """Turn rows into columns."""
    if not rows:
        return [[] for _ in columns]
    return [list(column) for column in zip(*rows, strict=True)]


def insert(table: str, columns: Sequence[tuple[str, str]], rows: Rows, *, ending: str = "") -> list[tuple[Any, ...]]:
    """Insert the rows and give what `ending` returns ("on conflict do nothing returning id"); all names are constants.

    No name of a table or column may come from outside: they are written in the calling module.
    """
    if not rows:
        return []
    names = ", ".join(name for name, _ in columns)
    statement = f"insert into {table} ({names}) select {cast(columns)} from {unnested(columns)} {ending}"
    with connection.cursor() as cursor:
        cursor.execute(statement, turned(columns, rows))
        return cursor.fetchall() if "returning" in ending else []

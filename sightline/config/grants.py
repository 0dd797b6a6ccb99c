"""What the restricted roles may do in tables that are not ours: those of Django, sign-in and the job queue.

Tables of our own apps are granted in the migrations that make them. What is not named here or there is closed.
"""

from typing import LiteralString

import psycopg
from psycopg import sql

_READ = "select"
_WRITE = "select, insert, update, delete"

# Pattern of table names, what pages may do, what jobs may do. Where two patterns fit a table the later one holds.
TABLES: tuple[tuple[str, LiteralString, LiteralString], ...] = (
    ("django_migrations", _READ, _READ),
    ("django_content_type", _READ, _READ),
    ("auth_%", _READ, _READ),
    ("django_session", _WRITE, "select, delete"),
    ("django_cache%", _WRITE, _WRITE),
    ("account_%", _WRITE, _READ),
    ("mfa_%", _WRITE, ""),
    ("socialaccount_%", _WRITE, _READ),
    ("usersessions_%", _WRITE, "select, delete"),
    ("axes_%", _WRITE, "select, delete"),
    # A page puts a job into the queue and can see how the queue does; running and clearing it is the worker's.
    ("procrastinate_%", _READ, _WRITE),
    ("procrastinate_jobs", "select, insert", _WRITE),
    ("procrastinate_events", "select, insert", _WRITE),
)
FUNCTIONS = ("procrastinate_%",)

_TABLES_LIKE = "select tablename from pg_tables where schemaname = 'public' and tablename like %s order by 1"
_FUNCTIONS_LIKE = """
    select distinct proname from pg_proc
    where pronamespace = 'public'::regnamespace and proname like %s order by 1
"""


def grant(owner: str) -> None:
    """Grant what the tables above say, over the owner's connection string, for whatever is there. May be repeated."""
    with psycopg.connect(owner, connect_timeout=10) as connection:
        for pattern, web, worker in TABLES:
            for (name,) in connection.execute(_TABLES_LIKE, [pattern]).fetchall():
                _settle(connection, name, "sightline_web", web)
                _settle(connection, name, "sightline_worker", worker)
        for pattern in FUNCTIONS:
            for (name,) in connection.execute(_FUNCTIONS_LIKE, [pattern]).fetchall():
                _run(connection, "grant execute on routine {} to sightline_web, sightline_worker", name)


def _settle(connection: psycopg.Connection, table: str, role: str, rights: LiteralString) -> None:
    _run(connection, "revoke all on {} from {}", table, role)
    if rights:
        _run(connection, "grant " + rights + " on {} to {}", table, role)


def _run(connection: psycopg.Connection, statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

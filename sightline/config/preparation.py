"""Bring a server to the point where migrations can run: roles, database, what is granted by itself."""

from collections.abc import Callable

import psycopg
from psycopg import sql

from sightline.config.refusal import Refusal
from sightline.config.roles import prepare_roles
from sightline.config.server import Server

# Any number will do, as long as every Sightline uses the same: one at a time prepares a server.
_ONE_AT_A_TIME = 7_405_112

_BY_ITSELF = (
    "revoke create on schema public from public",
    "grant usage on schema public to sightline_web, sightline_worker, sightline_backup",
    # To be handed a function, a role needs the right to create in its schema.
    "grant usage, create on schema public to sightline_reader",
    # Tables are granted by nobody's default: each migration says who may do what. And functions lose PostgreSQL's
    # habit of letting everybody call them.
    "alter default privileges revoke execute on functions from public",
    "alter default privileges grant select on tables to sightline_backup",
    "alter default privileges grant select on sequences to sightline_backup",
    "alter default privileges grant usage on sequences to sightline_web, sightline_worker",
)


class DatabaseNotOurs(Refusal):
    """The database that was named cannot become Sightline's; the message says why and what to name instead."""


def prepare(server: Server, *, password: Callable[[str], str], database: str | None = None) -> list[str]:
    """Make or mend roles and database of a running server; gives warnings in words. May be repeated, also at once.

    `password` gives the password for the short name of a role (`web`); `database` is the server's own unless given.
    Raises RolesNotPrepared, DatabaseNotOurs.
    """
    name = database or server.database
    with psycopg.connect(server.dsn("administrator", "postgres"), autocommit=True, connect_timeout=10) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        warnings = prepare_roles(connection, password=password)
        try:
            _prepare_database(connection, name, server.dsn("administrator", name))
        except psycopg.errors.InsufficientPrivilege as error:
            raise DatabaseNotOurs(
                f"The user of DATABASE_URL may not prepare the database {name}: {error.diag.message_primary}. "
                "Let it own the database or be a superuser, or name a database that does not exist yet."
            ) from None
        with psycopg.connect(server.dsn("owner", name), connect_timeout=10) as as_owner:
            for statement in _BY_ITSELF:
                as_owner.execute(statement)
    return warnings


def _prepare_database(connection: psycopg.Connection, name: str, inside: str) -> None:
    """Make the database if there is none, owned by sightline_owner and closed to all but our roles."""
    found = connection.execute(
        "select pg_encoding_to_char(encoding), pg_get_userbyid(datdba) from pg_database where datname = %s", [name]
    ).fetchone()
    named = sql.Identifier(name)
    if found is None:
        connection.execute(
            sql.SQL("create database {} owner sightline_owner template template0 encoding 'UTF8'").format(named)
        )
    elif found[1] != "sightline_owner":
        _require_usable(name, encoding=found[0], inside=inside)
        connection.execute(sql.SQL("alter database {} owner to sightline_owner").format(named))
    connection.execute(sql.SQL("revoke all on database {} from public").format(named))
    connection.execute(
        sql.SQL("grant connect on database {} to sightline_web, sightline_worker, sightline_backup").format(named)
    )


def _require_usable(name: str, *, encoding: str, inside: str) -> None:
    """Refuse a database of somebody else's that holds tables, or keeps its text in another encoding."""
    if encoding != "UTF8":
        raise DatabaseNotOurs(f"The database {name} keeps its text in {encoding}. Name one in UTF8, or a new one.")
    with psycopg.connect(inside, connect_timeout=10) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    if tables != (0,):
        raise DatabaseNotOurs(f"The database {name} holds other tables. Name a new or an empty one in DATABASE_URL.")

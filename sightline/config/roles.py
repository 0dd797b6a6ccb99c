"""The roles of the database: who may log in, and what binds them.

`sightline_owner` owns the tables and runs migrations; row-level security binds it too.
`sightline_web` and `sightline_worker` serve pages and jobs: they may do what a migration granted, and no more.
`sightline_reader` cannot log in; named functions that must look past row-level security belong to it.
`sightline_backup` reads everything and writes nothing.
Everything here may be repeated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import LiteralString

import psycopg
from psycopg import sql

from sightline.config.refusal import Refusal


class RolesNotPrepared(Refusal):
    """The administrator's rights do not suffice; the message says which do."""


@dataclass(frozen=True)
class Role:
    """One role: whether it logs in, whether row-level security binds it, and its limits in PostgreSQL's own words."""

    name: str
    logs_in: bool
    bypasses: bool
    limits: Mapping[str, str] = field(default_factory=dict)


ROLES = (
    # A migration that cannot have its lock soon must not make every page wait behind it.
    Role("sightline_owner", True, False, {"lock_timeout": "30s"}),
    Role(
        "sightline_web",
        True,
        False,
        {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"},
    ),
    Role(
        "sightline_worker",
        True,
        False,
        {"statement_timeout": "10min", "lock_timeout": "30s", "idle_in_transaction_session_timeout": "10min"},
    ),
    Role("sightline_reader", False, True),
    Role("sightline_backup", True, True, {"default_transaction_read_only": "on"}),
)

_AS_IT_IS = """
    select rolcanlogin, rolbypassrls, rolsuper, rolcreaterole, rolcreatedb, rolreplication
    from pg_roles where rolname = %s
"""
# What to say when the column of the same place in the query above is to become false, and true.
_ATTRIBUTES: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("alter role {} nologin", "alter role {} login"),
    ("alter role {} nobypassrls", "alter role {} bypassrls"),
    ("alter role {} nosuperuser", "alter role {} superuser"),
    ("alter role {} nocreaterole", "alter role {} createrole"),
    ("alter role {} nocreatedb", "alter role {} createdb"),
    ("alter role {} noreplication", "alter role {} replication"),
)

# Only a superuser may set these; on the embedded server they hold for everybody (sightline.config.cluster).
_QUIET = {"log_min_error_statement": "panic", "log_min_messages": "log", "log_error_verbosity": "terse"}


def prepare_roles(connection: psycopg.Connection, *, password: Callable[[str], str]) -> list[str]:
    """Make or mend all roles over the administrator's connection, in autocommit; gives warnings in words.

    `password` gives the password for the short name of a role (`web`). Raises RolesNotPrepared.
    """
    try:
        for role in ROLES:
            _prepare(connection, role, password)
        _admit_owner(connection)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesNotPrepared(
            f"The user of DATABASE_URL may not make our roles: {error.diag.message_primary}. It must be a superuser, "
            "or from PostgreSQL 16 on a role with CREATEROLE, CREATEDB and BYPASSRLS."
        ) from None
    return _quieten(connection)


def _prepare(connection: psycopg.Connection, role: Role, password: Callable[[str], str]) -> None:
    """Bring one role to what the table says, naming only what differs: naming more needs more rights."""
    found = connection.execute(_AS_IT_IS, [role.name]).fetchone()
    if found is None:
        _run(connection, "create role {} bypassrls" if role.bypasses else "create role {}", role.name)
        found = (False, role.bypasses, False, False, False, False)
    wanted = (role.logs_in, role.bypasses, False, False, False, False)
    for words, has, want in zip(_ATTRIBUTES, found, wanted, strict=True):
        if has != want:
            _run(connection, words[want], role.name)
    for name, value in role.limits.items():
        _set(connection, role, name, value)
    if role.logs_in:
        # Hashed here: the password itself never reaches the server or its log.
        plain = password(role.name.removeprefix("sightline_"))
        hashed = connection.pgconn.encrypt_password(plain.encode(), role.name.encode(), b"scram-sha-256")
        connection.execute(
            sql.SQL("alter role {} password {}").format(sql.Identifier(role.name), sql.Literal(hashed.decode()))
        )


def _admit_owner(connection: psycopg.Connection) -> None:
    """Let the owner hand functions to the reader, and an administrator who is no superuser act for the owner."""
    connection.execute("grant sightline_reader to sightline_owner")
    superuser = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    if superuser != (True,):
        connection.execute("grant sightline_owner to current_user")


def _quieten(connection: psycopg.Connection) -> list[str]:
    """Keep statements and details of errors out of the server's log, for they repeat what was recorded of a child."""
    try:
        for role in ROLES:
            for name, value in _QUIET.items():
                _set(connection, role, name, value)
    except psycopg.errors.InsufficientPrivilege:
        return [
            "The user of DATABASE_URL may not quieten the server's log, which may therefore repeat personal data. "
            "Ask a superuser to set " + ", ".join(f"{name} = {value}" for name, value in _QUIET.items()) + "."
        ]
    return []


def _set(connection: psycopg.Connection, role: Role, name: str, value: str) -> None:
    statement = sql.SQL("alter role {} set {} = {}")
    connection.execute(statement.format(sql.Identifier(role.name), sql.Identifier(name), sql.Literal(value)))


def _run(connection: psycopg.Connection, statement: LiteralString, name: str) -> None:
    connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

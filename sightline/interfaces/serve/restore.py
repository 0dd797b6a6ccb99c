"""Bring a backup back, beside what is there, and put it in its place only when every row has arrived."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from pydantic import TypeAdapter, ValidationError

import sightline
from sightline.apps.access.anchors import anchor_restore
from sightline.config.environment import Environment
from sightline.config.folders import DataFolder
from sightline.config.locks import locked_or_told
from sightline.config.preparation import prepare
from sightline.config.refusal import Refusal
from sightline.config.secrets import MFA_KEY, password_of, secret
from sightline.config.server import Server
from sightline.interfaces.serve.backup import DUMP, MANIFEST, Manifest, count_rows, key_fingerprint, sha256_of
from sightline.interfaces.serve.preparing import bring_up_to_date
from sightline.interfaces.serve.tools import load

# Rows that a database has before anybody used it.
_THERE_FROM_THE_START = ("django_", "auth_permission", "procrastinate_")
_SECOND_FACTORS = "mfa_authenticator"


class BackupUnreadable(Refusal):
    """The folder holds no whole backup that this Sightline can read; the message says what is wrong."""


class NotRestored(Refusal):
    """The backup was not brought back, and what was there before is as it was; the message says why."""


def read_manifest(folder: Path) -> Manifest:
    """Read what a backup says of itself, and make sure that its copy is whole. Raises BackupUnreadable."""
    try:
        manifest = TypeAdapter(Manifest).validate_json((folder / MANIFEST).read_bytes())
        fingerprint = sha256_of(folder / DUMP)
    except (OSError, ValidationError):
        raise BackupUnreadable(
            f"There is no whole backup in {folder}. Name the folder that was given to sightline backup."
        ) from None
    if fingerprint != manifest.sha256:
        raise BackupUnreadable(f"The copy in {folder} is not the one that was made: it is damaged or changed.")
    if _numbers(manifest.sightline) > _numbers(sightline.__version__):
        raise BackupUnreadable(f"Sightline {manifest.sightline} made this backup. Restore it with that or a newer one.")
    return manifest


def restore(
    environment: Environment, server: Server, backup: Path, *, replace: bool, key_lost: bool, at: datetime,
    say: Callable[[str], None],
) -> Manifest:
    """Bring the backup of a folder into a fresh database, compare every table's rows, and take the old one's place.

    `replace` lets go of records that are there; `key_lost` removes the second factors, which then nobody can read.
    Raises BackupUnreadable, NotRestored, ToolFailed and what preparing raises.
    """
    folder = DataFolder(environment.data).make()
    manifest = read_manifest(backup)
    with locked_or_told(folder.path / "serve.lock", "a restore is going on") as other:
        if other is not None:
            raise NotRestored(f"Sightline runs from {folder.path}. Stop it first, then restore.")
        prepare(server, password=lambda role: secret(folder.secrets, password_of(role)))
        _require_room(server, replace=replace)
        _require_key(manifest, folder, key_lost=key_lost)
        fresh = f"{server.database}_restoring"
        try:
            _bring_in(server, folder, backup, manifest, fresh=fresh, key_lost=key_lost, say=say)
            seal, chain = _begin_era(server, fresh)
            _take_the_place(server, fresh)
        finally:
            _drop(server, fresh)
        anchor_restore(seal=seal, chain=chain, file=folder.anchors, at=at)
        for warning in bring_up_to_date(environment, server, always=True):
            say(warning)
    return manifest


def _bring_in(
    server: Server,
    folder: DataFolder,
    backup: Path,
    manifest: Manifest,
    *,
    fresh: str,
    key_lost: bool,
    say: Callable[[str], None],
) -> None:
    _drop(server, fresh)
    prepare(server, password=lambda role: secret(folder.secrets, password_of(role)), database=fresh)
    say("Bringing the records back.")
    administrator = server.dsn("administrator", fresh)
    load(backup / DUMP, dsn=administrator, folder=folder)
    say("Comparing every table with the backup's own count.")
    with psycopg.connect(administrator, connect_timeout=10) as session:
        if (rows := count_rows(session)) != dict(manifest.rows):
            differ = sorted(name for name in {*rows, *manifest.rows} if rows.get(name) != manifest.rows.get(name))
            raise NotRestored(f"Not every row came back: {', '.join(differ)} differ. Nothing was changed.")
        if key_lost and _SECOND_FACTORS in rows:
            session.execute(sql.SQL("delete from {}").format(sql.Identifier(_SECOND_FACTORS)))
        session.execute("analyze")


def _begin_era(server: Server, fresh: str) -> tuple[int, bytes]:
    """Let the audit go on in a new era, and give the newest seal there is (0 where there is none).

    Audit rows are sealed in the order of the transactions that wrote them, whose numbers begin anew in another server.
    """
    with psycopg.connect(server.dsn("administrator", fresh), connect_timeout=10) as session:
        row = session.execute("select coalesce(max(era), 0) + 1 from access_auditentry").fetchone()
        assert row is not None
        era = sql.Literal(row[0])
        session.execute(sql.SQL("alter table access_auditentry alter column era set default {}").format(era))
        newest = session.execute("select id, chain from access_auditseal order by id desc limit 1").fetchone()
        return (newest[0], bytes(newest[1])) if newest else (0, b"")


def _require_room(server: Server, *, replace: bool) -> None:
    """Refuse to let go of records unless told to."""
    with psycopg.connect(server.dsn("administrator"), connect_timeout=10) as session:
        held = {name for name, rows in count_rows(session).items() if rows}
    if not replace and any(not name.startswith(_THERE_FROM_THE_START) for name in held):
        raise NotRestored("There are records in this Sightline. Back them up, then add --replace to let go of them.")


def _require_key(manifest: Manifest, folder: DataFolder, *, key_lost: bool) -> None:
    if not key_lost and manifest.mfa_key != key_fingerprint(folder):
        raise NotRestored(
            f"The second factors in this backup need another key than {folder.secrets / MFA_KEY}. Put your copy of "
            "that file there and restore again. If it is lost, add --key-lost: every officer then sets up a new one."
        )


def _take_the_place(server: Server, fresh: str) -> None:
    """Put the fresh database where the old one was; PostgreSQL refuses while anybody is still connected to that."""
    replaced = f"{server.database}_replaced"
    _drop(server, replaced)
    try:
        with psycopg.connect(server.dsn("administrator", "postgres"), connect_timeout=10) as session:
            # Both or neither: at no moment, not even after a power cut, is there no database of that name.
            _run(session, "alter database {} rename to {}", server.database, replaced)
            _run(session, "alter database {} rename to {}", fresh, server.database)
    except psycopg.errors.ObjectInUse:
        raise NotRestored("Somebody is still connected to the database. Stop every Sightline that uses it.") from None
    _drop(server, replaced)


def _drop(server: Server, database: str) -> None:
    with psycopg.connect(server.dsn("administrator", "postgres"), autocommit=True, connect_timeout=10) as session:
        _run(session, "drop database if exists {} with (force)", database)


def _run(session: psycopg.Connection, statement: LiteralString, *names: str) -> None:
    session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]

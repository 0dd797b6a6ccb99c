"""Copy the whole database into a folder, in a form that can be checked and brought back.

The copy is taken at one instant while people go on working. It holds no keys: whoever finds it can read the records,
so keep it where you keep records, and a copy of the keys somewhere else.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

import sightline
from sightline.config import secrets
from sightline.config.folders import DataFolder
from sightline.config.refusal import Refusal
from sightline.config.server import Server
from sightline.interfaces.serve.tools import dump

DUMP = "sightline.dump"
MANIFEST = "manifest.json"


class NotBackedUp(Refusal):
    """The folder cannot take the copy; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows by table, the fingerprint of the copy, and of the key that second factors need."""

    made_at: str
    sightline: str
    postgres: int
    rows: Mapping[str, int]
    sha256: str
    mfa_key: str


def back_up(server: Server, folder: DataFolder, into: Path, *, at: datetime) -> Manifest:
    """Write the copy and its manifest into a new or empty folder, for the present user alone.

    The manifest comes last: a folder without one holds no backup. Raises NotBackedUp, ToolFailed.
    """
    _make_room(into)
    copy = into / DUMP
    with psycopg.connect(server.dsn("backup"), connect_timeout=10) as session:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = session.execute("select pg_export_snapshot()").fetchone()
        assert row is not None
        rows = count_rows(session)
        dump(copy, dsn=server.dsn("backup"), snapshot=row[0], folder=folder)
        version = session.info.server_version
    _put_on_disk(copy)
    manifest = Manifest(at.isoformat(), sightline.__version__, version, rows, sha256_of(copy), key_fingerprint(folder))
    _write_for_good(into / MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def count_rows(session: psycopg.Connection) -> dict[str, int]:
    """Count the rows of every table; the role must look past row-level security."""
    tables = session.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    counted = {}
    for (name,) in tables:
        row = session.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name))).fetchone()
        assert row is not None
        counted[name] = row[0]
    return counted


def sha256_of(path: Path) -> str:
    """Give the fingerprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_fingerprint(folder: DataFolder) -> str:
    """Give a mark by which the key of the second factors can be recognised and not be found out."""
    key = secrets.secret(folder.secrets, secrets.MFA_KEY)
    return hashlib.sha256(b"sightline backup " + key.encode()).hexdigest()[:16]


def _make_room(into: Path) -> None:
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = any(into.iterdir())
    except OSError as error:
        raise NotBackedUp(f"Nothing can be written into {into} ({error.strerror}). Name another folder.") from None
    if taken:
        raise NotBackedUp(f"The folder {into} is not empty. Name a new one, so that no earlier backup is lost.")
    # Whatever the mode of the folder: nobody else reads the copy.
    (into / DUMP).touch(mode=0o600)


def _put_on_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write_for_good(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())

"""PostgreSQL's own programs for copying a database out and in, with the password kept out of their arguments."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.config.refusal import Refusal

_ENCRYPTS = ("require", "verify-ca", "verify-full")


class ToolFailed(Refusal):
    """A program of PostgreSQL gave up; the message repeats its reason, which names tables and never rows."""


def run_tool(name: str, arguments: Sequence[str], *, dsn: str, folder: DataFolder) -> None:
    """Run pg_dump or pg_restore on the database of a connection string. Raises ToolFailed."""
    parts = {part: str(value) for part, value in conninfo_to_dict(dsn).items()}
    password = parts.pop("password", "")
    done = subprocess.run(
        [str(_program(name, parts, folder)), "--dbname", make_conninfo(**parts), "--no-password", *arguments],
        env=os.environ | {"PGPASSWORD": password, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise ToolFailed(f"{name} gave up: {_reason(done.stderr)}")


def _program(name: str, parts: dict[str, str], folder: DataFolder) -> Path:
    """Choose the program: ours, unless the connection must be encrypted, which ours cannot do."""
    if parts.get("sslmode") in _ENCRYPTS:
        installed = shutil.which(name)
        if installed is None:
            raise ToolFailed(
                f"{name} of PostgreSQL 18 is needed for an encrypted connection. Install postgresql-client-18."
            )
        return Path(installed)
    return EmbeddedPostgres(folder).binaries / name


def _reason(said: str) -> str:
    """Give the first complaint without the statement that it is about: that may hold rows."""
    complaints = [line for line in said.splitlines() if re.search(r"\b(error|FATAL|ERROR)\b", line)]
    return complaints[0].split("Command was:")[0].strip() if complaints else "it gave no reason."

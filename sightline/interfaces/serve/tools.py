"""PostgreSQL's own programs for copying a database out and in, with the password kept out of their arguments."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.config.refusal import Refusal

_ENCRYPTS = ("require", "verify-ca", "verify-full")
# pg_restore of version 17 and later writes this for every server, and older ones do not know it.
_TOO_NEW = b"SET transaction_timeout = 0;\n"
_LINES_OF_SETTINGS = 60


class ToolFailed(Refusal):
    """A program of PostgreSQL gave up; the message repeats its reason, which names tables and never rows."""


def dump(into: Path, *, dsn: str, snapshot: str, folder: DataFolder) -> None:
    """Write the database of a connection string into a file, as it was at a snapshot. Raises ToolFailed."""
    plain, variables = _login(dsn)
    command = [_program("pg_dump", dsn, folder), "--dbname", plain, "--no-password", "--format=custom"]
    done = subprocess.run(
        [*command, f"--file={into}", f"--snapshot={snapshot}"],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(f"pg_dump gave up: {_reason(done.stderr)}")


def load(copy: Path, *, dsn: str, folder: DataFolder) -> None:
    """Bring a copy into the empty database of a connection string, on any server from 15 on. Raises ToolFailed."""
    plain, variables = _login(dsn)
    reads = [_program("pg_restore", dsn, folder), "--file=-", str(copy)]
    # Only the code of an error: its words may repeat a row.
    writes = [_program("psql", dsn, folder), "--dbname", plain, "--no-password", "--no-psqlrc", "--quiet"]
    writes += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate", "--output=/dev/null"]
    with tempfile.TemporaryFile() as said, subprocess.Popen(reads, stdout=subprocess.PIPE, stderr=said) as reader:
        with subprocess.Popen(writes, env=variables, stdin=subprocess.PIPE, stderr=said) as writer:
            assert reader.stdout is not None
            assert writer.stdin is not None
            _hand_over(reader.stdout, writer.stdin)
        if reader.wait() or writer.returncode:
            said.seek(0)
            raise ToolFailed(f"The copy could not be brought in: {_reason(said.read())}")


def _hand_over(script: IO[bytes], to: IO[bytes]) -> None:
    """Hand the script on line by line, then whole, leaving out what older servers do not know."""
    try:
        with to:
            for line in islice(script, _LINES_OF_SETTINGS):
                if line != _TOO_NEW:
                    to.write(line)
            shutil.copyfileobj(script, to)
    except BrokenPipeError:
        # The writer gave up and has said why; reading on lets the reader end.
        shutil.copyfileobj(script, _Nowhere())


class _Nowhere:
    def write(self, content: bytes) -> int:
        """Take everything."""
        return len(content)


def _login(dsn: str) -> tuple[str, Mapping[str, str]]:
    """Part a connection string from its password, which goes into the environment: arguments are for all to see."""
    parts = {part: str(value) for part, value in conninfo_to_dict(dsn).items()}
    password = parts.pop("password", "")
    return make_conninfo(**parts), os.environ | {"PGPASSWORD": password, "LC_ALL": "C"}


def _program(name: str, dsn: str, folder: DataFolder) -> str:
    """Choose the program: ours, unless the connection must be encrypted, which ours cannot do."""
    if conninfo_to_dict(dsn).get("sslmode") in _ENCRYPTS:
        installed = shutil.which(name)
        if installed is None:
            raise ToolFailed(
                f"{name} of PostgreSQL 18 is needed for an encrypted connection. Install postgresql-client-18."
            )
        return installed
    return str(EmbeddedPostgres(folder).binaries / name)


def _reason(said: bytes) -> str:
    """Give the first complaint without the statement that it is about: that may hold rows."""
    lines = said.decode("utf-8", "replace").splitlines()
    complaints = [line for line in lines if re.search(r"error|FATAL|ERROR", line)]
    return complaints[0].split("Command was:")[0].strip() if complaints else "it gave no reason."

"""The embedded PostgreSQL: made, started and stopped by Sightline itself, in the data folder, for this machine alone.

It listens on a socket in a closed folder and on nothing else, asks for passwords even there, and writes no SQL text and
no values into its log. The process that started it is its parent, and it ends with that process.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Literal

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from sightline.config.account import account_for, runs_as
from sightline.config.binaries import FOLDER_FOR_ROOT, programs
from sightline.config.cluster import ADMINISTRATOR_ROLE, SURROUNDINGS, make_cluster, settings, spoken
from sightline.config.folders import DataFolder
from sightline.config.locks import locked
from sightline.config.offspring import ends_with_parent
from sightline.config.refusal import Refusal
from sightline.config.secrets import ADMINISTRATOR, password_of, secret
from sightline.config.sockets import PORT, make_socket_folder, socket_folder

_PATIENCE_SECONDS = 300


class PostgresDidNotStart(Refusal):
    """The embedded PostgreSQL could not be started; the message says why and where to look."""


class EmbeddedPostgres:
    """One cluster in one data folder. `durable=False` is for tests: faster, and a power cut may lose it."""

    def __init__(self, folder: DataFolder, *, durable: bool = True) -> None:
        self._folder = folder
        self._cluster = folder.postgres / "cluster"
        self._log = folder.logs / "postgres.log"
        self._durable = durable
        self._account = account_for(self._cluster)
        self._sockets = socket_folder(folder.postgres)
        self._near = self._sockets.parent == folder.postgres
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def binaries(self) -> Path:
        """Give the folder of psql, pg_dump, pg_restore, pg_basebackup."""
        return programs(self._folder.postgres if self._account is None else FOLDER_FOR_ROOT)

    @property
    def database(self) -> str:
        """Give the name of Sightline's database."""
        return "sightline"

    @property
    def pid(self) -> int | None:
        """Give the process id of the server as it wrote it itself, or None."""
        try:
            return int((self._cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def whereabouts(self, database: str | None = None) -> dict[str, str]:
        """Say where a database of this cluster is, as libpq names it."""
        return {"host": str(self._sockets), "port": str(PORT), "dbname": database or self.database}

    def dsn(self, role: str, database: str | None = None) -> str:
        """Give the connection string of a role: owner, web, worker, backup or administrator."""
        user = ADMINISTRATOR_ROLE if role == "administrator" else f"sightline_{role}"
        password = secret(self._folder.secrets, password_of(role))
        return make_conninfo(**self.whereabouts(database), user=user, password=password)

    def answers(self) -> bool:
        """Say whether the server takes connections now; a process id in a file would prove nothing.

        Raises PostgresDidNotStart when it runs but does not know our password.
        """
        try:
            with psycopg.connect(self.dsn("administrator", "postgres"), connect_timeout=10):
                return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise PostgresDidNotStart(
                    f"The database does not know the password in {self._folder.secrets}. "
                    "Put that folder back from your copy: it belongs to this database."
                ) from None
            return False

    def start(self) -> Literal["started", "already"]:
        """Make the cluster if there is none, and start it if it does not run.

        Waits for recovery after a crash, up to five minutes. Of several processes that call this at once one starts
        the server and the others find it running. Call it from the main thread (sightline.config.offspring).
        Raises PostgresDidNotStart, ClusterNotMade, NoPrograms, UnusableFolder, UnsafeSocketFolder.
        """
        self._folder.make()
        self._folder.postgres.mkdir(mode=0o700, exist_ok=True)
        with locked(self._folder.path / ".postgres.lock"):
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while self._runs() and time.monotonic() < deadline:
                if self.answers():
                    return "already"
                time.sleep(0.1)
            make_cluster(
                self._cluster,
                binaries=self.binaries,
                account=self._account,
                password=secret(self._folder.secrets, ADMINISTRATOR),
                durable=self._durable,
            )
            self._clear_foreign_pid()
            self._launch(deadline)
            return "started"

    def stop(self) -> None:
        """Stop the server if this object started it: open transactions are rolled back, the rest is on disk."""
        process, self._process = self._process, None
        if process is not None:
            self._end(process)
            if not self._near:
                with contextlib.suppress(OSError):
                    self._sockets.rmdir()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        # "Fast" first; "immediate" and "kill" need recovery at the next start, and lose nothing either.
        for number, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 20), (signal.SIGKILL, 20)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.send_signal(number)
                process.wait(seconds)
                return

    def died(self) -> bool:
        """Say whether the server that this object started, or found running, is gone."""
        return self._process.poll() is not None if self._process is not None else not self._runs()

    def _runs(self) -> bool:
        """Say whether the process that postmaster.pid names is a PostgreSQL, coming up or going down included."""
        try:
            process = psutil.Process(self.pid or 0)
            return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def _clear_foreign_pid(self) -> None:
        """Remove a postmaster.pid whose number is somebody else's now, or PostgreSQL takes that process for its rival.

        It happens when a container is started again after a crash: the numbers begin anew.
        """
        pid = self.pid
        if pid is not None and psutil.pid_exists(pid) and not self._runs():
            (self._cluster / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self, deadline: float) -> None:
        make_socket_folder(self._sockets, uid=self._account.uid if self._account else os.geteuid())
        chosen = settings(sockets="../run" if self._near else str(self._sockets), durable=self._durable)
        command = [str(self.binaries / "postgres"), "-D", spoken(self._cluster, self._account)]
        command += [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        while time.monotonic() < deadline:
            self._process = self._popen(command)
            if self._comes_up(deadline):
                return
            # The helpers of a killed server need a moment to notice it and to let go of the shared memory.
            if self._process.poll() is None or "shared memory block" not in self._last_words():
                break
            time.sleep(0.5)
        self.stop()
        raise PostgresDidNotStart(f"PostgreSQL did not start. Its last words in {self._log}:\n{self._last_words()}")

    def _comes_up(self, deadline: float) -> bool:
        assert self._process is not None
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def _popen(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._cluster,
                env=SURROUNDINGS,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Out of the terminal's group: Ctrl-C reaches the supervisor alone, which stops things in order.
                start_new_session=True,
                preexec_fn=ends_with_parent(signal.SIGINT),  # noqa: PLW1509 (it takes no lock)
                **runs_as(self._account),
            )

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            return "\n".join(self._log.read_text("utf-8", "replace").splitlines()[-5:])
        return ""

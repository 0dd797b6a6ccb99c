"""Start everything that must run, watch it, and stop it in order: PostgreSQL, the web processes, the worker.

The supervisor is one thread that mostly sleeps. It knows no Django and no child: when it is killed, nothing is lost.
"""

import http.client
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from socket import socket

from sightline.config.environment import Environment, variables_for_child
from sightline.config.folders import DataFolder
from sightline.config.locks import locked_or_told
from sightline.config.refusal import Refusal
from sightline.config.server import Server, server_of
from sightline.interfaces.serve import doors, leftovers, log_files
from sightline.interfaces.serve.preparing import bring_up_to_date
from sightline.interfaces.serve.process import KeptProcess
from sightline.interfaces.serve.stopping import StopAsked, Stopping

_WEB = "web process"
_WORKER = "worker"
_GRACE_SECONDS = {_WEB: 20.0, _WORKER: 30.0}
_READY_WITHIN_SECONDS = 120
_LOOKS_AROUND_EVERY_SECONDS = 0.5
_TURNS_LOGS_OVER_EVERY_SECONDS = 60.0
_RECOVERS_SECONDS = 5.0

Say = Callable[[str], None]


class AlreadyServed(Refusal):
    """Another supervisor runs on the same data folder; the message says where."""


class NotServed(Refusal):
    """The web process did not come up; the message says where to look."""


class Supervisor:
    """Serve one data folder until a stop is asked for. `say` tells the operator in words what happens."""

    def __init__(self, environment: Environment, *, say: Say, with_worker: bool = True) -> None:
        self._environment = environment
        self._folder = DataFolder(environment.data)
        self._tell = say
        self._with_worker = with_worker
        self._server: Server = server_of(environment)
        self._doors: list[socket] = []
        self._processes: list[KeptProcess] = []
        self._logs_turned_over_at = 0.0
        self._looks_again_at = 0.0

    def run(self, *, ready: Callable[[], None], before_serving: Callable[[], None] = lambda: None) -> None:
        """Start everything, call `ready`, and return when all has been stopped.

        `before_serving` is called once the database is up to date, before the first page is served.

        Raises a Refusal when something does not start; then too everything is stopped.
        """
        self._folder.make()
        with self._alone(), Stopping() as stopping:
            try:
                with stopping.interrupting():
                    self._start(before_serving)
                ready()
                while not stopping.asked_within(_LOOKS_AROUND_EVERY_SECONDS):
                    self._look_around(stopping)
            except StopAsked:
                pass
            finally:
                self._stop(stopping)

    def _say(self, words: str) -> None:
        """Tell the operator, and the log for those who were not there."""
        self._tell(words)
        with suppress(OSError), (self._folder.logs / "serve.log").open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {words}\n")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with locked_or_told(self._folder.path / "serve.lock", self._environment.address) as other:
            if other is not None:
                raise AlreadyServed(
                    f"Sightline already runs from {self._folder.path}: {other}. "
                    "Use that one, or name another folder in SIGHTLINE_DATA and another PORT."
                )
            yield

    def _start(self, before_serving: Callable[[], None]) -> None:
        self._doors = doors.open_doors(self._environment.host, self._environment.port)
        if cleared := leftovers.clear(self._left, data=self._folder.path):
            self._say(f"Ended {cleared} processes that an earlier start had left.")
        self._say("Starting the database.")
        self._server.start()
        self._say("Bringing the database up to date.")
        for warning in bring_up_to_date(self._environment, self._server):
            self._say(warning)
        before_serving()
        self._processes = [self._web(), *([self._worker()] if self._with_worker else [])]
        for process in self._processes:
            process.start()
        leftovers.record(self._left, self._processes)
        self._wait_until_served()

    def _web(self) -> KeptProcess:
        numbers = [door.fileno() for door in self._doors]
        command = [sys.executable, "-m", "gunicorn", "-c", "python:sightline.interfaces.serve.gunicorn_settings"]
        command += [part for number in numbers for part in ("--bind", f"fd://{number}")]
        return KeptProcess(
            _WEB,
            [*command, "sightline.config.wsgi:application"],
            variables=variables_for_child(self._environment, "web"),
            log=self._folder.logs / "web.log",
            inherits=numbers,
        )

    def _worker(self) -> KeptProcess:
        return KeptProcess(
            _WORKER,
            [sys.executable, "-m", "sightline.interfaces.jobs.worker"],
            variables=variables_for_child(self._environment, "worker"),
            log=self._folder.logs / "worker.log",
        )

    @property
    def _left(self) -> Path:
        return self._folder.path / "serve.json"

    def _wait_until_served(self) -> None:
        web = self._processes[0]
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if web.died() is not None:
                break
            if self._is_served():
                return
            time.sleep(0.05)
        raise NotServed(f"The pages did not come up. What happened is in {self._folder.logs / 'web.log'}.")

    def _is_served(self) -> bool:
        host, port = self._doors[0].getsockname()[:2]
        if ip_address(host).is_unspecified:
            # "All addresses of this machine" is no address to knock at.
            host = "::1" if ":" in host else "127.0.0.1"
        knock = http.client.HTTPConnection(host, port, timeout=5)
        try:
            knock.request("GET", "/healthz", headers={"Host": "localhost"})
            return knock.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            knock.close()

    def _look_around(self, stopping: Stopping) -> None:
        """Look after everything once. A full disk is told and outlived: what runs goes on."""
        if time.monotonic() < self._looks_again_at:
            return
        try:
            self._look_after_database(stopping)
            self._look_after_processes()
            if time.monotonic() - self._logs_turned_over_at > _TURNS_LOGS_OVER_EVERY_SECONDS:
                self._logs_turned_over_at = time.monotonic()
                log_files.turn_over(self._folder.logs)
        except (Refusal, OSError) as error:
            self._say(f"{error} Trying again in {_RECOVERS_SECONDS:.0f} s.")
            self._looks_again_at = time.monotonic() + _RECOVERS_SECONDS

    def _look_after_database(self, stopping: Stopping) -> None:
        if self._server.died():
            self._say("The database has ended by itself; starting it again.")
            with stopping.interrupting():
                self._server.start()

    def _look_after_processes(self) -> None:
        for process in self._processes:
            if (code := process.died()) is not None:
                pause = f" in {process.pause_seconds:.0f} s" if process.pause_seconds else ""
                self._say(f"The {process.name} has ended by itself (status {code}); starting it again{pause}.")
            if process.due:
                process.start()
                leftovers.record(self._left, self._processes)

    def _stop(self, stopping: Stopping) -> None:
        for process in self._processes:
            process.stop(grace_seconds=_GRACE_SECONDS[process.name], hurry=stopping.hurry)
        self._server.stop()
        doors.close(self._doors)
        self._left.unlink(missing_ok=True)

"""A whole Sightline, started as people start it, on a data folder and a port of its own."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from tests import canaries
from tests.integration.config.server_elsewhere import free_port

SIGHTLINE = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()"]


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """Give the environment of a command on the data folder `data`, without what the test run itself has set."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "DJANGO_"))}
    return {name: value for name, value in inherited.items() if name not in ("PORT", "DATABASE_URL")} | {
        "SIGHTLINE_DATA": str(data), **more
    }


def command(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `sightline` to its end."""
    environment = surroundings(data, **more)
    whole = [*SIGHTLINE, *arguments]
    done = subprocess.run(whole, env=environment, capture_output=True, text=True, timeout=120, check=False)
    canaries.look_at_process(data, done.stderr)
    return done


class RunningSightline:
    """One `sightline serve`, from outside: its processes, its address, what it said."""

    def __init__(self, data: Path, port: int, process: subprocess.Popen[str], told: Mapping[str, Any]) -> None:
        self.data, self.port, self.process, self.told = data, port, process, told
        self.postgres = EmbeddedPostgres(DataFolder(data))

    def processes(self) -> list[psutil.Process]:
        """Give all processes below the supervisor."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def only(self, part: str) -> psutil.Process:
        """Give the one direct child of the supervisor whose command line has `part` in it."""
        (found,) = self.direct(part)
        return found

    def direct(self, part: str) -> list[psutil.Process]:
        """Give the direct children of the supervisor, the dead ones aside, whose command line has `part` in it."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                if part in " ".join(child.cmdline()):
                    found.append(child)
        return found

    def get(self, path: str, *, seconds: float = 30) -> tuple[int, bytes]:
        """Get a page over a connection of its own; gives status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal to the supervisor and give its exit status."""
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def running_sightline(data: Path, start: Sequence[str] = ("serve",), **more: str) -> Iterator[RunningSightline]:
    """Start `sightline serve` and wait until it says that pages are served; killed at the end if it still runs."""
    port = free_port()
    said = data.parent / f"{data.name}.said"
    with said.open("ab") as errors:
        process = subprocess.Popen(
            [*SIGHTLINE, *start, "--json"],
            env=surroundings(data, PORT=str(port), **more),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    with process:
        try:
            line = process.stdout.readline()
            assert line, said.read_text()
            yield RunningSightline(data, port, process, json.loads(line))
        finally:
            process.kill()
            canaries.look_at_process(data, said.read_text("utf-8", errors="replace"))


def still_at_work(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Give those that have not ended; one that only waits for a slow init to take note of its end has ended."""
    at_work = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                at_work.append(process)
    return at_work


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds, and fail if it does not in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)

"""How long a start takes, empty, again, and after being killed; and how much memory everything takes together.

The full form starts as `make run` does, with the demonstration; the quick one without.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres
from sightline.interfaces.serve.doors import close, open_doors

Row = tuple[str, float, str]
T = TypeVar("T")
SIGHTLINE = [sys.executable, "-c", "from sightline.interfaces.cli.main import main; main()"]


def measure(*, full: bool) -> list[Row]:
    """Start, stop, kill and start again on an empty folder."""
    command = "up" if full else "serve"
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        first, seconds_first = _timed(lambda: _start(data, command))
        stopped = _timed(lambda: _end(first, signal.SIGTERM))[1]
        second, seconds_second = _timed(lambda: _start(data, command))
        memory = sum(_megabytes(process) for process in _all(second))
        database = _timed(lambda: _kill_database(data))[1]
        _end(second, signal.SIGKILL)
        third, seconds_third = _timed(lambda: _start(data, command))
        _end(third, signal.SIGTERM)
    return [
        (f"first start{' with the demonstration' if full else ''} on an empty folder, until pages are served",
         seconds_first, "s"),
        ("second start", seconds_second, "s"),
        ("start right after kill -9 of the supervisor", seconds_third, "s"),
        ("database killed with -9, until it answers again", database, "s"),
        ("stop", stopped, "s"),
        ("memory of all processes without requests (shared parts counted once)", memory, "MB"),
    ]


def _start(data: Path, command: str) -> subprocess.Popen[str]:
    doors = open_doors("127.0.0.1", 0)
    port = doors[0].getsockname()[1]
    close(doors)
    process = subprocess.Popen(
        [*SIGHTLINE, command, "--json"],
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        | {"SIGHTLINE_DATA": str(data), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline(), "it did not start"
    return process


def _end(process: subprocess.Popen[str], number: int) -> None:
    process.send_signal(number)
    process.wait()


def _kill_database(data: Path) -> None:
    server = EmbeddedPostgres(DataFolder(data))
    pid = server.pid
    assert pid is not None
    psutil.Process(pid).kill()
    while server.pid == pid or not server.answers():
        time.sleep(0.02)


def _all(process: subprocess.Popen[str]) -> list[psutil.Process]:
    supervisor = psutil.Process(process.pid)
    return [supervisor, *supervisor.children(recursive=True)]


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1e6


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.monotonic()
    done = work()
    return done, time.monotonic() - began

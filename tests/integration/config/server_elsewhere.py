"""A PostgreSQL that is none of Sightline's business: on a TCP port, with a password, from any installed version."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from sightline.config.account import account_for, give_to, runs_as
from sightline.config.cluster import SURROUNDINGS
from sightline.config.offspring import ends_with_parent

PASSWORD = "of the administrator"


def free_port() -> int:
    """Give a port of the loopback address that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def server_elsewhere(binaries: Path) -> Iterator[str]:
    """Run a server from `binaries` for a block; gives its administrator's address without a database's name.

    Its folder lies where another user may walk to: that root's folders are closed is our own server's concern alone.
    """
    with tempfile.TemporaryDirectory(prefix="sightline-elsewhere-") as folder:
        yield from _run(Path(folder), binaries)


def _run(folder: Path, binaries: Path) -> Iterator[str]:
    cluster = folder / "cluster"
    account = account_for(cluster)
    told = folder / "told"
    told.write_text(PASSWORD)
    for path in (folder, told):
        give_to(account, path)
    as_other = {"cwd": folder, "env": SURROUNDINGS, **runs_as(account)}
    make = [binaries / "initdb", "-D", cluster, "-U", "postgres", f"--pwfile={told}"]
    make += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True, **as_other)
    port = free_port()
    run = [binaries / "postgres", "-D", cluster, "-c", f"port={port}", "-c", "fsync=off"]
    run += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    server = subprocess.Popen(
        run,
        stderr=subprocess.DEVNULL,
        preexec_fn=ends_with_parent(signal.SIGINT),  # noqa: PLW1509
        **as_other,
    )
    address = f"postgresql://postgres:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"{address}/postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def installed_versions(ours: Path) -> dict[str, Path]:
    """Give the versions that can be tried here: ours, and what Debian has installed."""
    debian = {path.name: path / "bin" for path in sorted(Path("/usr/lib/postgresql").glob("1[5-8]"))}
    return {"ours": ours} | {name: path for name, path in debian.items() if os.access(path / "initdb", os.X_OK)}

"""The files of one PostgreSQL cluster: how they are made, and the settings they run with.

As root PostgreSQL runs as another user, to whom the data folder stays closed. That user never walks the path: root
opens the cluster folder, the process begins in it, and PostgreSQL is told `/proc/self/cwd`, which the kernel resolves
without looking at the folders above. So no mode of any folder above needs to change.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sightline.config.account import Account, give_to, runs_as
from sightline.config.binaries import MAJOR
from sightline.config.memory import memory_bytes
from sightline.config.refusal import Refusal
from sightline.config.sockets import PORT

ADMINISTRATOR_ROLE = "sightline_administrator"

# A plain environment: nothing of ours may change the language or the settings of PostgreSQL.
SURROUNDINGS: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "60",
    # Most reads are of single pages that another process would have to be woken for.
    "io_method": "sync",
    # Parallel queries take their memory from /dev/shm, which containers often keep at 64 MB; two cores gain little.
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    # Neither statements nor the details of errors may reach the log: both repeat what was recorded of a child.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
}

# What the server itself keeps of the database. The system's own cache is no match for it: a page of that one costs
# a call, and many machines take it back. A quarter is what PostgreSQL's manual advises; what is not used costs nothing.
_SHARE_KEPT = 4
_LEAST_KEPT_MB, _MOST_KEPT_MB = 128, 8_192

# For tests only: what is lost with the machine's power was invented anyway.
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
              "shared_buffers": f"{_LEAST_KEPT_MB}MB"}


class ClusterNotMade(Refusal):
    """The files of a new database could not be made, or an old one does not fit; the message says why."""


def settings(*, sockets: str, durable: bool) -> dict[str, str]:
    """Give the settings of the server; `sockets` is its socket folder, as seen from the cluster folder."""
    kept = min(max(memory_bytes() // _SHARE_KEPT >> 20, _LEAST_KEPT_MB), _MOST_KEPT_MB)
    chosen = _SETTINGS | {"unix_socket_directories": sockets, "shared_buffers": f"{kept}MB"}
    if not durable:
        chosen |= _FORGETFUL
    if sys.platform == "linux":
        # After a crash one call for the whole file system instead of opening every file.
        chosen["recovery_init_sync_method"] = "syncfs"
    return chosen


def spoken(folder: Path, account: Account | None) -> str:
    """Name the folder in a way that the user of PostgreSQL can follow (see the top of this file)."""
    return str(folder) if account is None else "/proc/self/cwd"


def make_cluster(cluster: Path, *, binaries: Path, account: Account | None, password: str, durable: bool) -> None:
    """Make the cluster if it is not there, asking everybody for a password from the first moment on.

    It is made beside its place and moved there, so a start that was killed half-way leaves nothing that looks ready.
    Raises ClusterNotMade.
    """
    if (version := cluster / "PG_VERSION").exists():
        _require_same_version(cluster, version.read_text().strip())
        return
    give_to(account, cluster.parent)
    draft = cluster.with_name("cluster.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    give_to(account, draft)
    told = cluster.with_name("password.draft")
    try:
        told.touch(mode=0o600)
        told.write_text(password)
        give_to(account, told)
        _initdb(draft, binaries=binaries, account=account, durable=durable)
    finally:
        told.unlink(missing_ok=True)
    draft.rename(cluster)


def _initdb(draft: Path, *, binaries: Path, account: Account | None, durable: bool) -> None:
    command = [str(binaries / "initdb"), "-D", spoken(draft, account), "-U", ADMINISTRATOR_ROLE]
    command += ["--pwfile=../password.draft", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
    # The collation built into PostgreSQL never changes with the machine's C library, so no index goes stale.
    command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        command if durable else [*command, "--no-sync"],
        cwd=draft,
        env=SURROUNDINGS,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **runs_as(account),
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise ClusterNotMade(f"A new database could not be made in {draft.parent}: {reason[0]}")


def _require_same_version(cluster: Path, found: str) -> None:
    if found != MAJOR:
        raise ClusterNotMade(
            f"The database in {cluster} was made by PostgreSQL {found}, and this is {MAJOR}. "
            "Back it up with the Sightline that made it, and restore it with this one into a new data folder."
        )

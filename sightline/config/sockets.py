"""Where the embedded PostgreSQL listens: a folder of its own that only its user can enter."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from sightline.config.refusal import Refusal

# The kernel keeps 108 bytes for the path of a socket (104 on macOS), its file name and a closing zero included.
_LONGEST = 100
PORT = 5432


class UnsafeSocketFolder(Refusal):
    """The folder for the socket belongs to somebody else; the message says what to do."""


def socket_folder(postgres: Path) -> Path:
    """Choose the folder: `run` in the folder of PostgreSQL, or a short one in the temporary folder.

    The short one is taken where the path is too long, or has a comma, which to libpq parts one host from the next.
    Pure but for the user's number and the place of temporary files, so every process comes to the same answer.
    """
    near = postgres / "run"
    if len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= _LONGEST and "," not in str(near):
        return near
    mark = hashlib.sha256(os.fsencode(postgres)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sightline-{mark}"


def make_socket_folder(folder: Path, *, uid: int) -> None:
    """Make the folder for the user number `uid` alone, and refuse one that somebody else prepared.

    Raises UnsafeSocketFolder.
    """
    try:
        folder.mkdir(mode=0o700)
        if uid != os.geteuid():
            os.chown(folder, uid, -1)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) & 0o077:
        raise UnsafeSocketFolder(
            f"The folder {folder} is not closed to other users or belongs to one. "
            "Remove it, or choose a SIGHTLINE_DATA with a shorter path."
        )

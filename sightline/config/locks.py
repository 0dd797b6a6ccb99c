"""Let one process at a time do what must not be done twice. A lock ends with its process, even by kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until this process alone holds the lock file `path`, and hold it for the block."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def locked_or_told(path: Path, note: str) -> Iterator[str | None]:
    """Hold the lock file `path` for the block without waiting, leaving `note` in it for whoever comes second.

    Gives None when the lock is ours, else the note of the process that holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield os.pread(descriptor, 1000, 0).decode("utf-8", "replace")
            return
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note.encode(), 0)
        yield None
    finally:
        os.close(descriptor)

"""Keep the logs of the data folder small: a full one is set aside, the oldest goes."""

import os
import shutil
from pathlib import Path

FULL_BYTES = 20_000_000
KEPT = 4


def turn_over(folder: Path, *, full_bytes: int = FULL_BYTES) -> list[Path]:
    """Set aside every log that is full, as name.log.1, and move its forerunners up by one; gives those set aside.

    The file is copied and emptied rather than renamed, for PostgreSQL keeps writing into the one that it opened. All
    writers append, so they go on at its beginning.
    """
    full = [log for log in sorted(folder.glob("*.log")) if log.stat().st_size > full_bytes]
    for log in full:
        for number in range(KEPT - 1, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            if older.exists():
                older.replace(log.with_name(f"{log.name}.{number + 1}"))
        shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)
    return full

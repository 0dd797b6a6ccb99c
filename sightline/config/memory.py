"""How much memory there is for Sightline: the machine's, or less where a container or a service is given less."""

from collections.abc import Iterator
from pathlib import Path

import psutil

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")
_OF_A_GROUP = "memory.max"
_OF_AN_OLD_CONTAINER = "memory/memory.limit_in_bytes"


def memory_bytes(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """Give the bytes of memory that this process and all that it starts may use."""
    return min(psutil.virtual_memory().total, *_limits(groups, own))


def _limits(groups: Path, own: Path) -> Iterator[int]:
    """Give the limit of each group that this process is in; "max", or what cannot be read, is none."""
    try:
        paths = [line.removeprefix("0::/") for line in own.read_text().splitlines() if line.startswith("0::/")]
    except OSError:
        paths = []
    inner = [groups / path for path in paths]
    for file in (*(group / _OF_A_GROUP for at in inner for group in (at, *at.parents) if group.is_relative_to(groups)),
                 groups / _OF_AN_OLD_CONTAINER):
        try:
            yield int(file.read_text())
        except (OSError, ValueError):
            continue
    yield psutil.virtual_memory().total

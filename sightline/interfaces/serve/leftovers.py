"""What an earlier supervisor left running when it was killed itself: recorded, found again, ended."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import psutil

from sightline.interfaces.serve.process import KeptProcess

_GRACE_SECONDS = 10
# Times of birth are counted from the machine's start, which its clock may place a moment earlier or later.
_TOLERANCE_SECONDS = 2.0


def record(path: Path, processes: Iterable[KeptProcess]) -> None:
    """Write down which process groups are ours, by the id and the time of birth of their leaders."""
    born = {str(process.pid): process.born_at for process in processes if process.pid}
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({pid: at for pid, at in born.items() if at is not None}))
    draft.replace(path)


def clear(path: Path, *, data: Path) -> int:
    """End what still runs of the recorded groups; gives how many processes that were.

    Ids are given anew after a while, so a process counts only if it was born as recorded or later and was started for
    the data folder `data`.
    """
    left = _still_running(path, data)
    for process in left:
        _signal(process, kill=False)
    _, stubborn = psutil.wait_procs(left, timeout=_GRACE_SECONDS)
    for process in stubborn:
        _signal(process, kill=True)
    psutil.wait_procs(stubborn, timeout=_GRACE_SECONDS)
    path.unlink(missing_ok=True)
    return len(left)


def _still_running(path: Path, data: Path) -> list[psutil.Process]:
    try:
        groups = {int(pid): float(at) for pid, at in json.loads(path.read_text()).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return []
    return [process for process in psutil.process_iter() if _is_ours(process, groups, data)]


def _is_ours(process: psutil.Process, groups: dict[int, float], data: Path) -> bool:
    try:
        group = os.getpgid(process.pid)
        if group not in groups:
            return False
        late = process.create_time() - groups[group]
        born_then = abs(late) <= _TOLERANCE_SECONDS if process.pid == group else late >= -_TOLERANCE_SECONDS
        return born_then and process.environ().get("SIGHTLINE_DATA") == str(data)
    except (psutil.Error, OSError):
        return False


def _signal(process: psutil.Process, *, kill: bool) -> None:
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except psutil.Error:
        return

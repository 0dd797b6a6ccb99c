"""A child process ends when the process that started it ends, even when that one was killed with -9."""

import ctypes
import os
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def ends_with_parent(number: int) -> Callable[[], None]:
    """Make the `preexec_fn` that has the kernel send signal `number` to the child when this process dies.

    Only Linux can do this; elsewhere the next start clears what an earlier one left. The process must be started from
    the main thread: the kernel means the thread, not the process, when it says parent.
    """
    parent = os.getpid()

    def in_child() -> None:
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            # The parent died between the fork and the line above.
            os._exit(1)

    return in_child

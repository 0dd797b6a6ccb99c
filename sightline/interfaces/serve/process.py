"""One process that the supervisor keeps running: started again when it dies, a little later each time."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from sightline.config.offspring import ends_with_parent

_LONGEST_PAUSE_SECONDS = 30.0
# Who ran this long did not die of the same thing again.
_STEADY_SECONDS = 60.0
_ORPHANS_GRACE_SECONDS = 20.0


class KeptProcess:
    """A command that is to run always. It leads a process group of its own, and what it leaves of that ends too."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        variables: Mapping[str, str],
        log: Path,
        inherits: Sequence[int] = (),
    ) -> None:
        self.name = name
        self._command = command
        self._variables = variables
        self._log = log
        self._inherits = inherits
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._deaths_in_a_row = 0
        # A group whose leader died, and when it is to be gone. Not remembered for long: numbers are given anew.
        self._orphans: tuple[int, float] | None = None

    @property
    def pid(self) -> int | None:
        """Give the process id, or None while it does not run."""
        return None if self._process is None else self._process.pid

    @property
    def born_at(self) -> float | None:
        """Give the time of birth as the machine counts it: with the id it names the process for good."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.pid).create_time() if self.pid else None
        return None

    def start(self) -> None:
        """Start the process now."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self._inherits,
                start_new_session=True,
                # Not asked but killed: with us the database goes too, and a worker would wait for it to say goodbye.
                preexec_fn=ends_with_parent(signal.SIGKILL),  # noqa: PLW1509 (it takes no lock)
            )
        self._started_at = time.monotonic()

    def died(self) -> int | None:
        """Say with which code the process ended since the last question, and plan its return; None while it runs."""
        self._end_orphans(now=False)
        if self._process is None or (code := self._process.poll()) is None:
            return None
        # Its children finish what they have in hand: a page that was asked for is still answered.
        self._end_orphans(now=True)
        _signal_group(self._process.pid, signal.SIGTERM)
        self._orphans = (self._process.pid, time.monotonic() + _ORPHANS_GRACE_SECONDS)
        lived = time.monotonic() - self._started_at
        self._deaths_in_a_row = 1 if lived > _STEADY_SECONDS else self._deaths_in_a_row + 1
        self._start_again_at = time.monotonic() + self.pause_seconds
        self._process = None
        return code

    @property
    def pause_seconds(self) -> float:
        """Give the pause before the next start: none after one death, then 1, 2, 4 and at most 30 seconds."""
        return 0.0 if self._deaths_in_a_row < 2 else min(_LONGEST_PAUSE_SECONDS, 2.0 ** (self._deaths_in_a_row - 2))

    @property
    def due(self) -> bool:
        """Say whether the process is to be started again now."""
        return self._process is None and time.monotonic() >= self._start_again_at

    def stop(self, *, grace_seconds: float, hurry: Callable[[], bool]) -> None:
        """Ask the process to end, wait, and kill what is left of its group when the grace or the patience is over."""
        self._end_orphans(now=True)
        if self._process is None:
            return
        self._process.terminate()
        deadline = time.monotonic() + grace_seconds
        while self._process.poll() is None and time.monotonic() < deadline and not hurry():
            time.sleep(0.05)
        _signal_group(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _end_orphans(self, *, now: bool) -> None:
        if self._orphans is not None and (now or time.monotonic() > self._orphans[1]):
            _signal_group(self._orphans[0], signal.SIGKILL)
            self._orphans = None


def _signal_group(group: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)

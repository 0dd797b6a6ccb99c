"""Ctrl-C, SIGTERM and a closed terminal, all turned into one question: was a stop asked for?"""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType

_ASKS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """A stop was asked for while something long was going on; no error, so no `except Exception` may swallow it."""


class Stopping:
    """Take the signals for a block. A second one means hurry."""

    def __init__(self) -> None:
        self.times_asked = 0
        self._interrupts = False
        self._wakes_up, self._wakes = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(self._wakes_up, False)
        self._kept: dict[signal.Signals, object] = {}

    def __enter__(self) -> "Stopping":
        """Begin to take the signals; the death of a child wakes us too."""
        self._kept_wakeup = signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)
        for number in _ASKS:
            # Who starts us with nohup wants us to outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                self._kept[number] = signal.signal(number, self._asked)
        self._kept[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Give the signals back to whoever had them."""
        for number, handler in self._kept.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._kept_wakeup)
        os.close(self._wakes)
        os.close(self._wakes_up)

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """Let a stop break off what the block is doing, by raising StopAsked in it."""
        if self.times_asked:
            raise StopAsked
        self._interrupts = True
        try:
            yield
        finally:
            self._interrupts = False

    def asked_within(self, seconds: float) -> bool:
        """Wait until a stop is asked for, a child dies or the time is over; says whether a stop was asked for."""
        if not self.times_asked:
            select.select([self._wakes_up], [], [], seconds)
            with suppress(BlockingIOError):
                os.read(self._wakes_up, 1000)
        return self.times_asked > 0

    def hurry(self) -> bool:
        """Say whether a stop was asked for more than once."""
        return self.times_asked > 1

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self.times_asked += 1
        if self._interrupts:
            self._interrupts = False
            raise StopAsked

"""The processes that run jobs, started by `sightline serve` as `python -m sightline.interfaces.jobs.worker`.

One reads what agencies send; the other does what the clock asks for and sends notices, and gives way to the first
wherever both want the machine: no long round of a minute makes a file wait. The process above them only waits.
"""

import gc
import os
import signal
import sys
from collections.abc import Sequence

from sightline.config.offspring import ends_with_parent
from sightline.interfaces.jobs.queues import READING, ROUNDS

_AT_ONCE = {READING: 2, ROUNDS: 4}
"""Jobs at a time of each process: two readers keep a core busy, and no round keeps e-mails waiting."""
_GIVES_WAY = 5
"""By how much the rounds are nicer than the reading."""
# A job that is still running this long after a stop was asked for is given back to the queue.
_GRACE_SECONDS = 20.0


def main() -> None:
    """Run jobs as the restricted role `worker` until asked to stop; when one of the processes ends, so does the other.

    Exit status 1 where one ended by itself: whoever started this starts it again.
    """
    os.environ["SIGHTLINE_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")

    import django

    django.setup()
    running, asked = {_forked(READING), _forked(ROUNDS)}, False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True
        for process in running:
            os.kill(process, signal.SIGTERM)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    by_itself = False
    while running:
        ended, _ = os.wait()
        running.discard(ended)
        if not asked:
            by_itself = True
            stop(signal.SIGTERM, None)
    sys.exit(1 if by_itself else 0)


def _forked(queue: str) -> int:
    """Begin a process that runs the jobs of one queue, and give its number; what was imported is shared with it."""
    end_with_us = ends_with_parent(signal.SIGKILL)
    process = os.fork()
    if process:
        return process
    end_with_us()
    if queue == ROUNDS:
        os.nice(_GIVES_WAY)
    stay_light()
    run_jobs(queues=[queue], at_once=_AT_ONCE[queue])
    os._exit(0)


def stay_light() -> None:
    """Let Python's collector pass over all that was imported: to look through it takes a fifth of a file's time."""
    gc.collect()
    gc.freeze()


def run_jobs(*, queues: Sequence[str] | None = None, at_once: int = sum(_AT_ONCE.values()), wait: bool = True) -> None:
    """Run jobs over connections of their own, those of every queue where none is named; `wait=False` ends when idle."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as with_sessions:
        with_sessions.run_worker(queues=queues, concurrency=at_once, wait=wait,
                                 shutdown_graceful_timeout=_GRACE_SECONDS if wait else None)


if __name__ == "__main__":
    main()

"""Carry a run over everybody to its end: divide, have the partitions read, and say that it is done."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

from sightline.interfaces.population.spread import over_processes, over_spark

_log = logging.getLogger(__name__)


def carry(
    run: int, *, at: Callable[[], datetime], stop: Callable[[], bool], processes: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> bool:
    """Read every partition of a run that is left, and tell whether the run is done.

    Partitions are rows: each is taken, read and finished in one transaction by whoever comes first, so that one whose
    process was killed is simply still there. Raises BrokenProcessPool when a process was killed.
    """
    from django.conf import settings

    from sightline.apps.access.acting import at_task
    from sightline.apps.population import actions, queries
    from sightline.domain.signs.catalogue import RULES

    with at_task("population"):
        actions.begin(run, rules=RULES, at=at())
        left = queries.left_of(run)
    work, shares = partial(read_shares, run=run), [[number] for number in left]
    done = (over_spark(work, shares, master=settings.SPARK) if settings.SPARK
            else over_processes(work, shares, processes=processes))
    for number, _ in enumerate(done, start=1):
        progress(number, len(left))
        if stop():
            return False
    with at_task("population"):
        return actions.finish(run, at=at())


def read_shares(numbers: Iterable[int], *, run: int) -> Iterator[bool]:
    """Read partitions of a run, in whatever process this is, as the worker; tells of each whether it was free."""
    os.environ["SIGHTLINE_ROLE"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from sightline.interfaces.population.sharing import read_share

    for number in numbers:
        yield read_share(run, number, at=_now)


def _now() -> datetime:
    return datetime.now(UTC)

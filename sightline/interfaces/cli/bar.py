"""A progress bar on a terminal, and silence anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far work has come; the function takes what is done and what there is (0: unknown)."""
    if not sys.stderr.isatty():
        yield lambda done, rows: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as shown:
        def advance(done: int, rows: int) -> None:
            shown.length = rows or done
            shown.update(done - shown.pos)

        yield advance

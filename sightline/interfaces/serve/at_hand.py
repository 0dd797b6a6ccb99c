"""A database for commands that run beside the supervisor, or without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sightline.config.environment import Environment
from sightline.config.folders import DataFolder
from sightline.config.refusal import Refusal
from sightline.config.server import Server, server_of


class NeverStarted(Refusal):
    """There is no data folder yet; the message says how to make one."""


def require_started(environment: Environment) -> None:
    """Refuse where Sightline has never been started. Raises NeverStarted."""
    if not DataFolder(environment.data).exists:
        raise NeverStarted(
            f"There is no Sightline in {environment.data} yet. "
            "Run sightline serve, or name the right folder in SIGHTLINE_DATA."
        )


@contextmanager
def server_at_hand(environment: Environment) -> Iterator[Server]:
    """Give the server for a block: the running one, or the embedded one started for as long as the block lasts."""
    server = server_of(environment)
    try:
        server.start()
        yield server
    finally:
        server.stop()

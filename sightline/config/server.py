"""Which PostgreSQL Sightline stands on: its own in the data folder, or one outside that DATABASE_URL names."""

from typing import Literal, Protocol

from sightline.config.environment import Environment
from sightline.config.folders import DataFolder
from sightline.config.outside import OutsidePostgres
from sightline.config.postgres import EmbeddedPostgres


class Server(Protocol):
    """What both kinds of server can be asked."""

    @property
    def database(self) -> str:
        """Give the name of Sightline's database."""

    def start(self) -> Literal["started", "already"]:
        """Make sure that the server answers; raises an error in words when it does not."""

    def stop(self) -> None:
        """Stop the server if this object started it."""

    def died(self) -> bool:
        """Say whether the server is gone and `start` should be called again."""

    def answers(self) -> bool:
        """Say whether the server takes connections now."""

    def whereabouts(self, database: str | None = None) -> dict[str, str]:
        """Say where the database is, as libpq names it, without user and password."""

    def dsn(self, role: str, database: str | None = None) -> str:
        """Give the connection string of owner, web, worker, backup or administrator."""


def server_of(environment: Environment) -> Server:
    """Choose the server from the environment; nothing is started."""
    folder = DataFolder(environment.data)
    if environment.database is None:
        return EmbeddedPostgres(folder)
    return OutsidePostgres(environment.database, secrets=folder.secrets)

"""A PostgreSQL outside, named by DATABASE_URL: looked at, never started or stopped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import psycopg
from psycopg.conninfo import make_conninfo

from sightline.config.refusal import Refusal
from sightline.config.secrets import password_of, secret

_OLDEST = 15
_MAINTENANCE = ("postgres", "template0", "template1")
_CREDENTIALS = ("user", "password", "passfile")


class OutsideDoesNotAnswer(Refusal):
    """The server that DATABASE_URL names cannot be used; the message says why and what to do."""


class OutsidePostgres:
    """One server elsewhere. `parts` are those of DATABASE_URL as libpq names them; its user is an administrator's."""

    def __init__(self, parts: Mapping[str, str], *, secrets: Path) -> None:
        self._parts = dict(parts)
        self._secrets = secrets

    @property
    def database(self) -> str:
        """Give the database that DATABASE_URL names; `sightline` where it names none or PostgreSQL's own."""
        named = self._parts.get("dbname", "")
        return "sightline" if named in ("", *_MAINTENANCE) else named

    def whereabouts(self, database: str | None = None) -> dict[str, str]:
        """Say where a database of this server is, as libpq names it, without user and password."""
        rest = {name: value for name, value in self._parts.items() if name not in _CREDENTIALS}
        return rest | {"dbname": database or self.database}

    def dsn(self, role: str, database: str | None = None) -> str:
        """Give the connection string of owner, web, worker, backup or administrator.

        The administrator's is DATABASE_URL itself; the others log in with their passwords from the secrets folder.
        """
        if role == "administrator":
            return make_conninfo(**self._parts | {"dbname": database or self.database})
        password = secret(self._secrets, password_of(role))
        return make_conninfo(**self.whereabouts(database), user=f"sightline_{role}", password=password)

    def start(self) -> Literal["already"]:
        """Make sure that the server answers the administrator and is new enough. Raises OutsideDoesNotAnswer."""
        try:
            with psycopg.connect(self.dsn("administrator", "postgres"), connect_timeout=10) as connection:
                version = connection.info.server_version // 10_000
        except psycopg.OperationalError as error:
            raise OutsideDoesNotAnswer(
                f"The PostgreSQL that DATABASE_URL names does not let us in: {_reason(error)} "
                "Check its host, port, user and password, and that it has a database called postgres."
            ) from None
        if version < _OLDEST:
            raise OutsideDoesNotAnswer(f"DATABASE_URL names a PostgreSQL {version}. Name one of {_OLDEST} or newer.")
        return "already"

    def stop(self) -> None:
        """Leave the server alone: it is not ours."""

    def answers(self) -> bool:
        """Say whether the server takes connections of the restricted role that serves pages."""
        try:
            with psycopg.connect(self.dsn("web"), connect_timeout=10):
                return True
        except psycopg.OperationalError:
            return False

    def died(self) -> bool:
        """Say no: whoever runs the server brings it back, and our processes connect again by themselves."""
        return False


def _reason(error: psycopg.OperationalError) -> str:
    """Give the server's reason in one line; libpq puts no password into it."""
    lines = str(error).strip().splitlines()
    return (lines[0].strip() if lines else "no reason given").rstrip(".") + "."

"""How Django reaches the database: as the role of the process, through a pool, never as an administrator."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from sightline.config.environment import Environment
from sightline.config.server import server_of

# Two web processes with at most eight connections each, the worker and a command or two stay well below the sixty that
# the embedded server takes. One waiting connection a process makes the first page after a pause fast.
_POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
_POOLED = ("web", "worker")


def database(environment: Environment, role: str) -> dict[str, Any]:
    """Give Django's entry for one role: owner, web, worker or backup.

    The folder of secrets must exist. Limits of time are set on the role itself (sightline.config.roles), so that they
    hold however somebody connects.
    """
    parts = {name: str(value) for name, value in conninfo_to_dict(server_of(environment).dsn(role)).items()}
    options: dict[str, Any] = {
        name: value for name, value in parts.items() if name not in ("host", "port", "dbname", "user", "password")
    }
    options["application_name"] = f"sightline {role}"
    # Statements that ask for it are planned once a session (apps/access/bulk.py); Django's own are never prepared.
    options["prepare_threshold"] = 0
    if role in _POOLED:
        options["pool"] = dict(_POOL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts["host"],
        "PORT": parts.get("port", ""),
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "PASSWORD": parts["password"],
        # A pool keeps the connections; Django must not. The check turns a restart of the server into a reconnection
        # instead of an error page for each connection that was open.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }

"""Read the environment variables that Sightline obeys. No other module of the project reads any."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

import sightline
from sightline.config.mail import MailServer, mail_server
from sightline.config.notify import Network, NotifyService, notify_service, webhook_authority, webhook_networks
from sightline.config.refusal import Refusal

PROCESS_ROLES = ("web", "worker", "owner", "backup")
_SECRET_PARTS = ("user", "password", "passfile")


class UnusableEnvironment(Refusal):
    """An environment variable holds something that Sightline cannot work with; the message says what to write."""


@dataclass(frozen=True)
class Environment:
    """What was set from outside, checked and with its defaults.

    `data` is an absolute path. `database` is None for the embedded PostgreSQL, else the parts of DATABASE_URL as libpq
    names them (host, port, user, password, dbname, sslmode...). `address` is what people type into the browser.
    """

    data: Path
    host: str
    port: int
    role: str
    address: str
    database: Mapping[str, str] | None
    mail: MailServer | None
    mail_from: str
    notify: NotifyService | None
    webhook_networks: tuple[Network, ...]
    webhook_ca: str
    proxies: int
    spark: str

    @property
    def https(self) -> bool:
        """Say whether people reach Sightline over an encrypted connection."""
        return self.address.startswith("https:")


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read and check all variables; an empty value counts as not set.

    Raises UnusableEnvironment, UnusableMailAddress or UnusableNotify in words that name the variable.
    """
    given = {name: value for name, value in variables.items() if value.strip()}
    port = _number(given, "PORT", default=8000, lowest=1, highest=65535)
    role = given.get("SIGHTLINE_ROLE", "web")
    if role not in PROCESS_ROLES:
        raise UnusableEnvironment(f"SIGHTLINE_ROLE must be one of {', '.join(PROCESS_ROLES)}.")
    return Environment(
        data=Path(given.get("SIGHTLINE_DATA", str(_default_data()))).expanduser().absolute(),
        host=given.get("HOST", "localhost"),
        port=port,
        role=role,
        address=_address(given.get("SIGHTLINE_ADDRESS", f"http://localhost:{port}")),
        database=_database(given.get("DATABASE_URL")),
        mail=mail_server(given.get("SIGHTLINE_SMTP_URL")),
        mail_from=given.get("SIGHTLINE_MAIL_FROM", "sightline@localhost"),
        notify=notify_service(given),
        webhook_networks=webhook_networks(given.get("SIGHTLINE_WEBHOOK_NETWORKS", "")),
        webhook_ca=webhook_authority(given.get("SIGHTLINE_WEBHOOK_CA", "").strip()),
        proxies=_number(given, "SIGHTLINE_PROXIES", default=0, lowest=0, highest=10),
        spark=_spark(given.get("SIGHTLINE_SPARK", "").strip()),
    )


def variables_for_child(
    environment: Environment, role: str, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Give the variables for a process of ours that acts as `role`.

    The user and password in DATABASE_URL are the administrator's: they are taken out, and the process logs in with the
    password of its own role instead.
    """
    settled = {
        "SIGHTLINE_DATA": str(environment.data),
        "SIGHTLINE_ROLE": role,
        "PORT": str(environment.port),
        "SIGHTLINE_ADDRESS": environment.address,
        "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
    }
    without = {name: value for name, value in inherited.items() if name not in ("DATABASE_URL", "PGPASSWORD")}
    if environment.database is not None:
        settled["DATABASE_URL"] = make_conninfo(
            **{part: value for part, value in environment.database.items() if part not in _SECRET_PARTS}
        )
    return without | settled


def _default_data() -> Path:
    """Choose the folder beside the project where it was checked out, else the current folder."""
    project = Path(sightline.__file__).resolve().parent.parent
    return (project if (project / "pyproject.toml").is_file() else Path.cwd()) / "sightline-data"


def _number(given: Mapping[str, str], name: str, *, default: int, lowest: int, highest: int) -> int:
    text = given.get(name, str(default)).strip()
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise UnusableEnvironment(f"{name} must be a whole number from {lowest} to {highest}.")
    return int(text)


def _spark(text: str) -> str:
    if text and not text.startswith(("spark://", "local[", "yarn", "k8s://")):
        raise UnusableEnvironment("SIGHTLINE_SPARK must be the master of a Spark cluster, such as spark://host:7077.")
    return text


def _address(text: str) -> str:
    try:
        parts = urlsplit(text.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")
    except ValueError:
        usable = False
    if not usable:
        raise UnusableEnvironment(
            "SIGHTLINE_ADDRESS must be what people type into the browser, such as https://sightline.example.org."
        )
    return text.strip().rstrip("/")


def _database(url: str | None) -> Mapping[str, str] | None:
    """Take DATABASE_URL apart; libpq itself reads it, so every form that PostgreSQL knows is understood."""
    if url is None:
        return None
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
        readable = all(port.isdigit() for port in parts.get("port", "5432").split(","))
    except ProgrammingError:
        readable = False
    if not readable:
        # Without libpq's own message, which may repeat the password.
        raise UnusableEnvironment(
            "DATABASE_URL cannot be read. Write postgresql://administrator:password@host:5432/sightline."
        )
    if not parts.get("host"):
        raise UnusableEnvironment("DATABASE_URL must name the host of the PostgreSQL server.")
    return parts

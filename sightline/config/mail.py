"""How e-mail leaves: the server that SIGHTLINE_SMTP_URL names."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sightline.config.refusal import Refusal

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class UnusableMailAddress(Refusal):
    """SIGHTLINE_SMTP_URL cannot be read; the message says what to write."""


@dataclass(frozen=True)
class MailServer:
    """One mail server; `starttls` and `tls` exclude each other."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_server(url: str | None) -> MailServer | None:
    """Read smtp://, smtp+starttls:// or smtps://user:password@host:port; None when no address is given.

    Raises UnusableMailAddress.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    if not port or not parts.hostname:
        raise UnusableMailAddress(
            "SIGHTLINE_SMTP_URL cannot be read. Write smtp+starttls://user:password@host:587, "
            "smtps:// for encryption from the first byte, or smtp:// for a server on this machine."
        )
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )

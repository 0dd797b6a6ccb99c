"""How text messages leave: the service of GOV.UK Notify that SIGHTLINE_NOTIFY_KEY and its templates name."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from sightline.config.refusal import Refusal

NOTIFY_URL = "https://api.notifications.service.gov.uk"
LEAST_OF_A_TOKEN = 20
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Network = IPv4Network | IPv6Network
_KEY = re.compile(rf".+-{_UUID}-{_UUID}")


class UnusableNotify(Refusal):
    """A variable of GOV.UK Notify or of webhooks cannot be read; the message says what to write."""


@dataclass(frozen=True)
class NotifyService:
    """One service of GOV.UK Notify; a template that is empty is not set up, nor is the callback without its token."""

    key: str
    url: str
    text_template: str
    email_template: str
    callback_token: str = ""


def notify_service(given: Mapping[str, str]) -> NotifyService | None:
    """Read the variables of GOV.UK Notify; None when no key is given. Raises UnusableNotify."""
    key = given.get("SIGHTLINE_NOTIFY_KEY", "").strip()
    if not key:
        return None
    if not _KEY.fullmatch(key):
        raise UnusableNotify("SIGHTLINE_NOTIFY_KEY is no key of GOV.UK Notify. Copy it whole: name, service, secret.")
    url = given.get("SIGHTLINE_NOTIFY_URL", NOTIFY_URL)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise UnusableNotify("SIGHTLINE_NOTIFY_URL must begin with https://.")
    texts, emails = (given.get(f"SIGHTLINE_NOTIFY_{name}_TEMPLATE", "").strip() for name in ("TEXT", "EMAIL"))
    for template in (texts, emails):
        if template and not re.fullmatch(_UUID, template):
            raise UnusableNotify("SIGHTLINE_NOTIFY_TEXT_TEMPLATE and SIGHTLINE_NOTIFY_EMAIL_TEMPLATE are ids of"
                                 " templates, as GOV.UK Notify shows them.")
    token = given.get("SIGHTLINE_NOTIFY_CALLBACK_TOKEN", "").strip()
    if token and (len(token) < LEAST_OF_A_TOKEN or not token.isascii() or " " in token):
        raise UnusableNotify(f"SIGHTLINE_NOTIFY_CALLBACK_TOKEN must be {LEAST_OF_A_TOKEN} letters and digits or more,"
                             " by chance.")
    return NotifyService(key, url, texts, emails, token)


def webhook_authority(path: str) -> str:
    """Check the file of certificates that vouch for webhooks besides those of the machine. Raises UnusableNotify."""
    if path:
        try:
            ssl.create_default_context(cafile=path)
        except (OSError, ValueError):
            raise UnusableNotify("SIGHTLINE_WEBHOOK_CA must name a file of certificates (PEM).") from None
    return path


def webhook_networks(text: str) -> tuple[Network, ...]:
    """Read the private networks into which webhooks may call, with commas between. Raises UnusableNotify."""
    try:
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError:
        raise UnusableNotify("SIGHTLINE_WEBHOOK_NETWORKS must name networks such as 10.1.0.0/16.") from None

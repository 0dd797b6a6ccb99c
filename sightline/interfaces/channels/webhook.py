"""Call a web address that an agency gave, with a signature over time and body: ids and a count, nothing of any child.

The address is chosen by an operator, yet it must not become a way into our own network: the name is resolved once, the
addresses are checked, and we connect to the one that was checked, so that a second answer of the name service changes
nothing. Private networks must be named in SIGHTLINE_WEBHOOK_NETWORKS. Redirects are not followed, and of the answer
only its status is read, within a time that no drip of bytes prolongs.
"""

import hashlib
import hmac
import json
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Network, IPv6Network, ip_address
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings

from sightline.apps.duties.sending import Outcome
from sightline.interfaces.channels.message import Message

SIGNATURE = "Sightline-Signature"
NAME = "Sightline-Message"
CONNECT_SECONDS, ALL_SECONDS = 10.0, 20.0
PORTS = {"https": 443, "http": 80}
CERTIFICATE = {9: "it is not valid yet", 10: "it has expired", 18: "it is signed by itself alone", 23: "it was revoked",
               62: "it is for another host name", 64: "it is for another address"}
"""What OpenSSL's codes say in words without the address."""
Networks = tuple[IPv4Network | IPv6Network, ...]


class WebhookRefused(ValueError):
    """The address cannot be called; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Hold where to call: the checked addresses of the host, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def endpoint_of(url: str, *, networks: Networks) -> Endpoint:
    """Take a web address apart and check where it leads. Raises WebhookRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    if not port or not parts.hostname or parts.username or parts.fragment or not url.isprintable() or " " in url:
        raise WebhookRefused("Write https://host/path, without a user name.")
    addresses = _resolved(parts.hostname, port)
    loopback = all(ip_address(one).is_loopback for one in addresses)
    if parts.scheme != "https" and not loopback:
        raise WebhookRefused("Write https://: only an address on this machine may do without.")
    for one in map(ip_address, addresses):
        named = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not (one.is_global or (one.is_loopback and named) or any(one in network for network in networks)):
            raise WebhookRefused("This name leads into a private network. If that is meant, name the network in"
                                 " SIGHTLINE_WEBHOOK_NETWORKS.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, parts.hostname, port, path, addresses)


def _resolved(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise WebhookRefused("No such host is known.") from None
    return tuple(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))


def secret_of(*, contact: int, edition: int) -> str:
    """Give the secret of a contact's webhook: it follows from a key that is kept outside the database."""
    words = f"webhook:{contact}:{edition}".encode()
    return hmac.new(settings.WEBHOOK_KEY.encode(), words, hashlib.sha256).hexdigest()


def signature_of(body: bytes, *, secret: str, seconds: int) -> str:
    """Sign a body at a time: t=SECONDS,v1=HMAC-SHA256 over the seconds, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={signed}"


def body_of(message: Message) -> bytes:
    """Write what is told: the name of the message, the ids of the notices, how many, and where to read them."""
    told = {"message": message.name, "count": len(message.notices), "notices": [str(id_) for id_ in message.notices],
            "inbox": message.inbox}
    return json.dumps(told).encode()


def send(message: Message) -> Outcome:
    """Call the address once and say how it went, in words without the address; any 2xx is a delivery."""
    try:
        endpoint = endpoint_of(message.address, networks=settings.WEBHOOK_NETWORKS)
    except WebhookRefused as refused:
        return Outcome(taken=False, for_good=True, words=f"The webhook's address cannot be called. {refused}")
    body = body_of(message)
    secret = secret_of(contact=message.contact, edition=message.edition)
    headers = {"Content-Type": "application/json", NAME: message.name,
               SIGNATURE: signature_of(body, secret=secret, seconds=int(message.at.timestamp()))}
    try:
        status = _call(endpoint, body, headers)
    except ssl.SSLCertVerificationError as error:
        words = CERTIFICATE.get(error.verify_code, "nobody whom we trust vouches for it")
        return Outcome(taken=False, words=f"The webhook's certificate was refused: {words}.")
    except (OSError, HTTPException) as error:
        return Outcome(taken=False, words=f"The webhook did not answer ({type(error).__name__}).")
    if 200 <= status < 300:
        return Outcome(taken=True, delivered=True)
    redirect = " A redirect is not followed." if 300 <= status < 400 else ""
    return Outcome(taken=False, words=f"The webhook answered {status}.{redirect}")


def _call(endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> int:
    """Post to the first checked address under the host's name, and give the status of the answer."""
    raw = socket.create_connection((endpoint.addresses[0], endpoint.port), timeout=CONNECT_SECONDS)
    sock = raw if endpoint.scheme != "https" else _trusting().wrap_socket(
        raw, server_hostname=endpoint.host, do_handshake_on_connect=False)
    ends = Timer(ALL_SECONDS, _end, [sock])
    ends.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection = HTTPConnection(endpoint.host, endpoint.port, timeout=CONNECT_SECONDS)
        connection.sock = sock
        connection.request("POST", endpoint.path, body=body, headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status
    finally:
        ends.cancel()
        sock.close()


def _trusting() -> ssl.SSLContext:
    """Trust whom the machine trusts, and the authority that SIGHTLINE_WEBHOOK_CA names."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.WEBHOOK_CA:
        context.load_verify_locations(cafile=settings.WEBHOOK_CA)
    return context


def _end(sock: socket.socket) -> None:
    """Shut the connection itself, below its encryption: whoever waits on it in the other thread is let go."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)

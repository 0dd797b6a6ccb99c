"""A receiver of webhooks over real TLS on loopback, with certificates that an authority of the test's own signs."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.integration.notices import webhook_stand_in

YEAR = timedelta(days=365)


def named(words):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


class Authority:
    """Sign certificates, and write its own for those who are to trust it."""

    def __init__(self, folder, name="Tests' own authority"):
        self.folder, self.key, self.name = folder, ec.generate_private_key(ec.SECP256R1()), named(name)
        self.file = folder / f"{name.replace(' ', '-')}.pem"
        self.file.write_bytes(self._sign(self.name, self.key.public_key(), self.name, self.key, is_authority=True))

    def certificate(self, *hosts, begins=-timedelta(days=1), lasts=YEAR, itself=False):
        """Give the files of a certificate for some hosts, and its key; `itself` signs it by its own key."""
        key, subject = ec.generate_private_key(ec.SECP256R1()), named(hosts[0])
        signer, issuer = (key, subject) if itself else (self.key, self.name)
        signed = self._sign(subject, key.public_key(), issuer, signer, hosts=hosts, begins=begins, lasts=lasts)
        file = self.folder / f"{hosts[0]}.pem"
        file.write_bytes(signed + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        return file

    def _sign(self, subject, public, issuer, signer, *, hosts=(), begins=-timedelta(days=1), lasts=YEAR,
              is_authority=False):
        start = datetime.now(UTC) + begins
        made = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
                .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + lasts)
                .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True))
        if hosts:
            made = made.add_extension(x509.SubjectAlternativeName([_host(one) for one in hosts]), critical=False)
        return made.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _host(words):
    try:
        return x509.IPAddress(ip_address(words))
    except ValueError:
        return x509.DNSName(words)


class Quiet(ThreadingHTTPServer):
    """Say nothing where a client hangs up: that is what these tests are about."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Pass over it."""


@contextmanager
def over_tls(certificate, handler=webhook_stand_in.Handler):
    """Serve the receiver over TLS with a certificate until the block ends."""
    server = Quiet(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    stand_in = server.stand_in = webhook_stand_in.WebhookStandIn()
    stand_in.url = f"https://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def before_any_tls(meet):
    """Listen, and let `meet(connection)` deal with whoever comes, before any handshake; gives the address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def take():
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=meet, args=[connection], daemon=True).start()

    threading.Thread(target=take, daemon=True).start()
    try:
        yield f"https://localhost:{listening.getsockname()[1]}"
    finally:
        listening.close()


def drip(connection):
    """Send the head of a TLS record, and then its bytes one at a time, for ever."""
    with suppress(OSError), connection:
        connection.sendall(b"\x16\x03\x03\x40\x00")
        while True:
            connection.sendall(b"\x02")
            time.sleep(0.1)


def hang_up(connection):
    """Read what comes first, and close the line."""
    with suppress(OSError), connection:
        connection.recv(1)

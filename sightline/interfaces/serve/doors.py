"""The addresses that the web processes listen on, held by the supervisor.

They are reserved before anything is started, so that a port in use is told at once; and they outlive a web process that
dies, so that whoever knocks meanwhile waits a moment instead of being turned away.
"""

import errno
import socket

from sightline.config.refusal import Refusal


class PortNotFree(Refusal):
    """The port cannot be listened on; the message says what to choose instead."""


def open_doors(host: str, port: int) -> list[socket.socket]:
    """Bind a socket for each address of `host` that this machine has; gunicorn begins to listen on them.

    Raises PortNotFree.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise PortNotFree(f"This machine has no address called {host}. Set HOST to localhost or 0.0.0.0.") from None
    doors: list[socket.socket] = []
    for family, address in dict.fromkeys((entry[0], entry[4]) for entry in found):
        try:
            doors.append(_bound(family, address))
        except OSError as error:
            if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue
            close(doors)
            if error.errno == errno.EADDRINUSE:
                raise PortNotFree(f"Port {port} is in use. Choose another: PORT={port + 1}.") from None
            raise PortNotFree(f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8000.") from None
    if not doors:
        raise PortNotFree(f"This machine cannot listen on {host}. Set HOST to localhost or 0.0.0.0.")
    return doors


def close(doors: list[socket.socket]) -> None:
    """Close all doors."""
    for door in doors:
        door.close()


def _bound(family: int, address: object) -> socket.socket:
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # Otherwise it would also take the place of the IPv4 address beside it.
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind(address)  # type: ignore[arg-type]
    except OSError:
        door.close()
        raise
    return door

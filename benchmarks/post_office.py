"""Take the e-mails of a benchmark on this machine, and keep of each its Message-ID and how many things it says wait."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from sightline.interfaces.serve.doors import close, open_doors

WAITING = re.compile(r"^(\d+) things? waits?", re.MULTILINE)


class PostOffice:
    """Hold the messages that came: how often each, and how many things each says wait."""

    def __init__(self) -> None:
        self.came: Counter[str] = Counter()
        self.waiting: dict[str, int] = {}
        self.url = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one message, as the mail library calls it."""
        message = message_from_bytes(envelope.content, policy=default)
        name = str(message["Message-ID"])
        said = WAITING.search(message.get_content())
        self.came[name] += 1
        self.waiting[name] = int(said[1]) if said else 0
        return "250 taken"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Run a post office on loopback for a block."""
    office = PostOffice()
    doors = open_doors("127.0.0.1", 0)
    port = doors[0].getsockname()[1]
    close(doors)
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        office.url = f"smtp://127.0.0.1:{port}"
        yield office
    finally:
        controller.stop()

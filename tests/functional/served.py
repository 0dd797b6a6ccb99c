"""The whole product as it runs: database, pages, worker and a mail server, with the demonstration, once for a run.

People sign in by the real forms, state a purpose, and keep their browser's cookies for the next test of the run: a
code of an authenticator app is good once, so nobody signs in again for every test.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from io import StringIO
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from playwright.sync_api import BrowserContext, Page

from tests import canaries
from tests.integration.config.server_elsewhere import free_port
from tests.running import command, running_sightline

CHILDREN = 60
"""Besides the children of the stories: enough for lists of more than one page."""

PROTECT, ASSESS, EDUCATION, RECORDS, INSPECT = (
    "Protect a child from harm now", "Assess or help a child I work with", "Education after an exclusion or a move",
    "Put records right: imports and doubtful links", "Inspection or audit")
CUSTODY = "A child in custody or just released"
OFFENDERS = "Manage sexual and violent offenders"
PURPOSES = {
    "Beth Ashworth": ASSESS, "Imran Siddique": PROTECT, "Adaeze Nwosu": PROTECT, "Alison Reece": EDUCATION,
    "Nicola Kirkdale": PROTECT, "Amina Yusuf": PROTECT, "Farah Hussain": ASSESS, "Kelly Bispham": ASSESS,
    "Jack Hoghton": PROTECT, "Gareth Probert": EDUCATION, "Nadeem Akhtar": EDUCATION, "Abena Mensah": ASSESS,
    "Dylan Fairweather": PROTECT, "Joe Brennan": ASSESS, "Anita Desai": PROTECT, "Carl Denby": PROTECT,
    "Dawn Prescott": INSPECT, "Idris Bevan": INSPECT, "Neil Penruddock": CUSTODY, "Grace Osei": CUSTODY,
    "Moira Quinn": PROTECT,
    "Wasim Chaudhry": EDUCATION, "Orla Kearney": EDUCATION,
    "Megan Pritchard": PROTECT,
    "Laura Threlkeld": PROTECT, "Zoe Entwistle": PROTECT, "Khalid Mirza": PROTECT, "Peter Whelan": PROTECT,
    "Hannah Skelton": PROTECT, "Kasia Nowak": ASSESS, "Judith Ainsdale": EDUCATION, "Derek Sale": OFFENDERS,
    "Olga Finch": OFFENDERS, "Sid Marlow": OFFENDERS,
}
"""The people of the stories, each with the purpose for which they look."""


class Mailbox:
    """Take in what an SMTP server is given."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """Keep one message."""
        self.messages.append(message_from_bytes(envelope.content))
        canaries.look("an e-mail", envelope.content.decode("utf-8", "replace"))
        return "250 taken"

    def to(self, address: str) -> list[Message]:
        """Give the messages to one address."""
        return [message for message in self.messages if address in str(message["To"])]


@dataclass
class Served:
    """Hold the product while it is served."""

    address: str
    data: Path
    mailbox: Mailbox
    cookies: dict[str, Any] = field(default_factory=dict)

    def email(self, name: str) -> str:
        """Give the address of one of the people of the stories."""
        told = json.loads((self.data / "demonstration.json").read_text(encoding="utf-8"))
        return str(next(one["email"] for one in told["log_ins"] if one["name"] == name))

    def agency(self, name: str) -> str:
        """Give the agency of one of the people of the stories."""
        told = json.loads((self.data / "demonstration.json").read_text(encoding="utf-8"))
        return str(next(one["who"] for one in told["log_ins"] if one["name"] == name)).partition(", ")[2]

    def command(self, *arguments: str, who: str | None = None) -> tuple[int, dict[str, Any]]:
        """Run a command with --json as one of the people; gives its exit status and its document."""
        acting: dict[str, str] = {}
        if who:
            codes = {PROTECT: "protect", ASSESS: "assess", EDUCATION: "education", RECORDS: "records",
                     CUSTODY: "custody", OFFENDERS: "offenders"}
            acting = {"SIGHTLINE_AS": self.email(who), "SIGHTLINE_PURPOSE": codes[PURPOSES[who]]}
        done = command(self.data, *arguments, "--json", **acting)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout)

    def story(self, code: str, feed: str) -> list[dict[str, Any]]:
        """Read the rows of a feed that a story has sent."""
        files = self.data / "demonstration-files"
        manifest = json.loads((files / "manifest.json").read_text(encoding="utf-8"))
        texts = [(sent["path"], (files / sent["path"]).read_text(encoding="utf-8")) for sent in manifest["files"]
                 if (sent["story"], sent["feed"]) == (code, feed)]
        return [row for path, text in texts
                for row in (csv.DictReader(StringIO(text)) if path.endswith(".csv")
                            else map(json.loads, text.splitlines()))]

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Sign in by the forms, and state the purpose; a second time the cookies of the first do."""
        if name not in self.cookies:
            page = context.new_page()
            page.goto("/account/sign-in/")
            page.get_by_role("button", name=f"Sign in as {name}").click()
            page.get_by_role("button", name="Continue").click()
            state_purpose(page, PURPOSES[name])
            self.cookies[name] = context.cookies()
            page.close()
        context.add_cookies(self.cookies[name])


def state_purpose(page: Page, purpose: str) -> None:
    """State a purpose by its form."""
    page.goto("/purpose/")
    page.get_by_label(purpose).check()
    if purpose == INSPECT:
        page.get_by_label("Your reason").fill("Inspection of the partnership, autumn")
    with page.expect_navigation():
        page.get_by_role("button", name="Begin").click()


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """Serve the demonstration from a data folder of its own, with mail going to a real SMTP server."""
    mailbox = Mailbox()
    post = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    post.start()
    try:
        with running_sightline(data, ("up", "--children", str(CHILDREN)),
                               SIGHTLINE_SMTP_URL=f"smtp://127.0.0.1:{post.port}") as running:
            yield Served(f"http://localhost:{running.port}", data, mailbox)
            assert running.stop() == 0
    finally:
        post.stop()

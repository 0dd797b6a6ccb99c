"""A stand-in for GOV.UK Notify on loopback, after its published contract: tokens, shapes, errors, statuses.

The contract is that of the REST documentation and of the JSON schemas that the official clients are tested with
(alphagov/notifications-python-client, integration_test/schemas/v2; MIT): a JWT signed with HS256 by the last 36
characters of the key, `iss` the service, `iat` within 30 seconds; 201 with id, reference, content, uri and template;
errors as {"status_code", "errors": [{"error", "message"}]}.
"""

import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import jwt

SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = f"tests-{SERVICE}-{SECRET}"
TEXT_TEMPLATE, EMAIL_TEMPLATE = "33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"
MOST_TEXT = 612  # four parts of a text message


class NotifyStandIn:
    """Hold what the stand-in was sent, and what it is to answer next."""

    def __init__(self):
        self.messages, self.fail_next, self.asked, self.on_taking = {}, [], [], None
        self.url = ""

    def by_reference(self, reference):
        return [m for m in self.messages.values() if m["reference"] == reference]

    def status(self, status):
        """Let every message stand otherwise."""
        for message in self.messages.values():
            message["status"] = status


class Handler(BaseHTTPRequestHandler):
    """Answer like the REST API, version 2."""

    def do_POST(self):
        """Take a message."""
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self._refused():
            return
        kind = {"/v2/notifications/sms": "sms", "/v2/notifications/email": "email"}.get(self.path)
        address = {"sms": "phone_number", "email": "email_address"}.get(kind)
        if kind is None:
            self._error(404, "NoResultFound", "No result found")
        elif address not in told or "template_id" not in told:
            self._error(400, "ValidationError", f"{address} is a required property")
        elif set(told) - {address, "template_id", "personalisation", "reference"}:
            self._error(400, "ValidationError", "Additional properties are not allowed")
        elif told["template_id"] != (TEXT_TEMPLATE if kind == "sms" else EMAIL_TEMPLATE):
            self._error(400, "BadRequestError", "Template not found")
        elif kind == "sms" and not re.fullmatch(r"(\+44|0)7[\d ]{9,13}", told["phone_number"]):
            self._error(400, "ValidationError", "phone_number Not a UK mobile number")
        elif kind == "email" and "@" not in told["email_address"]:
            self._error(400, "ValidationError", "email_address Not a valid email address")
        elif set(told.get("personalisation", {})) != {"things", "inbox"}:
            self._error(400, "BadRequestError", "Missing personalisation")
        else:
            self._take(kind, address, told)

    def _take(self, kind, address, told):
        words = f"{told['personalisation']['things']} in Sightline: {told['personalisation']['inbox']}"
        assert len(words) < MOST_TEXT
        message = {
            "id": str(uuid4()), "reference": told.get("reference"), "phone_number": None, "email_address": None,
            address: told[address], **{f"line_{n}": None for n in range(1, 7)}, "postcode": None, "type": kind,
            "status": "created", "body": words, "subject": None, "created_at": "2026-05-20T22:30:00.000000Z",
            "sent_at": None, "completed_at": None, "template": self._template(told["template_id"])}
        self.server.stand_in.messages[message["id"]] = message
        content = {"body": words, "from_number": "GOVUK"} if kind == "sms" else {
            "body": words, "from_email": "sightline@notifications.service.gov.uk", "subject": "Sightline"}
        if self.server.stand_in.on_taking:
            self.server.stand_in.on_taking()
        self._answer(201, {
            "id": message["id"], "reference": message["reference"], "content": content, "scheduled_for": None,
            "uri": f"{self.server.stand_in.url}/v2/notifications/{message['id']}", "template": message["template"]})

    def do_GET(self):
        """Give one message by its id, or all under a reference."""
        if self._refused():
            return
        parts = urlsplit(self.path)
        if parts.path == "/v2/notifications":
            wanted = parse_qs(parts.query).get("reference", [None])[0]
            found = self.server.stand_in.by_reference(wanted)
            self._answer(200, {"notifications": found, "links": {"current": self.path}})
            return
        id_ = parts.path.rpartition("/")[2]
        try:
            UUID(id_)
        except ValueError:
            self._error(400, "ValidationError", "id is not a valid UUID")
            return
        message = self.server.stand_in.messages.get(id_)
        if message is None:
            self._error(404, "NoResultFound", "No result found")
        else:
            self._answer(200, message)

    def _refused(self):
        """Refuse a wrong token, and what the test wants to be refused."""
        self.server.stand_in.asked.append((self.command, self.path))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            told = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
        except jwt.InvalidTokenError:
            self._error(403, "AuthError", "Invalid token: API key not found")
            return True
        if told.get("iss") != SERVICE:
            self._error(403, "AuthError", "Invalid token: service not found")
        elif abs(time.time() - told.get("iat", 0)) > 30:
            self._error(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")
        elif self.server.stand_in.fail_next:
            self._error(*self.server.stand_in.fail_next.pop(0))
        else:
            return False
        return True

    def _template(self, id_):
        return {"id": id_, "version": 1, "uri": f"{self.server.stand_in.url}/v2/template/{id_}"}

    def _error(self, status, error, message):
        self._answer(status, {"status_code": status, "errors": [{"error": error, "message": message}]})

    def _answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told):
        """Say nothing."""


@contextmanager
def serving(handler, stand_in):
    """Serve a stand-in on loopback until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.stand_in = stand_in
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
